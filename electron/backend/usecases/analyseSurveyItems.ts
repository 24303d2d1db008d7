/** Item analysis of a survey in a worker, with progress and cancellation; stored with the fingerprint of its data. */
import type { SurveyItemsInput } from '@shared/analysis/itemAnalysis';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { ItemAnalysisResults } from '@shared/results/itemAnalysisResults';
import type { HostContext } from '../context';
import { answerSeconds } from '../database/repositories/answerTimes';
import { loadRespondents } from '../database/repositories/respondents';
import type { JobHandle } from '../host/jobs';
import { runWorkerTask } from '../workers/runWorkerTask';
import { analysisInput } from './estimateSurvey';
import { earlierItemAnalyses, storeItemAnalysis, traceItemAnalysis } from './itemAnalysis/itemAnalysisStore';
import { scoringForm } from './storedForm';

/** Fifty items of 50,000 respondents take minutes; half an hour means something is wrong. */
const limits = { timeoutMs: 1_800_000, memoryMb: 4096 };

function surveyItems(context: HostContext, id: SurveyId): Result<SurveyItemsInput> {
  const input = analysisInput(context, id);
  if (!input.ok) return input;
  const { db } = context.vault.storage();
  const { survey } = input.value;
  const basis = scoringForm(context, survey.formId);
  if (!basis.ok) return basis;
  const { form, items } = basis.value;
  return ok({
    analysis: { ...input.value, rows: loadRespondents(db, id) },
    items: form.entries.flatMap(({ itemId }) => items.filter((item) => item.id === itemId)),
    seconds: answerSeconds(db, id),
    earlier: earlierItemAnalyses(context, survey),
    // Whoever gets here has open keys; the stored document of a private bank is sealed.
    showsContent: true,
  });
}

/**
 * Computes and stores the analysis; a cancelled or failed run and one of too few cases store nothing.
 * Failures: NOT_FOUND; BANK_KEYS_CLOSED {bank}; those of `analyseSurveyItems`; CANCELLED; ANALYSIS_FAILED when time or
 * memory run out.
 */
export async function runItemAnalysis(
  context: HostContext,
  id: SurveyId,
  job: JobHandle,
): Promise<Result<ItemAnalysisResults>> {
  job.report('loading', 0.02);
  const input = surveyItems(context, id);
  if (!input.ok) return input;
  const computed = await runWorkerTask('analyseSurveyItems', input.value, {
    ...limits,
    onLimit: 'ANALYSIS_FAILED',
    onCrash: (name) => context.log.write('itemAnalysis.failed', { name }),
    signal: job.signal,
    onProgress: (stage, fraction) => job.report(stage, fraction),
  });
  if (!computed.ok) return computed;
  if (job.signal.aborted) return fail('CANCELLED');
  const results = computed.value as ItemAnalysisResults; // the worker is our own build and runs analyseSurveyItems
  if (results.state === 'tooFew') return ok(results);
  const { survey } = input.value.analysis;
  const stored = storeItemAnalysis(context, survey, results);
  if (!stored.ok) return stored;
  const traced = traceItemAnalysis(context, survey, results);
  return traced.ok ? ok(results) : traced;
}
