/** Turns schema issues into short "path: message" lines for a failure's `where` parameter. */
import type { z } from 'zod';

export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
}
