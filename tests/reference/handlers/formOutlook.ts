/** P23, form outlook: expected scores, cuts and guessing of a form in a normal population. */
import { judgeForm, type OutlookItem } from '@shared/psychometrics/formOutlook';
import type { Check } from '../support/referenceCase';
import { referenceItems } from './irtData';

interface OutlookArguments {
  readonly points: readonly number[];
  readonly guess: readonly number[];
  readonly cuts: readonly number[];
  readonly mean: number;
  readonly sd: number;
  readonly model: '2PL' | '3PL';
}

export function formOutlook(check: Check): unknown {
  const { points, guess, cuts, mean, sd, model } = check.args as OutlookArguments;
  const items = referenceItems(model).map((item, k): OutlookItem => ({
    ...item,
    points: points[k] ?? NaN,
    guessingProbability: guess[k] ?? NaN,
    seconds: 20,
  }));
  const judged = judgeForm(
    items,
    cuts.map((score) => ({ id: String(score), score })),
    { mean, standardDeviation: sd },
  );
  if (!judged.ok) return judged;
  const { scoreDistribution, ...rest } = judged.value;
  return { ...rest, probabilities: scoreDistribution.map(({ probability }) => probability) };
}
