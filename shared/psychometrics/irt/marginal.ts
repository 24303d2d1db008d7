/**
 * Marginal likelihood of the 2PL with theta ~ N(0, 1) on a fixed grid, in slope-intercept form a theta + d.
 * For these items log P - log Q is linear in theta, so a person enters through two sums over right answers and the
 * booklet's sum of log Q: an E-step costs persons x (items + nodes), not persons x items x nodes.
 * Source: Bock & Aitkin (1981).
 */
import { addAt, floatAt, intAt } from '../../numeric/typedArray';
import { bookletsOf, responseAt, weightAt, type Booklet, type ResponseMatrix } from '../responses';
import type { LatentGrid } from './latentGrid';
import { logistic } from './responseFunction';

export interface MarginalData {
  readonly itemCount: number;
  readonly grid: LatentGrid;
  readonly booklets: readonly Booklet[];
  /** Right answers of every booklet, persons x its items. */
  readonly right: readonly Uint8Array[];
  /** Weights scaled to sum to the number of persons. */
  readonly weights: Float64Array;
  /** Weighted number of right answers per item. */
  readonly rightTotals: Float64Array;
  /** Weighted number of persons per item. */
  readonly presentedTotals: Float64Array;
  /** log of the grid's weights. */
  readonly logPrior: Float64Array;
}

export interface SlopeIntercept {
  readonly slopes: Float64Array;
  readonly intercepts: Float64Array;
}

/** Everything the M-step needs. */
export interface Expectation {
  readonly logLikelihood: number;
  /** Expected persons per item and node, items x nodes. */
  readonly counts: Float64Array;
  /** Expected sum of theta over right answers, per item. */
  readonly rightTheta: Float64Array;
}

function scaledWeights(matrix: ResponseMatrix): Float64Array {
  const weights = Float64Array.from({ length: matrix.personCount }, (_, person) => weightAt(matrix, person));
  const positive = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * positive) / total);
}

export function prepareMarginal(matrix: ResponseMatrix, grid: LatentGrid): MarginalData {
  const itemCount = matrix.itemIds.length;
  const weights = scaledWeights(matrix);
  const booklets = bookletsOf(matrix).filter(({ items }) => items.length > 0);
  const [rightTotals, presentedTotals] = [new Float64Array(itemCount), new Float64Array(itemCount)];
  const right = booklets.map(({ items, persons }) => {
    const values = new Uint8Array(items.length * persons.length);
    persons.forEach((person, row) => {
      items.forEach((item, column) => {
        const value = responseAt(matrix, person, item);
        values[row * items.length + column] = value;
        addAt(rightTotals, item, floatAt(weights, person) * value);
        addAt(presentedTotals, item, floatAt(weights, person));
      });
    });
    return values;
  });
  return {
    itemCount,
    grid,
    booklets,
    right,
    weights,
    rightTotals,
    presentedTotals,
    logPrior: grid.weights.map(Math.log),
  };
}

/** log(1 + exp(x)) without overflow. */
export const softplus = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));

/** log prior plus the log probability of every item wrong, per node. */
function allWrong(
  data: MarginalData,
  { slopes, intercepts }: SlopeIntercept,
  items: Int32Array,
): Float64Array {
  return data.logPrior.map((prior, q) => {
    const theta = floatAt(data.grid.nodes, q);
    let sum = prior;
    for (const item of items) sum -= softplus(floatAt(slopes, item) * theta + floatAt(intercepts, item));
    return sum;
  });
}

/**
 * Posterior of one person over the nodes into `posterior`, from the sums of slopes and intercepts over right answers;
 * returns the log marginal probability of the answers.
 */
function posteriorInto(
  posterior: Float64Array,
  nodes: Float64Array,
  base: Float64Array,
  sums: { readonly slope: number; readonly intercept: number },
): number {
  const count = nodes.length;
  let largest = -Infinity;
  for (let q = 0; q < count; q++) {
    const value = floatAt(base, q) + sums.slope * floatAt(nodes, q);
    posterior[q] = value;
    if (value > largest) largest = value;
  }
  let total = 0;
  for (let q = 0; q < count; q++) {
    const value = Math.exp(floatAt(posterior, q) - largest);
    posterior[q] = value;
    total += value;
  }
  for (let q = 0; q < count; q++) posterior[q] = floatAt(posterior, q) / total;
  return largest + Math.log(total) + sums.intercept;
}

export interface PosteriorVisit {
  readonly booklet: number;
  /** Row of the person within the booklet. */
  readonly row: number;
  readonly weight: number;
  readonly logMarginal: number;
  /** Valid until the next visit. */
  readonly posterior: Float64Array;
}

/** Calls `visit` with the posterior of every person, booklet by booklet. */
export function forEachPosterior(
  data: MarginalData,
  parameters: SlopeIntercept,
  visit: (found: PosteriorVisit) => void,
): void {
  const { nodes } = data.grid;
  const posterior = new Float64Array(nodes.length);
  data.booklets.forEach(({ items, persons }, booklet) => {
    const base = allWrong(data, parameters, items);
    const right = data.right[booklet] ?? new Uint8Array(0);
    const slopes = Float64Array.from(items, (item) => floatAt(parameters.slopes, item));
    const intercepts = Float64Array.from(items, (item) => floatAt(parameters.intercepts, item));
    for (let row = 0; row < persons.length; row++) {
      let [slope, intercept] = [0, 0];
      for (let k = 0; k < items.length; k++) {
        if (right[row * items.length + k] !== 1) continue;
        slope += floatAt(slopes, k);
        intercept += floatAt(intercepts, k);
      }
      const logMarginal = posteriorInto(posterior, nodes, base, { slope, intercept });
      visit({ booklet, row, weight: floatAt(data.weights, intAt(persons, row)), logMarginal, posterior });
    }
  });
}

/** The E-step. */
export function expectation(data: MarginalData, parameters: SlopeIntercept): Expectation {
  const { nodes } = data.grid;
  const bookletCounts = data.booklets.map(() => new Float64Array(nodes.length));
  const rightTheta = new Float64Array(data.itemCount);
  let logLikelihood = 0;
  forEachPosterior(data, parameters, ({ booklet, row, weight, logMarginal, posterior }) => {
    logLikelihood += weight * logMarginal;
    const counts = bookletCounts[booklet] ?? posterior;
    let mean = 0;
    for (let q = 0; q < nodes.length; q++) {
      const share = weight * floatAt(posterior, q);
      counts[q] = floatAt(counts, q) + share;
      mean += share * floatAt(nodes, q);
    }
    addRight(rightTheta, data, { booklet, row, mean });
  });
  return { logLikelihood, counts: itemCounts(data, bookletCounts), rightTheta };
}

function addRight(
  rightTheta: Float64Array,
  data: MarginalData,
  person: { readonly booklet: number; readonly row: number; readonly mean: number },
): void {
  const items = data.booklets[person.booklet]?.items ?? new Int32Array(0);
  const right = data.right[person.booklet] ?? new Uint8Array(0);
  for (let k = 0; k < items.length; k++) {
    if (right[person.row * items.length + k] === 1) addAt(rightTheta, intAt(items, k), person.mean);
  }
}

/** Persons per booklet and node, spread over the items each booklet holds. */
function itemCounts(data: MarginalData, bookletCounts: readonly Float64Array[]): Float64Array {
  const nodeCount = data.grid.nodes.length;
  const counts = new Float64Array(data.itemCount * nodeCount);
  data.booklets.forEach(({ items }, booklet) => {
    const own = bookletCounts[booklet] ?? new Float64Array(nodeCount);
    for (const item of items) {
      for (let q = 0; q < nodeCount; q++) addAt(counts, item * nodeCount + q, floatAt(own, q));
    }
  });
  return counts;
}

/** P of every item at every node, items x nodes. */
export function probabilityTable(data: MarginalData, { slopes, intercepts }: SlopeIntercept): Float64Array {
  const { nodes } = data.grid;
  const table = new Float64Array(data.itemCount * nodes.length);
  for (let item = 0; item < data.itemCount; item++) {
    for (let q = 0; q < nodes.length; q++)
      table[item * nodes.length + q] = logistic(
        floatAt(slopes, item) * floatAt(nodes, q) + floatAt(intercepts, item),
      );
  }
  return table;
}
