/**
 * Agreement with R survey: every normative check of a case is either computed and compared at its tolerance,
 * or named in `notImplemented`. One line per case is printed with checks, values and the largest relative error.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { handlers } from './handlers';
import { notImplemented, accidents } from './notImplemented';
import { notReproduced, rCompatibleHandlers } from './rCompatible';
import { compare, type Comparison } from './support/compare';
import { caseIds, readCase } from './support/referenceCase';

for (const [id, handler] of Object.entries(handlers)) {
  const reference = readCase(id);
  const normative = reference.checks.filter((check) => check.status === 'normative');
  const waiting = new Set(notImplemented[id] ?? []);
  const unrepeatable = new Set(Object.keys(accidents[id] ?? {}));
  const total: Comparison = { values: 0, largestRelativeError: 0, differences: [] };

  describe(`${id}: ${reference.title}`, () => {
    for (const check of normative) {
      if (waiting.has(check.id) || unrepeatable.has(check.id)) continue;
      it(`${check.id} (${check.what}) agrees with the reference`, () => {
        const found: Comparison = { values: 0, largestRelativeError: 0, differences: [] };
        compare(handler(check), check.values, { path: check.id, tol: check.tol }, found);
        total.values += found.values;
        total.largestRelativeError = Math.max(total.largestRelativeError, found.largestRelativeError);
        expect(found.differences.slice(0, 10)).toEqual([]);
        expect(found.values).toBeGreaterThan(0);
      });
    }

    it('names every check it leaves out', () => {
      const known = new Set(normative.map((check) => check.id));
      expect([...waiting, ...unrepeatable].filter((name) => !known.has(name))).toEqual([]);
      expect(
        [...waiting].filter((name) => handler(normative.find((c) => c.id === name) as never) !== undefined),
      ).toEqual([]);
    });

    afterAll(() => {
      const compared = normative.length - waiting.size - unrepeatable.size;
      process.stdout.write(
        `reference ${id}: ${compared} of ${normative.length} normative checks, ${total.values} values, ` +
          `largest relative error ${total.largestRelativeError.toExponential(1)}\n`,
      );
    });
  });
}

describe('R-compatible mode', () => {
  const recorded = caseIds().flatMap((id) =>
    readCase(id)
      .checks.filter((check) => check.status !== 'normative')
      .map((check) => ({ id, check, name: `${id} ${check.id}` })),
  );
  const reasonOf = (id: string, name: string): string | undefined =>
    Object.entries(notReproduced[id] ?? {}).find(([start]) => name.startsWith(start))?.[1];
  const answer = ({ id, check }: (typeof recorded)[number]): unknown =>
    reasonOf(id, check.id) === undefined ? rCompatibleHandlers[id]?.(check) : undefined;
  const computed = recorded.filter((each) => answer(each) !== undefined);

  it.each(computed)('prints $name as R does', ({ id, check }) => {
    const found: Comparison = { values: 0, largestRelativeError: 0, differences: [] };
    compare(rCompatibleHandlers[id]?.(check), check.values, { path: check.id, tol: check.tol }, found);
    expect(found.differences.slice(0, 10)).toEqual([]);
    expect(found.values).toBeGreaterThan(0);
  });

  it('names every record it does not reproduce, with the reason', () => {
    const left = recorded.filter((each) => !computed.includes(each));
    expect(left.filter(({ id, check }) => reasonOf(id, check.id) === undefined)).toEqual([]);
    expect(recorded.filter(({ check }) => check.status === 'r-compat').length).toBe(
      computed.filter(({ check }) => check.status === 'r-compat').length,
    );
  });

  afterAll(() => {
    const lines = Object.entries(notReproduced).flatMap(([id, reasons]) =>
      Object.entries(reasons).map(([start, reason]) => `  not reproduced: ${id} ${start}*: ${reason}\n`),
    );
    const names = computed.map(({ name }) => `  ${name}\n`);
    process.stdout.write(`R-compatible mode: ${computed.length} checks\n${names.join('')}${lines.join('')}`);
  });
});
