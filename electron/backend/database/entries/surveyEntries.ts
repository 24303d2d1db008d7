/** Surveys, interviews, imports, and what was printed and logged. */
import { z } from 'zod';
import { interviewScore } from '@shared/assessment/score';
import { disposition } from '@shared/domain/disposition';
import { batchId, formId, interviewId, surveyId } from '@shared/domain/ids';
import { background, designVariables, respondentRecord } from '@shared/domain/respondent';
import { survey } from '@shared/domain/survey';
import { answerSchema } from '@shared/questions/answer';
import { jsonValue } from '../json';
import { at, text } from './fields';

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

export const importedRow = z.strictObject({
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

export const surveyEntries = [
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
  handInRecorded,
] as const;
