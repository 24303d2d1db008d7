/**
 * Confidence intervals. For proportions every form works on the design: the effective sample size
 * n_eff = p(1-p)/V and Student's t with the design's degrees of freedom.
 * Sources: Korn & Graubard 1998; Dean & Pagano 2015; Franco, Little, Louis & Slud 2019.
 * Agrees with R: survey::svyciprop for mean, logit/xlogit, asin (clamped), beta, wilson (survey 4.5).
 */
import { betaQuantile, studentQuantile } from '../numeric/distributions';
import { likelihoodLimit } from './likelihoodLimit';

export const proportionIntervalMethods = [
  'logit',
  'xlogit',
  'korn-graubard',
  'wilson',
  'mean',
  'asin',
  'beta',
  'agresti-coull',
  'jeffreys',
  'likelihood',
] as const;
export type ProportionIntervalMethod = (typeof proportionIntervalMethods)[number];

/** `student-t` is estimate +/- t x standard error, for means, totals and ratios. */
export type IntervalMethod = ProportionIntervalMethod | 'student-t' | 'model-based-bootstrap' | 'woodruff';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
  /** Confidence level, 0..1. */
  readonly level: number;
  /** The method that made the limits: `korn-graubard` when the asked one does not exist for this estimate. */
  readonly method: IntervalMethod;
}

export interface ProportionEvidence {
  /** Estimated share, 0..1. */
  readonly estimate: number;
  readonly variance: number;
  /** Respondents in the domain. */
  readonly respondentCount: number;
  readonly degreesOfFreedom: number;
  /** 0..1, usually 0.95. */
  readonly confidenceLevel: number;
}

type Limits = readonly [number, number];

interface Prepared {
  readonly p: number;
  readonly standardError: number;
  readonly tail: number;
  readonly t: number;
  readonly effectiveSize: number;
  /** Effective size times (t_{n-1}/t_df)^2, not capped. */
  readonly adjustedSize: number;
  /** The same, at most the number of respondents. */
  readonly cappedSize: number;
}

const DEGENERATE_VARIANCE = 1e-20;

/** p(1-p)/V; the number of respondents when p is 0 or 1 or the variance is zero. */
export function effectiveSampleSize(
  evidence: Omit<ProportionEvidence, 'confidenceLevel' | 'degreesOfFreedom'>,
): number {
  return isDegenerate(evidence)
    ? evidence.respondentCount
    : (evidence.estimate * (1 - evidence.estimate)) / evidence.variance;
}

const isDegenerate = (evidence: { readonly estimate: number; readonly variance: number }): boolean =>
  evidence.estimate <= 0 || evidence.estimate >= 1 || evidence.variance <= DEGENERATE_VARIANCE;

function prepare(evidence: ProportionEvidence): Prepared {
  const tail = (1 - evidence.confidenceLevel) / 2;
  const t = studentQuantile(1 - tail, evidence.degreesOfFreedom);
  const tSample = studentQuantile(1 - tail, Math.max(1, evidence.respondentCount - 1));
  const effectiveSize = effectiveSampleSize(evidence);
  const adjustedSize = effectiveSize * (tSample / t) ** 2;
  return {
    p: evidence.estimate,
    standardError: Math.sqrt(evidence.variance),
    tail,
    t,
    effectiveSize,
    adjustedSize,
    cappedSize: Math.min(evidence.respondentCount, adjustedSize),
  };
}

const expit = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));
const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

const betaLimits = (size: number, p: number, tail: number): Limits => [
  p <= 0 ? 0 : betaQuantile(tail, size * p, size * (1 - p) + 1),
  p >= 1 ? 1 : betaQuantile(1 - tail, size * p + 1, size * (1 - p)),
];

function logitLimits({ p, standardError, t }: Prepared): Limits {
  const half = (t * standardError) / (p * (1 - p));
  return [expit(logit(p) - half), expit(logit(p) + half)];
}

function wilsonLimits({ p, t, effectiveSize: n }: Prepared): Limits {
  const centre = p + (t * t) / (2 * n);
  const half = (t / (2 * n)) * Math.sqrt(4 * n * p * (1 - p) + t * t);
  const scale = 1 + (t * t) / n;
  return [clamp((centre - half) / scale, 0, 1), clamp((centre + half) / scale, 0, 1)];
}

function asinLimits({ p, standardError, t }: Prepared): Limits {
  const angle = Math.asin(Math.sqrt(p));
  const half = (t * standardError) / (2 * Math.sqrt(p * (1 - p)));
  const at = (x: number): number => Math.sin(clamp(x, 0, Math.PI / 2)) ** 2;
  return [at(angle - half), at(angle + half)];
}

function agrestiCoullLimits({ p, t, effectiveSize }: Prepared): Limits {
  const n = effectiveSize + t * t;
  const centre = (effectiveSize * p + (t * t) / 2) / n;
  const half = t * Math.sqrt((centre * (1 - centre)) / n);
  return [centre - half, centre + half];
}

const limitsByMethod: Record<ProportionIntervalMethod, (prepared: Prepared) => Limits> = {
  logit: logitLimits,
  xlogit: logitLimits,
  'korn-graubard': ({ cappedSize, p, tail }) => betaLimits(cappedSize, p, tail),
  wilson: wilsonLimits,
  mean: ({ p, t, standardError }) => [p - t * standardError, p + t * standardError],
  asin: asinLimits,
  beta: ({ adjustedSize, p, tail }) => betaLimits(adjustedSize, p, tail),
  'agresti-coull': agrestiCoullLimits,
  jeffreys: ({ cappedSize: n, p, tail }) => [
    betaQuantile(tail, n * p + 0.5, n * (1 - p) + 0.5),
    betaQuantile(1 - tail, n * p + 0.5, n * (1 - p) + 0.5),
  ],
  likelihood: ({ p, t, effectiveSize }) => [
    likelihoodLimit(p, effectiveSize, t, 'lower'),
    likelihoodLimit(p, effectiveSize, t, 'upper'),
  ],
};

/** Methods that stay defined at p = 0, p = 1 and zero variance, with n_eff := n. */
const definedWhenDegenerate: readonly ProportionIntervalMethod[] = ['korn-graubard', 'wilson', 'likelihood'];

/**
 * Interval of a proportion. Null when there are no degrees of freedom (one PSU per stratum in the domain):
 * nothing about the sampling error can be said then.
 * At p = 0, p = 1 or V = 0 methods that do not exist there give the Korn-Graubard interval, capped at n.
 */
export function proportionInterval(
  method: ProportionIntervalMethod,
  evidence: ProportionEvidence,
): Interval | null {
  if (!(evidence.degreesOfFreedom > 0)) return null;
  const used = isDegenerate(evidence) && !definedWhenDegenerate.includes(method) ? 'korn-graubard' : method;
  const [lower, upper] = limitsByMethod[used](prepare(evidence));
  return { lower, upper, level: evidence.confidenceLevel, method: used };
}

/** estimate +/- t(df) x standard error; null without degrees of freedom. */
export function studentInterval(evidence: {
  readonly estimate: number;
  readonly variance: number;
  readonly degreesOfFreedom: number;
  readonly confidenceLevel: number;
}): Interval | null {
  if (!(evidence.degreesOfFreedom > 0)) return null;
  const t = studentQuantile((1 + evidence.confidenceLevel) / 2, evidence.degreesOfFreedom);
  const half = t * Math.sqrt(evidence.variance);
  return {
    lower: evidence.estimate - half,
    upper: evidence.estimate + half,
    level: evidence.confidenceLevel,
    method: 'student-t',
  };
}
