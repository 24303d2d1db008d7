/** The specification a survey writes of itself gives the figures its results page shows. */
import { describe, expect, it } from 'vitest';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { AnalysisInput } from '@shared/analysis/analysisInput';
import { surveySpec } from '@shared/analysis/surveySpec';
import { analysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { AnalysisResult, NumberLine } from '@shared/analysisSpec/result';
import { runAnalysisSpec } from '@shared/analysisSpec/runAnalysisSpec';
import type { Result } from '@shared/domain/result';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';
import { generatedInput } from '../../support/analysisInput';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function lineOf(
  result: AnalysisResult,
  id: string,
  domain: Readonly<Record<string, string>>,
  outcome?: string,
): NumberLine {
  const answer = result.analyses.find((each) => each.id === id);
  if (answer?.kind !== 'estimates') throw new Error(`no estimates ${id}`);
  const found = answer.lines.find(
    (line) =>
      JSON.stringify(line.domain) === JSON.stringify(domain) &&
      (outcome === undefined || line.outcome === outcome),
  );
  if (found?.status !== 'estimated') throw new Error(`no line ${id} ${JSON.stringify(domain)}`);
  return found;
}

/** Largest relative difference of what a figure and a line both say; hidden figures are not compared. */
function difference(figure: Figure, line: () => NumberLine): number {
  if (figure.state !== 'shown') return 0;
  const own = line();
  const interval = own.intervals[0];
  const pairs: [number | null | undefined, number | null | undefined][] = [
    [figure.estimate, own.estimate],
    [figure.standardError, own.standardError],
    [figure.interval?.lower, interval?.lower],
    [figure.interval?.upper, interval?.upper],
    [figure.designEffect, own.designEffect],
    [figure.respondentCount, own.respondentCount],
    [figure.degreesOfFreedom, own.degreesOfFreedom],
  ];
  expect(figure.interval?.method).toBe(interval?.method);
  return Math.max(
    ...pairs.map(([a, b]) => ((a ?? null) === (b ?? null) ? 0 : Math.abs((a ?? NaN) / (b ?? NaN) - 1))),
  );
}

function differences(results: SurveyResults, result: AnalysisResult): readonly number[] {
  const everyone = {};
  const keyGroup = (category: string): string => `keyGroup-${category}`;
  return [
    difference(results.headline.literate, () => lineOf(result, 'literate', everyone)),
    difference(results.headline.meanScore, () => lineOf(result, 'score', everyone)),
    ...results.units.flatMap(({ regionCode: unit, literate, meanScore }) => [
      difference(literate, () => lineOf(result, 'literate', { unit })),
      difference(meanScore, () => lineOf(result, 'score', { unit })),
    ]),
    ...results.groups.flatMap(({ grouping, category, literate, meanScore }) => {
      const isKeyGroup = grouping === 'keyGroup';
      const name = isKeyGroup ? keyGroup(category) : grouping;
      const domain = isKeyGroup ? everyone : { [grouping]: category };
      return [
        difference(literate, () => lineOf(result, `literate-${name}`, domain)),
        difference(meanScore, () => lineOf(result, `score-${name}`, domain)),
      ];
    }),
    ...results.cross.map(({ regionCode: unit, grouping, category, literate }) =>
      difference(literate, () =>
        grouping === 'keyGroup'
          ? lineOf(result, `literate-${keyGroup(category)}`, { unit })
          : lineOf(result, `literate-unit-${grouping}`, { unit, [grouping]: category }),
      ),
    ),
    ...results.tiers.flatMap(({ tierId, exclusive, atLeast }) => [
      difference(exclusive, () => lineOf(result, 'tiers', everyone, `tier=${tierId}`)),
      difference(atLeast, () => lineOf(result, 'tiers-at-least', everyone, `tier>=${tierId}`)),
    ]),
    ...results.dimensions.map(({ dimensionId, figure }) =>
      difference(figure, () => lineOf(result, 'dimensions', everyone, `dimension_${dimensionId}`)),
    ),
  ];
}

const probability = (): AnalysisInput => generatedInput({ planId: 'suzhou', respondents: 1200, seed: 11 });

const walkIn = (): AnalysisInput => {
  const input = generatedInput({ planId: 'suzhou', respondents: 500, seed: 12 });
  const settings = { ...input.survey.settings, basis: 'nonprobability' as const };
  return { ...input, survey: { ...input.survey, settings } };
};

describe('the specification of a survey', () => {
  it.each([
    ['a probability sample, calibrated to margins', probability],
    ['a sample without known probabilities', walkIn],
  ])('gives the figures of %s', (_what, makeInput) => {
    const input = makeInput();
    const results = valueOf(analyseSurvey(input));
    const { spec, table } = valueOf(surveySpec(input, 'answers.csv'));
    const { result } = valueOf(runAnalysisSpec(spec, { answers: table }));
    const found = differences(results, result);
    expect(found.length).toBeGreaterThan(80);
    expect(Math.max(...found)).toBeLessThan(1e-12);
    expect(result.design.psuCount).toBe(results.design.psuCount);
    expect(result.weighting.at(-1)?.kishDesignEffect).toBeCloseTo(results.weighting.kishDesignEffect, 12);
  });

  it('is a document of the format and names neither answers nor persons', () => {
    const { spec, table } = valueOf(surveySpec(probability(), 'answers.csv'));
    expect(analysisSpec.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    expect(Object.keys(table.columns)).not.toContain('answers');
    expect(table.columns['caseCode']).toHaveLength(table.rowCount);
  });
});
