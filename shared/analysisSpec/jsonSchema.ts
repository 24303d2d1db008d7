/** The format as JSON Schema: for editors, for other programs, and for the reference page. */
import { z } from 'zod';
import { analysisSpec } from './analysisSpec';

/** JSON Schema (draft 2020-12) of a specification as a person writes it: what has a default may be left out. */
export const analysisSpecSchema = (): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(analysisSpec, { io: 'input' });
