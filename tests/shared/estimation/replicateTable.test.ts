/** Bootstrap factors obey their rules, and factors travel through a plain table without changing a variance. */
import { describe, expect, it } from 'vitest';
import { estimateWithReplicates } from '@shared/estimation/replicateEstimate';
import { balancedReplicates } from '@shared/estimation/variance/balancedReplicates';
import {
  cantyDavisonReplicates,
  subbootstrapReplicates,
} from '@shared/estimation/variance/bootstrapReplicates';
import { fromReplicateTable, scaleMark, toReplicateTable } from '@shared/estimation/variance/replicateTable';
import { designFrom, designOf, failureOf, floats, randomSample, valueOf } from './support';

const design = designOf({
  stages: [{ units: ['1', '2', '3', '1', '2'], strata: ['北', '北', '北', '南', '南'] }],
  weights: floats(10, 20, 30, 40, 50),
  nest: true,
});

const options = { seed: '知衡', replicateCount: 40 };

describe('the bootstraps', () => {
  // Stratum 北 has three PSUs, 南 two; harmonic mean of (3, 2) = 2.4, 2.4 / (1.4 x 39).
  it('of Rao and Wu draw one PSU less than there are and keep the weight of a stratum', () => {
    const { factors, overallScale, method } = valueOf(subbootstrapReplicates(design, options));
    for (let replicate = 0; replicate < 40; replicate++) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = factors.subarray(replicate * 5, replicate * 5 + 5);
      expect(a + b + c).toBeCloseTo(3, 12);
      expect([0, 1.5, 3]).toContain(a);
      expect([d, e].toSorted()).toEqual([0, 2]);
    }
    expect([method, overallScale]).toEqual(['subbootstrap', 1 / 39]);
  });

  it('of Canty and Davison draw as many as there are and scale by the harmonic mean', () => {
    const { factors, overallScale, method } = valueOf(cantyDavisonReplicates(design, options));
    for (let replicate = 0; replicate < 40; replicate++) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = factors.subarray(replicate * 5, replicate * 5 + 5);
      expect([a + b + c, d + e]).toEqual([3, 2]);
      expect(Number.isInteger(a)).toBe(true);
    }
    expect(method).toBe('bootstrap');
    expect(overallScale).toBeCloseTo(2.4 / (1.4 * 39), 14);
  });
});

describe('a table of factors', () => {
  const table = toReplicateTable(design, valueOf(subbootstrapReplicates(design, options)));

  it('has a row of scales and a row for every PSU', () => {
    expect(table.header.slice(0, 4)).toEqual(['stratum', 'psu', 'r1', 'r2']);
    expect(table.rows.map((row) => row.slice(0, 2))).toEqual([
      [scaleMark, 'subbootstrap'],
      ['北', '1'],
      ['北', '2'],
      ['北', '3'],
      ['南', '1'],
      ['南', '2'],
    ]);
  });

  it('gives the same variance after a journey, in any order of rows and as text', () => {
    const sample = randomSample(4);
    const city = designFrom(sample);
    const replicates = valueOf(cantyDavisonReplicates(city, options));
    const sent = toReplicateTable(city, replicates);
    const rows = [...sent.rows].reverse().map((row) => row.map(String));
    const read = valueOf(fromReplicateTable(city, { ...sent, rows }));
    const request = { statistic: 'mean', outcome: sample.score } as const;
    const everyone = [{ id: 'all', member: new Uint8Array(city.rowCount).fill(1) }];
    const [before] = valueOf(estimateWithReplicates(city, request, replicates, everyone));
    const [after] = valueOf(estimateWithReplicates(city, request, read, everyone));
    expect(after?.standardError).toBeCloseTo(before?.standardError ?? NaN, 10);
    expect(after?.standardError).toBeGreaterThan(0);
    expect(read.method).toBe('bootstrap');
  });

  it('carries the scale of Fay replicates inside the row of scales', () => {
    const pairs = designOf({ stages: [{ units: [1, 2], strata: ['a', 'a'] }], weights: floats(1, 1) });
    const fay = valueOf(balancedReplicates(pairs, 0.5));
    const read = valueOf(fromReplicateTable(pairs, toReplicateTable(pairs, fay)));
    expect(read.overallScale * (read.replicateScales[0] ?? 0)).toBeCloseTo(fay.overallScale, 14);
  });

  it.each([
    ['a PSU without a row', table.rows.slice(0, -1), 'DESIGN_VARIABLE_MISSING', { psu: '2' }],
    ['a PSU twice', [...table.rows, table.rows[1] ?? []], 'INVALID_INPUT', { field: 'psu', row: 7 }],
    ['no scales', table.rows.slice(1), 'COLUMN_MISSING', { column: scaleMark }],
    [
      'a blank factor',
      table.rows.map((row, index) => (index === 2 ? row.map((cell, k) => (k === 5 ? '' : cell)) : row)),
      'INVALID_INPUT',
      { field: 'factor', row: 3 },
    ],
  ])('is refused with %s', (_what, rows, code, params) => {
    const failure = failureOf(fromReplicateTable(design, { ...table, rows }));
    expect(failure.code).toBe(code);
    expect(failure.params).toMatchObject(params);
  });
});
