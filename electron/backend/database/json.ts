/** JSON as the database and the journal store it. */
import { z } from 'zod';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export const jsonValue: z.ZodType<JsonValue> = z.json();

/** Stored text of a value; object keys keep their order, so equal values from one place have equal texts. */
export const toJson = (value: unknown): string => JSON.stringify(value);

/** Value of a stored text; throws when the text is not JSON, which only a programmer error can cause. */
export const fromJson = (text: string): unknown => JSON.parse(text) as unknown;
