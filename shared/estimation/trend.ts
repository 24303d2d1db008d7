/**
 * Waves of a survey against a target year, on the logit scale: is the region on its path, and where does the pace lead?
 * Baseline and waves are estimates, so the path carries the baseline's error. A projection is no verdict.
 * Changes of instrument, mode or frame break a line: the caller passes waves of one line only.
 */
import { normalCdf, normalQuantile } from '../numeric/distributions';

export interface Wave {
  readonly year: number;
  /** Estimated share, strictly between 0 and 1. */
  readonly estimate: number;
  /** Standard error of the share; positive. */
  readonly standardError: number;
}

export interface TrendQuestion {
  /** At least two, in the order of their years; the first is the baseline. */
  readonly waves: readonly Wave[];
  readonly target: number;
  readonly targetYear: number;
  /** Default 0.95. */
  readonly confidenceLevel?: number;
}

export interface Projection {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Probability that the true share lies at or above the target if the pace continues. */
  readonly probabilityOfReaching: number;
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
  readonly onTrack: 'onTrack' | 'inconclusive' | 'behind';
}

interface LogitWave {
  readonly year: number;
  readonly value: number;
  readonly variance: number;
}

const logit = (p: number): number => Math.log(p / (1 - p));
const expit = (x: number): number => 1 / (1 + Math.exp(-x));

const toLogit = ({ year, estimate: p, standardError }: Wave): LogitWave => ({
  year,
  value: logit(p),
  variance: (standardError / (p * (1 - p))) ** 2,
});

/** The required path runs on the logit scale from the baseline to the target. */
export function projectTrend(question: TrendQuestion): Trend {
  const { waves, target, targetYear } = question;
  const points = waves.map(toLogit);
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined || first === last) throw new Error('a trend needs two waves');
  const z = normalQuantile((1 + (question.confidenceLevel ?? 0.95)) / 2);
  const goal = logit(target);
  const project = (value: number, error: number): Projection => ({
    estimate: expit(value),
    lower: expit(value - z * error),
    upper: expit(value + z * error),
    probabilityOfReaching: normalCdf((value - goal) / error),
  });

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
  const baseline = waves[0]?.estimate ?? 0;
  return {
    logitPath: points.map(({ year }) => expit(path(year))),
    linearPath: points.map(({ year }) => baseline + (target - baseline) * shareOfWay(year)),
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
    onTrack: onTrackConfidence >= 0.9 ? 'onTrack' : onTrackConfidence <= 0.1 ? 'behind' : 'inconclusive',
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
