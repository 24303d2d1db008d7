/**
 * S-X2 item fit (Orlando & Thissen 2000): observed and expected shares right at every number-right score, expected ones by
 * the Lord-Wingersky recursion with and without the item. Neighbouring scores are merged upwards until both expected
 * counts reach 1; df = cells - item parameters. RMSEA = sqrt(max(0, (X2 - df) / (df (n - 1)))).
 * Agrees with R: mirt::itemfit(fit_stats = "S_X2") up to its rule of merging.
 */
import { chiSquareTails } from '../../numeric/distributions';
import { at } from '../../numeric/typedArray';
import { scoreDistribution } from '../classification/scoreDistribution';
import { equallySpacedGrid, type LatentGrid } from '../irt/latentGrid';
import { probabilityCorrect, type ItemParameters } from '../irt/responseFunction';
import { rawScores, responseAt, type ResponseMatrix } from '../responses';

export interface SummedScoreFit {
  readonly itemId: string;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly rmsea: number;
}

const smallestExpected = 1;

interface Cell {
  readonly count: number;
  readonly right: number;
  readonly expected: number;
}

const add = (one: Cell, other: Cell): Cell => ({
  count: one.count + other.count,
  right: one.right + other.right,
  expected: one.expected + other.expected,
});

const emptyCell: Cell = { count: 0, right: 0, expected: 0 };

/** Joins neighbours until both expected counts are large enough; a short rest joins the last cell. */
function mergeCells(cells: readonly Cell[]): Cell[] {
  const merged: Cell[] = [];
  let current = emptyCell;
  for (const cell of cells) {
    current = add(current, cell);
    if (current.expected >= smallestExpected && current.count - current.expected >= smallestExpected) {
      merged.push(current);
      current = emptyCell;
    }
  }
  const last = merged.pop();
  if (last !== undefined) merged.push(add(last, current));
  return merged;
}

/** Sum over nodes of weight x f(score | theta), score distributions per node. */
const marginal = (
  grid: LatentGrid,
  perNode: readonly Float64Array[],
  score: number,
  share: (q: number) => number,
): number =>
  grid.weights.reduce(
    (sum, weight, q) => sum + weight * share(q) * at(perNode[q] ?? new Float64Array(0), score),
    0,
  );

interface Prepared {
  readonly grid: LatentGrid;
  /** P of every item, per node. */
  readonly probabilities: readonly (readonly number[])[];
  /** Score distribution with all items, per node. */
  readonly whole: readonly Float64Array[];
  readonly scores: Int32Array;
}

const oneEach = (count: number): { unit: number; units: Int32Array; steps: number } => ({
  unit: 1,
  units: new Int32Array(count).fill(1),
  steps: count,
});

function cellsOf(
  matrix: ResponseMatrix,
  item: number,
  { grid, probabilities, whole, scores }: Prepared,
): Cell[] {
  const count = matrix.itemIds.length;
  const rest = probabilities.map((each) =>
    scoreDistribution(
      each.filter((_, k) => k !== item),
      oneEach(count - 1),
    ),
  );
  const [counts, right] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  scores.forEach((score, person) => {
    counts[score] = at(counts, score) + 1;
    right[score] = at(right, score) + responseAt(matrix, person, item);
  });
  return Array.from({ length: count - 1 }, (_, k) => {
    const score = k + 1;
    const joint = marginal(grid, rest, score - 1, (q) => probabilities[q]?.[item] ?? 0);
    const share = joint / marginal(grid, whole, score, () => 1);
    return { count: at(counts, score), right: at(right, score), expected: at(counts, score) * share };
  });
}

function statisticOf(itemId: string, cells: readonly Cell[], parameterCount: number): SummedScoreFit | null {
  const degreesOfFreedom = cells.length - parameterCount;
  if (degreesOfFreedom < 1) return null;
  const statistic = cells.reduce((sum, { count, right, expected }) => {
    const gap = (right - expected) ** 2;
    return sum + gap / expected + gap / (count - expected);
  }, 0);
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  return {
    itemId,
    statistic,
    degreesOfFreedom,
    pValue: chiSquareTails(statistic, degreesOfFreedom).upper,
    rmsea: Math.sqrt(Math.max(0, (statistic - degreesOfFreedom) / (degreesOfFreedom * (total - 1)))),
  };
}

/** S-X2 of every item of a matrix without gaps; null where too few cells remain. `parameterCount`: 1 Rasch, 2 2PL. */
export function summedScoreFit(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  parameterCount: number,
  grid: LatentGrid = equallySpacedGrid(),
): readonly (SummedScoreFit | null)[] {
  const probabilities = Array.from(grid.nodes, (theta) =>
    items.map((item) => probabilityCorrect(item, theta)),
  );
  const whole = probabilities.map((each) => scoreDistribution(each, oneEach(items.length)));
  const prepared = { grid, probabilities, whole, scores: rawScores(matrix) };
  return matrix.itemIds.map((itemId, item) =>
    statisticOf(itemId, mergeCells(cellsOf(matrix, item, prepared)), parameterCount),
  );
}
