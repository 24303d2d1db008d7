/** Latest stored results of a survey and whether the data have moved on since. */
import type { SurveyId } from '@shared/domain/ids';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../context';
import { dataFingerprint } from '../database/repositories/respondents';
import type { StoredResult } from '../database/repositories/results';
import { findResult } from '../database/repositories/results';
import { getSurvey } from '../database/repositories/surveys';
import { findInstrument } from '../registry/registry';
import { calibrationFor } from './calibrations/storedCalibrations';

/** The application's own analysis; a statistician's analysis spec will be another one. */
export const standardSpec = { kind: 'standard', version: 1 } as const;

export const latestResults = (context: HostContext, id: SurveyId): StoredResult | null =>
  findResult(context.vault.storage().db, id, standardSpec);

/** The model-based shares rest on another calibration than today's, or have none although there is one. */
function hasOtherCalibration(context: HostContext, id: SurveyId, { modelBased }: SurveyResults): boolean {
  const survey = getSurvey(context.vault.storage().db, id);
  const calibration = survey === null ? null : calibrationFor(context, survey);
  if (modelBased.state === 'estimated') return modelBased.calibrationId !== calibration?.calibrationId;
  return modelBased.reason === 'notCalibrated' && calibration !== null;
}

/** Data, calibration, product or scoring rule have changed since: the figures may no longer be what would be printed. */
function isOutdated(
  context: HostContext,
  id: SurveyId,
  stored: StoredResult,
  results: SurveyResults,
): boolean {
  const instrument = findInstrument(context.registry, results.instrumentId);
  return (
    stored.dataFingerprint !== dataFingerprint(context.vault.storage().db, id) ||
    results.applicationVersion !== context.version ||
    hasOtherCalibration(context, id, results) ||
    results.instrumentVersion !== instrument?.version
  );
}

/** Null when nothing was computed yet, or by a version whose document this one cannot read. */
export function storedResults(
  context: HostContext,
  id: SurveyId,
): { readonly results: SurveyResults | null; readonly isStale: boolean } {
  const stored = latestResults(context, id);
  const parsed = stored === null ? null : surveyResults.safeParse(stored.document);
  if (stored === null || parsed === null || !parsed.success) return { results: null, isStale: true };
  return { results: parsed.data, isStale: isOutdated(context, id, stored, parsed.data) };
}
