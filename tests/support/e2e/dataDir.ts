/** A data folder of its own for one test. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const freshDataDir = (): string => mkdtempSync(join(tmpdir(), 'zhiheng-e2e-'));
