/** Surveys: list, wizard drafts, creation, revision, demo. */
import { z } from 'zod';
import { jobId, surveyId } from '../../domain/ids';
import { survey, surveySettings } from '../../domain/survey';
import { verdictValue } from '../../results/surveyResults';
import { channel, noInput } from '../channel';

export const surveySummary = z.strictObject({
  survey,
  planShortName: z.string(),
  counts: z.strictObject({
    complete: z.int(),
    open: z.int(),
    imported: z.int(),
    issued: z.int(),
    /** 待评分: complete cases that wait for the keys of a private bank. */
    unscored: z.int(),
  }),
  /** Bank of the survey's form. */
  bank: z.strictObject({ title: z.string(), isPublic: z.boolean() }),
  lastActivityAt: z.iso.datetime().nullable(),
  headline: z.strictObject({ text: z.string(), value: verdictValue, isStale: z.boolean() }).nullable(),
});
export type SurveySummary = z.infer<typeof surveySummary>;

const draftId = z.string().min(1).max(60);

/** What the wizard has so far; every field optional, checked whole only on creation. */
export const surveyDraft = z.strictObject({
  id: draftId,
  step: z.int().min(0).max(6),
  settings: surveySettings.partial(),
  updatedAt: z.iso.datetime(),
});
export type SurveyDraft = z.infer<typeof surveyDraft>;

export const surveyChannels = {
  'survey/list': channel(
    noInput,
    z.strictObject({ surveys: z.array(surveySummary), drafts: z.array(surveyDraft) }),
  ),
  'survey/get': channel(z.strictObject({ surveyId }), surveySummary),
  'survey/create': channel(
    z.strictObject({ settings: surveySettings, draftId: draftId.nullable() }),
    z.strictObject({ surveyId }),
  ),
  'survey/update': channel(z.strictObject({ surveyId, settings: surveySettings }), surveySummary, {
    roles: ['statistician', 'administrator', 'supervisor'],
  }),
  'draft/update': channel(
    z.strictObject({
      draftId: draftId.nullable(),
      step: z.int().min(0).max(6),
      settings: surveySettings.partial(),
    }),
    surveyDraft,
  ),
  'draft/get': channel(z.strictObject({ draftId }), surveyDraft),
  'draft/runDiscard': channel(z.strictObject({ draftId }), z.strictObject({ discarded: z.boolean() })),
  'demo/create': channel(
    z.strictObject({
      planId: z.string().max(40),
      jobId,
      respondents: z.int().min(200).max(20_000).default(4000),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(20251),
    }),
    z.strictObject({ surveyId }),
  ),
} as const;
