/** Every statistic the engine can estimate. A new estimator is one file and one line here. */
import type { Estimator } from './estimator';
import { mean } from './mean';
import { ratio } from './ratio';
import { total } from './total';

export const estimators = {
  total,
  mean,
  /** The mean of a 0/1 outcome, with proportion intervals. */
  proportion: mean,
  ratio,
} as const satisfies Record<string, Estimator>;

export type StatisticId = keyof typeof estimators;
export const statisticIds = Object.keys(estimators) as readonly StatisticId[];
