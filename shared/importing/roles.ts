/** What a column can mean. `item`, `itemMark`, `question` and `keyGroup` need a target, the others stand alone. */
import { z } from 'zod';

export const singleRoles = [
  'caseCode',
  'region',
  'stratum',
  'psu',
  'ssu',
  'weight',
  'populationPsuCount',
  'populationSsuCount',
  'sex',
  'age',
  'ageBand',
  'birthYearMonth',
  'education',
  'residence',
  'disposition',
  'mode',
  'interviewDate',
] as const;

export const targetRoles = ['keyGroup', 'question', 'item', 'itemMark'] as const;

export const columnRole = z.enum([...singleRoles, ...targetRoles, 'ignore']);
export type ColumnRole = z.infer<typeof columnRole>;
export type SingleRole = (typeof singleRoles)[number];
export type TargetRole = (typeof targetRoles)[number];

/** Role of one column; `item` holds answers, `itemMark` holds 0/1 marks given elsewhere. */
export interface ColumnMeaning {
  readonly role: ColumnRole;
  /** Item id, question code or key group; null for roles that stand alone. */
  readonly target: string | null;
}

export const isSingleRole = (role: ColumnRole): role is SingleRole =>
  (singleRoles as readonly string[]).includes(role);

/** Same key = same meaning: two columns with one key contradict each other. Marks and answers share a key. */
export function meaningKey({ role, target }: ColumnMeaning): string {
  if (role === 'ignore') return '';
  return target === null ? role : `${role === 'itemMark' ? 'item' : role}:${target}`;
}
