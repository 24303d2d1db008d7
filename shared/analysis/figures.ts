/** From an engine estimate to a published figure: cautions, rounding never, primary suppression by n and PSUs. */
import type { DomainEstimate } from '../estimation/estimate';
import type { Estimate } from '../estimation/estimateRecord';
import type { Figure, FigureCaution, ShownFigure } from '../results/surveyResults';
import type { DisclosureThresholds } from './disclosureRule';
import { primaryReasons } from './disclosureRule';

export interface FigureRules {
  readonly thresholds: DisclosureThresholds;
  /** False where no PSU was recorded: the PSU rule cannot be applied to units that do not exist. */
  readonly hasPsu: boolean;
  /** False on an equal-weight basis, where a sum of ones is no population. */
  readonly hasPopulation: boolean;
}

/** Share intervals wider than this are marked (statistics.md §7, NCHS presentation standard). */
const wideInterval = 0.3;
const highVariation = 0.3;
const fewDegreesOfFreedom = 8;

function cautionsOf(estimate: Estimate, isShare: boolean): readonly FigureCaution[] {
  const { interval, coefficientOfVariation, degreesOfFreedom, estimate: point } = estimate;
  const checks: readonly (readonly [boolean, FigureCaution])[] = [
    [degreesOfFreedom < fewDegreesOfFreedom, 'lowDegreesOfFreedom'],
    [isShare && interval !== null && interval.upper - interval.lower >= wideInterval, 'wideInterval'],
    [(coefficientOfVariation ?? 0) > highVariation, 'highVariation'],
    [isShare && (point === 0 || point === 1), 'allOrNone'],
  ];
  return checks.flatMap(([holds, caution]) => (holds ? [caution] : []));
}

export function shownFigure(estimate: Estimate, rules: FigureRules, isShare: boolean): ShownFigure {
  return {
    state: 'shown',
    estimate: estimate.estimate,
    standardError: estimate.standardError ?? 0,
    interval: estimate.interval === null ? null : { ...estimate.interval },
    respondentCount: estimate.respondentCount,
    psuCount: estimate.psuCount,
    weightTotal: rules.hasPopulation ? estimate.weightTotal : null,
    designEffect: estimate.designEffect,
    effectiveSampleSize: estimate.effectiveSampleSize,
    degreesOfFreedom: estimate.degreesOfFreedom,
    coefficientOfVariation: estimate.coefficientOfVariation,
    cautions: [...cautionsOf(estimate, isShare)],
  };
}

/**
 * Published form of a domain estimate. Without degrees of freedom there is no error and so no figure: it is
 * withheld as having too few PSUs, never shown with an error of zero.
 */
export function toFigure(domain: DomainEstimate, rules: FigureRules, isShare: boolean): Figure {
  if (domain.status === 'empty') return { state: 'notSurveyed' };
  const { estimate } = domain;
  const reasons = [
    ...primaryReasons(
      { respondentCount: estimate.respondentCount, psuCount: rules.hasPsu ? estimate.psuCount : null },
      rules.thresholds,
    ),
  ];
  if (estimate.standardError === null && !reasons.includes('fewPsus')) reasons.push('fewPsus');
  if (reasons.length > 0) return { state: 'suppressed', reasons, respondentCount: estimate.respondentCount };
  return shownFigure(estimate, rules, isShare);
}
