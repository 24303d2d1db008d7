/**
 * Replicates on sums instead of rows. The factor of a replicate is the same for all rows of a PSU, and a re-weighting by
 * cells multiplies all rows of a cell by the same ratio; so a replicate needs only the sums of w, wy and wx per
 * PSU x cell (for the cells) and per PSU x cell x domain (for the statistics): of 300,000 persons in 3,000 PSUs and
 * 40 raking cells a third remains, and the weighting itself works on 40 numbers.
 * The values are those of the rows, up to the order of summation.
 */
import { ok } from '../domain/result';
import { floatAt, intAt } from '../numeric/typedArray';
import type { CellReweighting, NearbyMultipliers } from './cellReweighting';
import { sumByCell } from './design/calibrationInfo';
import { crossCodes, rowsByCode } from './design/idColumn';
import type { SurveyDesign } from './design/surveyDesign';
import { pick } from './domainRows';
import { linearStatistics } from './linearReplicates';
import type { WeightedTotals } from './estimators/estimator';
import {
  firstStageUnits,
  pickCodes,
  statisticOfEach,
  type Statistics,
  type SummedColumns,
  type SelectedRows,
} from './summedColumns';

/** Sums over the rows of one PSU and cell; the pairs of a PSU stand together, so that its factor is read once. */
interface PairSums {
  /** PSUs that have rows, and where the pairs of each begin (and the last end). */
  readonly units: Int32Array;
  readonly starts: Int32Array;
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
  selected: SelectedRows,
  reweighting: CellReweighting = noReweighting(design.rowCount),
): Statistics {
  const { byUnits } = reweighting;
  const nearby = byUnits?.prepare(firstStageUnits(design), design.psuCount, design.weights) ?? null;
  const cells = { ...reweighting, nearby };
  if (byUnits?.isLinear !== true || nearby === null) return cellStatistics(design, columns, selected, cells);
  const ofMultipliers = linearStatistics(design, columns, selected, {
    ...byUnits,
    cellOfRow: reweighting.cellOfRow,
  });
  // Made when a replicate cannot be calibrated from sums per PSU: the cells then say why, or manage.
  let byCells: Statistics | null = null;
  return (factors) => {
    const found = nearby(factors);
    if (found !== null) return ofMultipliers(factors, found.multipliers);
    byCells ??= cellStatistics(design, columns, selected, cells);
    return byCells(factors);
  };
}

interface NearbyReweighting extends CellReweighting {
  readonly nearby: ((factors: Float64Array) => NearbyMultipliers | null) | null;
}

function cellStatistics(
  design: SurveyDesign,
  columns: SummedColumns,
  selected: SelectedRows,
  reweighting: NearbyReweighting,
): Statistics {
  const { cellOfRow, cellCount, nearby } = reweighting;
  const everyone = pairSums(firstStageUnits(design), cellOfRow, design.weights).sums;
  const domains = selected.map(({ rows }) => domainSums(design, columns, reweighting, rows));
  const weights = new Float64Array(cellCount);
  return (factors) => {
    writeCellWeights(everyone, factors, weights);
    const ratios = reweighting.ratios(weights, nearby?.(factors) ?? undefined);
    if (!ratios.ok) return ratios;
    return statisticOfEach(columns.statistic, domains, (domain) => totalsWith(domain, factors, ratios.value));
  };
}

interface SummedRows {
  readonly sums: PairSums;
  /** Sum over the rows of every pair. */
  readonly sumByPair: (values: Float64Array) => Float64Array;
}

/** Observed pairs of PSU and cell among rows given by their units, cells and weights. */
function pairSums(units: Int32Array, cells: Int32Array, weights: Float64Array): SummedRows {
  const { codes, firstRows } = crossCodes(units, cells);
  const first = Int32Array.from(firstRows);
  const unitOfPair = pickCodes(units, first);
  const { rows: order, starts } = rowsByCode(unitOfPair);
  const present = Int32Array.from(starts.keys()).filter(
    (unit) => unit + 1 < starts.length && intAt(starts, unit) < intAt(starts, unit + 1),
  );
  const sumByPair = (values: Float64Array): Float64Array =>
    pick(sumByCell(codes, firstRows.length, values), order);
  return {
    sums: {
      units: present,
      starts: Int32Array.from([...pickCodes(starts, present), order.length]),
      cellOfPair: pickCodes(pickCodes(cells, first), order),
      weight: sumByPair(weights),
    },
    sumByPair,
  };
}

function domainSums(
  design: SurveyDesign,
  columns: SummedColumns,
  { cellOfRow }: CellReweighting,
  rows: Int32Array,
): DomainSums {
  const weights = pick(design.weights, rows);
  const { sums, sumByPair } = pairSums(
    pickCodes(firstStageUnits(design), rows),
    pickCodes(cellOfRow, rows),
    weights,
  );
  const weighted = (column: Float64Array): Float64Array => {
    const products = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      products[i] = floatAt(weights, i) * floatAt(column, intAt(rows, i));
    }
    return sumByPair(products);
  };
  return {
    ...sums,
    outcome: weighted(columns.outcome),
    denominator: columns.denominator ? weighted(columns.denominator) : null,
  };
}

function writeCellWeights(sums: PairSums, factors: Float64Array, totals: Float64Array): void {
  const { units, starts, cellOfPair, weight } = sums;
  totals.fill(0);
  for (let i = 0; i < units.length; i++) {
    const factor = floatAt(factors, intAt(units, i));
    if (factor === 0) continue;
    const end = intAt(starts, i + 1);
    for (let pair = intAt(starts, i); pair < end; pair++) {
      const cell = intAt(cellOfPair, pair);
      totals[cell] = floatAt(totals, cell) + factor * floatAt(weight, pair);
    }
  }
}

function totalsWith(sums: DomainSums, factors: Float64Array, ratios: Float64Array): WeightedTotals {
  const { units, starts, cellOfPair, weight, outcome, denominator } = sums;
  // Three plain numbers: a sum kept in an object is stored at every step.
  let weightSum = 0;
  let outcomeSum = 0;
  let denominatorSum = 0;
  for (let i = 0; i < units.length; i++) {
    const factor = floatAt(factors, intAt(units, i));
    // A PSU that the replicate did not draw.
    if (factor === 0) continue;
    const end = intAt(starts, i + 1);
    for (let pair = intAt(starts, i); pair < end; pair++) {
      const adjusted = factor * floatAt(ratios, intAt(cellOfPair, pair));
      weightSum += adjusted * floatAt(weight, pair);
      outcomeSum += adjusted * floatAt(outcome, pair);
      if (denominator !== null) denominatorSum += adjusted * floatAt(denominator, pair);
    }
  }
  return { weight: weightSum, outcome: outcomeSum, denominator: denominatorSum };
}
