/**
 * NCHS presentation standard for proportions (Parker et al. 2017, Vital and Health Statistics 2(175)) on the
 * 95 % Korn-Graubard interval: suppress when n or n_eff is below 30, when the interval is .30 wide or wider,
 * or wider than .05 and wider than 130 % of the estimate. Few degrees of freedom (below 8) or a share of 0 or 1
 * need a person to look.
 */
import { effectiveSampleSize, proportionInterval } from './intervals';

export interface PresentationThresholds {
  readonly minimumSize: number;
  readonly maximumWidth: number;
  readonly alwaysPresentableWidth: number;
  readonly maximumRelativeWidth: number;
  readonly minimumDegreesOfFreedom: number;
}

export const nchsThresholds: PresentationThresholds = {
  minimumSize: 30,
  maximumWidth: 0.3,
  alwaysPresentableWidth: 0.05,
  maximumRelativeWidth: 1.3,
  minimumDegreesOfFreedom: 8,
};

export type PresentationDecision =
  'present' | 'suppressSize' | 'suppressWidth' | 'suppressRelativeWidth' | 'suppressNoVariance';

export interface Presentation {
  readonly decision: PresentationDecision;
  readonly effectiveSampleSize: number;
  /** Width of the 95 % Korn-Graubard interval; null without degrees of freedom. */
  readonly width: number | null;
  /** Width / estimate; null when the estimate is 0 or there is no interval. */
  readonly relativeWidth: number | null;
  readonly reviewDegreesOfFreedom: boolean;
  readonly reviewZero: boolean;
}

export interface PresentationEvidence {
  readonly estimate: number;
  readonly variance: number | null;
  readonly respondentCount: number;
  readonly degreesOfFreedom: number;
}

function decide(
  evidence: { readonly size: number; readonly width: number; readonly relativeWidth: number },
  limits: PresentationThresholds,
): PresentationDecision {
  if (evidence.size < limits.minimumSize) return 'suppressSize';
  if (evidence.width >= limits.maximumWidth) return 'suppressWidth';
  if (evidence.width <= limits.alwaysPresentableWidth) return 'present';
  return evidence.relativeWidth > limits.maximumRelativeWidth ? 'suppressRelativeWidth' : 'present';
}

/** May this proportion be published? Thresholds can be replaced by the survey's own. */
export function presentationRule(
  evidence: PresentationEvidence,
  thresholds: PresentationThresholds = nchsThresholds,
): Presentation {
  const variance = evidence.variance ?? 0;
  const size = Math.min(evidence.respondentCount, effectiveSampleSize({ ...evidence, variance }));
  const interval = proportionInterval('korn-graubard', { ...evidence, variance, confidenceLevel: 0.95 });
  const review = {
    effectiveSampleSize: size,
    reviewDegreesOfFreedom: evidence.degreesOfFreedom < thresholds.minimumDegreesOfFreedom,
    reviewZero: evidence.estimate <= 0 || evidence.estimate >= 1,
  };
  if (interval === null || evidence.variance === null) {
    return { ...review, decision: 'suppressNoVariance', width: null, relativeWidth: null };
  }
  const width = interval.upper - interval.lower;
  const relativeWidth = evidence.estimate > 0 ? width / evidence.estimate : Infinity;
  return {
    ...review,
    decision: decide({ size, width, relativeWidth }, thresholds),
    width,
    relativeWidth: relativeWidth === Infinity ? null : relativeWidth,
  };
}
