/** Print runs give out paper numbers; the key sheet is for the bank's own roles and leaves a mark in the log. */
import { randomUUID } from 'node:crypto';
import { answerText } from '@shared/assessment/exchange/normaliseAnswer';
import type { PrintRun } from '@shared/contract/areas/paper';
import type { Input, Output } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { largestPaperNumber } from '@shared/paper/paperNumber';
import { itemTypeLabels } from '@shared/texts/itemTexts';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { nextPaperNumber } from '../../database/repositories/papers';
import { traceKeyViews } from '../banks/keyViews';
import { surveyBank } from '../banks/surveyBank';
import { checkHeader } from '../runInterview';
import { scoringForm } from '../storedForm';
import { paperOfSurvey } from './paperForm';

/**
 * Takes the next free numbers of this folder for a print run. Failures: NOT_FOUND, FORM_HEADER_EXPIRED, INVALID_INPUT
 * when the numbers are used up.
 */
export function recordPrintRun(context: HostContext, input: Input<'paper/createRun'>): Result<PrintRun> {
  const { db } = context.vault.storage();
  const paper = paperOfSurvey(context, input.surveyId);
  if (!paper.ok) return paper;
  const { survey, stored, versionMark } = paper.value;
  const { formId } = survey;
  if (formId === null) return fail('NOT_FOUND', { what: 'form' });
  const header = checkHeader(survey, context.clock());
  if (!header.ok) return header;
  return db.transact(() => {
    const firstNumber = nextPaperNumber(db);
    const { mode, copies, printedBy } = input;
    if (firstNumber + copies - 1 > largestPaperNumber) return fail('INVALID_INPUT', { field: 'copies' });
    const run = { firstNumber, copies, mode, versionMark, printedBy, at: db.now() };
    db.record({ kind: 'paperPrinted', runId: randomUUID(), surveyId: survey.id, formId, ...run });
    const audited = appendAudit(db, {
      action: 'paper.printed',
      subject: survey.id,
      detail: { firstNumber, copies, formId: stored.form.id, printedBy },
    });
    return audited.ok ? ok(run) : audited;
  });
}

/** Keys in the order of the printed test. Failures: NOT_FOUND, BANK_KEYS_CLOSED. */
export function keySheet(context: HostContext, surveyId: SurveyId): Result<Output<'paper/getKeySheet'>> {
  const paper = paperOfSurvey(context, surveyId);
  if (!paper.ok) return paper;
  const basis = scoringForm(context, paper.value.survey.formId);
  if (!basis.ok) return basis;
  const byId = new Map(basis.value.items.map((item) => [item.id, item]));
  const audited = appendAudit(context.vault.storage().db, {
    action: 'paper.keySheetViewed',
    subject: surveyId,
    detail: { formId: paper.value.stored.form.id },
  });
  if (!audited.ok) return audited;
  const bank = surveyBank(context, paper.value.survey);
  const traced = traceKeyViews(context, { bank, items: basis.value.items, via: 'print' });
  if (!traced.ok) return traced;
  return ok({
    versionMark: paper.value.versionMark,
    // Places follow the printed form; an item that was withdrawn since has no row.
    rows: paper.value.stored.form.entries.flatMap(({ itemId }, index) => {
      const item = byId.get(itemId);
      if (item === undefined) return [];
      return [
        {
          position: index + 1,
          itemId,
          version: item.version,
          type: itemTypeLabels[item.type],
          key: answerText(item.type, item.key),
          points: item.scoring.points,
        },
      ];
    }),
  });
}
