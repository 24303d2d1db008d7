/** One result record for every statistic. Shares are 0..1; nothing is rounded before the report. */
import type { Interval } from './intervals';

export type DiagnosticCode =
  /** Fewer than 30 respondents. */
  | 'FEW_RESPONDENTS'
  /** Fewer than 8 degrees of freedom: t intervals are wide and the variance is itself uncertain. */
  | 'LOW_DEGREES_OF_FREEDOM'
  /** No stratum has two PSUs with rows in the domain: no variance, no interval. */
  | 'NO_DEGREES_OF_FREEDOM'
  /** Coefficient of variation above 0.3. */
  | 'HIGH_COEFFICIENT_OF_VARIATION'
  /** The asked interval does not exist for this estimate; the Korn-Graubard interval is given. */
  | 'INTERVAL_FALLBACK'
  /** Rows of the domain left out because the outcome is missing {count}. */
  | 'MISSING_OUTCOMES'
  /** Rows with a negative calibrated weight {count}. */
  | 'NEGATIVE_WEIGHTS'
  /** The variance from joint probabilities came out negative: no standard error by this method. */
  | 'NEGATIVE_VARIANCE'
  /** Strata with one PSU were handled by the survey's rule {count}. */
  | 'SINGLE_PSU_STRATA'
  /** Weights do not add to a population larger than the sample: design effect against drawing with replacement. */
  | 'WEIGHTS_NOT_IN_POPULATION_UNITS'
  /** The sample was not drawn with known probabilities: the interval rests on a model. */
  | 'NONPROBABILITY_BASIS'
  /** Bootstrap replicates whose calibration failed were drawn again {count}. */
  | 'REPLICATES_REDRAWN';

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly params: Readonly<Record<string, number | string>>;
}

export type VarianceMethod = 'linearised' | 'replicates' | 'model-based-bootstrap';

export interface Estimate {
  readonly estimate: number;
  /** Sampling variance; null without degrees of freedom, never a zero that means "unknown". */
  readonly variance: number | null;
  readonly standardError: number | null;
  /** PSUs with rows of the domain minus strata with rows of the domain (R's rule). */
  readonly degreesOfFreedom: number;
  readonly interval: Interval | null;
  /** Standard error / |estimate|; null when the estimate is 0 or there is no variance. */
  readonly coefficientOfVariation: number | null;
  /** Variance / variance of simple random sampling of the same size; null where it has no meaning. */
  readonly designEffect: number | null;
  /** Weighted variance of the outcome / variance of the mean; p(1-p)/V for a proportion. */
  readonly effectiveSampleSize: number | null;
  /** Rows in the domain with a weight and an outcome. */
  readonly respondentCount: number;
  readonly psuCount: number;
  readonly stratumCount: number;
  readonly weightTotal: number;
  readonly method: VarianceMethod;
  readonly diagnostics: readonly Diagnostic[];
}

interface DiagnosedNumbers {
  readonly respondentCount: number;
  readonly degreesOfFreedom: number;
  readonly coefficientOfVariation: number | null;
}

/** The warnings every estimate is checked for. */
export function commonDiagnostics(numbers: DiagnosedNumbers): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { respondentCount, degreesOfFreedom, coefficientOfVariation } = numbers;
  if (respondentCount < 30) found.push({ code: 'FEW_RESPONDENTS', params: { count: respondentCount } });
  if (degreesOfFreedom <= 0) found.push({ code: 'NO_DEGREES_OF_FREEDOM', params: {} });
  else if (degreesOfFreedom < 8) {
    found.push({ code: 'LOW_DEGREES_OF_FREEDOM', params: { degreesOfFreedom } });
  }
  if (coefficientOfVariation !== null && coefficientOfVariation > 0.3) {
    found.push({ code: 'HIGH_COEFFICIENT_OF_VARIATION', params: { value: coefficientOfVariation } });
  }
  return found;
}
