/** Comparisons of districts that must hold for any data; R's numbers are tests/reference/comparisons.test.ts. */
import { describe, expect, it } from 'vitest';
import {
  independentEstimates,
  pairwiseDifferences,
  type ComparedEstimates,
} from '@shared/estimation/comparisons';
import { betweenDispersion } from '@shared/estimation/dispersion';
import { gapToWhole, rangeGap } from '@shared/estimation/gaps';
import { homogeneousGroups } from '@shared/estimation/homogeneousGroups';
import { contrast, ratioOf } from '@shared/estimation/jointEstimates';
import { estimateJointlyWithModelReplicates } from '@shared/estimation/modelJointEstimates';
import { createModelReplicates } from '@shared/estimation/modelReplicates';
import { allPairs } from '@shared/estimation/simultaneous';
import { simultaneousDifferences } from '@shared/estimation/simultaneousDifferences';
import { createRandom } from '@shared/numeric/seededRandom';
import { failureOf, floats, valueOf } from './support';

function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('missing');
  return value;
}

describe('equal districts', () => {
  const random = createRandom('equal districts');
  /** Five districts of six PSUs of 25 respondents each; every PSU has its own share around 0.2. */
  function survey(): ComparedEstimates {
    const [districts, psus, size] = [5, 6, 25];
    const estimates = new Float64Array(districts);
    const covariance = new Float64Array(districts * districts);
    for (let k = 0; k < districts; k++) {
      const means = Array.from({ length: psus }, () => {
        const share = Math.max(0, 0.2 + 0.05 * random.normal());
        return (
          Array.from({ length: size }, () => (random.next() < share ? 1 : 0)).reduce<number>(
            (a, b) => a + b,
            0,
          ) / size
        );
      });
      const mean = means.reduce((a, b) => a + b, 0) / psus;
      estimates[k] = mean;
      covariance[k * districts + k] =
        means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / (psus * (psus - 1));
    }
    return {
      ids: Array.from({ length: districts }, (_, k) => String(k)),
      ...{ estimates, covariance, degreesOfFreedom: districts * (psus - 1) },
      ownDegreesOfFreedom: new Float64Array(districts).fill(psus - 1),
    };
  }

  it('are separated in at most five per cent of surveys, by either rule', () => {
    const draws = 400;
    let [simultaneous, holm] = [0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const found = survey();
      const { differences } = simultaneousDifferences(found, allPairs(5));
      if (differences.some(({ interval }) => interval !== null && interval.lower * interval.upper > 0))
        simultaneous++;
      if (pairwiseDifferences(found).some(({ adjustedPValue }) => (adjustedPValue ?? 1) < 0.05)) holm++;
    }
    expect(simultaneous / draws).toBeLessThanOrEqual(0.05);
    expect(holm / draws).toBeLessThanOrEqual(0.05);
  }, 120_000);
});

const seven: ComparedEstimates = {
  ...independentEstimates(
    ['甲', '乙', '丙', '丁', '戊', '己', '庚'],
    floats(0.31, 0.12, 0.22, 0.25, 0.18, 0.4, 0.21),
    floats(0.02, 0.015, 0.03, 0.02, 0.025, 0.03, 0.02),
  ),
  degreesOfFreedom: 42,
  ownDegreesOfFreedom: floats(6, 9, 4, 7, 5, 8, 6),
};

function permuted(compared: ComparedEstimates, order: readonly number[]): ComparedEstimates {
  const size = compared.ids.length;
  const own = compared.ownDegreesOfFreedom ?? new Float64Array(size);
  return {
    ids: order.map((k) => need(compared.ids[k])),
    estimates: Float64Array.from(order, (k) => need(compared.estimates[k])),
    covariance: Float64Array.from(
      order.flatMap((i) => order.map((j) => need(compared.covariance[i * size + j]))),
    ),
    degreesOfFreedom: compared.degreesOfFreedom,
    ownDegreesOfFreedom: Float64Array.from(order, (k) => need(own[k])),
  };
}

describe('differences of districts', () => {
  it('do not depend on the order in which the districts are listed', () => {
    const order = [4, 0, 6, 2, 5, 1, 3];
    const other = permuted(seven, order);
    const [before, after] = [seven, other].map((each) => {
      const { differences } = simultaneousDifferences(each, allPairs(7));
      return new Map(
        differences.flatMap(({ i, j, difference, pValue, interval }) => [
          [`${each.ids[i]}${each.ids[j]}`, { difference, pValue: need(pValue), lower: need(interval).lower }],
          [
            `${each.ids[j]}${each.ids[i]}`,
            { difference: -difference, pValue: need(pValue), lower: -need(interval).upper },
          ],
        ]),
      );
    });
    for (const [pair, found] of need(before)) {
      const again = need(need(after).get(pair));
      expect(again.difference).toBeCloseTo(found.difference, 12);
      expect(again.pValue).toBeCloseTo(found.pValue, 12);
      expect(again.lower).toBeCloseTo(found.lower, 12);
    }
  });

  it('repeat bit by bit', () => {
    expect(simultaneousDifferences(seven, allPairs(7))).toEqual(simultaneousDifferences(seven, allPairs(7)));
  });

  it('have an adjusted p-value below five per cent exactly when the interval leaves out zero', () => {
    for (const { pValue, interval } of simultaneousDifferences(seven, allPairs(7)).differences)
      expect(need(pValue) < 0.05).toBe(need(interval).lower > 0 || need(interval).upper < 0);
  });

  it("lean on Welch's degrees of freedom: equal variances on 4 and 4 give 8, a known one leaves the other's", () => {
    const two = (variances: readonly [number, number], own: Float64Array): number =>
      need(
        pairwiseDifferences({
          ...independentEstimates(['a', 'b'], floats(0.2, 0.3), Float64Array.from(variances, Math.sqrt)),
          ...{ degreesOfFreedom: 50, ownDegreesOfFreedom: own },
        })[0],
      ).degreesOfFreedom;
    expect(two([0.01, 0.01], floats(4, 4))).toBeCloseTo(8, 10);
    expect(two([0.01, 1e-12], floats(4, 4))).toBeCloseTo(4, 6);
    expect(two([0.01, 0.01], floats(40, 40))).toBe(50);
  });
});

describe('a negative variance', () => {
  const indefinite: ComparedEstimates = {
    ids: ['a', 'b', 'c'],
    estimates: floats(0.2, 0.3, 0.4),
    covariance: floats(1, 2, 0, 2, 1, 0, 0, 0, 1),
    degreesOfFreedom: 10,
  };

  it('is no error of zero: difference, contrast and ratio say that they have none', () => {
    const [ab, ac] = pairwiseDifferences(indefinite);
    expect(ab).toMatchObject({ standardError: null, statistic: null, pValue: null, adjustedPValue: null });
    // Two p-values remain; Holm counts two tests, not three.
    expect(need(ac).standardError).toBeCloseTo(Math.SQRT2, 12);
    const found = contrast(indefinite, [1, -1, 0]);
    expect(found).toMatchObject({ standardError: null, t: null, interval: null });
    expect(found.diagnostics.map(({ code }) => code)).toEqual(['NEGATIVE_VARIANCE']);
    const ratio = valueOf(
      ratioOf({ ...indefinite, estimates: floats(0.3, 0.3, 0.4) }, { first: 0, second: 1 }),
    );
    expect(ratio).toMatchObject({ standardError: null, interval: null });
  });

  it('leaves no simultaneous statement', () => {
    const { differences, integrationError } = simultaneousDifferences(indefinite, allPairs(3));
    expect(integrationError).toBeNull();
    expect(differences.every(({ interval }) => interval === null)).toBe(true);
  });

  it('met by rounding is zero', () => {
    const same = { ...indefinite, covariance: floats(1, 1 + 1e-15, 0, 1 + 1e-15, 1, 0, 0, 0, 1) };
    expect(contrast(same, [1, -1, 0]).standardError).toBe(0);
  });
});

describe('groups of districts that cannot be told apart', () => {
  const apart = (pairs: readonly string[]) => (i: number, j: number) =>
    pairs.includes(`${i}${j}`) || pairs.includes(`${j}${i}`);

  it('are all districts when none differ, and each alone when all do', () => {
    expect(homogeneousGroups([0, 1, 2], () => false)).toEqual([[0, 1, 2]]);
    expect(homogeneousGroups([2, 0, 1], () => true)).toEqual([[2], [0], [1]]);
  });

  it('overlap in a chain, as in Piepho (2004)', () => {
    expect(homogeneousGroups([0, 1, 2, 3], apart(['02', '03', '13']))).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('share a member exactly when two districts do not differ', () => {
    const random = createRandom('groups');
    for (let round = 0; round < 30; round++) {
      const pairs = allPairs(7).flatMap(({ i, j }) => (random.next() < 0.4 ? [`${i}${j}`] : []));
      const groups = homogeneousGroups([0, 1, 2, 3, 4, 5, 6], apart(pairs));
      if (groups === null) continue;
      for (const { i, j } of allPairs(7))
        expect(groups.some((group) => group.includes(i) && group.includes(j))).toBe(!apart(pairs)(i, j));
    }
  });

  it('are given up when they are too many to read', () => {
    // Twelve districts that differ within six couples only: 2^6 groups.
    const couples = Array.from({ length: 6 }, (_, k) => [2 * k, 2 * k + 1]);
    const differs = (i: number, j: number) =>
      couples.some((couple) => couple.includes(i) && couple.includes(j));
    expect(
      homogeneousGroups(
        Array.from({ length: 12 }, (_, k) => k),
        differs,
      ),
    ).toBeNull();
  });
});

describe('gaps', () => {
  it('of the weakest have limits that allow for having been picked', () => {
    const range = need(rangeGap(seven));
    expect([range.best, range.weakest]).toEqual([5, 1]);
    expect(range.estimate).toBeCloseTo(0.28, 12);
    const { differences } = simultaneousDifferences(seven, allPairs(7));
    const widest = Math.max(
      ...differences.flatMap(({ interval }) => [need(interval).upper, -need(interval).lower]),
    );
    expect(range.interval.upper).toBeCloseTo(widest, 12);
    expect(range.interval.lower).toBeGreaterThan(0);
    // Compared with the first district as the whole: 甲 0.31 less the weakest of the others, 乙 0.12.
    expect(need(gapToWhole(seven, 0))).toMatchObject({ best: 0, weakest: 1 });
    expect(need(gapToWhole(seven, 0)).estimate).toBeCloseTo(0.19, 12);
  });

  it('cover the true range in simulated surveys of unequal districts', () => {
    const random = createRandom('gaps');
    const truth = [0.2, 0.22, 0.26, 0.24, 0.2];
    let covered = 0;
    for (let draw = 0; draw < 100; draw++) {
      const estimates = Float64Array.from(truth, (value) => value + 0.02 * random.normal());
      const found = independentEstimates(truth.map(String), estimates, new Float64Array(5).fill(0.02));
      const { interval } = need(rangeGap(found));
      if (interval.lower <= 0.06 && 0.06 <= interval.upper) covered++;
    }
    expect(covered / 100).toBeGreaterThan(0.9);
  }, 60_000);

  it('between districts count what they share: a common error adds nothing to the spread', () => {
    // Shared variance 0.01 on top of 0.0004 each: the sampling part of s^2 is 0.0004.
    const estimates = floats(0.2, 0.24, 0.28, 0.32);
    const covariance = Float64Array.from({ length: 16 }, (_, cell) => (cell % 5 === 0 ? 0.0104 : 0.01));
    const found = need(betweenDispersion({ estimates, covariance }));
    expect(found.samplingVariance).toBeCloseTo(0.0004, 12);
    // s^2 of 0.2, 0.24, 0.28, 0.32 = 0.0032 / 1.2 = 0.008/3.
    expect(found.betweenVariance).toBeCloseTo(0.008 / 3 - 0.0004, 12);
    const flat = need(betweenDispersion({ estimates: floats(0.2, 0.2, 0.2, 0.21), covariance }));
    expect(flat).toMatchObject({ betweenVariance: 0, isTruncated: true });
    expect(flat.interval.lower).toBe(0);
  });
});

describe('joint estimates of a non-probability sample', () => {
  const sample = {
    baseWeights: new Float64Array(40).fill(1),
    sites: Int32Array.from({ length: 40 }, (_, row) => Math.floor(row / 4)),
    ...{ seed: 'joint', replicateCount: 300 },
  };
  const replicates = valueOf(createModelReplicates(sample));
  const outcome = Float64Array.from({ length: 40 }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const domain = (id: string, test: (row: number) => boolean) => ({
    id,
    member: Uint8Array.from({ length: 40 }, (_, row) => (test(row) ? 1 : 0)),
  });

  it('know that the same domain twice has no difference and no error of it', () => {
    const half = (row: number) => row % 2 === 0;
    const joint = valueOf(
      estimateJointlyWithModelReplicates(replicates, { statistic: 'proportion', outcome }, [
        domain('a', half),
        domain('b', half),
        domain('c', (row) => !half(row)),
      ]),
    );
    expect(contrast(joint, [1, -1, 0]).standardError).toBeCloseTo(0, 9);
    expect(need(contrast(joint, [1, 0, -1]).standardError)).toBeGreaterThan(0.01);
    expect(joint.degreesOfFreedom).toBe(9);
  });

  it('are refused when most replicates miss a domain', () => {
    const few = [0, 4, 8, 12, 16].map((start) =>
      domain(String(start), (row) => row >= start && row < start + 4),
    );
    const found = estimateJointlyWithModelReplicates(replicates, { statistic: 'proportion', outcome }, few);
    expect(failureOf(found).code).toBe('TOO_FEW_PSUS');
  });
});
