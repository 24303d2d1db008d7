/**
 * One analysable row: a sampled case with its design variables, reporting categories and answers, whether it
 * came from an interview on this machine or from an imported table. Missing stays null, never a default.
 */
import { z } from 'zod';
import { answerSchema } from '../questions/answer';
import { disposition } from './disposition';
import { ageBand, educationLevel, keyGroups, residence, sex } from './groups';

export const designVariables = z.strictObject({
  stratum: z.string().nullable(),
  psu: z.string().nullable(),
  ssu: z.string().nullable(),
  /** Base weight: inverse inclusion probability, population units. */
  baseWeight: z.number().positive().nullable(),
  /** Population counts per stage for finite population corrections, when known. */
  populationPsuCount: z.number().positive().nullable(),
  populationSsuCount: z.number().positive().nullable(),
});
export type DesignVariables = z.infer<typeof designVariables>;

export const background = z.strictObject({
  sex: sex.nullable(),
  /** Completed years at interview. */
  ageYears: z.int().min(0).max(120).nullable(),
  ageBand: ageBand.nullable(),
  education: educationLevel.nullable(),
  residence: residence.nullable(),
  /** Overlapping flags; null = cannot be derived from what was asked. */
  keyGroups: z.strictObject(
    Object.fromEntries(keyGroups.map((group) => [group, z.boolean().nullable()])) as Record<
      (typeof keyGroups)[number],
      z.ZodNullable<z.ZodBoolean>
    >,
  ),
});
export type Background = z.infer<typeof background>;

export const respondentRecord = z.strictObject({
  caseCode: z.string().min(1).max(80),
  regionCode: z.string().min(1).max(20).nullable(),
  disposition,
  mode: z.enum(['interviewer', 'selfAdministered', 'paper', 'unknown']),
  design: designVariables,
  background,
  /** Test answers by item id, attitude and background answers by question code. */
  answers: z.record(z.string(), answerSchema),
});
export type RespondentRecord = z.infer<typeof respondentRecord>;
