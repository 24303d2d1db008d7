/**
 * Plausible values: draws of every person's ability from its posterior under a latent regression
 * theta = x'beta + e, e ~ N(0, sigma^2), on reporting groups (Mislevy 1991; von Davier, Gonzalez & Mislevy 2009).
 * beta and sigma by EM with item parameters fixed; each set of draws uses its own draw of beta, so that the error of the
 * regression reaches the shares. Shares of ability above a cut are then estimated per set and pooled by Rubin's rules.
 * Agrees in law with R: TAM::tam.pv, mirt::fscores(plausible.draws) (draws differ by generator).
 */
import { fail, ok, type Result } from '../../domain/result';
import { choleskyFactor, invertCholesky, solveCholesky } from '../../numeric/linearAlgebra';
import { createRandom, type SeededRandom } from '../../numeric/seededRandom';
import { at, floatAt } from '../../numeric/typedArray';
import { weightAt, type ResponseMatrix } from '../responses';
import { likelihoodTable, rowOf, rowPosterior, type LikelihoodTable } from './ability';
import type { ItemParameters } from './responseFunction';

/** Conditioning variables: one column per regressor, the intercept added by us. */
export interface LatentRegressors {
  readonly columns: readonly Float64Array[];
}

export interface PlausibleValueSettings {
  /** 5 to 20 sets are usual. */
  readonly setCount: number;
  readonly seed: number | string;
  /** Share of the work done, 0..1. */
  readonly progress?: (fraction: number) => void;
}

export interface PlausibleValues {
  /** One column of abilities per set. */
  readonly sets: readonly Float64Array[];
  /** Intercept first. */
  readonly coefficients: Float64Array;
  readonly residualSd: number;
  readonly hasConverged: boolean;
}

/** Nodes .1 apart: a draw within a node's cell adds .1^2 / 12 = .0008 to the variance. */
const STEP = 0.1;
const REACH = 8;
const nodes = Float64Array.from({ length: (2 * REACH) / STEP + 1 }, (_, k) => -REACH + k * STEP);

const MOST_ITERATIONS = 300;
const CONVERGED = 1e-7;

interface Regression {
  readonly coefficients: Float64Array;
  readonly variance: number;
}

interface Problem {
  readonly matrix: ResponseMatrix;
  /** Log-likelihood of every person at every node, persons x nodes, up to a constant per person. */
  readonly logLikelihood: Float64Array;
  /** Row-major persons x coefficients. */
  readonly regressors: Float64Array;
  readonly size: number;
}

function prepare(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  { columns }: LatentRegressors,
): Problem {
  const flat = new Float64Array(nodes.length).fill(0);
  const table: LikelihoodTable = likelihoodTable(items, { nodes, weights: nodes.map(() => 1) });
  const logLikelihood = new Float64Array(matrix.personCount * nodes.length);
  const posterior = new Float64Array(nodes.length);
  const size = columns.length + 1;
  const regressors = new Float64Array(matrix.personCount * size);
  for (let person = 0; person < matrix.personCount; person++) {
    rowPosterior(table, rowOf(matrix, person), posterior, flat);
    posterior.forEach((value, q) => (logLikelihood[person * nodes.length + q] = Math.log(value)));
    regressors[person * size] = 1;
    columns.forEach((column, k) => (regressors[person * size + k + 1] = at(column, person)));
  }
  return { matrix, logLikelihood, regressors, size };
}

const meanOf = ({ regressors, size }: Problem, person: number, coefficients: Float64Array): number => {
  let mean = 0;
  for (let k = 0; k < size; k++) mean += floatAt(regressors, person * size + k) * floatAt(coefficients, k);
  return mean;
};

/** Posterior of one person under N(mean, variance), into `posterior`. */
function personPosterior(
  { logLikelihood }: Problem,
  person: number,
  prior: { readonly mean: number; readonly variance: number },
  posterior: Float64Array,
): void {
  let largest = -Infinity;
  for (let q = 0; q < nodes.length; q++) {
    const z = floatAt(nodes, q) - prior.mean;
    const value = floatAt(logLikelihood, person * nodes.length + q) - (z * z) / (2 * prior.variance);
    posterior[q] = value;
    if (value > largest) largest = value;
  }
  let total = 0;
  for (let q = 0; q < nodes.length; q++) {
    const value = Math.exp(floatAt(posterior, q) - largest);
    posterior[q] = value;
    total += value;
  }
  for (let q = 0; q < nodes.length; q++) posterior[q] = floatAt(posterior, q) / total;
}

interface Sums {
  /** X'WX and, with Louis's correction, the observed information of beta. */
  readonly cross: Float64Array;
  readonly information: Float64Array;
  readonly product: Float64Array;
  readonly means: Float64Array;
  /** Weighted mean of the posterior variances. */
  readonly posteriorVariance: number;
}

function expectations(problem: Problem, current: Regression): Sums {
  const { size, regressors, matrix } = problem;
  const [cross, information] = [new Float64Array(size * size), new Float64Array(size * size)];
  const [product, means] = [new Float64Array(size), new Float64Array(matrix.personCount)];
  const posterior = new Float64Array(nodes.length);
  let [weightTotal, variances] = [0, 0];
  for (let person = 0; person < matrix.personCount; person++) {
    const weight = weightAt(matrix, person);
    personPosterior(
      problem,
      person,
      { mean: meanOf(problem, person, current.coefficients), variance: current.variance },
      posterior,
    );
    let [first, second] = [0, 0];
    for (let q = 0; q < nodes.length; q++) first += floatAt(posterior, q) * floatAt(nodes, q);
    for (let q = 0; q < nodes.length; q++) second += floatAt(posterior, q) * (floatAt(nodes, q) - first) ** 2;
    means[person] = first;
    weightTotal += weight;
    variances += weight * second;
    const observed = (current.variance - second) / current.variance ** 2;
    for (let i = 0; i < size; i++) {
      const left = weight * floatAt(regressors, person * size + i);
      product[i] = floatAt(product, i) + left * first;
      for (let j = 0; j < size; j++) {
        const term = left * floatAt(regressors, person * size + j);
        cross[i * size + j] = floatAt(cross, i * size + j) + term;
        information[i * size + j] = floatAt(information, i * size + j) + term * observed;
      }
    }
  }
  return { cross, information, product, means, posteriorVariance: variances / weightTotal };
}

/** One EM step of the latent regression. */
function maximise(problem: Problem, sums: Sums): Regression {
  const coefficients = solveCholesky(choleskyFactor(sums.cross, problem.size), sums.product);
  let [weightTotal, squares] = [0, 0];
  sums.means.forEach((mean, person) => {
    const weight = weightAt(problem.matrix, person);
    weightTotal += weight;
    squares += weight * (mean - meanOf(problem, person, coefficients)) ** 2;
  });
  return { coefficients, variance: sums.posteriorVariance + squares / weightTotal };
}

interface FittedRegression extends Regression {
  readonly hasConverged: boolean;
  readonly information: Float64Array;
}

/** Share of the progress bar the regression gets; the rest is drawing. */
const FITTING_SHARE = 0.6;

function fitRegression(problem: Problem, progress: (fraction: number) => void): FittedRegression {
  let current: Regression = { coefficients: new Float64Array(problem.size), variance: 1 };
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const next = maximise(problem, expectations(problem, current));
    const change = next.coefficients.reduce(
      (most, value, k) => Math.max(most, Math.abs(value - at(current.coefficients, k))),
      Math.abs(next.variance - current.variance),
    );
    current = next;
    // EM gains about the same number of digits per step.
    progress(FITTING_SHARE * Math.min(1, Math.max(0, Math.log10(change) / Math.log10(CONVERGED))));
    if (change < CONVERGED)
      return { ...current, hasConverged: true, information: expectations(problem, current).information };
  }
  return { ...current, hasConverged: false, information: expectations(problem, current).information };
}

/** beta-hat + L z with L L' the inverse information. */
function drawCoefficients(
  { coefficients, information }: FittedRegression,
  random: SeededRandom,
): Float64Array {
  const size = coefficients.length;
  const { lower } = choleskyFactor(invertCholesky(choleskyFactor(information, size)), size);
  const normals = coefficients.map(() => random.normal());
  return coefficients.map((value, i) => {
    let sum = value;
    for (let k = 0; k <= i; k++) sum += at(lower, i * size + k) * at(normals, k);
    return sum;
  });
}

/** Inverse distribution function with a uniform place within the node's cell. */
function drawAbility(posterior: Float64Array, random: SeededRandom): number {
  let rest = random.next();
  for (let q = 0; q < nodes.length; q++) {
    const share = floatAt(posterior, q);
    if (rest < share) return floatAt(nodes, q) + (rest / share - 0.5) * STEP;
    rest -= share;
  }
  return REACH;
}

/**
 * Draws plausible values for every person. The same seed gives the same draws.
 * Fails with CALIBRATION_SINGULAR {variable} when regressors repeat each other, NO_RESPONDENTS without persons.
 */
export function drawPlausibleValues(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  regressors: LatentRegressors,
  { setCount, seed, progress = () => undefined }: PlausibleValueSettings,
): Result<PlausibleValues> {
  if (matrix.personCount === 0) return fail('NO_RESPONDENTS');
  const problem = prepare(matrix, items, regressors);
  const start = expectations(problem, { coefficients: new Float64Array(problem.size), variance: 1 });
  const repeated = choleskyFactor(start.cross, problem.size).kept.indexOf(0);
  if (repeated >= 0) return fail('CALIBRATION_SINGULAR', { variable: String(repeated) });
  const fitted = fitRegression(problem, progress);
  const random = createRandom(seed);
  const posterior = new Float64Array(nodes.length);
  const sets = Array.from({ length: setCount }, (_, set) => {
    progress(FITTING_SHARE + (1 - FITTING_SHARE) * (set / setCount));
    const coefficients = drawCoefficients(fitted, random);
    return Float64Array.from({ length: matrix.personCount }, (_, person) => {
      personPosterior(
        problem,
        person,
        { mean: meanOf(problem, person, coefficients), variance: fitted.variance },
        posterior,
      );
      return drawAbility(posterior, random);
    });
  });
  return ok({
    sets,
    coefficients: fitted.coefficients,
    residualSd: Math.sqrt(fitted.variance),
    hasConverged: fitted.hasConverged,
  });
}
