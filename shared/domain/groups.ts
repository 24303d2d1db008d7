/**
 * Reporting categories of a respondent, in publication order.
 * Sources: domain-facts §4 (published breakdowns) and question-bank-spec §5.1–5.2 (operational rules, ours).
 */
import { z } from 'zod';

export const sexes = ['male', 'female'] as const;
export const ageBands = ['18-29', '30-39', '40-49', '50-59', '60-69'] as const;
/** 小学及以下 / 初中 / 高中(含中专) / 大学专科 / 大学本科及以上. */
export const educationLevels = ['primary', 'junior', 'senior', 'college', 'bachelor'] as const;
export const residences = ['urban', 'rural'] as const;
/** The five 重点人群: overlapping flags, never added up. */
export const keyGroups = ['youth', 'farmer', 'worker', 'elder', 'cadre'] as const;

export const sex = z.enum(sexes);
export const ageBand = z.enum(ageBands);
export const educationLevel = z.enum(educationLevels);
export const residence = z.enum(residences);
export const keyGroup = z.enum(keyGroups);

export type Sex = z.infer<typeof sex>;
export type AgeBand = z.infer<typeof ageBand>;
export type EducationLevel = z.infer<typeof educationLevel>;
export type Residence = z.infer<typeof residence>;
export type KeyGroup = z.infer<typeof keyGroup>;

/** Grouping variables a survey may report by; `region` is always reported. */
export const groupings = ['sex', 'ageBand', 'education', 'residence', 'keyGroup'] as const;
export const grouping = z.enum(groupings);
export type Grouping = z.infer<typeof grouping>;

/** Categories of each grouping in the order they are printed. */
export const groupingCategories = {
  sex: sexes,
  ageBand: ageBands,
  education: educationLevels,
  residence: residences,
  keyGroup: keyGroups,
} as const satisfies Record<Grouping, readonly string[]>;

/**
 * Age band of completed years; null outside 18–69.
 * @example ageBandOf(29) === '18-29'; ageBandOf(17) === null
 */
export function ageBandOf(completedYears: number): AgeBand | null {
  if (completedYears < 18 || completedYears > 69) return null;
  if (completedYears < 30) return '18-29';
  if (completedYears < 40) return '30-39';
  if (completedYears < 50) return '40-49';
  return completedYears < 60 ? '50-59' : '60-69';
}
