/** What both kinds of replicates on sums (cells, linear calibration) take and give. */
import { ok, type Result } from '../domain/result';
import { intAt } from '../numeric/typedArray';
import type { SurveyDesign } from './design/surveyDesign';
import type { WeightedTotals } from './estimators/estimator';
import { estimators, type StatisticId } from './estimators/registry';

export interface SummedColumns {
  readonly statistic: StatisticId;
  readonly outcome: Float64Array;
  readonly denominator?: Float64Array | null;
}

/** The rows of every domain; domains may overlap. */
export type SelectedRows = readonly { readonly rows: Int32Array }[];

/** The statistic of every domain from the PSUs' factors. */
export type Statistics = (factors: Float64Array) => Result<readonly number[]>;

/** The statistic of each domain's totals; the first failure ends it. */
export function statisticOfEach<T>(
  statistic: StatisticId,
  domains: readonly T[],
  totalsOf: (domain: T) => WeightedTotals,
): Result<readonly number[]> {
  const values: number[] = [];
  for (const domain of domains) {
    const value = estimators[statistic].ofTotals(totalsOf(domain));
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}

/** PSU of every row. */
export function firstStageUnits(design: SurveyDesign): Int32Array {
  const first = design.stages[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  return first.unitOfRow;
}

export function pickCodes(column: Int32Array, rows: Int32Array): Int32Array {
  const picked = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = intAt(column, intAt(rows, i));
  return picked;
}
