/**
 * Sample sizes before fieldwork: for a margin of error, to confirm a target, to tell two groups apart; the smallest
 * detectable difference; planning design effects. Shares 0..1.
 * Formulas: Cochran 1977 (margin), Fleiss 1981 (two groups, as R power.prop.test), Kish 1965 (design effect).
 */
import { normalCdf, normalQuantile } from '../numeric/distributions';

export interface MarginOfError {
  readonly share: number;
  /** Half width of the interval, in shares. */
  readonly margin: number;
  readonly designEffect: number;
  /** Persons in the population; Infinity when large. */
  readonly populationCount: number;
  /** Expected share of issued addresses that complete. */
  readonly responseRate: number;
  readonly confidenceLevel?: number;
}

export interface MarginSampleSize {
  readonly simpleRandom: number;
  readonly withFinitePopulation: number;
  readonly completes: number;
  readonly issued: number;
}

/** n0 = z^2 p(1-p)/e^2; n0/(1 + (n0-1)/N); times the design effect; divided by the response rate. */
export function sampleSizeForMargin(question: MarginOfError): MarginSampleSize {
  const { share, margin, designEffect, populationCount, responseRate } = question;
  const z = normalQuantile((1 + (question.confidenceLevel ?? 0.95)) / 2);
  const simpleRandom = (z * z * share * (1 - share)) / (margin * margin);
  const withFinitePopulation =
    populationCount === Infinity ? simpleRandom : simpleRandom / (1 + (simpleRandom - 1) / populationCount);
  const completes = Math.ceil(withFinitePopulation * designEffect);
  return { simpleRandom, withFinitePopulation, completes, issued: Math.ceil(completes / responseRate) };
}

/**
 * The margin `completes` interviews give: the inverse of `sampleSizeForMargin`; 0 when everybody is asked.
 * @example 980 completes, share .15, design effect 1.8, large population: .03.
 */
export function marginOfSample(
  question: Omit<MarginOfError, 'margin' | 'responseRate'> & { readonly completes: number },
): number {
  const { share, designEffect, populationCount, completes } = question;
  const drawn = completes / designEffect;
  if (drawn >= populationCount) return 0;
  const simpleRandom =
    populationCount === Infinity
      ? drawn
      : (drawn * (1 - 1 / populationCount)) / (1 - drawn / populationCount);
  const z = normalQuantile((1 + (question.confidenceLevel ?? 0.95)) / 2);
  return z * Math.sqrt((share * (1 - share)) / simpleRandom);
}

export interface PowerOptions {
  /** Chance of a false claim, default 0.05. */
  readonly significanceLevel?: number;
  /** Chance to find what is there, default 0.8. */
  readonly power?: number;
}

export interface PowerSampleSize {
  readonly simpleRandom: number;
  /** With the design effect, rounded up. */
  readonly completes: number;
}

/** To confirm share > target (one-sided) when the truth is `share`. */
export function sampleSizeForTarget(
  question: { readonly share: number; readonly target: number; readonly designEffect: number } & PowerOptions,
): PowerSampleSize {
  const { share, target, designEffect } = question;
  const error = normalQuantile(1 - (question.significanceLevel ?? 0.05)) * Math.sqrt(target * (1 - target));
  const power = normalQuantile(question.power ?? 0.8) * Math.sqrt(share * (1 - share));
  const simpleRandom = ((error + power) / (share - target)) ** 2;
  return { simpleRandom, completes: Math.ceil(simpleRandom * designEffect) };
}

/**
 * Chance that `completes` interviews confirm share > target (one-sided) when the truth is `share` above it: the
 * inverse of `sampleSizeForTarget`; the chance of a false claim when the truth is the target.
 */
export function powerForTarget(
  question: {
    readonly share: number;
    readonly target: number;
    readonly designEffect: number;
    readonly completes: number;
  } & Pick<PowerOptions, 'significanceLevel'>,
): number {
  const { share, target, designEffect, completes } = question;
  const error = normalQuantile(1 - (question.significanceLevel ?? 0.05)) * Math.sqrt(target * (1 - target));
  const distance = (share - target) * Math.sqrt(completes / designEffect);
  return normalCdf((distance - error) / Math.sqrt(share * (1 - share)));
}

/**
 * Smallest truth above the target that `completes` interviews confirm with the asked power, less the target; null when
 * none below 1 does. Found by halving: `powerForTarget` grows with the share.
 */
export function detectableAboveTarget(
  question: {
    readonly target: number;
    readonly designEffect: number;
    readonly completes: number;
  } & PowerOptions,
): number | null {
  const power = question.power ?? 0.8;
  const suffices = (share: number): boolean => powerForTarget({ ...question, share }) >= power;
  let [low, high] = [question.target, 1 - 1e-9];
  if (!suffices(high)) return null;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (suffices(middle)) high = middle;
    else low = middle;
  }
  return high - question.target;
}

/** Per group, to find the difference of two shares (two-sided). Agrees with R: power.prop.test. */
export function sampleSizeForDifference(
  question: { readonly first: number; readonly second: number; readonly designEffect: number } & PowerOptions,
): PowerSampleSize {
  const { first, second, designEffect } = question;
  const pooled = (first + second) / 2;
  const error =
    normalQuantile(1 - (question.significanceLevel ?? 0.05) / 2) * Math.sqrt(2 * pooled * (1 - pooled));
  const power =
    normalQuantile(question.power ?? 0.8) * Math.sqrt(first * (1 - first) + second * (1 - second));
  const simpleRandom = ((error + power) / (first - second)) ** 2;
  return { simpleRandom, completes: Math.ceil(simpleRandom * designEffect) };
}

/** Smallest difference two groups show: (z_{1-a/2} + z_power) sqrt(deff p(1-p) (1/n1 + 1/n2)). */
export function detectableDifference(
  question: {
    readonly firstCount: number;
    readonly secondCount: number;
    readonly share: number;
    readonly designEffect: number;
  } & PowerOptions,
): number {
  const { firstCount, secondCount, share, designEffect } = question;
  const z =
    normalQuantile(1 - (question.significanceLevel ?? 0.05) / 2) + normalQuantile(question.power ?? 0.8);
  return z * Math.sqrt(designEffect * share * (1 - share) * (1 / firstCount + 1 / secondCount));
}

/**
 * (1 + (m-1) rho)(1 + cv^2): m respondents a PSU, rho intraclass correlation, cv of the weights.
 * @example 10 persons a PSU, rho .05, no spread of weights gives 1.45.
 */
export const planningDesignEffect = (plan: {
  readonly respondentsPerPsu: number;
  readonly intraclassCorrelation: number;
  readonly weightVariation: number;
}): number =>
  (1 + (plan.respondentsPerPsu - 1) * plan.intraclassCorrelation) * (1 + plan.weightVariation ** 2);

/** Respondents a PSU that cost least: sqrt(cost per PSU / cost per person x (1-rho)/rho). */
export const optimalRespondentsPerPsu = (costs: {
  readonly perPsu: number;
  readonly perRespondent: number;
  readonly intraclassCorrelation: number;
}): number =>
  Math.sqrt(
    (costs.perPsu / costs.perRespondent) * ((1 - costs.intraclassCorrelation) / costs.intraclassCorrelation),
  );
