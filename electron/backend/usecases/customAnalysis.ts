/** A statistician's own analysis of a survey: its specification, its run, its files. Nothing is stored. */
import { specColumns } from '@shared/analysis/specColumns';
import { surveySpec } from '@shared/analysis/surveySpec';
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { DataTable } from '@shared/analysisSpec/dataTable';
import { readAnalysisSpec } from '@shared/analysisSpec/readAnalysisSpec';
import type { AnalysisResult } from '@shared/analysisSpec/result';
import type { Output } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import type { HostContext } from '../context';
import type { JobHandle } from '../host/jobs';
import { csvText, tableRows } from '../workbooks/csvText';
import { packStored } from '../workbooks/storedZip';
import { analysisInput } from './estimateSurvey';
import { runSpec } from './runSpec';

export const specFileName = 'SPEC.json';
export const specDataName = 'answers.csv';

/** Failures: NOT_FOUND; NO_RESPONDENTS; SPEC_INVALID. */
export function getCustomSpec(context: HostContext, id: SurveyId): Result<Output<'analysis/getSpec'>> {
  const input = analysisInput(context, id);
  if (!input.ok) return input;
  const found = surveySpec(input.value, specDataName);
  if (!found.ok) return found;
  const { spec, table } = found.value;
  return ok({ spec, columns: [...specColumns(input.value, table)], respondentCount: table.rowCount });
}

interface Prepared {
  readonly spec: AnalysisSpec;
  readonly table: DataTable;
  readonly survey: Survey;
}

/** In the application a specification sees the survey's own answers only, and its basis holds. */
function prepare(context: HostContext, id: SurveyId, document: unknown): Result<Prepared> {
  const input = analysisInput(context, id);
  if (!input.ok) return input;
  const own = surveySpec(input.value, specDataName);
  if (!own.ok) return own;
  const read = readAnalysisSpec(document);
  if (!read.ok) return read;
  const { data, files, variance } = read.value;
  const others = Object.keys(files).filter((file) => file !== data.file);
  if (others.length > 0) return fail('SPEC_OTHER_FILES', { path: 'files', files: others.join('、') });
  const { survey } = input.value;
  if (survey.settings.basis === 'nonprobability' && variance.method !== 'modelBootstrap') {
    return fail('SPEC_NOT_PROBABILITY', { path: 'variance.method' });
  }
  const spec = { ...read.value, files: { [data.file]: { path: specDataName, sheet: null, missing: [] } } };
  return ok({ spec, table: own.value.table, survey });
}

/** Failures: those of `prepare` and `runSpec`; CANCELLED. */
export async function runCustomAnalysis(
  context: HostContext,
  request: { readonly surveyId: SurveyId; readonly spec: unknown; readonly job: JobHandle },
): Promise<Result<AnalysisResult>> {
  request.job.report('loading', 0.02);
  const prepared = prepare(context, request.surveyId, request.spec);
  if (!prepared.ok) return prepared;
  const { spec, table } = prepared.value;
  const run = await runSpec(spec, { [spec.data.file]: table }, request.job);
  return run.ok ? ok(run.value.result) : run;
}

/** The specification and its data in one zip: unpacked, `zhiheng estimate SPEC.json` gives the screen's numbers. */
export function customAnalysisFile(
  context: HostContext,
  id: SurveyId,
  document: unknown,
): Result<{ readonly fileName: string; readonly bytes: Buffer }> {
  const prepared = prepare(context, id, document);
  if (!prepared.ok) return prepared;
  const { spec, table, survey } = prepared.value;
  const bytes = packStored(
    new Map([
      [specFileName, Buffer.from(`${JSON.stringify(spec, null, 2)}\n`, 'utf8')],
      [specDataName, Buffer.from(csvText(tableRows(table)), 'utf8')],
    ]),
  );
  return ok({ fileName: `${survey.settings.name}-分析规格与数据.zip`, bytes });
}
