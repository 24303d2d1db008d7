/** Reads the JSON the product ships with. A damaged installation is refused at start, by file name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Failure, Result } from '@shared/domain/result';

/** Start-up stops with the failure; there is no product without its seeds. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  constructor(readonly failure: Failure) {
    super(`${failure.code} ${JSON.stringify(failure.params)}`);
  }
}

const invalid = (file: string): SeedError => new SeedError({ code: 'SEED_INVALID', params: { file } });

export function readJson(directory: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(directory, file), 'utf8')) as unknown;
  } catch {
    throw invalid(file);
  }
}

export function readText(directory: string, file: string): string {
  try {
    return readFileSync(join(directory, file), 'utf8');
  } catch {
    throw invalid(file);
  }
}

/** JSON files of a folder, by name. */
export const jsonFiles = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();

export function parseSeed<S extends z.ZodType>(schema: S, value: unknown, file: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(`${file}: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return parsed.data;
}

export function requireSeed<T>(result: Result<T>, file: string): T {
  if (result.ok) return result.value;
  throw new SeedError({ code: 'SEED_INVALID', params: { file, ...result.failure.params } });
}
