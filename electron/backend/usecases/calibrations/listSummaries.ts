/** Stored calibrations as the 标定 page of one survey lists them. */
import type { CalibrationSummary } from '@shared/contract/areas/calibrations';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import type { HostContext } from '../../context';
import { listCalibrations } from '../../database/repositories/calibrations';
import { getSurvey } from '../../database/repositories/surveys';
import { calibrationFor, formVersions } from './storedCalibrations';

function linkOf(
  { link }: CalibrationRecord,
  records: readonly CalibrationRecord[],
): CalibrationSummary['link'] {
  if (link === null) return null;
  const base = records.find(({ calibrationId }) => calibrationId === link.baseId);
  return { baseName: base?.surveyName ?? '', status: link.status, linkingError: link.linkingError };
}

/** Newest first; of demo surveys for demo surveys, of real ones for real ones. Fails with NOT_FOUND. */
export function listSummaries(context: HostContext, id: SurveyId): Result<CalibrationSummary[]> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const versions = formVersions(context, survey) ?? new Map<string, string>();
  const used = calibrationFor(context, survey);
  const records = listCalibrations(db).filter(({ isDemo }) => isDemo === survey.isDemo);
  const summaries = records.map((record): CalibrationSummary => {
    const { calibrationId, surveyName, year, model, at, by, scaleId, items } = record;
    const common = items.filter(
      ({ itemId, version, isInBlock }) => !isInBlock && versions.get(itemId) === version,
    );
    return {
      calibrationId,
      surveyName,
      year,
      model,
      personCount: record.fit.personCount,
      itemCount: items.length,
      at,
      by,
      scaleId,
      link: linkOf(record, records),
      commonCount: common.length,
      isUsed: calibrationId === used?.calibrationId,
    };
  });
  return ok(summaries.toReversed());
}
