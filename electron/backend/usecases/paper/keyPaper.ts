/**
 * Keying: the first entry, then a second one by somebody else who is shown nothing of it. What is keyed is durable
 * before it is acknowledged.
 */
import { randomUUID } from 'node:crypto';
import { samePerson } from '@shared/assessment/workflow';
import type { PaperEntryView } from '@shared/contract/areas/paper';
import type { Input, Output } from '@shared/contract/contract';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { readKeyed } from '@shared/paper/keyedText';
import { formatPaperNumber, readPaperNumber } from '@shared/paper/paperNumber';
import type { Question } from '@shared/questions/kinds';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import {
  entriesOfPaper,
  findPaperRun,
  getPaperEntry,
  keyedTexts,
  voidOf,
} from '../../database/repositories/papers';
import type { PaperEntry, PaperRun } from '../../database/repositories/papers';
import { paperOfSurvey, paperScript } from './paperForm';

/** The run of a number as it stands on the paper. */
function runOf(
  context: HostContext,
  input: Input<'paper/createEntry'>,
): Result<PaperRun & { number: number }> {
  const { db } = context.vault.storage();
  const number = readPaperNumber(input.paperNumber);
  if (number === null) return fail('PAPER_NUMBER_WRONG', { number: input.paperNumber.trim() });
  const run = findPaperRun(db, number);
  if (run === null) return fail('PAPER_NOT_PRINTED', { number: formatPaperNumber(number) });
  if (run.surveyId !== input.surveyId)
    return fail('PAPER_OTHER_SURVEY', { number: formatPaperNumber(number) });
  const voided = voidOf(db, number);
  if (voided !== null) return fail('PAPER_VOIDED', { reason: voided.reason });
  return ok({ ...run, number });
}

type Round = PaperEntry['round'];
type Turn =
  { readonly resume: PaperEntry } | { readonly round: Round; readonly samePersonReason: string | null };

/** Only somebody who may rule on papers lets one person key both times. */
const mayAllowSamePerson = (context: HostContext): boolean => context.session.role !== 'enumerator';

function turnOf(
  context: HostContext,
  entries: readonly PaperEntry[],
  { typist, samePersonReason }: Input<'paper/createEntry'>,
): Result<Turn> {
  const open = entries.find(({ endedAt }) => endedAt === null);
  if (open !== undefined)
    return samePerson(open.typist, typist)
      ? ok({ resume: open })
      : fail('PAPER_IN_WORK', { typist: open.typist });
  const [first, second] = entries;
  if (first === undefined) return ok({ round: 1, samePersonReason: null });
  if (second !== undefined) return fail('PAPER_ENTERED_TWICE');
  if (!samePerson(first.typist, typist)) return ok({ round: 2, samePersonReason: null });
  return samePersonReason !== null && mayAllowSamePerson(context)
    ? ok({ round: 2, samePersonReason })
    : fail('PAPER_SAME_PERSON', { typist: first.typist });
}

function startEntry(
  context: HostContext,
  run: PaperRun & { number: number },
  entry: { readonly round: Round; readonly typist: string; readonly samePersonReason: string | null },
): Result<string> {
  const { db } = context.vault.storage();
  const entryId = randomUUID();
  return db.transact(() => {
    db.record({
      kind: 'paperEntryOpened',
      entryId,
      paperNumber: run.number,
      surveyId: run.surveyId,
      ...entry,
      at: db.now(),
    });
    if (entry.samePersonReason === null) return ok(entryId);
    const audited = appendAudit(db, {
      action: 'paper.samePersonAllowed',
      subject: formatPaperNumber(run.number),
      detail: { typist: entry.typist, reason: entry.samePersonReason },
    });
    return audited.ok ? ok(entryId) : audited;
  });
}

/**
 * Opens a paper for keying, or goes on with the person's own open entry. Failures: PAPER_NUMBER_WRONG,
 * PAPER_NOT_PRINTED, PAPER_OTHER_SURVEY, PAPER_VOIDED, PAPER_IN_WORK, PAPER_ENTERED_TWICE, PAPER_SAME_PERSON.
 */
export function openEntry(context: HostContext, input: Input<'paper/createEntry'>): Result<PaperEntryView> {
  const { db } = context.vault.storage();
  const run = runOf(context, input);
  if (!run.ok) return run;
  const turn = turnOf(context, entriesOfPaper(db, run.value.number), input);
  if (!turn.ok) return turn;
  const isResumed = 'resume' in turn.value;
  const round = 'resume' in turn.value ? turn.value.resume.round : turn.value.round;
  const entryId =
    'resume' in turn.value
      ? ok(turn.value.resume.entryId)
      : startEntry(context, run.value, { ...turn.value, typist: input.typist });
  if (!entryId.ok) return entryId;
  return ok({
    entryId: entryId.value,
    paperNumber: run.value.number,
    label: formatPaperNumber(run.value.number),
    round,
    typist: input.typist,
    mode: run.value.mode,
    keyed: isResumed ? Object.fromEntries(keyedTexts(db, entryId.value)) : {},
  });
}

/** Printed questions of a run, cover included, by field; kept for the run in hand. */
const fieldsOfRuns = new WeakMap<HostContext, Map<string, ReadonlyMap<string, Question>>>();
const keptRuns = 4;

function fieldsOf(context: HostContext, run: PaperRun): Result<ReadonlyMap<string, Question>> {
  const kept = fieldsOfRuns.get(context) ?? new Map<string, ReadonlyMap<string, Question>>();
  fieldsOfRuns.set(context, kept);
  const found = kept.get(run.runId);
  if (found !== undefined) return ok(found);
  const paper = paperOfSurvey(context, run.surveyId, run.formId);
  if (!paper.ok) return paper;
  const steps = paperScript(context, paper.value, run.mode).steps.filter(({ standIn }) => standIn === null);
  const fields = new Map([
    ...paper.value.cover.map((question) => [question.code, question] as const),
    ...steps.map(({ id, question }) => [id, question] as const),
  ]);
  const [oldest] = kept.keys();
  if (kept.size >= keptRuns && oldest !== undefined) kept.delete(oldest);
  kept.set(run.runId, fields);
  return ok(fields);
}

/** The question a field of a paper stands for. Failures: NOT_FOUND. */
export function fieldOf(context: HostContext, paperNumber: number, fieldId: string): Result<Question> {
  const run = findPaperRun(context.vault.storage().db, paperNumber);
  if (run === null) return fail('NOT_FOUND', { what: 'paper' });
  const fields = fieldsOf(context, run);
  if (!fields.ok) return fields;
  const question = fields.value.get(fieldId);
  return question === undefined ? fail('NOT_FOUND', { what: 'question' }) : ok(question);
}

function openEntryOf(context: HostContext, entryId: string): Result<PaperEntry> {
  const entry = getPaperEntry(context.vault.storage().db, entryId);
  if (entry === null) return fail('NOT_FOUND', { what: 'paper' });
  return entry.endedAt === null ? ok(entry) : fail('PAPER_ENTRY_CLOSED');
}

/** Stores what was keyed for one field, in canonical form. Failures: NOT_FOUND, PAPER_ENTRY_CLOSED. */
export function keyField(
  context: HostContext,
  { entryId, fieldId, keyed, strokes }: Input<'paper/updateField'>,
): Result<Output<'paper/updateField'>> {
  const { db } = context.vault.storage();
  const entry = openEntryOf(context, entryId);
  if (!entry.ok) return entry;
  const question = fieldOf(context, entry.value.paperNumber, fieldId);
  if (!question.ok) return question;
  const { text } = readKeyed(question.value, keyed);
  return db.transact(() => {
    const at = db.now();
    db.record({ kind: 'paperKeyed', entryId, fieldId, keyed: text, strokes, at });
    return ok({ keyed: text, savedAt: at });
  });
}

/** Ends an entry: it cannot be changed any more. Resolves with the number of its paper. */
export function endEntry(context: HostContext, entryId: string): Result<number> {
  const { db } = context.vault.storage();
  const entry = openEntryOf(context, entryId);
  if (!entry.ok) return entry;
  return db.transact(() => {
    db.record({ kind: 'paperEntryEnded', entryId, at: db.now() });
    return ok(entry.value.paperNumber);
  });
}
