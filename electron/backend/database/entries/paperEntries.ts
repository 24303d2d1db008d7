/** Printed papers, their keying, rulings and filing. */
import { z } from 'zod';
import { formId, interviewId, surveyId } from '@shared/domain/ids';
import { at, text } from './fields';

const paperPrinted = z.strictObject({
  kind: z.literal('paperPrinted'),
  runId: text,
  surveyId,
  formId,
  firstNumber: z.int().min(1),
  copies: z.int().min(1),
  mode: z.enum(['interviewer', 'selfAdministered']),
  versionMark: text,
  printedBy: text,
  at,
});

const paperEntryOpened = z.strictObject({
  kind: z.literal('paperEntryOpened'),
  entryId: text,
  paperNumber: z.int().min(1),
  surveyId,
  round: z.union([z.literal(1), z.literal(2)]),
  typist: text,
  samePersonReason: text.nullable(),
  at,
});

const paperKeyed = z.strictObject({
  kind: z.literal('paperKeyed'),
  entryId: text,
  fieldId: text,
  keyed: text,
  strokes: z.int().min(0),
  at,
});

const paperEntryEnded = z.strictObject({ kind: z.literal('paperEntryEnded'), entryId: text, at });

const paperRuled = z.strictObject({
  kind: z.literal('paperRuled'),
  rulingId: text,
  paperNumber: z.int().min(1),
  fieldId: text,
  keyed: text,
  choice: z.enum(['first', 'second', 'other']),
  ruledBy: text,
  reason: text,
  at,
});

const paperFiled = z.strictObject({
  kind: z.literal('paperFiled'),
  paperNumber: z.int().min(1),
  interviewId,
  filedBy: text,
  at,
});

const paperVoided = z.strictObject({
  kind: z.literal('paperVoided'),
  paperNumber: z.int().min(1),
  voidedBy: text,
  reason: text,
  at,
});

export const paperEntries = [
  paperPrinted,
  paperEntryOpened,
  paperKeyed,
  paperEntryEnded,
  paperRuled,
  paperFiled,
  paperVoided,
] as const;
