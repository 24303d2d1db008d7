/** 标定 of a survey's form: run in a worker, link, save. A fresh calibration stays the host's draft until it is saved. */
import { randomUUID } from 'node:crypto';
import type { SurveyCalibrationInput } from '@shared/analysis/surveyCalibration';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { linkCalibrations } from '@shared/psychometrics/linking/linkCalibrations';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { listCalibrations, saveCalibration } from '../../database/repositories/calibrations';
import { loadRespondents } from '../../database/repositories/respondents';
import type { JobHandle } from '../../host/jobs';
import { runWorkerTask } from '../../workers/runWorkerTask';
import { analysisInput } from '../estimateSurvey';
import { scoringForm } from '../storedForm';

/** Fifty items of 50,000 respondents take minutes; half an hour means something is wrong. */
const limits = { timeoutMs: 1_800_000, memoryMb: 4096 };

interface Draft {
  /** As calibrated, on a scale of its own. */
  readonly own: CalibrationRecord;
  readonly linked: CalibrationRecord;
}

/** One draft per host: the latest run. */
const drafts = new WeakMap<HostContext, Draft>();

export interface CalibrationRequest {
  readonly surveyId: SurveyId;
  readonly model: SurveyCalibrationInput['asked'];
  readonly job: JobHandle;
}

function calibrationInput(
  context: HostContext,
  { surveyId, model }: CalibrationRequest,
): Result<SurveyCalibrationInput> {
  const input = analysisInput(context, surveyId);
  if (!input.ok) return input;
  const { db } = context.vault.storage();
  const stored = scoringForm(context, input.value.survey.formId);
  if (!stored.ok) return stored;
  const { form, items } = stored.value;
  const ordered = form.entries.flatMap(({ itemId }) => items.filter(({ id }) => id === itemId));
  return ok({
    analysis: { ...input.value, rows: loadRespondents(db, surveyId) },
    items: ordered,
    entries: form.entries,
    bankId: form.bankId,
    calibrationId: `calibration-${randomUUID()}`,
    asked: model,
  });
}

/** Failures: NOT_FOUND; BANK_KEYS_CLOSED; those of `calibrateSurvey`; CANCELLED; ANALYSIS_FAILED. */
export async function runCalibration(
  context: HostContext,
  request: CalibrationRequest,
): Promise<Result<CalibrationRecord>> {
  const { job } = request;
  job.report('loading', 0.02);
  const input = calibrationInput(context, request);
  if (!input.ok) return input;
  const result = await runWorkerTask('calibrateSurvey', input.value, {
    ...limits,
    onLimit: 'ANALYSIS_FAILED',
    onCrash: (name) => context.log.write('calibration.failed', { name }),
    signal: job.signal,
    onProgress: (stage, fraction) => job.report(stage, fraction),
  });
  if (!result.ok) return result;
  const own = result.value as CalibrationRecord; // the worker is our own build and runs calibrateSurvey
  drafts.set(context, { own, linked: own });
  return ok(own);
}

function draftOf(context: HostContext, calibrationId: string): Result<Draft> {
  const draft = drafts.get(context);
  return draft?.own.calibrationId === calibrationId ? ok(draft) : fail('NOT_FOUND', { what: 'calibration' });
}

/** Failures: NOT_FOUND for a draft or base that is not there; IRT_ANCHORS_TOO_FEW. */
export function linkDraft(
  context: HostContext,
  calibrationId: string,
  baseId: string | null,
): Result<CalibrationRecord> {
  const draft = draftOf(context, calibrationId);
  if (!draft.ok) return draft;
  const { own } = draft.value;
  const base = listCalibrations(context.vault.storage().db).find(
    (record) => record.calibrationId === baseId && record.isDemo === own.isDemo,
  );
  if (baseId !== null && base === undefined) return fail('NOT_FOUND', { what: 'calibration' });
  const linked = base === undefined ? ok(own) : linkCalibrations(base, own);
  if (linked.ok) drafts.set(context, { own, linked: linked.value });
  return linked;
}

/** Appends the draft with its link. Failures: NOT_FOUND; IRT_NOT_CONVERGED. */
export function saveDraft(
  context: HostContext,
  calibrationId: string,
  by: string,
): Result<{ readonly calibrationId: string }> {
  const draft = draftOf(context, calibrationId);
  if (!draft.ok) return draft;
  const record = { ...draft.value.linked, by, at: context.clock().toISOString() };
  if (!record.fit.hasConverged) return fail('IRT_NOT_CONVERGED');
  const { db } = context.vault.storage();
  const saved = db.transact(() => {
    const stored = saveCalibration(db, record);
    if (!stored.ok) return stored;
    const { model, scaleId, surveyIds, link } = record;
    const detail = { model, scaleId, surveyIds, link: link?.status ?? null, by };
    return appendAudit(db, { action: 'calibration.stored', subject: calibrationId, detail });
  });
  if (!saved.ok) return saved;
  drafts.delete(context);
  return ok({ calibrationId });
}
