import { beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisInput } from '@shared/analysis/analysisInput';
import { goalFor } from '@shared/analysis/analysisInput';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import { findPlan } from '@electron/backend/registry/registry';
import { generatedInput, need, registry } from '../../support/analysisInput';

/** A small generated survey of 苏州, 600 completed cases aimed at, scored. */
const smallInput = (): AnalysisInput => generatedInput({ planId: 'suzhou', respondents: 600, seed: 5 });

const changed = (
  input: AnalysisInput,
  settings: Partial<AnalysisInput['survey']['settings']>,
): AnalysisInput => ({
  ...input,
  survey: { ...input.survey, settings: { ...input.survey.settings, ...settings } },
});

const run = (input: AnalysisInput): SurveyResults => {
  const result = analyseSurvey(input);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

describe('the analysis of a survey', () => {
  let input: AnalysisInput;
  let results: SurveyResults;
  beforeAll(() => {
    input = smallInput();
    results = run(input);
  });

  test('is a document the contract accepts', () => {
    expect(surveyResults.safeParse(results).error).toBeUndefined();
  });

  test('never shows a figure without its n, and no share without interval and method', () => {
    const figures = [
      results.headline.literate,
      ...results.units.map(({ literate }) => literate),
      ...results.groups.map(({ literate }) => literate),
      ...results.cross.map(({ literate }) => literate),
      ...results.tiers.flatMap(({ atLeast, exclusive }) => [atLeast, exclusive]),
    ];
    for (const figure of figures) {
      if (figure.state !== 'shown') continue;
      expect(figure.respondentCount).toBeGreaterThanOrEqual(30);
      expect(figure.psuCount).toBeGreaterThanOrEqual(3);
      expect(figure.interval?.method).toBeTruthy();
    }
  });

  test('weights add up to the margins and the share counts weights, not heads', () => {
    const { weighting } = results;
    for (const line of weighting.margins) expect(line.after).toBeCloseTo(line.target, 3);
    const passed = input.rows.filter((row) => row.score?.passed === true).length;
    const complete = input.rows.filter((row) => row.score !== null).length;
    const shown = results.headline.literate;
    expect(shown.state === 'shown' && shown.estimate).not.toBeCloseTo(passed / complete, 6);
    expect(shown.state === 'shown' && shown.weightTotal).toBeCloseTo(9_100_000, 2);
  });

  test('exclusive tiers add to one and cumulative ones are their running sums', () => {
    const value = (figure: SurveyResults['tiers'][number]['exclusive']): number =>
      figure.state === 'shown' ? figure.estimate : Number.NaN;
    let sum = 0;
    for (const tier of results.tiers) {
      sum += value(tier.exclusive);
      expect(value(tier.atLeast)).toBeCloseTo(sum, 12);
    }
    expect(sum).toBeCloseTo(1, 12);
  });

  test('every issued case is counted once in the response summary', () => {
    const [all, ...units] = results.response;
    const sum = (line: SurveyResults['response'][number]): number =>
      line.complete +
      line.partial +
      line.refusal +
      line.breakOff +
      line.nonContact +
      line.unable +
      line.unknownEligibility +
      line.ineligible +
      line.voided;
    expect(all && sum(all)).toBe(input.rows.length);
    expect(units.reduce((total, line) => total + sum(line), 0)).toBe(input.rows.length);
  });

  test('a unit nobody was drawn from is 未调查, not zero', () => {
    const rows = input.rows.filter((row) => row.respondent.regionCode !== '320508');
    const without = run({ ...input, rows });
    const unit = without.units.find(({ regionCode }) => regionCode === '320508');
    expect(unit?.literate).toEqual({ state: 'notSurveyed' });
    expect(unit?.verdict).toMatchObject({ value: 'undecidable', undecidableReason: 'notSurveyed' });
    expect(without.warnings.map(({ code }) => code)).toContain('UNITS_NOT_SURVEYED');
  });

  test('a non-probability basis is never judged and never gets a design-based interval', () => {
    const model = run(changed(input, { basis: 'nonprobability' }));
    expect(model.headline.verdict).toMatchObject({
      value: 'undecidable',
      undecidableReason: 'nonprobability',
    });
    const shown = model.headline.literate;
    expect(shown.state === 'shown' && shown.interval?.method).toBe('model-based-bootstrap');
    expect(model.warnings.map(({ code }) => code)).toContain('NONPROBABILITY');
  });

  test('refuses a probability sample without weights instead of counting heads', () => {
    const rows = input.rows.map((row) => ({
      ...row,
      respondent: { ...row.respondent, design: { ...row.respondent.design, baseWeight: null } },
    }));
    expect(analyseSurvey({ ...input, rows })).toMatchObject({
      ok: false,
      failure: { code: 'WEIGHT_NOT_POSITIVE' },
    });
  });

  test('refuses a stratum with a single PSU by default and names it', () => {
    const keep = '320508-01';
    const rows = input.rows.filter(
      ({ respondent }) => respondent.design.stratum !== '320508' || respondent.design.psu === keep,
    );
    expect(analyseSurvey({ ...input, rows })).toMatchObject({
      ok: false,
      failure: { code: 'SINGLE_PSU_STRATUM', params: { stratum: '320508' } },
    });
    expect(analyseSurvey({ ...changed(input, { singlePsuRule: 'adjust' }), rows }).ok).toBe(true);
  });

  test('refuses calibration to margins that were never imported', () => {
    expect(analyseSurvey({ ...input, margins: null })).toMatchObject({
      ok: false,
      failure: { code: 'DESIGN_VARIABLE_MISSING', params: { variable: 'margins' } },
    });
  });

  test('a short form is barred from a verdict', () => {
    expect(run({ ...input, isShortForm: true }).headline.verdict).toMatchObject({
      value: 'undecidable',
      undecidableReason: 'shortForm',
    });
  });

  test('the own point never joins a published series silently: its regime is the local instrument', () => {
    const own = results.trend.flatMap(({ points }) => points).filter(({ isOwn }) => isOwn);
    expect(own).toHaveLength(1);
    expect(own[0]?.regime).toBe('cast-2024');
    const published = results.trend.flatMap(({ points }) => points).filter(({ isOwn }) => !isOwn);
    expect(published.some(({ regime }) => regime === 'cast-2024')).toBe(false);
  });
});

describe('the goal of a survey year', () => {
  test.each([
    ['suzhou', 2025, { operator: 'gte', value: 23, aspirational: true }],
    ['yangzhou', 2025, { operator: 'gt', value: 19, aspirational: false }],
    ['huaiyin', 2024, { operator: 'gt', value: 17.5, aspirational: false }],
    ['liaocheng', 2026, { operator: 'gt', value: 15, aspirational: false }],
  ])('of %s in %i', (planId, year, goal) => {
    expect(goalFor(need(findPlan(registry, planId)), year)).toMatchObject(goal);
  });
});
