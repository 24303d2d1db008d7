/** Paper questionnaires: print runs, keying, comparison, filing. */
import type { paperChannels } from '@shared/contract/areas/paper';
import { ok } from '@shared/domain/result';
import { filePaper, voidPaper } from '../usecases/paper/filePaper';
import { endEntry, keyField, openEntry } from '../usecases/paper/keyPaper';
import { paperFormView } from '../usecases/paper/paperForm';
import { paperList, paperRow } from '../usecases/paper/paperList';
import { keySheet, recordPrintRun } from '../usecases/paper/printPapers';
import { paperReviewView, ruleOnField } from '../usecases/paper/settlePaper';
import type { AreaHandlers } from './handlerTypes';

export const paperHandlers = {
  'paper/list': async ({ surveyId }, context) => ok(paperList(context, surveyId)),
  'paper/getForm': async ({ surveyId, mode }, context) => paperFormView(context, surveyId, mode),
  'paper/getKeySheet': async ({ surveyId }, context) => keySheet(context, surveyId),
  'paper/createRun': async (input, context) => recordPrintRun(context, input),
  'paper/createEntry': async (input, context) => openEntry(context, input),
  'paper/updateField': async (input, context) => keyField(context, input),
  'paper/runEndEntry': async ({ entryId }, context) => {
    const ended = endEntry(context, entryId);
    return ended.ok ? ok(paperRow(context.vault.storage().db, ended.value)) : ended;
  },
  'paper/getReview': async ({ paperNumber }, context) => paperReviewView(context, paperNumber),
  'paper/updateRuling': async (input, context) => ruleOnField(context, input),
  'paper/runFile': async (input, context) => filePaper(context, input),
  'paper/runVoid': async (input, context) => {
    const voided = voidPaper(context, input);
    return voided.ok ? ok(paperRow(context.vault.storage().db, input.paperNumber)) : voided;
  },
} satisfies AreaHandlers<typeof paperChannels>;
