/**
 * 入库: a settled paper becomes an interview of its survey, finished and scored like any other. The answers and the link
 * to the paper are one transaction, the closing a second one; what a power cut leaves between is closed by filing again.
 */
import { randomUUID } from 'node:crypto';
import type { Input, Output } from '@shared/contract/contract';
import type { Disposition } from '@shared/domain/disposition';
import { interviewId } from '@shared/domain/ids';
import type { InterviewId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { coverDate, coverIds } from '@shared/paper/coverFields';
import { formatPaperNumber } from '@shared/paper/paperNumber';
import { answersToFile, paperDisposition } from '@shared/paper/paperReview';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { isCaseCodeTaken } from '../../database/repositories/caseCodes';
import { getInterview } from '../../database/repositories/interviewQueries';
import { saveAnswer, startInterview } from '../../database/repositories/interviews';
import { filingOf, findPaperRun, voidOf } from '../../database/repositories/papers';
import { breakOffInterview } from '../finishInterview';
import { placeQuestion } from '../interviewSession';
import { checkHeader } from '../runInterview';
import { loadPaper, requireUnfiled } from './settlePaper';
import type { PaperInHand } from './settlePaper';

type Filed = Output<'paper/runFile'>;

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** Noon of the day written on the cover, on the wall of the survey site. */
function dayOf({ final }: PaperInHand): Date {
  const date = coverDate(final);
  if (date === null) throw new Error('a paper without a date has a violation');
  return new Date(date.year, date.month - 1, date.day, 12);
}

function beginFromPaper(
  paper: PaperInHand,
  id: InterviewId,
  caseCode: string,
): Parameters<typeof startInterview>[1] {
  const { final, run, paperNumber } = paper;
  const weight = orNull(final.get(coverIds.baseWeight));
  return {
    interviewId: id,
    surveyId: run.surveyId,
    caseCode,
    mode: run.mode,
    formId: run.formId,
    seed: paperNumber,
    regionCode: orNull(final.get(coverIds.region)),
    design: {
      stratum: orNull(final.get(coverIds.stratum)),
      psu: orNull(final.get(coverIds.psu)),
      ssu: null,
      baseWeight: weight === null ? null : Number(weight),
      populationPsuCount: null,
      populationSsuCount: null,
    },
    assistance: null,
    currentQuestionId: null,
    startedAt: dayOf(paper).toISOString(),
  };
}

function storeAnswers(context: HostContext, paper: PaperInHand, id: InterviewId): Result<null> {
  const { db } = context.vault.storage();
  const residence = orNull(paper.final.get(coverIds.residence));
  const place = residence === null ? [] : [[placeQuestion, { kind: 'single', code: residence }] as const];
  for (const [questionId, answer] of [...place, ...answersToFile(paper.review)]) {
    const saved = saveAnswer(db, {
      interviewId: id,
      questionId,
      answer,
      elapsedMs: 0,
      mode: paper.run.mode,
      currentQuestionId: null,
    });
    if (!saved.ok) return saved;
  }
  return ok(null);
}

/** Interview, answers, link and log entry: all or nothing. */
function store(context: HostContext, paper: PaperInHand, filedBy: string): Result<InterviewId> {
  const { db } = context.vault.storage();
  const caseCode = orNull(paper.final.get(coverIds.caseCode)) ?? formatPaperNumber(paper.paperNumber);
  if (isCaseCodeTaken(db, paper.run.surveyId, caseCode)) return fail('CASE_CODE_TAKEN', { caseCode });
  const id = interviewId.parse(randomUUID());
  return db.transact(() => {
    const started = startInterview(db, beginFromPaper(paper, id, caseCode));
    if (!started.ok) return started;
    db.record({ kind: 'paperFiled', paperNumber: paper.paperNumber, interviewId: id, filedBy, at: db.now() });
    const stored = storeAnswers(context, paper, id);
    if (!stored.ok) return stored;
    const audited = appendAudit(db, {
      action: 'paper.filed',
      subject: formatPaperNumber(paper.paperNumber),
      detail: { interviewId: id, filedBy },
    });
    return audited.ok ? ok(id) : audited;
  });
}

function close(context: HostContext, id: InterviewId, disposition: Disposition): Result<Filed> {
  const finished = breakOffInterview(context, id, disposition);
  return finished.ok ? ok({ interviewId: id, disposition }) : finished;
}

/**
 * Failures: those of `loadPaper`, PAPER_NOT_SETTLED, PAPER_FILED, PAPER_VOIDED, CASE_CODE_TAKEN, FORM_HEADER_EXPIRED
 * (on the day of the interview).
 */
export function filePaper(
  context: HostContext,
  { paperNumber, filedBy }: Input<'paper/runFile'>,
): Result<Filed> {
  const { db } = context.vault.storage();
  const paper = loadPaper(context, paperNumber);
  if (!paper.ok) return paper;
  const { unsettled, violations, review } = paper.value;
  if (unsettled.length > 0 || violations.length > 0)
    return fail('PAPER_NOT_SETTLED', { differences: unsettled.length, violations: violations.length });
  const disposition = paperDisposition(review);
  const filing = filingOf(db, paperNumber);
  if (filing !== null && getInterview(db, filing.interviewId)?.state === 'open')
    return close(context, filing.interviewId, disposition);
  const allowed = requireUnfiled(context, paperNumber);
  if (!allowed.ok) return allowed;
  const header = checkHeader(paper.value.paper.survey, dayOf(paper.value));
  if (!header.ok) return header;
  const stored = store(context, paper.value, filedBy);
  return stored.ok ? close(context, stored.value, disposition) : stored;
}

/** 作废: the paper keeps everything that was keyed. Failures: NOT_FOUND, PAPER_FILED, PAPER_VOIDED. */
export function voidPaper(
  context: HostContext,
  { paperNumber, voidedBy, reason }: Input<'paper/runVoid'>,
): Result<null> {
  const { db } = context.vault.storage();
  if (findPaperRun(db, paperNumber) === null) return fail('NOT_FOUND', { what: 'paper' });
  const voided = voidOf(db, paperNumber);
  if (voided !== null) return fail('PAPER_VOIDED', { reason: voided.reason });
  if (filingOf(db, paperNumber) !== null) return fail('PAPER_FILED');
  return db.transact(() => {
    db.record({ kind: 'paperVoided', paperNumber, voidedBy, reason, at: db.now() });
    return appendAudit(db, {
      action: 'paper.voided',
      subject: formatPaperNumber(paperNumber),
      detail: { voidedBy, reason },
    });
  });
}
