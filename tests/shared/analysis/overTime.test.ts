/** Path, change since an earlier survey, and sensitivity, through the whole analysis of a generated survey. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisInput } from '@shared/analysis/analysisInput';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { EarlierWave } from '@shared/analysis/earlierWave';
import { earlierWaveOf } from '@shared/analysis/earlierWave';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import { generatedInput, need } from '../../support/analysisInput';

const run = (input: AnalysisInput): SurveyResults => {
  const result = analyseSurvey(input);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

const generated = (year: number, basis: SurveyResults['basis'] = 'probability'): AnalysisInput =>
  generatedInput({ planId: 'suzhou', respondents: 600, seed: 5, settings: { year, basis } });

let input: AnalysisInput;
let alone: SurveyResults;
let wave: EarlierWave;

const withWave = (change: Partial<EarlierWave> = {}): SurveyResults =>
  run({ ...input, earlierWaves: [{ ...wave, ...change }] });

beforeAll(() => {
  input = generated(2023);
  alone = run(input);
  const earlier = run({ ...generated(2021) });
  wave = earlierWaveOf({ ...earlier, surveyId: 's-0', surveyName: '2021 年调查' }, { form: 'same' });
});

const shown = (figure: SurveyResults['headline']['literate']) => {
  if (figure.state !== 'shown') throw new Error('the headline is shown');
  return figure;
};

describe('the path to the target', () => {
  test('starts at the figure the plan publishes and is not judged: another instrument, no error', () => {
    const city = need(alone.progress.regions[0]);
    expect(alone.progress).toMatchObject({ target: 0.23, targetYear: 2025 });
    expect(city.start).toMatchObject({
      year: 2020,
      standardError: null,
      source: 'published',
    });
    expect(city.start?.value).toBeCloseTo(0.167, 14);
    expect(city.reason).toBe('instrumentsDiffer');
    // 16.7 % + 3/5 of 6.3 points.
    const linear = need(city.paths.find(({ scale }) => scale === 'linear'));
    expect(linear.required).toBeCloseTo(0.2048, 12);
    expect(linear.points.map(({ year }) => year)).toEqual([2020, 2021, 2022, 2023, 2024, 2025]);
    expect(city.paths.every(({ judgement }) => judgement === null)).toBe(true);
    expect(city.achievedYearly).toBeNull();
    expect(city.neededYearly).toBeCloseTo((0.23 - shown(alone.headline.literate).estimate) / 2, 12);
  });

  test('has no start for units, and says so', () => {
    for (const region of alone.progress.regions.slice(1)) {
      expect(region.start).toBeNull();
      expect(['noBaseline', 'suppressed', 'notSurveyed']).toContain(region.reason);
    }
  });

  test('is judged from an earlier survey with the same instrument, units included', () => {
    const before = { ...shown(wave.headline), estimate: 0.18 };
    const { progress, headline } = withWave({ headline: before });
    const [city, ...units] = progress.regions;
    expect(city?.start).toMatchObject({ year: 2021, source: 'earlierSurvey', name: '2021 年调查' });
    expect(city?.reason).toBeNull();
    const now = shown(headline.literate);
    const linear = need(city?.paths.find(({ scale }) => scale === 'linear'));
    const required = before.estimate + (0.23 - before.estimate) / 2;
    expect(linear.required).toBeCloseTo(required, 12);
    expect(linear.judgement?.distance).toBeCloseTo(now.estimate - required, 12);
    // One-sided 90 %: 1.2815515655446 errors; half the way left, so half the baseline's error.
    const error = Math.hypot(now.standardError, before.standardError / 2);
    expect(linear.judgement?.lowerLimit).toBeCloseTo(now.estimate - required - 1.2815515655446 * error, 10);
    expect(units.some(({ paths }) => paths.some(({ judgement }) => judgement !== null))).toBe(true);
  });

  test('does not ask a region for a decline when it started at or above the target', () => {
    const [city] = withWave({ headline: { ...shown(wave.headline), estimate: 0.3 } }).progress.regions;
    expect(city).toMatchObject({ reason: 'startAtTarget', paths: [], start: { value: 0.3 } });
  });

  test('is not judged for a sample without known probabilities, nor in the target year', () => {
    const push = run({ ...generated(2023, 'nonprobability'), earlierWaves: [wave] });
    expect(push.progress.regions[0]?.reason).toBe('nonprobability');
    const final = run({ ...generated(2025), earlierWaves: [wave] });
    expect(final.progress.regions[0]?.reason).toBe('targetYear');
  });
});

describe('the change since an earlier survey', () => {
  test('does not exist without one', () => {
    expect(alone.change).toBeNull();
  });

  test('subtracts shown figures and adds both variances', () => {
    const { change, headline } = withWave({ headline: { ...shown(wave.headline), estimate: 0.1 } });
    const now = shown(headline.literate);
    expect(change).toMatchObject({ year: 2021, surveyName: '2021 年调查', refusal: null });
    expect(change?.rows[0]?.difference).toBeCloseTo(now.estimate - 0.1, 12);
    expect(change?.rows[0]?.standardError).toBeCloseTo(
      Math.hypot(now.standardError, shown(wave.headline).standardError),
      12,
    );
    const published = alone.units.filter(({ literate }) => literate.state === 'shown').length;
    expect(published).toBeGreaterThan(0);
    expect(change?.rows.length).toBe(1 + published);
  });

  test('is refused across instruments and for non-probability samples', () => {
    expect(withWave({ instrumentKey: 'miller-3@1' }).change).toMatchObject({
      refusal: 'instrumentsDiffer',
      rows: [],
    });
    expect(withWave({ basis: 'nonprobability' }).change).toMatchObject({
      refusal: 'nonprobability',
      rows: [],
    });
  });

  test('is refused on raw shares of another form, and gives no start for the path either', () => {
    const { change, progress } = withWave({ join: { form: 'different' } });
    expect(change).toMatchObject({ refusal: 'formsNotLinked', basis: 'raw', rows: [] });
    expect(progress.regions[0]?.start?.source).toBe('published');
  });

  test('of linked forms needs model-based shares of both surveys', () => {
    const join = { form: 'linked', linkingError: 0.02 } as const;
    expect(withWave({ join }).change).toMatchObject({
      refusal: 'modelBasedMissing',
      basis: 'modelBased',
      rows: [],
    });
  });

  test('ignores surveys of the same or a later year', () => {
    expect(withWave({ year: 2023 }).change).toBeNull();
  });
});

describe('the sensitivity of a non-probability estimate', () => {
  let results: SurveyResults;
  beforeAll(() => {
    results = run(generated(2023, 'nonprobability'));
  });

  test('is given for that basis only, and the document stays readable', () => {
    expect(alone.sensitivity).toBeNull();
    expect(surveyResults.safeParse(results).error).toBeUndefined();
    expect(results.sensitivity).not.toBeNull();
  });

  test('starts from the headline, leaves out every margin once and ends with equal weights', () => {
    const { variants, lowest, highest } = need(results.sensitivity);
    const margins = need(input.margins).margins;
    expect(variants.map(({ kind }) => kind)).toEqual([
      'main',
      ...margins.map(() => 'without'),
      'equalWeights',
    ]);
    expect(variants[0]?.estimate).toBeCloseTo(shown(results.headline.literate).estimate, 12);
    const complete = input.rows.filter(({ score }) => score !== null);
    const passed = complete.filter(({ score }) => score?.passed === true);
    expect(variants.at(-1)?.estimate).toBeCloseTo(passed.length / complete.length, 12);
    for (const { estimate } of variants) {
      expect(estimate).toBeGreaterThanOrEqual(lowest);
      expect(estimate).toBeLessThanOrEqual(highest);
    }
  });

  test('names the participation ratio at which the true share would be the target', () => {
    const { tippingRatio } = need(results.sensitivity);
    const p = shown(results.headline.literate).estimate;
    // Of people at the target share, those with 科学素质 answer `ratio` times as often: the sample shows p.
    const seen = (0.23 * need(tippingRatio)) / (0.23 * need(tippingRatio) + 0.77);
    expect(seen).toBeCloseTo(p, 12);
  });
});
