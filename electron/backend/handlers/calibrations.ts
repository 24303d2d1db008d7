/** 标定. */
import type { calibrationChannels } from '@shared/contract/areas/calibrations';
import { fail, ok } from '@shared/domain/result';
import { listCalibrations } from '../database/repositories/calibrations';
import { listSummaries } from '../usecases/calibrations/listSummaries';
import { linkDraft, runCalibration, saveDraft } from '../usecases/calibrations/runCalibration';
import { parametersOfItem } from '../usecases/calibrations/storedCalibrations';
import type { AreaHandlers } from './handlerTypes';

export const calibrationHandlers = {
  'calibration/run': async ({ surveyId, jobId, model }, context) =>
    context.jobs.run(jobId, (job) => runCalibration(context, { surveyId, model, job })),
  'calibration/updateLink': async ({ calibrationId, baseId }, context) =>
    linkDraft(context, calibrationId, baseId),
  'calibration/create': async ({ calibrationId, by }, context) => saveDraft(context, calibrationId, by),
  'calibration/list': async ({ surveyId }, context) => listSummaries(context, surveyId),
  'calibration/get': async ({ calibrationId }, context) => {
    const found = listCalibrations(context.vault.storage().db).find(
      (record) => record.calibrationId === calibrationId,
    );
    return found === undefined ? fail('NOT_FOUND', { what: 'calibration' }) : ok(found);
  },
  'calibration/getItem': async ({ itemId }, context) => ok([...parametersOfItem(context, itemId)]),
} satisfies AreaHandlers<typeof calibrationChannels>;
