/** The printed definitions of the five key groups: seed data a survey may reword, every group exactly once. */
import { z } from 'zod';
import { keyGroup, keyGroups } from '../domain/groups';

export const keyGroupDefinition = z.strictObject({
  id: keyGroup,
  label: z.string().min(1).max(20),
  definition: z.string().min(1).max(400),
  note: z.string().max(400),
});
export type KeyGroupDefinition = z.infer<typeof keyGroupDefinition>;

export const keyGroupDefinitionsSchema = z.strictObject({
  id: z.literal('key-groups'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Printed under every table by key group. */
  note: z.string().min(1).max(60),
  groups: z
    .array(keyGroupDefinition)
    .refine(
      (groups) =>
        groups.length === keyGroups.length &&
        keyGroups.every((id) => groups.some((group) => group.id === id)),
      'every key group exactly once',
    ),
});
export type KeyGroupDefinitions = z.infer<typeof keyGroupDefinitionsSchema>;
