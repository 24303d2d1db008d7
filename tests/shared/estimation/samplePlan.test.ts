/** Planning before fieldwork. Numbers: statistics.md section 10, R power.prop.test and uniroot, hand calculation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, allocateWithMinimum } from '@shared/estimation/allocation';
import { planSample, type SamplePlanQuestion } from '@shared/estimation/samplePlan';
import {
  detectableAboveTarget,
  marginOfSample,
  powerForTarget,
  sampleSizeForMargin,
} from '@shared/estimation/sampleSize';
import { failureOf, valueOf } from './support';

const strata = (...counts: number[]) =>
  counts.map((populationCount) => ({ populationCount, standardDeviation: 0.4, costPerRespondent: 1 }));

describe('what a sample of given size can show', () => {
  it('is the margin that asks for just this sample', () => {
    expect(
      marginOfSample({ share: 0.15, designEffect: 1.8, populationCount: Infinity, completes: 980 }),
    ).toBeCloseTo(0.03, 4);
    const question = { share: 0.15, margin: 0.02, designEffect: 1, populationCount: 50_000, responseRate: 1 };
    // Case P16: 1195.21883097703 completes.
    expect(sampleSizeForMargin(question).withFinitePopulation).toBeCloseTo(1195.21883097703, 8);
    expect(marginOfSample({ ...question, completes: 1195.21883097703 })).toBeCloseTo(0.02, 13);
    expect(marginOfSample({ ...question, completes: 50_000 })).toBe(0);
  });

  it('is the power and the detectable distance of R', () => {
    const plan = { target: 0.15, designEffect: 1.8 };
    expect(powerForTarget({ ...plan, share: 0.18, completes: 400 })).toBeCloseTo(0.35766431511366, 10);
    expect(powerForTarget({ ...plan, share: 0.16, completes: 14_447 })).toBeCloseTo(0.800009159216057, 10);
    expect(detectableAboveTarget({ ...plan, completes: 400 })).toBeCloseTo(0.0624946123520451, 10);
    // Even a share of 1 is only .1 x sqrt(5/1.8) = .17 above, short of 1.645 x .3.
    expect(detectableAboveTarget({ target: 0.9, designEffect: 1.8, completes: 5 })).toBeNull();
  });
});

describe('the power allocation', () => {
  it('by the square root lies between equal and proportional shares', () => {
    // Roots 300 : 200 : 100.
    expect(allocate(strata(90_000, 40_000, 10_000), 600, 'power')).toEqual([300, 200, 100]);
    expect(allocate(strata(90_000, 40_000, 10_000), 600, 'power', 0)).toEqual([200, 200, 200]);
    expect(allocate(strata(30_000, 20_000), 100, 'power', 1)).toEqual([60, 40]);
  });
});

describe('an allocation with a floor', () => {
  const plan = { total: 600, rule: 'power', exponent: 0.5 } as const;

  it('raises small districts and lets the others share the rest by the rule', () => {
    const counts = (minimum: number) =>
      valueOf(allocateWithMinimum(strata(90_000, 40_000, 10_000), { ...plan, minimum }));
    // Third raised to 150, 450 left as 3 : 2; at 190 the second (164) is raised as well.
    expect(counts(150)).toEqual([270, 180, 150]);
    expect(counts(190)).toEqual([220, 190, 190]);
  });

  it('asks nobody twice', () => {
    const few = allocateWithMinimum(strata(50, 1000), { ...plan, total: 300, exponent: 0, minimum: 100 });
    expect(valueOf(few)).toEqual([50, 250]);
  });

  it('is refused when floors or inhabitants do not fit the total', () => {
    const refused = (minimum: number, total: number) =>
      failureOf(allocateWithMinimum(strata(500, 500), { ...plan, total, minimum })).params;
    expect(refused(400, 600)).toEqual({ field: 'total', needed: 800 });
    expect(refused(1, 2000)).toEqual({ field: 'total', possible: 1000 });
  });

  it('always keeps total, floors and inhabitants', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 15 });
    const rules = fc.constantFrom('power', 'proportional', 'neyman', 'optimalCost');
    fc.assert(
      fc.property(sizes, rules, fc.nat(200), fc.nat(20_000), (counts, rule, minimum, total) => {
        const found = allocateWithMinimum(strata(...counts), { total, rule, minimum });
        if (!found.ok) return;
        expect(found.value.reduce((sum, count) => sum + count, 0)).toBe(total);
        found.value.forEach((count, h) => {
          expect(count).toBeGreaterThanOrEqual(Math.min(minimum, counts[h] ?? 0));
          expect(count).toBeLessThanOrEqual(counts[h] ?? 0);
        });
      }),
    );
  });
});

describe('a plan', () => {
  const question: SamplePlanQuestion = {
    districts: [
      { id: 'A', populationCount: 900_000, share: null },
      { id: 'B', populationCount: 400_000, share: 0.16 },
      { id: 'C', populationCount: 100_000, share: 0.12 },
    ],
    total: 6000,
    rule: 'power',
    exponent: 0.5,
    minimumPerDistrict: 0,
    share: 0.18,
    target: 0.15,
    margin: 0.03,
    change: 0.03,
    significanceLevel: 0.05,
    power: 0.8,
    confidenceLevel: 0.95,
    respondentsPerPsu: 17,
    intraclassCorrelation: 0.05,
    weightVariation: 0,
    responseRate: 0.5,
    costPerPsu: 30,
    costPerRespondent: 5,
  };
  const plan = valueOf(planSample(question));
  const [a, b, c] = plan.districts;

  it('starts from Kish’s design effect and the cluster size that costs least', () => {
    expect(plan.designEffect).toBeCloseTo(1.8, 14);
    // sqrt(30/5 x .95/.05).
    expect(plan.optimalRespondentsPerPsu).toBeCloseTo(10.677078, 6);
  });

  it('gives every district its completes, villages, addresses and cost', () => {
    expect(plan.districts.map(({ completes }) => completes)).toEqual([3000, 2000, 1000]);
    // 3000 / 17 = 176.5; 6000 addresses; 177 x 30 + 3000 x 5.
    expect(a).toMatchObject({ psuCount: 177, issued: 6000, cost: 20_310, hasFewPsus: false });
  });

  it('needs the completes of statistics.md, and none where the truth is not above the target', () => {
    expect(a?.neededForTarget).toBe(1659);
    expect(b?.neededForTarget).toBe(14_447);
    expect([c?.neededForTarget, c?.powerForTarget]).toEqual([null, null]);
    const low = valueOf(
      planSample({ ...question, share: 0.15, districts: [{ id: 'D', populationCount: 1e9, share: null }] }),
    );
    expect(low.districts[0]?.neededForMargin).toBe(980);
    expect(low.districts[0]?.neededForChange).toBe(4324);
  });

  it('counts the unequal fractions in the whole: sum W^2/n x n', () => {
    // W = 9/14, 4/14, 1/14; (81/3000 + 16/2000 + 1/1000)/196 x 6000 = 1.102041.
    expect(plan.whole.designEffect / plan.designEffect).toBeCloseTo((6000 * 0.036) / 196, 12);
    expect(plan.whole.completes).toBe(6000);
  });

  it('marks a district with fewer than ten villages', () => {
    const small = valueOf(planSample({ ...question, total: 600 }));
    expect(small.districts.map(({ hasFewPsus }) => hasFewPsus)).toEqual([false, false, true]);
  });
});
