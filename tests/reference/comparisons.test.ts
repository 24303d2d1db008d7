/** Simultaneous comparisons, dispersion and adjusted REML against R (scripts/comparisons.R: mvtnorm, multcomp, metafor). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { independentEstimates, type ComparedEstimates } from '@shared/estimation/comparisons';
import { betweenDispersion } from '@shared/estimation/dispersion';
import { allPairs, maxTDistribution } from '@shared/estimation/simultaneous';
import { simultaneousDifferences } from '@shared/estimation/simultaneousDifferences';
import { fitFayHerriot } from '@shared/estimation/smallArea/fayHerriot';

interface FromR {
  readonly estimates: number[];
  readonly covariance: number[];
  readonly pairCriticalDf: number[];
  readonly pairCritical: number[];
  readonly tailDf12: number[];
  readonly glhtDf12: number[];
  readonly wholeCriticalDf20: number[];
  readonly tukey: [number, number, number][];
  readonly y: number[];
  readonly v: number[];
  readonly w: number[];
  readonly hedges: number[];
  readonly genq: number[];
  readonly genqMean: number[];
  readonly profile: [number, number];
  readonly z: number[];
  readonly d: number[];
  readonly reml: number[];
  readonly adjusted: number[];
}
const r = JSON.parse(readFileSync(new URL('./data/comparisons.json', import.meta.url), 'utf8')) as FromR;

const six: ComparedEstimates = {
  ids: ['a', 'b', 'c', 'd', 'e', 'f'],
  estimates: Float64Array.from(r.estimates),
  covariance: Float64Array.from(r.covariance),
  degreesOfFreedom: 12,
};

/** Both sides integrate numerically: R to 1e-4 in probability, we to about 0.002 in the critical value. */
const CRITICAL = 0.004;

function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('missing');
  return value;
}

describe('simultaneous comparisons of correlated districts', () => {
  it('have the critical values of mvtnorm', () => {
    const distribution = need(maxTDistribution(six, allPairs(6)));
    r.pairCriticalDf.forEach((df, k) => {
      const found = distribution.criticalValue(0.95, df);
      expect(Math.abs(found / need(r.pairCritical[k]) - 1), `df ${df}`).toBeLessThan(CRITICAL);
      expect(distribution.integrationError(found, df)).toBeLessThan(0.0006);
    });
    const parts = [0, 1, 2, 3, 4].map((i) => ({ i, j: 5 }));
    const found = need(maxTDistribution(six, parts)).criticalValue(0.95, 20);
    expect(Math.abs(found / need(r.wholeCriticalDf20[0]) - 1)).toBeLessThan(CRITICAL);
  });

  it('have the single-step p-values of multcomp', () => {
    const pairs = allPairs(6);
    const found = simultaneousDifferences(six, pairs).differences;
    // R's combn() lists (1,2), (1,3), ...
    const inR = [...pairs].sort((a, b) => a.i - b.i || a.j - b.j);
    inR.forEach((pair, k) => {
      const own = need(found.find(({ i, j }) => i === pair.i && j === pair.j)?.pValue);
      expect(Math.abs(own - need(r.tailDf12[k]))).toBeLessThan(0.003);
      expect(Math.abs(own - need(r.glhtDf12[k]))).toBeLessThan(0.003);
    });
  });

  it("are Tukey's for independent districts of equal precision", () => {
    for (const [count, df, critical] of r.tukey) {
      const ids = Array.from({ length: count }, (_, k) => String(k));
      const equal = independentEstimates(ids, new Float64Array(count), new Float64Array(count).fill(0.03));
      const found = need(maxTDistribution(equal, allPairs(count))).criticalValue(0.95, df);
      expect(Math.abs(found / critical - 1), `${count} districts, df ${df}`).toBeLessThan(CRITICAL);
    }
  });
});

describe('dispersion between districts', () => {
  const ids = r.y.map(String);
  const compared = independentEstimates(
    ids,
    Float64Array.from(r.y),
    Float64Array.from(r.v, (variance) => Math.sqrt(variance)),
  );

  it("is Hedges' estimator, and the generalised one under population weights", () => {
    const equal = need(betweenDispersion(compared));
    expect(equal.betweenVariance).toBeCloseTo(need(r.hedges[0]), 12);
    expect(equal.observedVariance - equal.samplingVariance).toBeCloseTo(need(r.hedges[0]), 12);
    const weighted = need(betweenDispersion(compared, { weights: Float64Array.from(r.w) }));
    expect(weighted.betweenVariance).toBeCloseTo(need(r.genq[0]), 12);
    expect(weighted.mean).toBeCloseTo(need(r.genqMean[0]), 12);
  });

  it('has the Q-profile interval of metafor', () => {
    const { interval } = need(betweenDispersion(compared));
    expect(interval.lower).toBeCloseTo(r.profile[0], 8);
    expect(interval.upper).toBeCloseTo(r.profile[1], 8);
  });
});

describe('adjusted REML of a small-area model', () => {
  it('is positive where REML is zero, at the maximum base R finds', () => {
    const areas = {
      direct: Float64Array.from(r.z),
      samplingVariances: Float64Array.from(r.d),
      covariates: [],
    };
    const [plain, adjusted] = (['reml', 'adjustedReml'] as const).map((method) =>
      fitFayHerriot(areas, method),
    );
    expect(need(r.reml[0])).toBe(0);
    expect(plain?.ok === true && plain.value.modelVariance).toBe(0);
    const own = adjusted?.ok === true ? adjusted.value.modelVariance : NaN;
    expect(own / need(r.adjusted[0])).toBeCloseTo(1, 5);
  });
});
