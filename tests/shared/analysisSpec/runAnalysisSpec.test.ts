/** What a run makes of data and questions, computed by hand. */
import { describe, expect, it } from 'vitest';
import type { AnalysisSpecInput } from '@shared/analysisSpec/analysisSpec';
import type { DataTable } from '@shared/analysisSpec/dataTable';
import type { AnalysisRun, ContrastLine } from '@shared/analysisSpec/result';
import { answer, column, done, estimatesOf, lines, mean, refused } from './support/smallRun';

describe('data', () => {
  it('counts a missing outcome as outside the domain and says so', () => {
    const [line] = lines(done({}));
    expect(line?.estimate).toBeCloseTo((10 * 3 + 20 * 3) / (10 * 6 + 20 * 5), 14);
    expect(line?.respondentCount).toBe(11);
    expect(line?.diagnostics).toContainEqual({ code: 'MISSING_OUTCOMES', params: { count: 1 } });
  });

  it('derives bands, joined categories and crossings, one from another', () => {
    const found = done({
      derived: [
        {
          kind: 'bands',
          name: 'band',
          from: 'age',
          bands: [
            { category: 'young', below: 40 },
            { category: 'old', from: 40, below: 70 },
          ],
        },
        { kind: 'map', name: 'two', from: 'band', categories: { young: 'Y' }, others: 'keep' },
        { kind: 'crossing', name: 'cell', from: ['two', 'sex'] },
        { kind: 'indicator', name: 'adult', when: { is: 'atLeast', column: 'age', value: 30 } },
      ],
      analyses: [mean({ statistic: 'total', outcomes: [{ kind: 'categories', column: 'cell' }] })],
    });
    // 70 lies in no band and the last age is missing: both leave every cell.
    expect(answer(found, 'estimates').lines.map(({ outcome }) => outcome)).toEqual([
      'cell=Y:F',
      'cell=Y:M',
      'cell=old:F',
      'cell=old:M',
    ]);
    expect(estimatesOf(found)).toEqual([10 + 20, 10 + 20, 10 + 10 + 20 + 20, 10 + 20]);
  });

  it('attaches columns by a key, whatever the order of the file', () => {
    const order = [12, 3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11];
    const extra = { rowCount: 12, columns: { id: column(...order), z: Float64Array.from(order) } };
    const found = done(
      {
        data: {
          file: 'sample',
          attach: [{ file: 'extra', by: { kind: 'key', columns: ['person'], fileColumns: ['id'] } }],
        },
        analyses: [mean({ statistic: 'total', outcomes: [{ kind: 'column', column: 'z' }] })],
      },
      { extra },
    );
    expect(estimatesOf(found)).toEqual([10 * 21 + 20 * 57]);
  });

  it('refuses keys that occur twice or nowhere, and tables of another length', () => {
    const attach = [{ file: 'extra', by: { kind: 'key' as const, columns: ['person'] } }];
    const table = (...ids: number[]): DataTable => ({
      rowCount: ids.length,
      columns: { person: column(...ids) },
    });
    const data = { file: 'sample', attach };
    expect(refused({ data }, { extra: table(1, 1) })).toMatchObject({
      code: 'SPEC_KEY_TWICE',
      params: { key: '1' },
    });
    expect(refused({ data }, { extra: table(1) })).toMatchObject({
      code: 'SPEC_KEY_NOT_FOUND',
      params: { row: 2, path: 'data.attach[0]' },
    });
    const byOrder = { file: 'sample', attach: [{ file: 'extra', by: { kind: 'rowOrder' as const } }] };
    expect(refused({ data: byOrder }, { extra: table(1) }).code).toBe('SPEC_ROWS_DIFFER');
  });

  it('treats a condition with a missing part as missing unless the other part decides', () => {
    const indicator = (is: 'allOf' | 'anyOf') => ({
      kind: 'indicator' as const,
      name: is,
      when: {
        is,
        conditions: [
          { is: 'equal' as const, column: 'sex', value: 'M' },
          { is: 'above' as const, column: 'age', value: 100 },
        ],
      },
    });
    const found = done({ analyses: [mean({ outcomes: [indicator('allOf'), indicator('anyOf')] })] });
    // Person 12 is M with age missing: "all" cannot be told, "any" holds.
    expect(lines(found).map(({ respondentCount }) => respondentCount)).toEqual([11, 12]);
    expect(lines(found)[1]?.estimate).toBeCloseTo(0.5, 14);
  });
});

describe('domains and comparisons', () => {
  it('reports a category nobody has as empty, in the order asked for', () => {
    const found = done({
      analyses: [mean({ by: [{ column: 'h', categories: ['c', 'b', 'a'] }], overall: false })],
    });
    expect(answer(found, 'estimates').lines.map(({ domain, status }) => [domain['h'], status])).toEqual([
      ['c', 'empty'],
      ['b', 'estimated'],
      ['a', 'estimated'],
    ]);
  });

  it('compares domains the same way linearised and by replicates', () => {
    const analyses: AnalysisSpecInput['analyses'] = [
      {
        kind: 'contrasts',
        id: 'pairs',
        statistic: 'total',
        outcome: { kind: 'column', column: 'y' },
        by: [{ column: 'sex' }],
        contrast: { kind: 'allPairs' },
      },
    ];
    const lineOf = (found: AnalysisRun): ContrastLine | undefined => answer(found, 'contrasts').lines[0];
    const linear = lineOf(done({ analyses }));
    const replicated = lineOf(
      done({ analyses, variance: { method: 'replicates', source: { kind: 'jackknife' } } }),
    );
    expect(linear).toMatchObject({ name: 'M − F', estimate: -30, degreesOfFreedom: 4 });
    // The jackknife of a total is its linearised variance.
    expect(replicated?.standardError).toBeCloseTo(linear?.standardError ?? NaN, 12);
    expect(replicated?.pValue).toBeCloseTo(linear?.pValue ?? NaN, 12);
  });

  it('tests a mean against a number with the degrees of freedom of the design', () => {
    const found = done({
      analyses: [{ kind: 'tTest', id: 't', outcome: { kind: 'column', column: 'y' }, value: 0.5 }],
    });
    const [line] = lines(done({}));
    const t = ((line?.estimate ?? NaN) - 0.5) / (line?.standardError ?? NaN);
    expect(answer(found, 'tTest')).toMatchObject({ degreesOfFreedom: 4 });
    expect(answer(found, 'tTest').t).toBeCloseTo(t, 12);
  });

  it('takes the reference category that was asked for', () => {
    const terms = (reference: string | null) => [{ kind: 'categorical' as const, column: 'sex', reference }];
    const model = (reference: string | null): AnalysisSpecInput['analyses'] => [
      {
        kind: 'regression',
        id: 'm',
        family: 'linear',
        outcome: { kind: 'column', column: 'y' },
        terms: terms(reference),
      },
    ];
    const [first, second] = [null, 'M'].map(
      (each) => answer(done({ analyses: model(each) }), 'regression').coefficients,
    );
    expect(first?.map(({ name }) => name)).toEqual(['(Intercept)', 'sexM']);
    expect(second?.map(({ name }) => name)).toEqual(['(Intercept)', 'sexF']);
    expect(second?.[1]?.estimate).toBeCloseTo(-(first?.[1]?.estimate ?? NaN), 12);
    expect(refused({ analyses: model('X') })).toMatchObject({
      code: 'SPEC_CATEGORY_UNKNOWN',
      params: { path: 'analyses[0].terms[0].reference' },
    });
  });
});

it('counts the people and places behind a quantile', () => {
  const outcomes: AnalysisSpecInput['analyses'][number] = {
    kind: 'quantiles',
    id: 'ages',
    outcomes: [{ kind: 'column', column: 'age' }],
    probabilities: [0.5],
    filter: { is: 'below', column: 'age', value: 45 },
  };
  // 20, 30 (PSU 1), 40 (2), 25, 35 (4).
  expect(answer(done({ analyses: [outcomes] }), 'quantiles').lines).toMatchObject([
    { respondentCount: 5, psuCount: 3 },
  ]);
});
