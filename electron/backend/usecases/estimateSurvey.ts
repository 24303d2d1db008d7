/** Gathers the input of an analysis, runs it in a worker with progress and cancellation, stores the results. */
import type { AnalysisInput } from '@shared/analysis/analysisInput';
import { marginSet as marginSetSchema } from '@shared/contract/areas/results';
import type { MarginSet } from '@shared/contract/areas/results';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { SurveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../context';
import { getMargins } from '../database/repositories/margins';
import { dataFingerprint, loadRespondents } from '../database/repositories/respondents';
import { saveResult } from '../database/repositories/results';
import { getSurvey } from '../database/repositories/surveys';
import type { JobHandle } from '../host/jobs';
import { findInstrument, findPlan } from '../registry/registry';
import { isShortSurvey } from './forms/surveyForm';
import { runWorkerTask } from '../workers/runWorkerTask';
import { surveyBank } from './banks/surveyBank';
import { abilityInput } from './calibrations/storedCalibrations';
import { earlierWaves } from './earlierWaves';
import { standardSpec } from './resultStore';
import { requireAllScored } from './scorePending';

const confidenceLevel = 0.95;
/** A 300,000-row analysis takes seconds; ten minutes means something is wrong. */
const limits = { timeoutMs: 600_000, memoryMb: 4096 };

export function loadMargins(context: HostContext, id: SurveyId): MarginSet | null {
  const stored = getMargins(context.vault.storage().db, id);
  if (stored === null) return null;
  return marginSetSchema.parse({
    source: stored.source,
    importedAt: stored.importedAt,
    margins: stored.document,
  });
}

/** Failures: NOT_FOUND (survey, plan or instrument), UNSCORED_INTERVIEWS {count} (keys of its bank are awaited). */
export function analysisInput(context: HostContext, id: SurveyId): Result<AnalysisInput> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const scored = requireAllScored(context, id);
  if (!scored.ok) return scored;
  const { registry } = context;
  const { settings } = survey;
  const plan = findPlan(registry, settings.planId);
  const instrument = findInstrument(registry, settings.instrumentId);
  const isShort = instrument === null ? null : isShortSurvey(context, settings, instrument);
  if (plan === null || instrument === null || isShort === null) return fail('NOT_FOUND', { what: 'plan' });
  const ability = abilityInput(context, survey);
  return ok({
    survey,
    plan,
    regions: registry.regions,
    instrument,
    rows: loadRespondents(db, id).map(({ respondent, score }) => ({
      // Only model-based shares look at single answers.
      respondent: { ...respondent, answers: ability.state === 'available' ? respondent.answers : {} },
      score,
    })),
    margins: loadMargins(context, id),
    figures: registry.figures,
    earlierWaves: earlierWaves(context, survey),
    ability,
    isTrialBank: surveyBank(context, survey).isPublic,
    isShortForm: isShort,
    dataFingerprint: dataFingerprint(db, id),
    applicationVersion: context.version,
    computedAt: context.clock().toISOString(),
    confidenceLevel,
  });
}

/** Computes and stores results. A cancelled or failed run stores nothing. */
export async function estimateSurvey(
  context: HostContext,
  id: SurveyId,
  job: JobHandle,
): Promise<Result<SurveyResults>> {
  job.report('loading', 0.02);
  const input = analysisInput(context, id);
  if (!input.ok) return input;
  const computed = await runWorkerTask('analyseSurvey', input.value, {
    ...limits,
    onLimit: 'ANALYSIS_FAILED',
    onCrash: (name) => context.log.write('analysis.failed', { name }),
    signal: job.signal,
    onProgress: (stage, fraction) => job.report(stage, fraction),
  });
  if (!computed.ok) return computed;
  // The worker is our own build and runs analyseSurvey.
  const results = computed.value as SurveyResults;
  const saved = saveResult(context.vault.storage().db, {
    surveyId: id,
    spec: standardSpec,
    dataFingerprint: results.dataFingerprint,
    document: results,
  });
  return saved.ok ? ok(results) : saved;
}
