/** Earlier surveys of the same plan and region whose stored results still stand for their data. */
import { earlierWaveOf } from '@shared/analysis/earlierWave';
import type { EarlierWave, FormJoin } from '@shared/analysis/earlierWave';
import type { Survey } from '@shared/domain/survey';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { linkingErrorOfShare } from '@shared/psychometrics/linking/drift';
import { errorBetween } from '@shared/psychometrics/linking/linkCalibrations';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../context';
import { listCalibrations } from '../database/repositories/calibrations';
import { dataFingerprint } from '../database/repositories/respondents';
import { listSurveys } from '../database/repositories/surveys';
import { calibrationFor, formVersions } from './calibrations/storedCalibrations';
import { latestResults } from './resultStore';

/** Demo surveys have demo predecessors only. */
const isPredecessor = (of: Survey, other: Survey): boolean =>
  other.id !== of.id &&
  other.isDemo === of.isDemo &&
  other.settings.planId === of.settings.planId &&
  other.settings.regionCode === of.settings.regionCode &&
  other.settings.year < of.settings.year;

function hasSameForm(context: HostContext, survey: Survey, other: Survey): boolean {
  if (survey.formId === other.formId) return true;
  const [own, others] = [formVersions(context, survey), formVersions(context, other)];
  if (own === null || others === null || own.size !== others.size) return false;
  return [...own].every(([itemId, version]) => others.get(itemId) === version);
}

/**
 * Standard error, in shares, of comparing model-based shares of the two calibrations: the error of the links between them
 * times the density of the later population's ability at the cut. Null without a sound line of links.
 */
function linkingErrorBetween(context: HostContext, own: CalibrationRecord, earlierId: string): number | null {
  const records = new Map(
    listCalibrations(context.vault.storage().db).map((record) => [record.calibrationId, record]),
  );
  const earlier = records.get(earlierId);
  if (earlier === undefined || own.cut === null) return null;
  const error = errorBetween(own, earlier, records);
  if (error === null) return null;
  const { slope, shift } = own.scale;
  return linkingErrorOfShare(error, own.cut.theta, { mean: shift, standardDeviation: slope });
}

function joinOf(
  context: HostContext,
  { survey, other }: { readonly survey: Survey; readonly other: Survey },
  results: SurveyResults,
): FormJoin {
  if (hasSameForm(context, survey, other)) return { form: 'same' };
  const own = calibrationFor(context, survey);
  if (own === null) return { form: 'different' };
  const earlier =
    results.modelBased.state === 'estimated'
      ? results.modelBased.calibrationId
      : calibrationFor(context, other)?.calibrationId;
  const error = earlier === undefined ? null : linkingErrorBetween(context, own, earlier);
  return error === null ? { form: 'different' } : { form: 'linked', linkingError: error };
}

/** A survey without results, or whose data have moved on since, is left out rather than quoted wrongly. */
export function earlierWaves(context: HostContext, survey: Survey): readonly EarlierWave[] {
  const { db } = context.vault.storage();
  return listSurveys(db).flatMap(({ survey: other }) => {
    if (!isPredecessor(survey, other)) return [];
    const stored = latestResults(context, other.id);
    if (stored === null || stored.dataFingerprint !== dataFingerprint(db, other.id)) return [];
    const parsed = surveyResults.safeParse(stored.document);
    if (!parsed.success) return [];
    return [earlierWaveOf(parsed.data, joinOf(context, { survey, other }, parsed.data))];
  });
}
