/** The suppression of additive tables against an attacker who solves the linear programs with another solver. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdditiveCell, AdditiveLine, AdditiveTable } from '@shared/disclosure/additiveTable';
import { protectTable } from '@shared/disclosure/protect';
import { createAttack } from '../../support/tableAttack';

const requiredWidth = 8;

interface Options {
  readonly printing?: AdditiveCell['printing'];
  readonly level?: number;
  readonly threshold?: number;
}

function cell(id: string, value: number, options: Options = {}): AdditiveCell {
  const { printing = 'published', level = 1, threshold = 10 } = options;
  return {
    id,
    printing,
    isPrimary: printing !== 'always' && value < threshold,
    level,
    cost: value,
    measures: { count: { value, lower: 0, upper: Infinity, isPublic: false, requiredWidth } },
  };
}

const table = (cells: readonly AdditiveCell[], lines: readonly AdditiveLine[]): AdditiveTable => ({
  cells,
  lines,
  measures: ['count'],
});

/** A two-way table with both margins and the total printed. */
function crossed(counts: readonly (readonly number[])[]): AdditiveTable {
  const columns = counts[0]?.map((_count, column) => column) ?? [];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const rowSums = counts.map(sum);
  const columnSums = columns.map((column) => sum(counts.map((row) => row[column] ?? 0)));
  const printed = { printing: 'always' } as const;
  return table(
    [
      cell('all', sum(rowSums), printed),
      ...rowSums.map((value, row) => cell(`r${row}`, value, printed)),
      ...columnSums.map((value, column) => cell(`c${column}`, value, printed)),
      ...counts.flatMap((values, row) =>
        values.map((value, column) => cell(`x${row}y${column}`, value, { level: 2 })),
      ),
    ],
    [
      ...counts.map((values, row) => ({
        total: `r${row}`,
        parts: values.map((_value, column) => `x${row}y${column}`),
      })),
      ...columns.map((column) => ({
        total: `c${column}`,
        parts: counts.map((_values, row) => `x${row}y${column}`),
      })),
    ],
  );
}

/** Widths of the primary cells as HiGHS finds them, from the printed cells alone. */
async function attackedWidths(
  printed: AdditiveTable,
  hidden: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const attack = await createAttack();
  const valueOf = new Map(printed.cells.map(({ id, measures }) => [id, measures.count?.value ?? 0]));
  for (const id of hidden) attack.unknown(id, 0, Infinity);
  for (const { total, parts } of printed.lines) {
    const terms = [[-1, total] as const, ...parts.map((part) => [1, part] as const)];
    const known = terms.filter(([, id]) => !hidden.has(id));
    attack.require(
      terms.filter(([, id]) => hidden.has(id)),
      '=',
      -known.reduce((sum, [sign, id]) => sum + sign * (valueOf.get(id) ?? 0), 0),
    );
  }
  return new Map(
    printed.cells.flatMap(({ id, isPrimary }) => {
      if (!isPrimary) return [];
      const { lowest, highest } = attack.range(id);
      return [[id, highest - lowest] as const];
    }),
  );
}

describe('complementary suppression', () => {
  it('hides nothing where nothing must be hidden', () => {
    expect(
      protectTable(
        crossed([
          [20, 30],
          [40, 50],
        ]),
      ),
    ).toEqual({ hidden: new Set(), limited: [] });
  });

  it('hides the cheapest other cell of a total with one small part', () => {
    const parts = [cell('a', 4), cell('b', 60), cell('c', 25), cell('d', 90)];
    const line = { total: 'all', parts: ['a', 'b', 'c', 'd'] };
    const { hidden } = protectTable(table([cell('all', 179, { printing: 'always' }), ...parts], [line]));
    expect([...hidden].sort()).toEqual(['a', 'c']);
  });

  it('goes on where two small cells give each other away: their sum is known to be 3', () => {
    const parts = [cell('a', 1), cell('b', 2), cell('c', 25), cell('d', 90)];
    const line = { total: 'all', parts: ['a', 'b', 'c', 'd'] };
    const { hidden } = protectTable(table([cell('all', 118, { printing: 'always' }), ...parts], [line]));
    expect([...hidden].sort()).toEqual(['a', 'b', 'c']);
  });

  it('finds what no single line shows: rows minus columns give the corner away', () => {
    // Rows 1 and 2 and columns 1 and 2 have two hidden cells each; (r1 + r2) - (c2 + c3) = x0y0 - x2y2-like sums.
    const counts = [
      [3, 40, 50],
      [40, 50, 60],
      [50, 60, 70],
    ];
    const printed = crossed(counts);
    const { hidden } = protectTable(printed);
    expect(hidden.has('x0y0')).toBe(true);
    // A rectangle is the least that protects a corner.
    expect(hidden.size).toBe(4);
  });

  it('never hides a total for the sake of a part of a finer table', () => {
    const cells = [
      cell('all', 100, { printing: 'always' }),
      cell('u', 40),
      cell('v', 60),
      cell('u1', 4, { level: 2 }),
      cell('u2', 36, { level: 2 }),
    ];
    const lines = [
      { total: 'all', parts: ['u', 'v'] },
      { total: 'u', parts: ['u1', 'u2'] },
    ];
    expect([...protectTable(table(cells, lines)).hidden].sort()).toEqual(['u1', 'u2']);
  });

  it('says which cells cannot be protected any better', () => {
    const cells = [cell('all', 6, { printing: 'always' }), cell('a', 2), cell('b', 4)];
    const { hidden, limited } = protectTable(table(cells, [{ total: 'all', parts: ['a', 'b'] }]));
    expect([...hidden].sort()).toEqual(['a', 'b']);
    expect(limited).toEqual(['a', 'b']);
  });

  it('gives the same answer for the same table', () => {
    const counts = [
      [3, 40, 12, 9],
      [15, 2, 60, 33],
      [21, 60, 5, 18],
    ];
    expect(protectTable(crossed(counts))).toEqual(protectTable(crossed(counts)));
  });
});

describe('the other solver', () => {
  it('recovers cells when only the small ones are hidden: the attack is able to', async () => {
    const printed = crossed([
      [3, 40, 50],
      [40, 50, 60],
    ]);
    expect((await attackedWidths(printed, new Set(['x0y0']))).get('x0y0')).toBeCloseTo(0, 9);
  });

  const counts = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );

  it('finds every small cell of random tables as wide as required', async () => {
    await fc.assert(
      fc.asyncProperty(counts, async (values) => {
        const printed = crossed(values);
        const { hidden, limited } = protectTable(printed);
        const widths = await attackedWidths(printed, hidden);
        for (const [id, width] of widths)
          if (!limited.includes(id)) expect(width, id).toBeGreaterThanOrEqual(requiredWidth * (1 - 1e-5));
        // Nothing is called limited while a cell of its table could still be hidden.
        for (const id of limited) expect(widths.get(id)).toBeLessThan(requiredWidth);
      }),
      { numRuns: 25, seed: 20251122 },
    );
  });
});
