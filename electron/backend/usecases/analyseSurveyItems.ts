/** Item analysis of a survey in a worker, with progress and cancellation; nothing is stored. */
import type { SurveyItemsInput } from '@shared/analysis/itemAnalysis';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import type { ItemAnalysisResults } from '@shared/results/itemAnalysisResults';
import type { HostContext } from '../context';
import { answerSeconds } from '../database/repositories/answerTimes';
import { loadRespondents } from '../database/repositories/respondents';
import type { JobHandle } from '../host/jobs';
import { runWorkerTask } from '../workers/runWorkerTask';
import { analysisInput } from './estimateSurvey';
import { loadForm, scoringBasisOf } from './storedForm';

/** Fifty items of 50,000 respondents take minutes; half an hour means something is wrong. */
const limits = { timeoutMs: 1_800_000, memoryMb: 4096 };

function surveyItems(context: HostContext, id: SurveyId): Result<SurveyItemsInput> {
  const input = analysisInput(context, id);
  if (!input.ok) return input;
  const { db } = context.vault.storage();
  const stored = loadForm(db, input.value.survey.formId);
  if (!stored.ok) return stored;
  const basis = scoringBasisOf(db, stored.value);
  return ok({
    analysis: { ...input.value, rows: loadRespondents(db, id) },
    items: basis.form.entries.flatMap(({ itemId }) => basis.items.filter((item) => item.id === itemId)),
    seconds: answerSeconds(db, id),
  });
}

/** Failures: NOT_FOUND; those of `analyseSurveyItems`; CANCELLED; ANALYSIS_FAILED when time or memory run out. */
export async function runItemAnalysis(
  context: HostContext,
  id: SurveyId,
  job: JobHandle,
): Promise<Result<ItemAnalysisResults>> {
  job.report('loading', 0.02);
  const input = surveyItems(context, id);
  if (!input.ok) return input;
  const result = await runWorkerTask('analyseSurveyItems', input.value, {
    ...limits,
    onLimit: 'ANALYSIS_FAILED',
    onCrash: (name) => context.log.write('itemAnalysis.failed', { name }),
    signal: job.signal,
    onProgress: (stage, fraction) => job.report(stage, fraction),
  });
  return result as Result<ItemAnalysisResults>; // the worker is our own build and runs analyseSurveyItems
}
