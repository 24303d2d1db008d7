/**
 * R-compatible mode: choices of R survey 4.1-1 that differ from ours, for people who must reproduce an R printout digit
 * by digit. Nothing in the product uses them by itself; ours are the ones of statistics.md sections 6 and 7.
 * What is not here, and why, is listed in `tests/reference/rCompatible.ts`.
 */
import { choleskyFactor } from '../numeric/linearAlgebra';
import { addAt, at } from '../numeric/typedArray';
import { codeColumn } from './design/idColumn';
import type { SurveyDesign } from './design/surveyDesign';
import { linearisedVariance } from './variance/linearised';
import type { ReplicateWeights } from './variance/replicates';

/** Rows of a domain and the influence of each on the statistic; weights are the design's. */
export interface LinearisedStatistic {
  readonly rows: Int32Array;
  /** One value per row of `rows`. */
  readonly influence: Float64Array;
}

export interface RLonelyOptions {
  readonly rule: 'adjust' | 'average';
  /** options(survey.adjust.domain.lonely = TRUE): a single PSU inside the domain counts as lonely, too. */
  readonly adjustDomainLonely?: boolean;
}

/**
 * Variance of a one-stage stratified design without calibration as survey 4.1-1 computes it (`onestrat`, `onestage`):
 * `adjust` centres a lonely PSU at zero (4.4-3 and we: at the mean of all PSU totals); `average` scales by the strata
 * of the domain (we: of the design). Null when no stratum of the domain has a variance.
 */
export function rLonelyVariance(
  design: SurveyDesign,
  statistic: LinearisedStatistic,
  options: RLonelyOptions,
): number | null {
  const [first] = design.stages;
  if (first === undefined || design.stages.length > 1 || design.calibration !== null) {
    throw new Error('the R-compatible rule needs one stage and base weights');
  }
  const totals = new Map<number, number>();
  statistic.rows.forEach((row, i) => {
    const unit = at(first.unitOfRow, row);
    totals.set(unit, (totals.get(unit) ?? 0) + at(design.weights, row) * at(statistic.influence, i));
  });
  const byStratum = new Map<number, number[]>();
  for (const [unit, total] of totals) {
    const stratum = at(first.stratumOfUnit, unit);
    byStratum.set(stratum, [...(byStratum.get(stratum) ?? []), total]);
  }
  const variances = [...byStratum].map(([stratum, present]) =>
    stratumVariance(present, {
      sampled: at(first.sampledUnitCount, stratum),
      unsampledShare: 1 - at(first.samplingFraction, stratum),
      options,
    }),
  );
  const known = variances.filter((variance) => variance !== null);
  if (known.length === 0) return null;
  return (known.reduce((sum, variance) => sum + variance, 0) * variances.length) / known.length;
}

/** Null: R's NA, left to the average over strata. */
function stratumVariance(
  present: readonly number[],
  stratum: {
    readonly sampled: number;
    readonly unsampledShare: number;
    readonly options: RLonelyOptions;
  },
): number | null {
  const { sampled, unsampledShare, options } = stratum;
  const isAdjusted = options.adjustDomainLonely === true;
  const isLonely = present.length === 1 && (sampled === 1 || isAdjusted);
  if (options.rule === 'average' && isLonely) return null;
  const padded = Array.from({ length: Math.max(sampled, present.length) }, (_, k) => present[k] ?? 0);
  const centre = isLonely ? 0 : padded.reduce((sum, total) => sum + total, 0) / padded.length;
  const scale = sampled > 1 ? (unsampledShare * sampled) / (sampled - 1) : unsampledShare;
  return scale * padded.reduce((sum, total) => sum + (total - centre) ** 2, 0);
}

/** Sweeps of R's back-projection; a fixed number, converged or not. */
const rakeSweeps = 10;

/**
 * Variance after `rake()` as survey 4.1-1 (and 4.5) prints it: influences are swept ten times over the margins with
 * unweighted cell means, where calibrate() and we use the d-weighted regression. `design` holds the raked weights,
 * with or without its calibration; `margins` one column of categories per raked margin.
 */
export function rRakedVariance(
  design: SurveyDesign,
  statistic: LinearisedStatistic,
  margins: readonly (readonly string[])[],
): number {
  const residuals = new Float64Array(design.rowCount);
  statistic.rows.forEach((row, i) => (residuals[row] = at(statistic.influence, i)));
  const coded = margins.map((column) => codeColumn(column));
  for (let sweep = 0; sweep < rakeSweeps; sweep++)
    for (const { codes, labels } of coded) subtractCellMeans(residuals, codes, labels.length);
  const finest = design.stages[design.stages.length - 1];
  if (finest === undefined) throw new Error('a design has at least one stage');
  const totals = new Float64Array(finest.unitCount);
  residuals.forEach((value, row) =>
    addAt(totals, at(finest.unitOfRow, row), value * at(design.weights, row)),
  );
  return linearisedVariance({ ...design, calibration: null }, totals);
}

function subtractCellMeans(values: Float64Array, codes: Int32Array, cellCount: number): void {
  const sums = new Float64Array(cellCount);
  const counts = new Float64Array(cellCount);
  values.forEach((value, row) => {
    addAt(sums, at(codes, row), value);
    addAt(counts, at(codes, row), 1);
  });
  values.forEach((value, row) => {
    const cell = at(codes, row);
    values[row] = value - at(sums, cell) / at(counts, cell);
  });
}

/** R's degf() of a replicate design: rank of the matrix of replicate weights less one (ours: PSUs minus strata). */
export function rReplicateDegreesOfFreedom({ factors, replicateCount }: ReplicateWeights): number {
  const unitCount = factors.length / replicateCount;
  const product = new Float64Array(unitCount * unitCount);
  for (let replicate = 0; replicate < replicateCount; replicate++) {
    const factor = (unit: number): number => at(factors, replicate * unitCount + unit);
    for (let i = 0; i < unitCount; i++)
      for (let j = 0; j < unitCount; j++) addAt(product, i * unitCount + j, factor(i) * factor(j));
  }
  return choleskyFactor(product, unitCount).rank - 1;
}
