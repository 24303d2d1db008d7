/** Items with their sources, banks, forms and calibrations. */
import { z } from 'zod';
import { itemStatuses } from '@shared/assessment/itemCodes';
import { keyChangeSchema, rescoredSurveySchema } from '@shared/assessment/keyChange';
import { reviewRoles, reviewVerdicts } from '@shared/assessment/workflow';
import { formId } from '@shared/domain/ids';
import { calibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { jsonValue } from '../json';
import { at, text } from './fields';

const itemVersionSaved = z.strictObject({
  kind: z.literal('itemVersionSaved'),
  itemId: text,
  version: text,
  bankId: text,
  previousVersion: text.nullable(),
  origin: z.enum(['edit', 'import', 'correction']),
  document: jsonValue,
  author: text,
  note: text,
  at,
});

const itemStatusSet = z.strictObject({
  kind: z.literal('itemStatusSet'),
  statusId: text,
  itemId: text,
  version: text,
  status: z.enum(itemStatuses),
  setBy: text,
  reason: text,
  at,
});

const itemReviewed = z.strictObject({
  kind: z.literal('itemReviewed'),
  reviewId: text,
  itemId: text,
  version: text,
  reviewer: text,
  role: z.enum(reviewRoles),
  verdict: z.enum(reviewVerdicts),
  note: text,
  at,
});

const itemKeyChanged = z.strictObject({
  kind: z.literal('itemKeyChanged'),
  change: keyChangeSchema,
  surveys: z.array(rescoredSurveySchema),
});

const itemReferenceSaved = z.strictObject({
  kind: z.literal('itemReferenceSaved'),
  bankId: text,
  referenceId: text,
  version: z.int().min(1),
  previousVersion: z.int().min(1).nullable(),
  document: jsonValue,
  status: z.enum(['current', 'superseded', 'withdrawn']),
  supersededBy: text.nullable(),
  savedBy: text,
  note: text,
  at,
});

const itemsImported = z.strictObject({
  kind: z.literal('itemsImported'),
  importId: text,
  bankId: text,
  fileName: text,
  document: jsonValue,
  importedBy: text,
  at,
});

const itemImportUndone = z.strictObject({
  kind: z.literal('itemImportUndone'),
  importId: text,
  document: jsonValue,
  undoneBy: text,
  reason: text,
  at,
});

const bankPartSaved = z.strictObject({
  kind: z.literal('bankPartSaved'),
  packageId: text,
  part: z.enum(['questions', 'keys']),
  bankId: text,
  bankVersion: text,
  title: text,
  scope: z.enum(['whole', 'forms']),
  origin: z.enum(['created', 'installed']),
  signer: text,
  document: jsonValue,
  installedBy: text,
  at,
});

const itemSecretSaved = z.strictObject({
  kind: z.literal('itemSecretSaved'),
  itemId: text,
  version: text,
  bankId: text,
  sealed: jsonValue,
  at,
});

const formFiled = z.strictObject({
  kind: z.literal('formFiled'),
  formId,
  title: text,
  bankId: text,
  blueprintId: text,
  setId: text,
  seed: z.int(),
  document: jsonValue,
  filedBy: text,
  at,
});

const formStatusSet = z.strictObject({
  kind: z.literal('formStatusSet'),
  statusId: text,
  formId,
  status: z.enum(['available', 'retired']),
  setBy: text,
  reason: text,
  at,
});

const calibrationStored = z.strictObject({ kind: z.literal('calibrationStored'), record: calibrationRecord });

export const itemEntries = [
  itemVersionSaved,
  itemStatusSet,
  itemReviewed,
  itemKeyChanged,
  itemReferenceSaved,
  itemsImported,
  itemImportUndone,
  bankPartSaved,
  itemSecretSaved,
  formFiled,
  formStatusSet,
  calibrationStored,
] as const;
