import { describe, expect, it } from 'vitest';
import { createSurveyDesign } from '@shared/estimation/design/surveyDesign';
import { drawPlausibleValues } from '@shared/psychometrics/irt/plausibleValues';
import { posteriorAbove } from '@shared/psychometrics/irt/ability';
import { estimateByDomain } from '@shared/estimation/estimate';
import { modelBasedShares } from '@shared/psychometrics/modelBasedShare';
import { normalCdf } from '@shared/numeric/distributions';
import { simulateResponses } from './simulatedResponses';

const persons = 3000;
const isSecond = (person: number): boolean => person % 2 === 1;
const { matrix, items } = simulateResponses({
  persons,
  items: 20,
  seed: 'groups',
  shift: (person) => (isSecond(person) ? 0.6 : 0),
});
const group = Float64Array.from({ length: persons }, (_, person) => (isSecond(person) ? 1 : 0));
const draw = (seed: number) => {
  const found = drawPlausibleValues(matrix, items, { columns: [group] }, { setCount: 10, seed });
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return found.value;
};
const values = draw(7);

describe('plausible values', () => {
  it('carry the group difference and the spread that were simulated', () => {
    expect(values.hasConverged).toBe(true);
    expect(Math.abs(values.coefficients[0] ?? NaN)).toBeLessThan(0.1);
    expect(Math.abs((values.coefficients[1] ?? NaN) - 0.6)).toBeLessThan(0.12);
    expect(Math.abs(values.residualSd - 1)).toBeLessThan(0.08);
  });

  it('are the same for the same seed and others for another', () => {
    expect(draw(7).sets[3]).toEqual(values.sets[3]);
    expect(draw(8).sets[3]).not.toEqual(values.sets[3]);
  });

  it('give model-based shares above a cut near the truth, with a wider error than their own sampling', () => {
    const design = createSurveyDesign({ stages: [], weights: new Float64Array(persons).fill(1) });
    if (!design.ok) throw new Error('refused');
    const inSecond = Uint8Array.from(group);
    const domains = [{ id: 'second', member: inSecond }];
    const shares = (outcome: Float64Array) =>
      estimateByDomain(design.value, { statistic: 'proportion', outcome }, domains);
    const found = modelBasedShares(values.sets, 1, { shares, confidenceLevel: 0.95 });
    const share = found.ok ? found.value[0] : null;
    if (share === null || share === undefined) throw new Error('refused');
    const { pooled, estimate } = share;
    const truth = 1 - normalCdf(1 - 0.6);
    expect(Math.abs(pooled.estimate - truth)).toBeLessThan(3 * pooled.standardError);
    expect(pooled.total).toBeGreaterThan(pooled.within);
    expect(pooled.degreesOfFreedom ?? NaN).toBeLessThan(persons);
    expect(estimate.interval?.lower ?? 1).toBeLessThan(truth);
    expect(estimate.interval?.upper ?? 0).toBeGreaterThan(truth);
  });

  it('agree with the posterior probabilities when nothing but the prior is conditioned on', () => {
    const found = drawPlausibleValues(matrix, items, { columns: [] }, { setCount: 20, seed: 1 });
    if (!found.ok) throw new Error('refused');
    const { coefficients, residualSd, sets } = found.value;
    const population = { mean: coefficients[0] ?? NaN, standardDeviation: residualSd };
    const exact =
      posteriorAbove(matrix, items, 0.8, population).reduce((sum, share) => sum + share, 0) / persons;
    const drawn =
      sets.reduce((sum, set) => sum + set.reduce((count, theta) => count + (theta >= 0.8 ? 1 : 0), 0), 0) /
      (sets.length * persons);
    expect(Math.abs(drawn - exact)).toBeLessThan(0.006);
  });

  it('refuse regressors that repeat each other', () => {
    const repeated = drawPlausibleValues(
      matrix,
      items,
      { columns: [group, group] },
      { setCount: 5, seed: 1 },
    );
    expect(repeated).toMatchObject({ ok: false, failure: { code: 'CALIBRATION_SINGULAR' } });
  });
});
