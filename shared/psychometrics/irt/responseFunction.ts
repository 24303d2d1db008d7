/**
 * Response functions of dichotomous items: P(theta) = c + (1 - c) / (1 + exp(-a (theta - b))).
 * Rasch is a = 1, c = 0; 2PL is c = 0. Metric D = 1; parameters given on the normal metric (D = 1.702) are brought
 * here by `fromNormalMetric`. Sources: Birnbaum (1968); Lord (1980).
 */
import { bisectRoot } from '../../numeric/bisection';

/** a: discrimination (> 0), b: difficulty on the ability scale, c: lower asymptote (0..1). A bank item's `irt` fits. */
export interface ItemParameters {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** An item with the points a right answer earns; a wrong one earns 0. */
export interface ScoredItem extends ItemParameters {
  readonly points: number;
}

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** The same item with its discrimination multiplied by D. */
export const fromNormalMetric = <I extends ItemParameters>(item: I, d = 1.702): I => ({
  ...item,
  a: item.a * d,
});

export const probabilityCorrect = ({ a, b, c }: ItemParameters, theta: number): number =>
  c + (1 - c) * logistic(a * (theta - b));

/** Fisher information of one item, a^2 (Q/P) ((P - c)/(1 - c))^2. Agrees with R: mirt::iteminfo. */
export function itemInformation({ a, b, c }: ItemParameters, theta: number): number {
  const l = logistic(a * (theta - b));
  const p = c + (1 - c) * l;
  return p === 0 ? 0 : (a * a * (1 - c) * l * l * (1 - l)) / p;
}

export const testInformation = (items: readonly ItemParameters[], theta: number): number =>
  items.reduce((sum, item) => sum + itemInformation(item, theta), 0);

/** Test characteristic curve: expected points at theta. Agrees with R: mirt::expected.test. */
export const expectedScore = (items: readonly ScoredItem[], theta: number): number =>
  items.reduce((sum, item) => sum + item.points * probabilityCorrect(item, theta), 0);

/** Half-width of the ability range searched for a cut; no person lies beyond it. */
const LARGEST_THETA = 40;

/**
 * theta with expectedScore(items, theta) = score (theta_c of a cut). -Infinity when even pure guessing earns the
 * score, Infinity when only every item right does.
 */
export function thetaAtScore(items: readonly ScoredItem[], score: number): number {
  const gap = (theta: number): number => expectedScore(items, theta) - score;
  if (gap(-LARGEST_THETA) >= 0) return -Infinity;
  if (gap(LARGEST_THETA) <= 0) return Infinity;
  return bisectRoot(gap, -LARGEST_THETA, LARGEST_THETA);
}
