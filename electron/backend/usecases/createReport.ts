/** The Excel report of a survey: fresh results first, then sheets, workbook, hash, ledger. */
import type { Output } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import { findRegion } from '@shared/domain/region';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { questionsOf, toQuestion } from '@shared/questionnaire/definition';
import { describeQuestion } from '@shared/questions/registry';
import type { VariableDescription } from '@shared/questions/questionKind';
import { buildReport, reportMeta } from '@shared/reports/registry';
import type { ReportAudience, ReportInput } from '@shared/reports/reportInput';
import type { SurveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../context';
import { keyChangesOfSurvey } from '../database/repositories/keyChanges';
import type { StoredReport } from '../database/repositories/reports';
import { recordReport } from '../database/repositories/reports';
import { getSurvey } from '../database/repositories/surveys';
import type { JobHandle } from '../host/jobs';
import { findInstrument, findPlan } from '../registry/registry';
import { reportContentHash, writeReportWorkbook } from '../workbooks/report/writeReport';
import { surveyBank } from './banks/surveyBank';
import { estimateSurvey } from './estimateSurvey';
import { reportedItems } from './itemAnalysis/itemAnalysisFile';
import { storedResults } from './resultStore';
import { loadForm } from './storedForm';

export interface ReportRequest {
  readonly surveyId: SurveyId;
  readonly audience: ReportAudience;
  readonly job: JobHandle;
}

const audienceNames: Readonly<Record<ReportAudience, string>> = {
  evaluator: '评估报告',
  statistician: '统计报告',
};

/** Columns of the data: questions with their wording, test items by code and dimension only. */
function codebook(context: HostContext, survey: Survey): readonly VariableDescription[] {
  const questions = questionsOf(context.registry.questionnaire).flatMap(({ question }) =>
    describeQuestion(toQuestion(question)),
  );
  const form = loadForm(context.vault.storage().db, survey.formId);
  const items = form.ok
    ? form.value.items.map((item, index): VariableDescription => ({
        variable: item.id,
        label: `测评第 ${index + 1} 题（题面保密）`,
        type: 'text',
        values: [],
        missing: [],
      }))
    : [];
  return [...questions, ...items];
}

/** Names of every region the results mention. */
function regionNames(context: HostContext, results: SurveyResults): Readonly<Record<string, string>> {
  const codes = [results.headline.regionCode, ...results.units.map(({ regionCode }) => regionCode)];
  return Object.fromEntries(
    codes.map((code) => [code, findRegion(context.registry.regions, code)?.name ?? code]),
  );
}

/** Failures: NOT_FOUND. */
export function reportInput(
  context: HostContext,
  results: SurveyResults,
  request: Pick<ReportRequest, 'surveyId' | 'audience'>,
): Result<ReportInput> {
  const { registry } = context;
  const survey = getSurvey(context.vault.storage().db, request.surveyId);
  const plan = survey === null ? null : findPlan(registry, survey.settings.planId);
  const instrument = survey === null ? null : findInstrument(registry, survey.settings.instrumentId);
  if (survey === null || plan === null || instrument === null) return fail('NOT_FOUND', { what: 'survey' });
  const bank = surveyBank(context, survey);
  return ok({
    results,
    survey,
    plan,
    instrument,
    regionNames: regionNames(context, results),
    keyGroupDefinitions: registry.keyGroups,
    codebook: codebook(context, survey),
    bankTitle: bank.title,
    keyChanges: keyChangesOfSurvey(context.vault.storage().db, survey.id),
    isPublicBank: bank.isPublic,
    itemAnalysis: reportedItems(context, survey, request.audience),
    audience: request.audience,
    generatedAt: context.clock().toISOString(),
  });
}

async function freshResults(context: HostContext, request: ReportRequest): Promise<Result<SurveyResults>> {
  const stored = storedResults(context, request.surveyId);
  if (stored.results !== null && !stored.isStale) return ok(stored.results);
  return estimateSurvey(context, request.surveyId, request.job);
}

/** Workbook bytes of a report and the hash of its content. */
export async function renderReport(
  input: ReportInput,
): Promise<{ readonly bytes: Buffer; readonly contentHash: string }> {
  const models = buildReport(input);
  const bytes = await writeReportWorkbook(models, reportMeta(input));
  return { bytes, contentHash: reportContentHash(models) };
}

/** Makes the report, writes it into the ledger and shelves the file. A cancelled report leaves nothing. */
export async function createReport(
  context: HostContext,
  request: ReportRequest,
): Promise<Result<Output<'report/create'>>> {
  const results = await freshResults(context, request);
  if (!results.ok) return results;
  request.job.report('sheets', 0.85);
  const input = reportInput(context, results.value, request);
  if (!input.ok) return input;
  const { bytes, contentHash } = await renderReport(input.value);
  if (request.job.signal.aborted) return fail('CANCELLED');
  const date = input.value.generatedAt.slice(0, 10);
  const fileName = `${results.value.surveyName}-${audienceNames[request.audience]}-${date}.xlsx`;
  const recorded = recordReport(context.vault.storage().db, {
    surveyId: request.surveyId,
    reportKind: request.audience,
    fileName,
    contentHash,
    spec: { audience: request.audience },
    dataFingerprint: results.value.dataFingerprint,
  });
  if (!recorded.ok) return recorded;
  const file = context.files.put(fileName, bytes);
  return ok({ token: file.token, fileName, contentHash });
}

export const reportRow = (report: StoredReport): Output<'report/list'>[number] => ({
  fileName: report.fileName,
  contentHash: report.contentHash,
  audience: report.reportKind === 'statistician' ? 'statistician' : 'evaluator',
  createdAt: report.exportedAt,
});
