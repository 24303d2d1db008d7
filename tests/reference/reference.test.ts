/**
 * Agreement with R survey: every normative check of a case is either computed and compared at its tolerance,
 * or named in `notImplemented`. One line per case is printed with checks, values and the largest relative error.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { handlers } from './handlers';
import { notImplemented, accidents } from './notImplemented';
import { compare, type Comparison } from './support/compare';
import { readCase } from './support/referenceCase';

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
