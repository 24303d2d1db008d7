/**
 * Scores that wait for the keys of a private bank: interviews taken on a station without keys are closed unscored, and
 * scored here once the keys are open. Everything is computed first, in slices, and stored in one transaction, so that
 * an interruption leaves nothing half and doing it again scores only what still waits.
 */
import { randomUUID } from 'node:crypto';
import { scoreInterview } from '@shared/assessment/scoring';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import { getSurvey, listSurveys } from '../database/repositories/surveys';
import { loadUnscored, unscoredIds } from '../database/repositories/unscored';
import type { JobHandle } from '../host/jobs';
import { findInstrument } from '../registry/registry';
import type { NewScore } from './items/rescore';
import { loadForm, scoringForm } from './storedForm';

/** Cases scored between two looks at 取消. */
const sliceLength = 250;

/** Complete cases of a survey that wait for the keys of its bank; always 0 with a public bank. */
export const unscoredCount = (context: HostContext, id: SurveyId): number =>
  unscoredIds(context.vault.storage().db, id).length;

/** Fails with UNSCORED_INTERVIEWS {count}: figures that leave waiting cases out would be wrong. */
export function requireAllScored(context: HostContext, id: SurveyId): Result<null> {
  const count = unscoredCount(context, id);
  return count === 0 ? ok(null) : fail('UNSCORED_INTERVIEWS', { count });
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function scoreAll(
  context: HostContext,
  id: SurveyId,
  job: JobHandle,
): Promise<Result<readonly NewScore[]>> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const basis = scoringForm(context, survey.formId);
  if (!basis.ok) return basis;
  const instrument = findInstrument(context.registry, survey.settings.instrumentId);
  if (instrument === null) return fail('NOT_FOUND', { what: 'instrument' });
  const waiting = loadUnscored(db, id);
  const scores: NewScore[] = [];
  for (const [index, { interviewId, respondent }] of waiting.entries()) {
    if (index % sliceLength === 0) {
      job.report('scoring', index / waiting.length);
      await breathe();
      if (job.signal.aborted) return fail('CANCELLED');
    }
    const { form, items } = basis.value;
    const scored = scoreInterview(instrument, form, items, respondent.answers);
    if (!scored.ok) return scored;
    scores.push({ scoreId: randomUUID(), interviewId, score: scored.value });
  }
  return ok(scores);
}

/** Cases that were scored or voided meanwhile are left alone. */
function store(context: HostContext, id: SurveyId, scores: readonly NewScore[]): Result<number> {
  const { db } = context.vault.storage();
  return db.transact(() => {
    const waiting = new Set<string>(unscoredIds(db, id));
    const due = scores.filter(({ interviewId }) => waiting.has(interviewId));
    if (due.length === 0) return ok(0);
    const at = db.now();
    for (const score of due) db.record({ kind: 'scoreSaved', ...score, at });
    const detail = { count: due.length, role: context.session.role };
    const audited = appendAudit(db, { action: 'survey.scored', subject: id, detail });
    return audited.ok ? ok(due.length) : audited;
  });
}

/**
 * Scores every waiting case of a survey.
 * @returns how many were scored; 0 when none waited
 * Fails with NOT_FOUND, BANK_KEYS_CLOSED {bank}, CANCELLED, ANSWER_NOT_VALID, or those of the storage.
 */
export async function scorePending(
  context: HostContext,
  id: SurveyId,
  job: JobHandle,
): Promise<Result<number>> {
  if (unscoredCount(context, id) === 0) return ok(0);
  const scores = await scoreAll(context, id, job);
  return scores.ok ? store(context, id, scores.value) : scores;
}

/**
 * Scores the waiting cases of every survey of a bank whose keys can be opened now; surveys whose form needs a key that
 * is still closed keep waiting. Fails as `scorePending` otherwise.
 */
export async function scorePendingOfBank(
  context: HostContext,
  bankId: string,
  job: JobHandle,
): Promise<Result<number>> {
  const { db } = context.vault.storage();
  let count = 0;
  for (const { survey } of listSurveys(db)) {
    const form = loadForm(db, survey.formId);
    if (!form.ok || form.value.form.bankId !== bankId) continue;
    const scored = await scorePending(context, survey.id, job);
    if (!scored.ok && scored.failure.code !== 'BANK_KEYS_CLOSED') return scored;
    count += scored.ok ? scored.value : 0;
  }
  return ok(count);
}
