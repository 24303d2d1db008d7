/**
 * Waves of a survey against a target year, on the logit scale: is the region on its path, and where does the pace lead?
 * Baseline and waves are estimates, so the path carries the baseline's error. A projection is no verdict.
 * Changes of instrument, mode or frame break a line: the caller passes waves of one line only.
 */
import { normalCdf } from '../numeric/distributions';
import {
  judgementOf,
  pathScales,
  projectionOf,
  requiredShare,
  type ProgressJudgement,
  type Projection,
  type WaveEstimate,
} from './progress';

export interface TrendQuestion {
  /** At least two, in the order of their years; the first is the baseline. */
  readonly waves: readonly WaveEstimate[];
  readonly target: number;
  readonly targetYear: number;
  /** Default 0.95. */
  readonly confidenceLevel?: number;
}

export interface Trend {
  /** Required share at each wave on the logit path, and on the straight path in percentage points. */
  readonly logitPath: readonly number[];
  readonly linearPath: readonly number[];
  /** Weighted least squares of logit share on year (weights 1/variance), year centred at the mean of the waves. */
  readonly intercept: number;
  readonly slope: number;
  readonly slopeStandardError: number;
  /** Cochran's Q of the waves around the line, and max(1, Q/(waves-2)) by which variances are inflated. */
  readonly heterogeneity: number;
  readonly dispersion: number;
  readonly projected: Projection;
  /** From the first and last wave only. */
  readonly twoPointProjected: Projection;
  /** Yearly change of logit share so far, and the change needed from now on. */
  readonly achievedSlope: number;
  readonly requiredSlope: number;
  /** Distance of the last wave from the path in standard errors, and P(at or above the path). */
  readonly onTrackStatistic: number;
  readonly onTrackConfidence: number;
  /** on track: confidence >= .90; behind: <= .10. */
  readonly onTrack: ProgressJudgement;
}

interface LogitWave {
  readonly year: number;
  readonly value: number;
  readonly variance: number;
}

const { of: logit, back: expit, slope: logitSlope } = pathScales.logit;

const toLogit = ({ year, estimate, standardError }: WaveEstimate): LogitWave => ({
  year,
  value: logit(estimate),
  variance: (standardError * logitSlope(estimate)) ** 2,
});

/** The required path runs on the logit scale from the baseline to the target. */
export function projectTrend(question: TrendQuestion): Trend {
  const { waves, target, targetYear } = question;
  const points = waves.map(toLogit);
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined || first === last) throw new Error('a trend needs two waves');
  const goal = logit(target);
  const project = (value: number, error: number): Projection =>
    projectionOf({ value, error, goal, back: expit, confidenceLevel: question.confidenceLevel ?? 0.95 });

  const shareOfWay = (year: number): number => (year - first.year) / (targetYear - first.year);
  const path = (year: number): number => first.value + (goal - first.value) * shareOfWay(year);
  const fit = fitLine(points);
  const ahead = targetYear - fit.centre;
  const fitError = Math.sqrt(
    (fit.interceptVariance + 2 * ahead * fit.covariance + ahead ** 2 * fit.slopeVariance) * fit.dispersion,
  );
  const span = last.year - first.year;
  const remaining = targetYear - last.year;
  const achievedSlope = (last.value - first.value) / span;
  const reach = remaining / span;
  const twoPointError = Math.sqrt((1 + reach) ** 2 * last.variance + reach ** 2 * first.variance);
  const pathError = Math.sqrt(last.variance + (1 - shareOfWay(last.year)) ** 2 * first.variance);
  const onTrackStatistic = (last.value - path(last.year)) / pathError;
  const onTrackConfidence = normalCdf(onTrackStatistic);
  const line = { baselineYear: first.year, baseline: waves[0]?.estimate ?? 0, targetYear, target };
  return {
    logitPath: points.map(({ year }) => requiredShare({ ...line, scale: 'logit' }, year)),
    linearPath: points.map(({ year }) => requiredShare({ ...line, scale: 'linear' }, year)),
    intercept: fit.intercept,
    slope: fit.slope,
    slopeStandardError: Math.sqrt(fit.slopeVariance),
    heterogeneity: fit.heterogeneity,
    dispersion: fit.dispersion,
    projected: project(fit.intercept + fit.slope * ahead, fitError),
    twoPointProjected: project(last.value + achievedSlope * remaining, twoPointError),
    achievedSlope,
    requiredSlope: (goal - last.value) / remaining,
    onTrackStatistic,
    onTrackConfidence,
    onTrack: judgementOf(onTrackConfidence),
  };
}

interface LineFit {
  readonly centre: number;
  readonly intercept: number;
  readonly slope: number;
  readonly interceptVariance: number;
  readonly slopeVariance: number;
  readonly covariance: number;
  readonly heterogeneity: number;
  readonly dispersion: number;
}

/** Weighted straight line through the waves, by the two normal equations. */
function fitLine(points: readonly LogitWave[]): LineFit {
  const centre = points.reduce((sum, { year }) => sum + year, 0) / points.length;
  const total = (value: (point: LogitWave, x: number) => number): number =>
    points.reduce((sum, point) => sum + value(point, point.year - centre) / point.variance, 0);
  const [weight, first, second] = [total(() => 1), total((_, x) => x), total((_, x) => x * x)];
  const [sum, product] = [total(({ value }) => value), total(({ value }, x) => x * value)];
  const determinant = weight * second - first * first;
  const slope = (weight * product - first * sum) / determinant;
  const intercept = (second * sum - first * product) / determinant;
  const heterogeneity = total(({ value }, x) => (value - intercept - slope * x) ** 2);
  return {
    centre,
    intercept,
    slope,
    interceptVariance: second / determinant,
    slopeVariance: weight / determinant,
    covariance: -first / determinant,
    heterogeneity,
    dispersion: points.length > 2 ? Math.max(1, heterogeneity / (points.length - 2)) : 1,
  };
}
