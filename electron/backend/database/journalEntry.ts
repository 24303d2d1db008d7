/**
 * Every fact the database can take in, as the journal keeps it. An entry is complete: applied in order to an empty
 * database, the entries rebuild everything but derived results. Kinds are only ever added, never changed.
 */
import { z } from 'zod';
import { itemStatuses } from '@shared/assessment/itemCodes';
import { keyChangeSchema, rescoredSurveySchema } from '@shared/assessment/keyChange';
import { interviewScore } from '@shared/assessment/score';
import { reviewRoles, reviewVerdicts } from '@shared/assessment/workflow';
import { disposition } from '@shared/domain/disposition';
import { batchId, formId, interviewId, surveyId } from '@shared/domain/ids';
import { background, designVariables, respondentRecord } from '@shared/domain/respondent';
import { survey } from '@shared/domain/survey';
import { calibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { answerSchema } from '@shared/questions/answer';
import { jsonValue } from './json';

const at = z.iso.datetime();
const text = z.string();

const surveySaved = z.strictObject({ kind: z.literal('surveySaved'), survey });
const formSaved = z.strictObject({ kind: z.literal('formSaved'), formId, document: jsonValue, at });

const interviewStarted = z.strictObject({
  kind: z.literal('interviewStarted'),
  interviewId,
  surveyId,
  caseCode: text,
  mode: z.enum(['interviewer', 'selfAdministered']),
  formId: formId.nullable(),
  seed: z.int(),
  regionCode: text.nullable(),
  design: designVariables,
  assistance: text.nullable(),
  currentQuestionId: text.nullable(),
  at,
});

const answerSaved = z.strictObject({
  kind: z.literal('answerSaved'),
  eventId: text,
  interviewId,
  questionId: text,
  answer: answerSchema,
  elapsedMs: z.int().min(0),
  deviceCounter: z.int(),
  mode: z.enum(['interviewer', 'selfAdministered']),
  currentQuestionId: text.nullable(),
  at,
});

const questionSet = z.strictObject({
  kind: z.literal('questionSet'),
  interviewId,
  currentQuestionId: text.nullable(),
});

const interviewClosed = z.strictObject({
  kind: z.literal('interviewClosed'),
  interviewId,
  disposition,
  regionCode: text.nullable(),
  background: background.nullable(),
  assistance: text.nullable(),
  score: z.strictObject({ scoreId: text, score: interviewScore }).nullable(),
  at,
});

const interviewVoided = z.strictObject({ kind: z.literal('interviewVoided'), interviewId, reason: text, at });
const scoreSaved = z.strictObject({
  kind: z.literal('scoreSaved'),
  scoreId: text,
  interviewId,
  score: interviewScore,
  at,
});

const importedRow = z.strictObject({
  interviewId,
  rowNumber: z.int().min(1),
  respondent: respondentRecord,
  /** Cells as they stood in the file, by column heading. */
  given: z.record(z.string(), jsonValue),
  score: z.strictObject({ scoreId: text, score: interviewScore }).nullable(),
});

const batchImported = z.strictObject({
  kind: z.literal('batchImported'),
  batchId,
  surveyId,
  contentHash: text,
  fileName: text,
  sheet: text,
  mapping: jsonValue,
  rows: z.array(importedRow),
  at,
});
const batchVoided = z.strictObject({ kind: z.literal('batchVoided'), batchId, reason: text, at });

const marginSaved = z.strictObject({
  kind: z.literal('marginSaved'),
  marginId: text,
  surveyId,
  document: jsonValue,
  source: text,
  contentHash: text,
  at,
});

const reportExported = z.strictObject({
  kind: z.literal('reportExported'),
  reportId: text,
  surveyId,
  reportKind: text,
  fileName: text,
  contentHash: text,
  spec: jsonValue,
  dataFingerprint: text,
  at,
});

const auditAppended = z.strictObject({
  kind: z.literal('auditAppended'),
  auditId: text,
  action: text,
  subject: text,
  detail: jsonValue,
  at,
});

const settingSaved = z.strictObject({ kind: z.literal('settingSaved'), key: text, value: jsonValue });

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

const calibrationStored = z.strictObject({ kind: z.literal('calibrationStored'), record: calibrationRecord });

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

const handInRecorded = z.strictObject({
  kind: z.literal('handInRecorded'),
  handInId: text,
  packageId: text,
  direction: z.enum(['out', 'in']),
  surveyId,
  stationSurveyId: text,
  station: text,
  seq: z.int().min(1),
  signer: text,
  contentHash: text,
  interviews: z.array(z.strictObject({ interviewId, contentHash: text, isVoided: z.boolean() })),
  /** Of the interviews that were stored with it those answered on paper. */
  paperIds: z.array(interviewId),
  addedCount: z.int().min(0),
  conflictCount: z.int().min(0),
  recordedBy: text,
  at,
});

export const journalEntry = z.discriminatedUnion('kind', [
  paperPrinted,
  paperEntryOpened,
  paperKeyed,
  paperEntryEnded,
  paperRuled,
  paperFiled,
  paperVoided,
  surveySaved,
  formSaved,
  interviewStarted,
  answerSaved,
  questionSet,
  interviewClosed,
  interviewVoided,
  scoreSaved,
  batchImported,
  batchVoided,
  marginSaved,
  reportExported,
  auditAppended,
  settingSaved,
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
  handInRecorded,
]);
export type JournalEntry = z.infer<typeof journalEntry>;
export type EntryOf<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>;
export type ImportedRow = z.infer<typeof importedRow>;
