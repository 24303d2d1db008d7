/** Direct standardisation; the reference uses the base weights in P06 as in P10. */
import { estimateStandardised } from '@shared/estimation/standardise';
import type { Check } from '../support/referenceCase';
import { domainsBy, valueOf, type Sample } from '../support/survey';

interface StandardArgs {
  readonly y: string;
  readonly over: string;
  readonly std: readonly Readonly<Record<string, string | number>>[];
}

export function standardisedRows(sample: Sample, check: Check): object[] {
  const { y, over, std } = check.args as StandardArgs;
  const totals = Object.fromEntries(std.map((line) => [String(line[over]), Number(line['Freq'])]));
  const outcome = sample.numbers(y);
  return domainsBy({ region: sample.text('region') }).map(({ domain, keys }) => {
    const found = valueOf(
      estimateStandardised(
        sample.design,
        { outcome, domain: domain.member },
        { categories: sample.text(over), totals },
      ),
    );
    const sumw = sample.design.weights.reduce(
      (sum, weight, row) => sum + weight * (domain.member[row] ?? 0),
      0,
    );
    return {
      ...keys,
      est: found.estimate,
      se: found.standardError,
      df: found.degreesOfFreedom,
      lo: found.interval?.lower,
      hi: found.interval?.upper,
      n: found.respondentCount,
      sumw,
    };
  });
}
