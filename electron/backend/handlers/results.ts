/** Results, margins, reports. */
import type { resultChannels } from '@shared/contract/areas/results';
import { fail, ok } from '@shared/domain/result';
import { listReports } from '../database/repositories/reports';
import { createReport, reportRow } from '../usecases/createReport';
import { estimateSurvey, loadMargins } from '../usecases/estimateSurvey';
import { importPlace } from '../usecases/importContext';
import { importMargins } from '../usecases/importMargins';
import { storedResults } from '../usecases/resultStore';
import { marginTemplateWorkbook } from '../workbooks/templates';
import type { AreaHandlers } from './handlerTypes';
import { refuseDemo, shelve } from './imports';

export const resultHandlers = {
  'results/run': async ({ surveyId, jobId }, context) =>
    context.jobs.run(jobId, (job) => estimateSurvey(context, surveyId, job)),
  'results/get': async ({ surveyId }, context) => ok(storedResults(context, surveyId)),
  'margin/get': async ({ surveyId }, context) => ok(loadMargins(context, surveyId)),
  'margin/import': async ({ surveyId, token, source }, context) => {
    const allowed = refuseDemo(context, surveyId);
    return allowed.ok ? importMargins(context, surveyId, token, source) : allowed;
  },
  'margin/createTemplate': async ({ surveyId }, context) => {
    const place = importPlace(context, surveyId);
    if (!place.ok) return place;
    const bytes = marginTemplateWorkbook(place.value.importContext.regions);
    return ok(shelve(context, `${place.value.survey.settings.name}-边际总体模板.xlsx`, bytes));
  },
  'report/create': async ({ surveyId, jobId, audience }, context) =>
    context.jobs.run(jobId, (job) => createReport(context, { surveyId, audience, job })),
  'report/list': async ({ surveyId }, context) => {
    const place = importPlace(context, surveyId);
    if (!place.ok) return fail('NOT_FOUND', { what: 'survey' });
    return ok(listReports(context.vault.storage().db, surveyId).map(reportRow));
  },
} satisfies AreaHandlers<typeof resultChannels>;
