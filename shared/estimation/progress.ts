/**
 * On the way to a target year: the path from the baseline to the target, whether the latest wave keeps to it, the pace
 * so far and the pace needed (statistics.md section 8). Straight on the logit scale by default, in percentage points
 * as the alternative; the two agree at both ends.
 *   z = (y_t - y*_t) / sqrt(v_t + ((t_T - t)/(t_T - t_0))^2 (v_0 + link^2)),  y = logit p or p
 * The caller passes waves of one line only: same instrument, mode and frame, or a linking error that says how well the
 * scales are joined.
 */
import { fail, ok, type Result } from '../domain/result';
import { normalCdf, normalQuantile, studentCdf, studentQuantile } from '../numeric/distributions';

export type PathScale = 'logit' | 'linear';

export interface WaveEstimate {
  readonly year: number;
  /** Share, strictly between 0 and 1. */
  readonly estimate: number;
  /** Standard error of the share; positive. */
  readonly standardError: number;
}

export interface RequiredPath {
  readonly scale: PathScale;
  readonly baselineYear: number;
  /** Share at the baseline, strictly between 0 and 1. */
  readonly baseline: number;
  readonly targetYear: number;
  /** Target share, strictly between 0 and 1. */
  readonly target: number;
}

interface Scale {
  readonly of: (share: number) => number;
  readonly back: (value: number) => number;
  /** Derivative of the scale at a share. */
  readonly slope: (share: number) => number;
}

export const pathScales: Readonly<Record<PathScale, Scale>> = {
  logit: {
    of: (p) => Math.log(p / (1 - p)),
    back: (x) => 1 / (1 + Math.exp(-x)),
    slope: (p) => 1 / (p * (1 - p)),
  },
  linear: { of: (p) => p, back: (x) => x, slope: () => 1 },
};

const shareOfWay = ({ baselineYear, targetYear }: RequiredPath, year: number): number =>
  (year - baselineYear) / (targetYear - baselineYear);

/** Value the path asks for in a year, on its own scale. */
function pathValue(path: RequiredPath, year: number): number {
  const { of } = pathScales[path.scale];
  return of(path.baseline) + (of(path.target) - of(path.baseline)) * shareOfWay(path, year);
}

/**
 * Share the path asks for in a year.
 * @example linear, 16.7 % in 2020 to 23 % in 2025: 2023 asks for 20.48 %.
 */
export const requiredShare = (path: RequiredPath, year: number): number =>
  pathScales[path.scale].back(pathValue(path, year));

export type ProgressJudgement = 'onTrack' | 'inconclusive' | 'behind';

export interface ProgressQuestion {
  readonly scale: PathScale;
  /** `standardError` null: known without error, for a figure that defines the path instead of estimating it. */
  readonly baseline: Omit<WaveEstimate, 'standardError'> & { readonly standardError: number | null };
  readonly current: WaveEstimate;
  readonly target: number;
  readonly targetYear: number;
  /** Standard error, in shares, of joining the scales of the two waves; default 0. */
  readonly linkingError?: number;
  /** One-sided; default 0.9. */
  readonly confidenceLevel?: number;
}

export interface Projection {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Probability that the true share lies at or above the target if the pace continues. */
  readonly probabilityOfReaching: number;
}

export interface Progress {
  /** Share the path asks for in the year of the latest wave. */
  readonly required: number;
  /** Latest estimate minus `required`, with its one-sided limits: lower and upper bound each at the level asked. */
  readonly distance: number;
  readonly lowerLimit: number;
  readonly upperLimit: number;
  readonly statistic: number;
  /** P(at or above the path). */
  readonly confidence: number;
  /** On track: the lower limit is at least 0 (confidence >= level); behind: the upper limit is at most 0. */
  readonly judgement: ProgressJudgement;
  /** Percentage points a year as shares: so far, and from now on to the target; null in the target year or later. */
  readonly achievedYearly: number;
  readonly achievedYearlyError: number;
  readonly neededYearly: number | null;
  /** If the pace so far continues; no verdict. Null in the target year or later. */
  readonly projection: Projection | null;
  /** The target year lies further ahead than the waves are apart. */
  readonly isFarProjection: boolean;
}

/**
 * Judges the latest wave against the path. Normal distribution, as reference case P13.
 * Failures: INVALID_INPUT {field: 'year'} unless baseline < current wave and baseline < target year,
 * {field: 'estimate'} for a share or target of 0 or 1.
 */
export function judgeProgress(question: ProgressQuestion): Result<Progress> {
  const { baseline, current, target, targetYear, scale } = question;
  if (!(baseline.year < current.year && baseline.year < targetYear)) {
    return fail('INVALID_INPUT', { field: 'year', value: current.year });
  }
  const outside = [baseline.estimate, current.estimate, target].find((share) => !(share > 0 && share < 1));
  if (outside !== undefined) return fail('INVALID_INPUT', { field: 'estimate', value: outside });
  const { of, back } = pathScales[scale];
  const path = { scale, baselineYear: baseline.year, baseline: baseline.estimate, targetYear, target };
  const errors = varianceOnScale(question, scale);
  const aim = pathValue(path, current.year);
  const remainingShare = Math.max(0, 1 - shareOfWay(path, current.year));
  const error = Math.sqrt(errors.current + remainingShare ** 2 * errors.baseline);
  const gap = of(current.estimate) - aim;
  const level = question.confidenceLevel ?? 0.9;
  const reach = normalQuantile(level) * error;
  const confidence = normalCdf(gap / error);
  const required = back(aim);
  const span = current.year - baseline.year;
  const remaining = targetYear - current.year;
  const shareErrors = varianceOnScale(question, 'linear');
  return ok({
    required,
    distance: current.estimate - required,
    lowerLimit: back(aim + gap - reach) - required,
    upperLimit: back(aim + gap + reach) - required,
    statistic: gap / error,
    confidence,
    judgement: judgementOf(confidence, level),
    achievedYearly: (current.estimate - baseline.estimate) / span,
    achievedYearlyError: Math.sqrt(shareErrors.current + shareErrors.baseline) / span,
    neededYearly: remaining > 0 ? (target - current.estimate) / remaining : null,
    projection:
      remaining > 0
        ? projectPace(
            { pace: (of(current.estimate) - of(baseline.estimate)) / span, reach: remaining / span, errors },
            { start: of(current.estimate), years: remaining, goal: of(target), back },
          )
        : null,
    isFarProjection: remaining > span,
  });
}

/** Variances on a scale; the linking error joins the baseline to the scale of the latest wave. */
function varianceOnScale(
  { baseline, current, linkingError }: ProgressQuestion,
  scale: PathScale,
): { readonly current: number; readonly baseline: number } {
  const { slope } = pathScales[scale];
  const known = (baseline.standardError ?? 0) ** 2 + (linkingError ?? 0) ** 2;
  return {
    current: (current.standardError * slope(current.estimate)) ** 2,
    baseline: known * slope(baseline.estimate) ** 2,
  };
}

export function judgementOf(confidence: number, level = 0.9): ProgressJudgement {
  if (confidence >= level) return 'onTrack';
  return confidence <= 1 - level ? 'behind' : 'inconclusive';
}

/** y_n + k (y_n - y_0) with variance (1+k)^2 v_n + k^2 v_0, k = years ahead / years apart; 95 % limits. */
function projectPace(
  trend: {
    readonly pace: number;
    readonly reach: number;
    readonly errors: { readonly current: number; readonly baseline: number };
  },
  ahead: {
    readonly start: number;
    readonly years: number;
    readonly goal: number;
    readonly back: (value: number) => number;
  },
): Projection {
  const { pace, reach, errors } = trend;
  const value = ahead.start + pace * ahead.years;
  const error = Math.sqrt((1 + reach) ** 2 * errors.current + reach ** 2 * errors.baseline);
  return projectionOf({ value, error, goal: ahead.goal, back: ahead.back });
}

/** A predicted value with its two-sided limits (default 95 %) and the chance to lie above the goal. */
export function projectionOf(predicted: {
  readonly value: number;
  readonly error: number;
  readonly goal: number;
  readonly back: (value: number) => number;
  readonly confidenceLevel?: number;
}): Projection {
  const { value, error, goal, back } = predicted;
  const z = normalQuantile((1 + (predicted.confidenceLevel ?? 0.95)) / 2);
  return {
    estimate: back(value),
    lower: back(value - z * error),
    upper: back(value + z * error),
    probabilityOfReaching: normalCdf((value - goal) / error),
  };
}

export interface ComparableWave extends WaveEstimate {
  /** Infinity where unknown. */
  readonly degreesOfFreedom: number;
  readonly instrumentId: string;
}

export interface WaveChange {
  /** Later minus earlier share. */
  readonly difference: number;
  readonly standardError: number;
  /** Welch-Satterthwaite; Infinity when neither wave states any. */
  readonly degreesOfFreedom: number;
  readonly interval: { readonly lower: number; readonly upper: number };
  readonly pValue: number;
  /** Smallest true change two such waves show with 80 % probability: (t_{1-a/2} + t_.80) se. */
  readonly smallestDetectable: number;
}

/**
 * Change between two independent waves: variance v_1 + v_2 + link^2, t with the degrees of freedom of Welch (1947).
 * Agrees with R: the formula of t.test for unequal variances, applied to design-based errors.
 * Failures: INSTRUMENTS_DIFFER {first, second} for waves of different instruments without a linking error;
 * TOO_FEW_PSUS when a wave has no degrees of freedom.
 */
export function changeBetweenWaves(
  earlier: ComparableWave,
  later: ComparableWave,
  options: { readonly linkingError?: number | null; readonly confidenceLevel?: number } = {},
): Result<WaveChange> {
  const linkingError = options.linkingError ?? null;
  if (earlier.instrumentId !== later.instrumentId && linkingError === null) {
    return fail('INSTRUMENTS_DIFFER', { first: earlier.instrumentId, second: later.instrumentId });
  }
  const fewest = Math.min(earlier.degreesOfFreedom, later.degreesOfFreedom);
  if (!(fewest > 0)) return fail('TOO_FEW_PSUS', { degreesOfFreedom: fewest });
  const variances = [earlier, later].map(({ standardError }) => standardError ** 2);
  const total = variances.reduce((sum, variance) => sum + variance, (linkingError ?? 0) ** 2);
  const spread = [earlier, later].reduce(
    (sum, { degreesOfFreedom }, wave) => sum + (variances[wave] ?? 0) ** 2 / degreesOfFreedom,
    0,
  );
  const degreesOfFreedom = spread > 0 ? total ** 2 / spread : Infinity;
  const standardError = Math.sqrt(total);
  const difference = later.estimate - earlier.estimate;
  const quantile = (p: number): number =>
    degreesOfFreedom === Infinity ? normalQuantile(p) : studentQuantile(p, degreesOfFreedom);
  const below = (t: number): number =>
    degreesOfFreedom === Infinity ? normalCdf(t) : studentCdf(t, degreesOfFreedom);
  const t = quantile((1 + (options.confidenceLevel ?? 0.95)) / 2);
  return ok({
    difference,
    standardError,
    degreesOfFreedom,
    interval: { lower: difference - t * standardError, upper: difference + t * standardError },
    pValue: 2 * below(-Math.abs(difference) / standardError),
    smallestDetectable: (t + quantile(0.8)) * standardError,
  });
}
