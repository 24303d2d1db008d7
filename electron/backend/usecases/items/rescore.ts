/** Scores of a survey under changed keys: computed in slices so that the host stays awake, stored by the caller. */
import { randomUUID } from 'node:crypto';
import type { Instrument } from '@shared/assessment/instrument';
import { scoringBasis } from '@shared/assessment/keyChange';
import type { KeyChange, RescoredSurvey } from '@shared/assessment/keyChange';
import { scoreInterview } from '@shared/assessment/scoring';
import type { InterviewScore } from '@shared/assessment/score';
import type { InterviewId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { keysClosed } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';
import { dataFingerprint, loadRespondents } from '../../database/repositories/respondents';
import type { AnalysableRow } from '../../database/repositories/respondents';
import { listSurveys } from '../../database/repositories/surveys';
import type { JobHandle } from '../../host/jobs';
import { findInstrument } from '../../registry/registry';
import { loadForm, withKeys } from '../storedForm';
import type { StoredForm } from '../storedForm';

/** Cases scored between two looks at 取消. */
const sliceLength = 250;

export interface AffectedSurvey {
  readonly survey: Survey;
  readonly stored: StoredForm;
}

/**
 * Surveys whose form holds one of the versions of the item; all versions when none are given. Forms carry their keys
 * where these are open.
 */
export function surveysWithItem(
  context: HostContext,
  itemId: string,
  versions: readonly string[] | null = null,
): readonly AffectedSurvey[] {
  const { db } = context.vault.storage();
  return listSurveys(db).flatMap(({ survey }) => {
    const stored = loadForm(db, survey.formId);
    if (!stored.ok) return [];
    const holds = stored.value.form.entries.some(
      (entry) => entry.itemId === itemId && (versions?.includes(entry.itemVersion) ?? true),
    );
    const whole = withKeys(context, stored.value);
    return holds ? [{ survey, stored: whole.ok ? whole.value : stored.value }] : [];
  });
}

/** Closed cases of a survey that have a score. */
export const scoredRows = (
  context: HostContext,
  survey: Survey,
): readonly (AnalysableRow & { readonly score: InterviewScore })[] =>
  loadRespondents(context.vault.storage().db, survey.id).flatMap(({ score, ...row }) =>
    score === null ? [] : [{ ...row, score }],
  );

export interface NewScore {
  readonly scoreId: string;
  readonly interviewId: InterviewId;
  readonly score: InterviewScore;
}

export interface Rescored {
  readonly summary: RescoredSurvey;
  readonly scores: readonly NewScore[];
  /** State of the survey's data the scores were computed from. */
  readonly fingerprint: string;
}

interface Task {
  readonly affected: AffectedSurvey;
  readonly instrument: Instrument;
  readonly basis: StoredForm;
  readonly itemId: string;
}

/**
 * Fails with ITEM_WITHDRAWAL_EMPTIES_DIMENSION when nothing would be left to score a dimension by, with
 * BANK_KEYS_CLOSED {bank} when the form's keys are closed.
 */
function taskOf(context: HostContext, affected: AffectedSurvey, changes: readonly KeyChange[]): Result<Task> {
  const { survey, stored } = affected;
  const itemId = changes.at(-1)?.itemId ?? '';
  if (stored.keys === 'closed') return keysClosed(context, stored.form.bankId);
  const instrument = findInstrument(context.registry, survey.settings.instrumentId);
  if (instrument === null) return fail('NOT_FOUND', { what: 'instrument' });
  const basis = { ...scoringBasis(stored, changes), keys: stored.keys };
  const empty = scoreInterview(instrument, basis.form, basis.items, {});
  if (!empty.ok) return fail('ITEM_WITHDRAWAL_EMPTIES_DIMENSION', { itemId, survey: survey.settings.name });
  return ok({ affected, instrument, basis, itemId });
}

interface Tally {
  readonly scores: NewScore[];
  totalChangedCount: number;
  fixedMarkCount: number;
  passedBefore: number;
  passedAfter: number;
}

type ScoredRow = ReturnType<typeof scoredRows>[number];

function scoreRow(task: Task, row: ScoredRow, tally: Tally): Result<null> {
  const { instrument, basis, itemId } = task;
  const { answers } = row.respondent;
  const scored = scoreInterview(instrument, basis.form, basis.items, answers);
  if (!scored.ok) return scored;
  tally.scores.push({ scoreId: randomUUID(), interviewId: row.interviewId, score: scored.value });
  tally.totalChangedCount += scored.value.total === row.score.total ? 0 : 1;
  tally.fixedMarkCount += answers[itemId]?.kind === 'number' ? 1 : 0;
  tally.passedBefore += row.score.passed ? 1 : 0;
  tally.passedAfter += scored.value.passed ? 1 : 0;
  return ok(null);
}

const emptyTally = (): Tally => ({
  scores: [],
  totalChangedCount: 0,
  fixedMarkCount: 0,
  passedBefore: 0,
  passedAfter: 0,
});

function toRescored(survey: Survey, { scores, ...counts }: Tally, fingerprint: string): Rescored {
  return { summary: { surveyId: survey.id, scoreCount: scores.length, ...counts }, scores, fingerprint };
}

/** Scores every closed, scored case of one survey again, at once. `changes` oldest first, the new one last. */
export function rescoreSurvey(
  context: HostContext,
  affected: AffectedSurvey,
  changes: readonly KeyChange[],
): Result<Rescored> {
  const task = taskOf(context, affected, changes);
  if (!task.ok) return task;
  const { survey } = affected;
  const fingerprint = dataFingerprint(context.vault.storage().db, survey.id);
  const tally = emptyTally();
  for (const row of scoredRows(context, survey)) {
    const scored = scoreRow(task.value, row, tally);
    if (!scored.ok) return scored;
  }
  return ok(toRescored(survey, tally, fingerprint));
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** As `rescoreSurvey`, in slices with progress between `from` and `to`; CANCELLED stores nothing. */
export async function rescoreInSlices(
  context: HostContext,
  affected: AffectedSurvey,
  changes: readonly KeyChange[],
  progress: { readonly job: JobHandle; readonly from: number; readonly to: number },
): Promise<Result<Rescored>> {
  const task = taskOf(context, affected, changes);
  if (!task.ok) return task;
  const { survey } = affected;
  const fingerprint = dataFingerprint(context.vault.storage().db, survey.id);
  const rows = scoredRows(context, survey);
  const tally = emptyTally();
  const { job, from, to } = progress;
  for (const [index, row] of rows.entries()) {
    if (index % sliceLength === 0) {
      job.report('scoring', from + ((to - from) * index) / rows.length);
      await breathe();
      if (job.signal.aborted) return fail('CANCELLED');
    }
    const scored = scoreRow(task.value, row, tally);
    if (!scored.ok) return scored;
  }
  return ok(toRescored(survey, tally, fingerprint));
}
