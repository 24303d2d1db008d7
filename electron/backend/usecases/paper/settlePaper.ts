/** The third look: both entries side by side, what the paper breaks, rulings. */
import { randomUUID } from 'node:crypto';
import type { PaperReviewView } from '@shared/contract/areas/paper';
import type { Input } from '@shared/contract/contract';
import { omit } from '@shared/domain/omit';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { KeyedFields } from '@shared/paper/comparison';
import { coverDate, reviewCover } from '@shared/paper/coverFields';
import { readKeyed } from '@shared/paper/keyedText';
import { paperDisposition, reviewPaper } from '@shared/paper/paperReview';
import type { PaperReview, PaperViolation } from '@shared/paper/paperReview';
import { paperProblemText } from '@shared/texts/paperEntryTexts';
import type { HostContext } from '../../context';
import { entriesOfPaper, filingOf, findPaperRun, voidOf } from '../../database/repositories/papers';
import type { PaperRun } from '../../database/repositories/papers';
import { localDate } from '../interviewSession';
import { fieldOf } from './keyPaper';
import type { PaperOfSurvey } from './paperForm';
import { paperOfSurvey, paperScript } from './paperForm';
import { paperRow, settledText, twoEntries } from './paperList';
import type { TwoEntries } from './paperList';

export interface PaperInHand {
  readonly paperNumber: number;
  readonly run: PaperRun;
  readonly paper: PaperOfSurvey;
  readonly both: TwoEntries;
  /** Fields nobody has settled yet. */
  readonly unsettled: readonly string[];
  readonly final: KeyedFields;
  readonly review: PaperReview;
  /** Of settled fields, cover first. */
  readonly violations: readonly PaperViolation[];
  readonly order: readonly string[];
}

/** Failures: NOT_FOUND, PAPER_NOT_COMPARABLE. */
export function loadPaper(context: HostContext, paperNumber: number): Result<PaperInHand> {
  const { db } = context.vault.storage();
  const run = findPaperRun(db, paperNumber);
  if (run === null) return fail('NOT_FOUND', { what: 'paper' });
  const both = twoEntries(db, entriesOfPaper(db, paperNumber));
  if (both === null) return fail('PAPER_NOT_COMPARABLE');
  const paper = paperOfSurvey(context, run.surveyId, run.formId);
  if (!paper.ok) return paper;
  const script = paperScript(context, paper.value, run.mode);
  const order = [...paper.value.cover.map(({ code }) => code), ...script.steps.map(({ id }) => id)];
  const unsettled = order.filter((fieldId) => settledText(both, fieldId) === null);
  const final = new Map(
    order.map((fieldId) => [fieldId, settledText(both, fieldId) ?? both.first.get(fieldId) ?? '']),
  );
  const review = reviewPaper(script, final, coverDate(final) ?? localDate(context.clock()));
  const violations = [...reviewCover(paper.value.cover, final), ...review.violations].filter(
    ({ fieldId }) => !unsettled.includes(fieldId),
  );
  return ok({ paperNumber, run, paper: paper.value, both, unsettled, final, review, violations, order });
}

function viewOf(context: HostContext, paper: PaperInHand): PaperReviewView {
  const { both, final, order, unsettled, violations, review } = paper;
  const isOpen = unsettled.length > 0 || violations.length > 0;
  return {
    row: paperRow(context.vault.storage().db, paper.paperNumber),
    mode: paper.run.mode,
    fields: order.flatMap((fieldId) => {
      const first = both.first.get(fieldId) ?? '';
      const second = both.second.get(fieldId) ?? '';
      const ruling = both.rulings.get(fieldId);
      if (first === second && ruling === undefined) return [];
      return [
        {
          fieldId,
          first,
          second,
          ruling: ruling === undefined ? null : omit(ruling, 'paperNumber', 'fieldId'),
        },
      ];
    }),
    violations: violations.map((violation) => ({
      fieldId: violation.fieldId,
      problem: violation.problem,
      text: paperProblemText(violation),
      keyed: final.get(violation.fieldId) ?? '',
    })),
    warnings: review.warnings.map(({ fieldId, message }) => ({ fieldId, text: message })),
    keyedFields: [...final.values()].filter((text) => text !== '').length,
    disposition: isOpen ? null : paperDisposition(review),
  };
}

export function paperReviewView(context: HostContext, paperNumber: number): Result<PaperReviewView> {
  const paper = loadPaper(context, paperNumber);
  return paper.ok ? ok(viewOf(context, paper.value)) : paper;
}

/** Refuses what is filed or voided. */
export function requireUnfiled(context: HostContext, paperNumber: number): Result<null> {
  const { db } = context.vault.storage();
  const voided = voidOf(db, paperNumber);
  if (voided !== null) return fail('PAPER_VOIDED', { reason: voided.reason });
  return filingOf(db, paperNumber) === null ? ok(null) : fail('PAPER_FILED');
}

function ruledText(
  context: HostContext,
  { both }: PaperInHand,
  { paperNumber, fieldId, choice, keyed }: Input<'paper/updateRuling'>,
): Result<string> {
  const question = fieldOf(context, paperNumber, fieldId);
  if (!question.ok) return question;
  if (choice === 'other') return ok(readKeyed(question.value, keyed).text);
  return ok((choice === 'first' ? both.first : both.second).get(fieldId) ?? '');
}

/** Settles one field by what the paper says. Failures: those of `loadPaper`, PAPER_FILED, PAPER_VOIDED. */
export function ruleOnField(
  context: HostContext,
  input: Input<'paper/updateRuling'>,
): Result<PaperReviewView> {
  const { db } = context.vault.storage();
  const { paperNumber, fieldId, choice, ruledBy, reason } = input;
  const allowed = requireUnfiled(context, paperNumber);
  if (!allowed.ok) return allowed;
  const paper = loadPaper(context, paperNumber);
  if (!paper.ok) return paper;
  const keyed = ruledText(context, paper.value, input);
  if (!keyed.ok) return keyed;
  const ruled = db.transact(() => {
    const ruling = { paperNumber, fieldId, keyed: keyed.value, choice, ruledBy, reason };
    db.record({ kind: 'paperRuled', rulingId: randomUUID(), ...ruling, at: db.now() });
    return ok(null);
  });
  return ruled.ok ? paperReviewView(context, paperNumber) : ruled;
}
