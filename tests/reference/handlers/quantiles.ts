/** Quantile checks of P01, P02 and P06. */
import { estimateQuantiles, type QuantileRule } from '@shared/estimation/quantiles';
import type { Check } from '../support/referenceCase';
import { valueOf, type Sample } from '../support/survey';

interface QuantileArgs {
  readonly y: string;
  readonly qrule: QuantileRule;
  readonly interval: 'mean' | 'xlogit';
}

export function quantileRows(sample: Sample, check: Check): object[] {
  const { y, qrule, interval } = check.args as QuantileArgs;
  const probabilities = (check.values as { p: number }[]).map(({ p }) => p);
  const found = valueOf(
    estimateQuantiles(sample.design, { outcome: sample.numbers(y), probabilities, rule: qrule, interval }),
  );
  return found.map((quantile) => ({
    p: quantile.probability,
    q: quantile.estimate,
    lo: quantile.interval?.lower,
    hi: quantile.interval?.upper,
    se: quantile.standardError,
  }));
}
