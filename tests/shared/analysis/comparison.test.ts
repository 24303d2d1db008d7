/** Comparison and small-area sections of the results document. */
import { describe, expect, it } from 'vitest';
import { comparisonSections } from '../../support/comparisonFixture';
import { demoResults, notSurveyedFigure, shareFigure, suppressedFigure } from '../../support/resultsFixture';
import { comparisonResults, smallAreaResults } from '@shared/results/comparisonResults';
import type { ComparedUnits } from '@shared/results/comparisonResults';
import type { SurveyResults } from '@shared/results/surveyResults';

type Units = SurveyResults['units'];

function compared(results: SurveyResults): ComparedUnits {
  const { units } = results.comparison;
  if (units.state !== 'compared') throw new Error('not compared');
  return units;
}

const withUnits = (units: Units, rest: Partial<SurveyResults> = {}): SurveyResults =>
  demoResults({ units, ...rest });

const [template] = demoResults().units;
function unitsOf(shares: readonly number[], n = 400): Units {
  if (template === undefined) throw new Error('no unit');
  return shares.map((estimate, k) => ({
    ...template,
    regionCode: String(320_500 + k),
    literate: shareFigure({ estimate, n: n + k, degreesOfFreedom: 9, psuCount: 10 }),
  }));
}

describe('the comparison of units', () => {
  const results = demoResults();

  it('is a section the contract accepts', () => {
    expect(comparisonResults.safeParse(results.comparison).error).toBeUndefined();
    expect(smallAreaResults.safeParse(results.smallArea).error).toBeUndefined();
  });

  it('leaves out every unit that is not shown, in every list', () => {
    const hidden = results.units
      .filter(({ literate }) => literate.state !== 'shown')
      .map((unit) => unit.regionCode);
    expect(hidden).toHaveLength(2);
    const printed = JSON.stringify([results.comparison, results.smallArea]);
    for (const code of hidden) expect(printed).not.toContain(code);
    // Ten shown units: 45 pairs.
    expect(compared(results).differences).toHaveLength(45);
  });

  it('does not move when a hidden unit has other numbers', () => {
    const other = results.units.map((unit) =>
      unit.literate.state === 'suppressed'
        ? { ...unit, literate: { ...suppressedFigure, respondentCount: 29 } }
        : unit,
    ) as Units;
    expect(withUnits(other).comparison).toEqual(results.comparison);
  });

  it('separates by one rule: differences, groups, rank sets and words agree', () => {
    const { differences, groups, ranks } = compared(results);
    for (const { first, second, separation, interval } of differences) {
      const isApart = separation === 'above' || separation === 'below';
      expect(isApart).toBe(interval !== null && interval.lower * interval.upper > 0);
      const together = (groups ?? []).some((group) => group.includes(first) && group.includes(second));
      expect(together).toBe(!isApart);
    }
    for (const { regionCode, simultaneous, marginal } of ranks) {
      const below = differences.filter(
        ({ first, second, separation }) =>
          (first === regionCode && separation === 'below') ||
          (second === regionCode && separation === 'above'),
      );
      expect(simultaneous.lower).toBe(1 + below.length);
      expect(marginal.lower).toBeGreaterThanOrEqual(simultaneous.lower);
      expect(marginal.upper).toBeLessThanOrEqual(simultaneous.upper);
    }
  });

  it('permutes with the units', () => {
    const [first, ...others] = results.units;
    if (first === undefined) throw new Error('no unit');
    const turned = withUnits([...others, first]);
    const tiers = (document: SurveyResults) =>
      new Map((compared(document).tiers ?? []).map(({ regionCode, separation }) => [regionCode, separation]));
    const sets = (document: SurveyResults) =>
      new Map(compared(document).ranks.map(({ regionCode, simultaneous }) => [regionCode, simultaneous]));
    expect(tiers(turned)).toEqual(tiers(results));
    expect(sets(turned)).toEqual(sets(results));
    expect(turned.comparison.gaps.dispersion?.equalWeights.betweenDeviation).toBeCloseTo(
      results.comparison.gaps.dispersion?.equalWeights.betweenDeviation ?? NaN,
      12,
    );
  });

  it('places clearly higher and lower units, and leaves the middle undecided', () => {
    const found = withUnits(unitsOf([0.45, 0.22, 0.06]));
    expect((compared(found).tiers ?? []).map(({ separation }) => separation)).toEqual([
      'above',
      'indistinguishable',
      'below',
    ]);
  });

  it('has no tiers when the region itself is not shown, and refuses by name below two units', () => {
    const hidden = demoResults({ headline: { ...results.headline, literate: notSurveyedFigure } });
    expect(compared(hidden).tiers).toBeNull();
    expect(withUnits(unitsOf([0.2])).comparison.units).toEqual({ state: 'refused', reason: 'fewUnits' });
  });

  it('leaves out a unit in which nobody reached the mark: an error of zero is an unknown one', () => {
    const units = unitsOf([0.2, 0.3, 0.25]).map((unit, k) =>
      k === 1 && unit.literate.state === 'shown'
        ? { ...unit, literate: { ...unit.literate, estimate: 0, standardError: 0 } }
        : unit,
    );
    const found = compared(withUnits(units));
    expect(found.withoutError).toEqual(['320501']);
    expect(found.differences).toHaveLength(1);
  });

  it('names what rests on a model', () => {
    expect(demoResults({ basis: 'nonprobability' }).comparison.method).toBe('model');
    expect(results.comparison.method).toBe('design');
  });
});

describe('gap indices', () => {
  const { gaps } = demoResults().comparison;

  it('have an urban-rural difference and ratio from the two shares', () => {
    // 24.8 % and 14.1 % in the fixture.
    expect(gaps.residence?.difference).toBeCloseTo(0.107, 10);
    expect(gaps.residence?.ratio?.estimate).toBeCloseTo(0.248 / 0.141, 10);
  });

  it('name the weakest category of every grouping with limits around its true gap', () => {
    const education = gaps.groupings.find(({ grouping }) => grouping === 'education');
    expect(education?.spread).toMatchObject({ best: 'bachelor', weakest: 'primary' });
    expect(education?.toWhole).toMatchObject({ best: null, weakest: 'primary' });
    expect(education?.spread?.estimate).toBeCloseTo(0.437 - 0.031, 10);
    for (const { spread } of gaps.groupings)
      if (spread !== null) expect(spread.interval.lower).toBeLessThanOrEqual(spread.estimate);
  });

  it('take the sampling error out of the spread between units', () => {
    const measure = gaps.dispersion?.equalWeights;
    if (measure === undefined) throw new Error('no dispersion');
    expect(measure.betweenDeviation ** 2).toBeCloseTo(
      measure.observedDeviation ** 2 - measure.samplingDeviation ** 2,
      12,
    );
    expect(measure.betweenDeviation).toBeLessThan(measure.observedDeviation);
  });
});

describe('the small-area model', () => {
  const twelve = [0.18, 0.22, 0.31, 0.26, 0.2, 0.24, 0.15, 0.29, 0.21, 0.33, 0.19, 0.25];

  it('is refused below twelve direct estimates and for a non-probability sample, with the reason', () => {
    expect(withUnits(unitsOf(twelve.slice(0, 11))).smallArea).toEqual({
      ...{ state: 'refused', reason: 'fewAreas', areaCount: 11, needed: 12 },
    });
    expect(withUnits(unitsOf(twelve), { basis: 'nonprobability' }).smallArea).toMatchObject({
      reason: 'nonprobability',
    });
  });

  it('stays between direct and synthetic estimate before benchmarking, and sums to the direct whole after', () => {
    const found = withUnits(unitsOf(twelve)).smallArea;
    if (found.state !== 'fitted') throw new Error('refused');
    const { benchmark } = found;
    const factor = benchmark.target / benchmark.before;
    const populations = unitsOf(twelve).map(({ literate }) =>
      literate.state === 'shown' ? (literate.weightTotal ?? 0) : 0,
    );
    const total = populations.reduce((sum, each) => sum + each, 0);
    const whole = found.areas.reduce((sum, area, k) => sum + (area.model * (populations[k] ?? 0)) / total, 0);
    const direct = found.areas.reduce(
      (sum, area, k) => sum + (area.direct * (populations[k] ?? 0)) / total,
      0,
    );
    expect(whole).toBeCloseTo(direct, 12);
    expect(benchmark.target).toBeCloseTo(direct, 12);
    for (const area of found.areas) {
      const before = area.model / factor;
      const [low, high] = [Math.min(area.direct, area.synthetic), Math.max(area.direct, area.synthetic)];
      expect(before).toBeGreaterThan(low - 0.01);
      expect(before).toBeLessThan(high + 0.01);
      expect(area.directWeight).toBeGreaterThan(0);
      expect(area.directWeight).toBeLessThan(1);
      expect(area.interval.lower).toBeLessThan(area.model);
      expect(area.interval.upper).toBeGreaterThan(area.model);
    }
  });

  it('gives an area in which nobody reached the mark an error and a positive estimate', () => {
    const units = unitsOf(twelve).map((unit, k) =>
      k === 0 && unit.literate.state === 'shown'
        ? { ...unit, literate: { ...unit.literate, estimate: 0, standardError: 0 } }
        : unit,
    );
    const found = withUnits(units).smallArea;
    if (found.state !== 'fitted') throw new Error('refused');
    expect(found.areas[0]?.model).toBeGreaterThan(0);
    expect(found.areas[0]?.rootMeanSquaredError).toBeGreaterThan(0);
  });

  it('keeps its between-area variance positive where REML gives none', () => {
    const found = withUnits(unitsOf(twelve.map((_, k) => 0.22 + (k % 3) * 0.001))).smallArea;
    expect(found).toMatchObject({ state: 'fitted', method: 'adjustedReml' });
    if (found.state === 'fitted') expect(found.modelVariance).toBeGreaterThan(0);
  });

  it('counts the units it neither uses nor predicts', () => {
    const extra = demoResults().units.filter(({ literate }) => literate.state !== 'shown');
    const found = comparisonSections({ ...demoResults(), units: [...unitsOf(twelve), ...extra] }).smallArea;
    expect(found).toMatchObject({ leftOut: 2, benchmark: { isWholeRegion: false } });
  });
});
