/**
 * Abilities of persons under known item parameters: expected a posteriori (Bock & Mislevy 1982) by quadrature for
 * individuals and shares, weighted likelihood (Warm 1989) for item review, posterior mode.
 * Shares above a cut taken from EAPs are shrunken: use `posteriorAbove` or plausible values.
 * Agrees with R: mirt::fscores(method = "EAP" | "MAP" | "WLE"), TAM::tam.wle.
 */
import { bisectRoot } from '../../numeric/bisection';
import { at, floatAt } from '../../numeric/typedArray';
import { notPresented, type ResponseMatrix } from '../responses';
import { equallySpacedGrid, panelGrid, type LatentGrid, type NormalPopulation } from './latentGrid';
import { softplus } from './marginal';
import { itemInformation, logistic, type ItemParameters } from './responseFunction';

/** log Q and log P per node, and log P - log Q of every item: what turns answers into likelihoods. */
export interface LikelihoodTable {
  readonly grid: LatentGrid;
  /** items x nodes. */
  readonly logRight: Float64Array;
  readonly logWrong: Float64Array;
  readonly logPrior: Float64Array;
}

export function likelihoodTable(items: readonly ItemParameters[], grid: LatentGrid): LikelihoodTable {
  const count = grid.nodes.length;
  const [logRight, logWrong] = [
    new Float64Array(items.length * count),
    new Float64Array(items.length * count),
  ];
  items.forEach(({ a, b, c }, item) => {
    grid.nodes.forEach((theta, q) => {
      const z = a * (theta - b);
      logRight[item * count + q] = c === 0 ? -softplus(-z) : Math.log(c + (1 - c) * logistic(z));
      logWrong[item * count + q] = Math.log1p(-c) - softplus(z);
    });
  });
  return { grid, logRight, logWrong, logPrior: grid.weights.map(Math.log) };
}

/**
 * Normalised posterior of one row of answers into `posterior`; returns the log marginal probability of the answers.
 * `prior`: log weights of the nodes (table.logPrior unless the person has a prior of their own).
 */
export function rowPosterior(
  table: LikelihoodTable,
  row: Uint8Array,
  posterior: Float64Array,
  prior: Float64Array = table.logPrior,
): number {
  const count = prior.length;
  for (let q = 0; q < count; q++) posterior[q] = floatAt(prior, q);
  for (let item = 0; item < row.length; item++) {
    const value = row[item];
    if (value === notPresented) continue;
    const source = value === 1 ? table.logRight : table.logWrong;
    const start = item * count;
    for (let q = 0; q < count; q++) posterior[q] = floatAt(posterior, q) + floatAt(source, start + q);
  }
  let largest = -Infinity;
  for (let q = 0; q < count; q++) largest = Math.max(largest, floatAt(posterior, q));
  let total = 0;
  for (let q = 0; q < count; q++) {
    const value = Math.exp(floatAt(posterior, q) - largest);
    posterior[q] = value;
    total += value;
  }
  for (let q = 0; q < count; q++) posterior[q] = floatAt(posterior, q) / total;
  return largest + Math.log(total);
}

export const rowOf = (matrix: ResponseMatrix, person: number): Uint8Array =>
  matrix.values.subarray(person * matrix.itemIds.length, (person + 1) * matrix.itemIds.length);

export interface AbilityScores {
  /** Posterior mean per person. */
  readonly eap: Float64Array;
  /** Posterior standard deviation, the standard error of the EAP. */
  readonly posteriorSd: Float64Array;
  readonly logMarginal: Float64Array;
}

/** EAP of every person; a person without answers gets the prior's mean. `items` in the matrix's order. */
export function expectedAPosteriori(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  grid: LatentGrid = equallySpacedGrid(),
): AbilityScores {
  const table = likelihoodTable(items, grid);
  const { nodes } = grid;
  const posterior = new Float64Array(nodes.length);
  const eap = new Float64Array(matrix.personCount);
  const posteriorSd = new Float64Array(matrix.personCount);
  const logMarginal = new Float64Array(matrix.personCount);
  for (let person = 0; person < matrix.personCount; person++) {
    logMarginal[person] = rowPosterior(table, rowOf(matrix, person), posterior);
    let mean = 0;
    for (let q = 0; q < nodes.length; q++) mean += floatAt(posterior, q) * floatAt(nodes, q);
    let variance = 0;
    for (let q = 0; q < nodes.length; q++)
      variance += floatAt(posterior, q) * (floatAt(nodes, q) - mean) ** 2;
    eap[person] = mean;
    posteriorSd[person] = Math.sqrt(variance);
  }
  return { eap, posteriorSd, logMarginal };
}

/** P(theta >= cut | answers) per person, integrated in panels that end at the cut. */
export function posteriorAbove(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  cut: number,
  population: NormalPopulation,
): Float64Array {
  const grid = panelGrid(population, [cut]);
  const table = likelihoodTable(items, grid);
  const posterior = new Float64Array(grid.nodes.length);
  return Float64Array.from({ length: matrix.personCount }, (_, person) => {
    rowPosterior(table, rowOf(matrix, person), posterior);
    return posterior.reduce((sum, share, q) => (at(grid.nodes, q) >= cut ? sum + share : sum), 0);
  });
}

/**
 * Marginal reliability of EAPs: var(EAP) / (var(EAP) + mean posterior variance); the 1 - mean(SE^2) / var(theta-hat) of
 * question-bank-spec §3.7 is its form for unshrunken estimates. Agrees with R: mirt::empirical_rxx.
 */
export function marginalReliability({ eap, posteriorSd }: AbilityScores): number {
  const mean = eap.reduce((sum, value) => sum + value, 0) / eap.length;
  const variance = eap.reduce((sum, value) => sum + (value - mean) ** 2, 0) / eap.length;
  const error = posteriorSd.reduce((sum, value) => sum + value * value, 0) / eap.length;
  return variance / (variance + error);
}

interface Slopes {
  /** Derivative of the log-likelihood. */
  readonly score: number;
  readonly information: number;
  /** sum of P' P'' / (P Q). */
  readonly bend: number;
}

/** Sums over presented items; P' / (P Q) = a L / P stays exact where P rounds to 1. */
function slopesAt(items: readonly ItemParameters[], row: Uint8Array, theta: number): Slopes {
  let [score, information, bend] = [0, 0, 0];
  items.forEach(({ a, b, c }, item) => {
    const value = row[item];
    if (value === undefined || value === notPresented) return;
    const [l, m] = [logistic(a * (theta - b)), logistic(-a * (theta - b))];
    const p = c + (1 - c) * l;
    const weight = (a * l) / p;
    const slope = (1 - c) * a * l * m;
    score += weight * (value === 1 ? (1 - c) * m : -p);
    information += weight * slope;
    bend += weight * a * slope * (m - l);
  });
  return { score, information, bend };
}

export interface WeightedLikelihood {
  readonly theta: number;
  /** 1 / sqrt(test information at theta). */
  readonly standardError: number;
  /** Maxima on the search range; more than one is possible under the 3PL. */
  readonly rootCount: number;
}

const SEARCH_LIMIT = 8;
const SEARCH_STEP = 0.05;

/**
 * Warm's estimate: lowest maximum on [-8, 8]; null where none exists (nothing answered, or beyond the range).
 */
export function weightedLikelihood(
  items: readonly ItemParameters[],
  row: Uint8Array,
): WeightedLikelihood | null {
  const equation = (theta: number): number => {
    const { score, information, bend } = slopesAt(items, row, theta);
    return score + bend / (2 * information);
  };
  const roots: number[] = [];
  let left = equation(-SEARCH_LIMIT);
  for (let k = 1; k <= (2 * SEARCH_LIMIT) / SEARCH_STEP; k++) {
    const theta = -SEARCH_LIMIT + k * SEARCH_STEP;
    const right = equation(theta);
    if (left > 0 && right <= 0) roots.push(bisectRoot(equation, theta - SEARCH_STEP, theta));
    left = right;
  }
  const [theta] = roots;
  if (theta === undefined) return null;
  const presented = items.filter((_, item) => row[item] !== notPresented);
  const information = presented.reduce((sum, item) => sum + itemInformation(item, theta), 0);
  return { theta, standardError: 1 / Math.sqrt(information), rootCount: roots.length };
}

/** Posterior mode for theta ~ N(mean, sd^2); under the 3PL the mode nearest the best point of a grid. */
export function maximumAPosteriori(
  items: readonly ItemParameters[],
  row: Uint8Array,
  { mean, standardDeviation }: NormalPopulation,
): number {
  const equation = (theta: number): number =>
    slopesAt(items, row, theta).score - (theta - mean) / standardDeviation ** 2;
  const grid = equallySpacedGrid(
    { mean, standardDeviation },
    {
      from: mean - SEARCH_LIMIT * standardDeviation,
      to: mean + SEARCH_LIMIT * standardDeviation,
      count: 321,
    },
  );
  const posterior = new Float64Array(grid.nodes.length);
  rowPosterior(likelihoodTable(items, grid), row, posterior);
  const best = posterior.indexOf(Math.max(...posterior));
  const step = SEARCH_STEP * standardDeviation;
  const theta = at(grid.nodes, best);
  return bisectRoot(equation, theta - step, theta + step);
}
