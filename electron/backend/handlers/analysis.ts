/** The statistician's own analyses. */
import type { analysisChannels } from '@shared/contract/areas/analysis';
import { ok } from '@shared/domain/result';
import { runItemAnalysis } from '../usecases/analyseSurveyItems';
import { itemAnalysisFile } from '../usecases/itemAnalysis/itemAnalysisFile';
import { viewItemAnalysis } from '../usecases/itemAnalysis/itemAnalysisStore';
import { customAnalysisFile, getCustomSpec, runCustomAnalysis } from '../usecases/customAnalysis';
import type { AreaHandlers } from './handlerTypes';
import { shelve } from './imports';

export const analysisHandlers = {
  'analysis/getSpec': async ({ surveyId }, context) => getCustomSpec(context, surveyId),
  'analysis/run': async ({ surveyId, jobId, spec }, context) =>
    context.jobs.run(jobId, (job) => runCustomAnalysis(context, { surveyId, spec, job })),
  'analysis/createFile': async ({ surveyId, spec }, context) => {
    const file = customAnalysisFile(context, surveyId, spec);
    return file.ok ? ok(shelve(context, file.value.fileName, file.value.bytes)) : file;
  },
  'itemAnalysis/run': async ({ surveyId, jobId }, context) =>
    context.jobs.run(jobId, (job) => runItemAnalysis(context, surveyId, job)),
  'itemAnalysis/get': async ({ surveyId }, context) => viewItemAnalysis(context, surveyId),
  'itemAnalysis/createFile': async ({ surveyId }, context) => {
    const file = await itemAnalysisFile(context, surveyId);
    return file.ok ? ok(shelve(context, file.value.fileName, file.value.bytes)) : file;
  },
} satisfies AreaHandlers<typeof analysisChannels>;
