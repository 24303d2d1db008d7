/** Response propensities of the city survey. R's own fit diverges on these data (see `notImplemented.ts`). */
import { describe, expect, it } from 'vitest';
import { modelMatrix } from '@shared/estimation/models/modelMatrix';
import { adjustByPropensity } from '@shared/weighting/propensity';
import { readTable } from './support/referenceCase';
import { valueOf } from './support/survey';

describe('response propensities by sex, urban, age and education', () => {
  it('solve the score equations of the weighted logistic regression', () => {
    const table = readTable('city_response.csv');
    const weights = table.numbers('weight');
    const responded = Uint8Array.from(table.numbers('respond'));
    const terms = ['sex', 'urban', 'age_group', 'education'].map((name) => ({
      kind: 'categorical' as const,
      name,
      categories: table.text(name),
    }));
    const found = valueOf(adjustByPropensity(weights, responded, { terms }));
    const { cells, names } = modelMatrix(terms, Int32Array.from(weights.keys()));
    names.forEach((_, k) => {
      let score = 0;
      let size = 0;
      weights.forEach((weight, row) => {
        const x = cells[row * names.length + k] ?? NaN;
        score += weight * x * ((responded[row] ?? NaN) - (found.propensities[row] ?? NaN));
        size += weight * x;
      });
      expect(Math.abs(score) / size).toBeLessThan(1e-9);
    });
    expect(found.propensities.every((p) => p > 0 && p < 1)).toBe(true);
  });
});
