/** One interview at a time: start, answer, go back, finish, resume. Keys and scoring rules never travel here. */
import { z } from 'zod';
import { interviewScore } from '../../assessment/score';
import { disposition } from '../../domain/disposition';
import { interviewId, surveyId } from '../../domain/ids';
import { answerSchema } from '../../questions/answer';
import { questionSchema } from '../../questions/kinds';
import { channel } from '../channel';

export const interviewMode = z.enum(['interviewer', 'selfAdministered']);
export type InterviewMode = z.infer<typeof interviewMode>;

export const stepState = z.enum(['answered', 'missing', 'current', 'ahead', 'inactive']);

/** A question as the respondent's page needs it; `position` counts only test items. */
export const interviewStep = z.strictObject({
  question: questionSchema,
  section: z.string(),
  sectionTitle: z.string(),
  testPosition: z.int().nullable(),
  interviewerOnly: z.boolean(),
});
export type InterviewStep = z.infer<typeof interviewStep>;

/** What changes with every answer. */
export const interviewProgress = z.strictObject({
  state: z.enum(['open', 'readyToFinish', 'closed', 'voided']),
  currentQuestionId: z.string().nullable(),
  /** The current question as it is asked now: earlier answers decide which options and rows it has. */
  currentQuestion: questionSchema.nullable(),
  states: z.record(z.string(), stepState),
  answers: z.record(z.string(), answerSchema),
  answered: z.int(),
  total: z.int(),
  testItemCount: z.int(),
  disposition: disposition.nullable(),
  /** Implausible but possible: the enumerator confirms or goes back. */
  /** Information an answer called for, e.g. the 96110 card, by the question that called for it. */
  notices: z.array(z.strictObject({ questionId: z.string(), text: z.string() })),
  /** Questions after which a break is offered to this respondent. */
  breaksAfter: z.array(z.string()),
  confirmations: z.array(z.strictObject({ questionId: z.string(), message: z.string() })),
  savedAt: z.iso.datetime().nullable(),
});
export type InterviewProgress = z.infer<typeof interviewProgress>;

export const interviewView = z.strictObject({
  interviewId,
  surveyId,
  surveyName: z.string(),
  isDemo: z.boolean(),
  caseCode: z.string(),
  mode: interviewMode,
  header: z.strictObject({
    formNumber: z.string(),
    issuingBody: z.string(),
    approvalNumber: z.string(),
    validUntil: z.string().nullable(),
  }),
  steps: z.array(interviewStep),
  progress: interviewProgress,
});
export type InterviewView = z.infer<typeof interviewView>;

export const interviewRow = z.strictObject({
  interviewId,
  caseCode: z.string(),
  origin: z.enum(['live', 'import']),
  mode: z.string(),
  state: z.enum(['open', 'closed', 'voided']),
  disposition: disposition.nullable(),
  regionCode: z.string().nullable(),
  answered: z.int(),
  startedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});
export type InterviewRow = z.infer<typeof interviewRow>;

export const finishedInterview = z.strictObject({
  disposition,
  /** Null when the survey hides scores from this role. */
  score: interviewScore.nullable(),
  hidden: z.boolean(),
  /** 待评分: complete, but the keys of its private bank are closed here. */
  pending: z.boolean(),
});

export const interviewChannels = {
  'interview/list': channel(
    z.strictObject({
      surveyId,
      origin: z.enum(['live', 'import', 'all']),
      search: z.string().max(60),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ rows: z.array(interviewRow), total: z.int(), counts: z.record(z.string(), z.int()) }),
  ),
  'interview/create': channel(
    z.strictObject({
      surveyId,
      mode: interviewMode,
      caseCode: z.string().trim().max(60),
      regionCode: z.string().max(20).nullable(),
      residence: z.enum(['urban', 'rural']).nullable(),
      stratum: z.string().trim().max(60).nullable(),
      psu: z.string().trim().max(60).nullable(),
      baseWeight: z.number().positive().max(1e9).nullable(),
    }),
    interviewView,
  ),
  'interview/get': channel(z.strictObject({ interviewId }), interviewView),
  'interview/updateAnswer': channel(
    z.strictObject({
      interviewId,
      questionId: z.string().max(60),
      answer: answerSchema,
      elapsedMs: z.int().min(0).max(86_400_000),
      confirmed: z.boolean(),
    }),
    interviewProgress,
  ),
  'interview/updateCurrent': channel(
    z.strictObject({ interviewId, questionId: z.string().max(60) }),
    interviewProgress,
  ),
  'interview/runFinish': channel(z.strictObject({ interviewId }), finishedInterview),
  'interview/runBreakOff': channel(
    z.strictObject({
      interviewId,
      disposition: z.enum(['partial', 'refusal', 'breakOff', 'nonContact', 'unable']),
      note: z.string().max(200),
    }),
    finishedInterview,
  ),
  'interview/runVoid': channel(
    z.strictObject({ interviewId, reason: z.string().trim().min(2).max(200) }),
    interviewRow,
    { roles: ['supervisor', 'statistician', 'administrator'] },
  ),
  'interview/getScore': channel(z.strictObject({ interviewId }), finishedInterview),
} as const;
