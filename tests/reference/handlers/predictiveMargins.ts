/** P22: predictive margins; values and script are our own run of R survey (`scripts/predictiveMargins.R`). */
import { withCalibration } from '@shared/estimation/design/surveyDesign';
import type { ModelTerm } from '@shared/estimation/models/modelMatrix';
import { marginDifference, predictiveMargins } from '@shared/estimation/models/predictiveMargins';
import { postStratify } from '@shared/weighting/postStratify';
import type { Handler } from '../support/referenceCase';
import { citySample, valueOf, type Sample } from '../support/survey';

interface MarginArgs {
  readonly design: 'plain' | 'postStratified';
  readonly outcome: string;
  readonly adjust: readonly string[];
  readonly factor: string;
  readonly logistic: boolean;
  readonly population: readonly { readonly sex: string; readonly Freq: number }[];
}

const designOf = (sample: Sample, { design, population }: MarginArgs): Sample['design'] => {
  if (design === 'plain') return sample.design;
  const margin = {
    variables: ['sex'],
    cells: population.map(({ sex, Freq }) => ({ categories: [sex], total: Freq })),
  };
  const columns = { sex: sample.text('sex') };
  return withCalibration(sample.design, valueOf(postStratify(sample.design.weights, margin, columns)));
};

export const predictiveMarginCase: Handler = (check) => {
  const args = check.args as MarginArgs;
  const sample = citySample();
  const names = [...(typeof args.adjust === 'string' ? [args.adjust] : args.adjust), args.factor];
  const found = valueOf(
    predictiveMargins(designOf(sample, args), {
      outcome: sample.numbers(args.outcome),
      terms: names.map((name): ModelTerm => ({ kind: 'categorical', name, categories: sample.text(name) })),
      family: args.logistic ? 'logistic' : 'linear',
      factor: args.factor,
    }),
  );
  const { margins, covariance } = found;
  const levels = margins.map(({ level }) => level);
  const difference = valueOf(
    marginDifference(found, { first: levels.at(-1) ?? '', second: levels[0] ?? '' }),
  );
  return {
    levels,
    est: margins.map(({ estimate }) => estimate),
    se: margins.map(({ standardError }) => standardError),
    cov: levels.map((_, k) => [...covariance.subarray(k * levels.length, (k + 1) * levels.length)]),
    df: found.degreesOfFreedom,
    last_minus_first: { diff: difference.difference, se: difference.standardError },
  };
};
