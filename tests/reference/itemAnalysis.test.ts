/** Sub-scores, tetrachoric correlations and eigenvalues against R (scripts/itemAnalysis.R: base R, polycor, psych, mvtnorm). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '@shared/numeric/eigenvalues';
import { dimensionalityOf, tetrachoricMatrix } from '@shared/psychometrics/dimensionality';
import { responseAt, type ResponseMatrix } from '@shared/psychometrics/responses';
import { subScoreValues } from '@shared/psychometrics/subScores';
import { bivariateNormalCdf, tetrachoric } from '@shared/psychometrics/tetrachoric';
import { itemIds, responseMatrix } from './handlers/irtData';

interface Prmse {
  readonly alpha: number;
  readonly total: number;
  readonly correlation: number;
}
type Sets = Readonly<Record<'first' | 'middle' | 'last', Prmse>>;
interface FromR {
  readonly equal: Sets;
  readonly weighted: Sets;
  readonly pairs: readonly (readonly [number, number])[];
  readonly tetrachoric: readonly number[];
  readonly tetrachoricOfAll: readonly number[];
  readonly eigenvalues: readonly number[];
  /** h, k, correlation, probability. */
  readonly bivariateNormal: readonly (readonly [number, number, number, number])[];
  readonly zeroCell: number;
}
const r = JSON.parse(readFileSync(new URL('./data/item_analysis.json', import.meta.url), 'utf8')) as FromR;

const sets = [
  { id: 'first', itemIds: itemIds.slice(0, 5) },
  { id: 'middle', itemIds: itemIds.slice(5, 15) },
  { id: 'last', itemIds: itemIds.slice(15) },
] as const;

describe('sub-scores', () => {
  it.each([
    ['equal', false],
    ['weighted', true],
  ] as const)('with %s weights have the alpha and PRMSE of the closed formula in R', (name, isWeighted) => {
    const found = subScoreValues(responseMatrix(isWeighted), sets);
    if (!found.ok) throw new Error(found.failure.code);
    expect(found.value).toHaveLength(3);
    for (const { id } of sets) {
      const own = found.value.find((each) => each.id === id);
      const { alpha, total, correlation } = r[name][id];
      expect(own?.alpha).toBeCloseTo(alpha, 11);
      expect(own?.totalReduction).toBeCloseTo(total, 11);
      expect(own?.trueCorrelation).toBeCloseTo(correlation, 11);
      // All twenty items measure one ability: the longer total predicts better every time.
      expect(own?.verdict).toBe('group');
    }
  });

  it('of a 2 x 2 table of persons by hand: two doubled items that share nothing are worth reporting', () => {
    // Persons 00, 01, 10, 11; items A, A, B, B. Sub-score A: variance 1, alpha 2 (1 - .5 / 1) = 1. Total: variance 2,
    // covariance with A 1. PRMSE from the total (1 - 0)^2 / (1 x 1 x 2) = .5; total alpha 4/3 (1 - 1/2) = 2/3, so the
    // true correlation is 1 / sqrt(1 x 1 x 2/3 x 2) = sqrt(3)/2.
    const matrix: ResponseMatrix = {
      itemIds: ['A1', 'A2', 'B1', 'B2'],
      personCount: 4,
      values: Uint8Array.from([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1]),
      weights: new Float64Array(4).fill(1),
    };
    const found = subScoreValues(matrix, [{ id: 'A', itemIds: ['A1', 'A2'] }]);
    if (!found.ok) throw new Error(found.failure.code);
    const [own] = found.value;
    expect(own).toMatchObject({ alpha: 1, totalReduction: 0.5, itemCount: 2, verdict: 'individual' });
    expect(own?.trueCorrelation).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });

  it('of one item has no reliability of its own and is reported for groups only', () => {
    const found = subScoreValues(responseMatrix(false), [{ id: 'one', itemIds: itemIds.slice(0, 1) }]);
    expect(found.ok && found.value[0]).toMatchObject({ alpha: null, totalReduction: null, verdict: 'group' });
  });
});

describe('tetrachoric correlations', () => {
  it('integrate the bivariate normal as mvtnorm does', () => {
    for (const [h, k, correlation, p] of r.bivariateNormal)
      expect(bivariateNormalCdf(h, k, correlation), `${h} ${k} ${correlation}`).toBeCloseTo(p, 9);
  });

  it('of five pairs are polycor’s', () => {
    const matrix = responseMatrix(false);
    r.pairs.forEach(([first, second], place) => {
      const cells = { both: 0, first: 0, second: 0, neither: 0 };
      for (let person = 0; person < matrix.personCount; person++) {
        const [x, y] = [responseAt(matrix, person, first - 1), responseAt(matrix, person, second - 1)];
        cells[x === 1 ? (y === 1 ? 'both' : 'first') : y === 1 ? 'second' : 'neither'] += 1;
      }
      // polycor stops its one-dimensional search at about 1e-5.
      expect(tetrachoric(cells)).toBeCloseTo(r.tetrachoric[place] ?? NaN, 4);
    });
  });

  it('with an empty cell count half a person there, as psych does', () => {
    expect(tetrachoric({ both: 40, first: 30, second: 0, neither: 30 })).toBeCloseTo(r.zeroCell, 4);
    expect(tetrachoric({ both: 40, first: 0, second: 0, neither: 0 })).toBeNull();
  });

  it('of all twenty items and their eigenvalues are psych’s, and one dimension dominates', () => {
    const matrix = responseMatrix(false);
    const found = tetrachoricMatrix(matrix);
    found.forEach((value, place) => expect(value).toBeCloseTo(r.tetrachoricOfAll[place] ?? NaN, 4));
    const dimensionality = dimensionalityOf(matrix);
    expect(dimensionality?.first).toBeCloseTo(r.eigenvalues[0] ?? NaN, 4);
    expect(dimensionality?.second).toBeCloseTo(r.eigenvalues[1] ?? NaN, 4);
    expect(dimensionality?.isDominant).toBe((r.eigenvalues[0] ?? 0) > 3 * (r.eigenvalues[1] ?? 0));
  });

  it('weights count: everybody twice changes nothing', () => {
    const matrix = responseMatrix(false);
    const doubled = { ...matrix, weights: new Float64Array(matrix.personCount).fill(2) };
    expect(dimensionalityOf(doubled)?.ratio).toBeCloseTo(dimensionalityOf(matrix)?.ratio ?? NaN, 10);
  });
});

describe('eigenvalues', () => {
  it('of R’s own matrix are R’s to the last digits', () => {
    const found = symmetricEigenvalues(Float64Array.from(r.tetrachoricOfAll), 20);
    found.forEach((value, place) => expect(value).toBeCloseTo(r.eigenvalues[place] ?? NaN, 11));
  });

  it('of [[2, 1], [1, 2]] are 3 and 1', () => {
    expect([...symmetricEigenvalues(Float64Array.from([2, 1, 1, 2]), 2)]).toEqual([
      expect.closeTo(3, 14),
      expect.closeTo(1, 14),
    ]);
  });
});
