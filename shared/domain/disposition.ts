/**
 * Final disposition of a sampled case, after the AAPOR structure (complete, partial, refusal, non-contact,
 * other, unknown eligibility, not eligible), with the result codes Z1 of the questionnaire.
 */
import { z } from 'zod';

export const dispositions = [
  'complete',
  'partial',
  'refusal',
  'breakOff',
  'nonContact',
  'unable',
  'unknownEligibility',
  'ineligibleAge',
  'ineligibleResidence',
  'ineligibleMilitary',
  'voided',
] as const;

export const disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof disposition>;

/** Z1 codes of question-bank-spec §5.3 Z; 41 and 42 are both non-contact. */
export const dispositionByResultCode: Readonly<Record<string, Disposition>> = {
  '11': 'complete',
  '12': 'partial',
  '21': 'refusal',
  '22': 'breakOff',
  '31': 'ineligibleAge',
  '32': 'ineligibleResidence',
  '33': 'ineligibleMilitary',
  '34': 'unable',
  '41': 'nonContact',
  '42': 'nonContact',
};

const ineligible: readonly Disposition[] = ['ineligibleAge', 'ineligibleResidence', 'ineligibleMilitary'];
export const isIneligible = (value: Disposition): boolean => ineligible.includes(value);
