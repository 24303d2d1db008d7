/** P02: means, totals, ratio and domains of the city survey. */
import type { StatisticId } from '@shared/estimation/estimators/registry';
import type { Handler } from '../support/referenceCase';
import { quantileRows } from './quantiles';
import { citySample, domainTable, estimated, toRow, type Sample } from '../support/survey';

interface CityArgs {
  readonly y: string | number;
  readonly by?: string | readonly string[];
  readonly stat?: StatisticId;
  readonly deff?: string;
}

/** A column of the sample, or a constant. */
export const outcomeOf = (sample: Sample, y: string | number): Float64Array =>
  typeof y === 'number' ? new Float64Array(sample.design.rowCount).fill(y) : sample.numbers(y);

const withReplacement = { designEffectReference: 'withReplacement' } as const;

export const city: Handler = (check) => {
  const sample = citySample();
  const args = check.args as CityArgs;
  if (check.id.startsWith('quantile_')) return quantileRows(sample, check);
  switch (check.what) {
    case 'mean':
    case 'total': {
      const request = { statistic: check.what, outcome: outcomeOf(sample, args.y) } as const;
      const found = estimated(sample.design, { ...request, ...(args.deff ? withReplacement : {}) });
      return [{ term: String(args.y), ...toRow(found) }];
    }
    case 'ratio':
      return toRow(
        estimated(sample.design, {
          statistic: 'ratio',
          outcome: sample.numbers('score'),
          denominator: sample.numbers('n_adults'),
        }),
      );
    case 'mean by domain':
    case 'total by domain': {
      const request = { statistic: args.stat ?? 'mean', outcome: outcomeOf(sample, args.y) };
      return domainTable(sample, request, args.by ?? []);
    }
    default:
      return undefined;
  }
};
