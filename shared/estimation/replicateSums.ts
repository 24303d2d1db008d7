/**
 * Replicates on sums instead of rows. The factor of a replicate is the same for all rows of a PSU, and a re-weighting by
 * cells multiplies all rows of a cell by the same ratio; so a replicate needs only the sums of w, wy and wx per
 * PSU x cell (for the cells) and per PSU x cell x domain (for the statistics): of 300,000 persons in 3,000 PSUs and
 * 40 raking cells a third remains, and the weighting itself works on 40 numbers.
 * The values are those of the rows, up to the order of summation.
 */
import { ok, type Result } from '../domain/result';
import { floatAt, intAt } from '../numeric/typedArray';
import { sumByCell } from './design/calibrationInfo';
import { crossCodes } from './design/idColumn';
import type { SurveyDesign } from './design/surveyDesign';
import { pick } from './domainRows';
import type { WeightedTotals } from './estimators/estimator';
import { estimators, type StatisticId } from './estimators/registry';

/**
 * A weighting step that multiplies all rows of a cell by one ratio, and finds the ratios from the cells' sums of weights
 * alone: post-stratification, weighting classes, calibration. `cellCalibration` of shared/weighting makes one.
 */
export interface CellReweighting {
  /** Cell of every row, 0..cellCount-1. */
  readonly cellOfRow: Int32Array;
  readonly cellCount: number;
  /** Weight after / weight before of every cell; its failures end the estimation. */
  readonly ratios: (cellWeights: Float64Array) => Result<Float64Array>;
}

export interface SummedColumns {
  readonly statistic: StatisticId;
  readonly outcome: Float64Array;
  readonly denominator?: Float64Array | null;
}

/** Sums over the rows of one PSU and cell. */
interface PairSums {
  readonly unitOfPair: Int32Array;
  readonly cellOfPair: Int32Array;
  readonly weight: Float64Array;
}

interface DomainSums extends PairSums {
  readonly outcome: Float64Array;
  readonly denominator: Float64Array | null;
}

/** Everyone in one cell whose weights stay as they are. */
const noReweighting = (rowCount: number): CellReweighting => ({
  cellOfRow: new Int32Array(rowCount),
  cellCount: 1,
  ratios: () => ok(new Float64Array([1])),
});

/** The statistic of every domain as a function of the PSUs' factors. `selected` holds the rows of each domain. */
export function summedStatistics(
  design: SurveyDesign,
  columns: SummedColumns,
  selected: readonly { readonly rows: Int32Array }[],
  reweighting: CellReweighting = noReweighting(design.rowCount),
): (factors: Float64Array) => Result<readonly number[]> {
  const everyone = pairSums(design, reweighting, null).sums;
  const domains = selected.map(({ rows }) => domainSums(design, columns, reweighting, rows));
  const estimator = estimators[columns.statistic];
  return (factors) => {
    const ratios = reweighting.ratios(cellWeights(everyone, factors, reweighting.cellCount));
    if (!ratios.ok) return ratios;
    const values: number[] = [];
    for (const domain of domains) {
      const value = estimator.ofTotals(totalsWith(domain, factors, ratios.value));
      if (!value.ok) return value;
      values.push(value.value);
    }
    return ok(values);
  };
}

/** Codes the observed pairs of PSU and cell among the rows (null: all), and sums the weights. */
function pairSums(
  design: SurveyDesign,
  { cellOfRow }: CellReweighting,
  rows: Int32Array | null,
): { readonly sums: PairSums; readonly pairOfRow: Int32Array; readonly weights: Float64Array } {
  const unitOfRow = design.stages[0]?.unitOfRow ?? new Int32Array(design.rowCount);
  const units = rows === null ? unitOfRow : pickCodes(unitOfRow, rows);
  const cells = rows === null ? cellOfRow : pickCodes(cellOfRow, rows);
  const weights = rows === null ? design.weights : pick(design.weights, rows);
  const { codes, firstRows } = crossCodes(units, cells);
  const first = Int32Array.from(firstRows);
  return {
    sums: {
      unitOfPair: pickCodes(units, first),
      cellOfPair: pickCodes(cells, first),
      weight: sumByCell(codes, firstRows.length, weights),
    },
    pairOfRow: codes,
    weights,
  };
}

function domainSums(
  design: SurveyDesign,
  columns: SummedColumns,
  reweighting: CellReweighting,
  rows: Int32Array,
): DomainSums {
  const { sums, pairOfRow, weights } = pairSums(design, reweighting, rows);
  const weighted = (column: Float64Array): Float64Array => {
    const products = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      products[i] = floatAt(weights, i) * floatAt(column, intAt(rows, i));
    }
    return sumByCell(pairOfRow, sums.weight.length, products);
  };
  return {
    ...sums,
    outcome: weighted(columns.outcome),
    denominator: columns.denominator ? weighted(columns.denominator) : null,
  };
}

function pickCodes(column: Int32Array, rows: Int32Array): Int32Array {
  const picked = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = intAt(column, intAt(rows, i));
  return picked;
}

function cellWeights(
  { unitOfPair, cellOfPair, weight }: PairSums,
  factors: Float64Array,
  cellCount: number,
): Float64Array {
  const sums = new Float64Array(cellCount);
  for (let pair = 0; pair < weight.length; pair++) {
    const cell = intAt(cellOfPair, pair);
    sums[cell] = floatAt(sums, cell) + floatAt(factors, intAt(unitOfPair, pair)) * floatAt(weight, pair);
  }
  return sums;
}

function totalsWith(sums: DomainSums, factors: Float64Array, ratios: Float64Array): WeightedTotals {
  const { unitOfPair, cellOfPair, weight, outcome, denominator } = sums;
  // Three plain numbers: a sum kept in an object is stored at every step.
  let weightSum = 0;
  let outcomeSum = 0;
  let denominatorSum = 0;
  for (let pair = 0; pair < weight.length; pair++) {
    const factor = floatAt(factors, intAt(unitOfPair, pair)) * floatAt(ratios, intAt(cellOfPair, pair));
    weightSum += factor * floatAt(weight, pair);
    outcomeSum += factor * floatAt(outcome, pair);
    if (denominator !== null) denominatorSum += factor * floatAt(denominator, pair);
  }
  return { weight: weightSum, outcome: outcomeSum, denominator: denominatorSum };
}
