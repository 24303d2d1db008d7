/**
 * Logistic-regression DIF (Swaminathan & Rogers 1990): right ~ score, + group (uniform), + score x group (non-uniform);
 * likelihood-ratio tests and the gain in Nagelkerke's R^2, classed after Jodoin & Gierl (2001).
 * Agrees with R: stats::glm(family = binomial), difR::difLogistic.
 */
import { chiSquareTails } from '../../numeric/distributions';
import { choleskyFactor, solveCholesky } from '../../numeric/linearAlgebra';
import { addAt, at } from '../../numeric/typedArray';
import { logistic } from '../irt/responseFunction';
import { focalGroup, type DifData, type EtsClass } from './mantelHaenszel';

export interface LikelihoodRatio {
  readonly statistic: number;
  readonly pValue: number;
}

export interface LogisticDif {
  /** Intercept, score, focal group, score x focal group. */
  readonly coefficients: readonly number[];
  readonly uniform: LikelihoodRatio;
  readonly nonuniform: LikelihoodRatio;
  readonly both: LikelihoodRatio;
  /** Nagelkerke R^2 of the full model minus that of the score alone. */
  readonly rSquaredGain: number;
  /** A: gain < .035 or not significant (2 df, 5 %); C: gain > .07; B otherwise (Jodoin & Gierl 2001). */
  readonly effectClass: EtsClass;
}

/** Persons with the same score and group share a row. */
interface Cell {
  readonly score: number;
  readonly focal: number;
  readonly right: number;
  readonly count: number;
}

function cellsOf({ responses, groups, matching }: DifData): Cell[] {
  const most = matching.reduce((largest, score) => Math.max(largest, score), 0);
  const [right, count] = [new Float64Array(2 * (most + 1)), new Float64Array(2 * (most + 1))];
  for (let person = 0; person < responses.length; person++) {
    const [value, group] = [at(responses, person), at(groups, person)];
    if (value > 1 || group > focalGroup) continue;
    const cell = 2 * at(matching, person) + group;
    addAt(right, cell, value);
    addAt(count, cell, 1);
  }
  const cells: Cell[] = [];
  count.forEach((each, cell) => {
    if (each > 0) cells.push({ score: cell >> 1, focal: cell & 1, right: at(right, cell), count: each });
  });
  return cells;
}

type Row = (cell: Cell) => readonly number[];
const scoreOnly: Row = ({ score }) => [1, score];
const withGroup: Row = ({ score, focal }) => [1, score, focal];
const withInteraction: Row = ({ score, focal }) => [1, score, focal, score * focal];

interface Fit {
  readonly coefficients: Float64Array;
  readonly deviance: number;
}

const entropy = (share: number): number => (share > 0 ? share * Math.log(share) : 0);
/** A log odds coefficient beyond this means that a group or score predicts the answer perfectly. */
const SEPARATED = 100;
const MOST_ITERATIONS = 60;

function devianceOf(cells: readonly Cell[], fitted: (cell: Cell) => number): number {
  let sum = 0;
  for (const cell of cells) {
    const mu = fitted(cell);
    sum -= 2 * (cell.right * Math.log(mu) + (cell.count - cell.right) * Math.log1p(-mu));
  }
  return sum;
}

/** Newton's method; null for a model that is not identified or separates the answers. */
function fit(cells: readonly Cell[], row: Row, size: number): Fit | null {
  let coefficients: Float64Array = new Float64Array(size);
  const fitted = (cell: Cell): number =>
    logistic(row(cell).reduce((sum, x, k) => sum + x * at(coefficients, k), 0));
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const information = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (const cell of cells) {
      const [x, mu] = [row(cell), fitted(cell)];
      x.forEach((left, i) => {
        addAt(gradient, i, left * (cell.right - cell.count * mu));
        x.forEach((right, j) => addAt(information, i * size + j, left * right * cell.count * mu * (1 - mu)));
      });
    }
    const factor = choleskyFactor(information, size);
    if (factor.rank < size) return null;
    const step = solveCholesky(factor, gradient);
    coefficients = coefficients.map((value, k) => value + at(step, k));
    if (coefficients.some((value) => !(Math.abs(value) < SEPARATED))) return null;
    if (step.every((value, k) => Math.abs(value) <= 1e-12 * (1 + Math.abs(at(coefficients, k)))))
      return { coefficients, deviance: devianceOf(cells, fitted) };
  }
  return null;
}

function nullDeviance(cells: readonly Cell[]): { readonly deviance: number; readonly count: number } {
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  const share = cells.reduce((sum, cell) => sum + cell.right, 0) / count;
  return { deviance: -2 * count * (entropy(share) + entropy(1 - share)), count };
}

const ratio = (statistic: number, degreesOfFreedom: number): LikelihoodRatio => ({
  statistic,
  pValue: chiSquareTails(Math.max(0, statistic), degreesOfFreedom).upper,
});

function effectClassOf(gain: number, { pValue }: LikelihoodRatio): EtsClass {
  if (gain < 0.035 || pValue >= 0.05) return 'A';
  return gain > 0.07 ? 'C' : 'B';
}

/** Logistic DIF of one item; null when a model does not exist (one group only, no variation, separation). */
export function logisticDif(data: DifData): LogisticDif | null {
  const cells = cellsOf(data);
  const score = fit(cells, scoreOnly, 2);
  const uniform = fit(cells, withGroup, 3);
  const full = fit(cells, withInteraction, 4);
  if (score === null || uniform === null || full === null) return null;
  const base = nullDeviance(cells);
  const rSquared = ({ deviance }: Fit): number =>
    -Math.expm1((deviance - base.deviance) / base.count) / -Math.expm1(-base.deviance / base.count);
  const both = ratio(score.deviance - full.deviance, 2);
  const rSquaredGain = rSquared(full) - rSquared(score);
  return {
    coefficients: [...full.coefficients],
    uniform: ratio(score.deviance - uniform.deviance, 1),
    nonuniform: ratio(uniform.deviance - full.deviance, 1),
    both,
    rSquaredGain,
    effectClass: effectClassOf(rSquaredGain, both),
  };
}
