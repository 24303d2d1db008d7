/** Who is working: decides which screens are offered and what the host lets through. */
import { z } from 'zod';

export const roles = [
  'enumerator',
  'supervisor',
  'statistician',
  'evaluator',
  'itemEditor',
  'administrator',
] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;
