/** Reads a shipped seed file as the host would: from disk, as unknown JSON. */
import { readFileSync } from 'node:fs';

export const readSeedFile = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../seeds/${name}`, import.meta.url), 'utf8'));
