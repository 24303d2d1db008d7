/**
 * M-steps: given the expected counts, maximise the expected log-likelihood (plus log prior of the slope).
 * 2PL: each item apart, two parameters. Rasch: one slope for all items (theta ~ N(0, slope^2) in the Rasch metric).
 */
import { floatAt } from '../../numeric/typedArray';
import type { Expectation, MarginalData, SlopeIntercept } from './marginal';
import { logistic } from './responseFunction';

/** Log-normal prior of the discrimination: log a ~ N(meanLog, standardDeviationLog^2). R: dlnorm. */
export interface SlopePrior {
  readonly meanLog: number;
  readonly standardDeviationLog: number;
}

/** log density of the prior (without its constant) and the first two derivatives in a; -Infinity for a <= 0. */
export function logPriorOf(
  prior: SlopePrior | null,
  a: number,
): { value: number; slope: number; curvature: number } {
  if (prior === null) return { value: 0, slope: 0, curvature: 0 };
  if (!(a > 0)) return { value: -Infinity, slope: 0, curvature: 0 };
  const variance = prior.standardDeviationLog ** 2;
  const z = Math.log(a) - prior.meanLog;
  return {
    value: -Math.log(a) - (z * z) / (2 * variance),
    slope: -(1 + z / variance) / a,
    curvature: (1 + (z - 1) / variance) / (a * a),
  };
}

/** Gradient and information of one item's expected log-likelihood. */
interface ItemTerms {
  readonly slope: number;
  readonly intercept: number;
  readonly slopeInformation: number;
  readonly crossInformation: number;
  readonly interceptInformation: number;
}

function itemTerms(
  data: MarginalData,
  found: Expectation,
  item: number,
  at: { a: number; d: number },
): ItemTerms {
  const { nodes } = data.grid;
  let [slope, intercept] = [floatAt(found.rightTheta, item), floatAt(data.rightTotals, item)];
  let [slopeInformation, crossInformation, interceptInformation] = [0, 0, 0];
  for (let q = 0; q < nodes.length; q++) {
    const theta = floatAt(nodes, q);
    const p = logistic(at.a * theta + at.d);
    const expected = floatAt(found.counts, item * nodes.length + q) * p;
    const weight = expected * (1 - p);
    slope -= expected * theta;
    intercept -= expected;
    slopeInformation += weight * theta * theta;
    crossInformation += weight * theta;
    interceptInformation += weight;
  }
  return { slope, intercept, slopeInformation, crossInformation, interceptInformation };
}

const NEWTON_STEPS = 25;
const CONVERGED = 1e-11;
/** A Newton step longer than this is cut: far from the maximum the quadratic is no guide. */
const LONGEST_STEP = 1.5;

const bounded = (step: number): number => Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));

/** New slopes and intercepts of the 2PL. */
export function maximiseTwoParameter(
  data: MarginalData,
  found: Expectation,
  start: SlopeIntercept,
  prior: SlopePrior | null,
): SlopeIntercept {
  const [slopes, intercepts] = [start.slopes.slice(), start.intercepts.slice()];
  for (let item = 0; item < data.itemCount; item++) {
    let [a, d] = [floatAt(slopes, item), floatAt(intercepts, item)];
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const terms = itemTerms(data, found, item, { a, d });
      const { slope, curvature } = logPriorOf(prior, a);
      const slopeInformation = terms.slopeInformation + Math.max(0, -curvature);
      const determinant = slopeInformation * terms.interceptInformation - terms.crossInformation ** 2;
      if (!(determinant > 0)) break;
      const slopeGradient = terms.slope + slope;
      const moveA =
        (terms.interceptInformation * slopeGradient - terms.crossInformation * terms.intercept) / determinant;
      const moveD =
        (slopeInformation * terms.intercept - terms.crossInformation * slopeGradient) / determinant;
      // A prior keeps the slope positive: never step past half the way to zero.
      a = prior === null ? a + bounded(moveA) : Math.max(a / 2, a + bounded(moveA));
      d += bounded(moveD);
      if (Math.abs(moveA) + Math.abs(moveD) < CONVERGED) break;
    }
    slopes[item] = a;
    intercepts[item] = d;
  }
  return { slopes, intercepts };
}

/** New common slope and intercepts of the Rasch model. */
export function maximiseRasch(data: MarginalData, found: Expectation, start: SlopeIntercept): SlopeIntercept {
  const intercepts = start.intercepts.slice();
  let a = floatAt(start.slopes, 0);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const terms = Array.from(intercepts, (d, item) => itemTerms(data, found, item, { a, d }));
    // The information is an arrow: eliminate the intercepts, solve for the slope, go back.
    let [information, gradient] = [0, 0];
    for (const each of terms) {
      const share = each.crossInformation / each.interceptInformation;
      information += each.slopeInformation - share * each.crossInformation;
      gradient += each.slope - share * each.intercept;
    }
    const moveA = bounded(gradient / information);
    let largest = Math.abs(moveA);
    terms.forEach((each, item) => {
      const moveD = bounded((each.intercept - each.crossInformation * moveA) / each.interceptInformation);
      intercepts[item] = floatAt(intercepts, item) + moveD;
      largest = Math.max(largest, Math.abs(moveD));
    });
    a += moveA;
    if (largest < CONVERGED) break;
  }
  return { slopes: intercepts.map(() => a), intercepts };
}
