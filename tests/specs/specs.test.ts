/**
 * The example specifications, run by the command line as a statistician does: the result is the committed one, and its
 * numbers are R's at the tolerance of the reference case. `ZHIHENG_UPDATE_SPECS=1` writes the results anew.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AnalysisResult } from '@shared/analysisSpec/result';
import { useBuiltCli } from '../electron/cli/support/builtCli';
import { compare, type Comparison } from '../reference/support/compare';
import { readCase } from '../reference/support/referenceCase';
import { expectations, scriptValue } from './support/expectations';

const cli = useBuiltCli();
const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const names = readdirSync(fileOf('.'))
  .filter((file) => /^\d\d-.*(?<!\.result)\.json$/.test(file))
  .map((file) => file.replace(/\.json$/, ''));

async function run(name: string): Promise<AnalysisResult> {
  const { exitCode, out, err } = await cli().run('estimate', fileOf(`${name}.json`), '--json');
  expect(err).toBe('');
  expect(exitCode).toBe(0);
  const { ok, ...result } = JSON.parse(out) as AnalysisResult & { ok: boolean };
  expect(ok).toBe(true);
  return result;
}

/** The reference without what our answer does not speak of. */
function restricted(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected)) {
    return expected.map((each, index) => restricted(each, Array.isArray(actual) ? actual[index] : undefined));
  }
  if (expected === null || typeof expected !== 'object' || actual === null || typeof actual !== 'object') {
    return expected;
  }
  const own = Object.entries(expected).filter(([key]) => Object.hasOwn(actual, key));
  return Object.fromEntries(
    own.map(([key, value]) => [key, restricted(value, (actual as Record<string, unknown>)[key])]),
  );
}

function reference(source: string, check: string): { values: unknown; tol: { rel: number; abs: number } } {
  if (source === 'script') return { values: scriptValue(check), tol: { rel: 1e-8, abs: 1e-10 } };
  const found = readCase(source).checks.find(({ id }) => id === check);
  if (found?.status !== 'normative') throw new Error(`${source} has no normative check ${check}`);
  return found;
}

describe.each(names)('specification %s', (name) => {
  it('gives the committed result, and what R says', async () => {
    const result = await run(name);
    const committed = fileOf(`${name}.result.json`);
    if (process.env['ZHIHENG_UPDATE_SPECS'] === '1') {
      writeFileSync(committed, `${JSON.stringify(result, null, 2)}\n`);
    }
    const known: Comparison = { values: 0, largestRelativeError: 0, differences: [] };
    const tight = { rel: 1e-9, abs: 1e-11 };
    compare(result, JSON.parse(readFileSync(committed, 'utf8')), { path: name, tol: tight }, known);
    expect(known.differences.slice(0, 10)).toEqual([]);

    const agreed = expectations[name]?.(result) ?? [];
    expect(agreed.length).toBeGreaterThan(0);
    for (const { source, check, actual } of agreed) {
      const { values, tol } = reference(source, check);
      const comparison: Comparison = { values: 0, largestRelativeError: 0, differences: [] };
      compare(actual, restricted(values, actual), { path: check, tol }, comparison);
      expect(comparison.differences.slice(0, 10)).toEqual([]);
      expect(comparison.values).toBeGreaterThan(0);
    }
  });
});

it('has a result and an expectation for every specification', () => {
  expect(names.length).toBeGreaterThanOrEqual(20);
  expect(Object.keys(expectations).sort()).toEqual([...names].sort());
});
