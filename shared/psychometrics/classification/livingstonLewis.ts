/**
 * Classification from raw scores alone (Livingston & Lewis 1995): an effective test length turns the scores into a
 * binomial experiment, true scores get a four-parameter beta distribution by moments (Lord 1965; Hanson 1991), or the
 * two-parameter one where the four-parameter fit leaves the scale. Off by up to .026 on short forms (question-bank-spec
 * §3.7): Lee's method is preferred where item parameters exist.
 * Agrees with R: betafunctions::LL.CA (error.model = "binomial").
 */
import { fail, ok, type Result } from '../../domain/result';
import { betaCdf, logGamma } from '../../numeric/distributions';
import { gaussLegendre } from '../../numeric/gaussLegendre';
import { at } from '../../numeric/typedArray';
import { decisionQuality, type DecisionQuality } from './agreement';

export interface ScoreSummary {
  /** Persons (or weight) per score, index = score - minimum. */
  readonly counts: ArrayLike<number>;
  readonly minimum: number;
  readonly maximum: number;
  /** Alpha, KR-20 or another reliability, 0..1. */
  readonly reliability: number;
}

export interface LivingstonLewis extends DecisionQuality {
  readonly effectiveLength: number;
  /** True-score distribution on the share scale. */
  readonly lower: number;
  readonly upper: number;
  readonly alpha: number;
  readonly beta: number;
}

type BetaShape = Pick<LivingstonLewis, 'lower' | 'upper' | 'alpha' | 'beta'>;

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function scoreMoments({ counts, minimum, maximum }: ScoreSummary): Moments {
  const step = (maximum - minimum) / (counts.length - 1);
  let [total, first, second] = [0, 0, 0];
  for (let k = 0; k < counts.length; k++) {
    const [weight, score] = [counts[k] ?? 0, minimum + k * step];
    total += weight;
    first += weight * score;
    second += weight * score * score;
  }
  return { mean: first / total, variance: second / total - (first / total) ** 2 };
}

/** E(p^r) of the true share from factorial moments of the scores stretched to n trials. */
function trueMoment({ counts }: ScoreSummary, n: number, order: number): number {
  let [total, sum] = [0, 0];
  for (let k = 0; k < counts.length; k++) {
    const y = (k / (counts.length - 1)) * n;
    let product = 1;
    for (let r = 0; r < order; r++) product *= (y - r) / (n - r);
    total += counts[k] ?? 0;
    sum += (counts[k] ?? 0) * product;
  }
  return sum / total;
}

function fourParameterBeta(m1: number, m2: number, m3: number, m4: number): BetaShape {
  const variance = m2 - m1 * m1;
  const skew = (m3 - 3 * m1 * m2 + 2 * m1 ** 3) / variance ** 1.5;
  const kurtosis = (m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 ** 4) / variance ** 2;
  const r = (6 * (kurtosis - skew * skew - 1)) / (6 + 3 * skew * skew - 2 * kurtosis);
  const ratio = (24 * (r + 1)) / ((r + 2) * (r + 3) * kurtosis - 3 * (r - 6) * (r + 1));
  const half = Math.sqrt(Math.max(0, 1 - ratio)) * (skew < 0 ? 1 : -1);
  const [alpha, beta] = [(r / 2) * (1 + half), (r / 2) * (1 - half)];
  const reach = Math.sqrt(variance * (alpha + beta + 1)) / Math.sqrt(alpha * beta);
  return { lower: m1 - alpha * reach, upper: m1 + beta * reach, alpha, beta };
}

function twoParameterBeta(m1: number, m2: number): BetaShape {
  const size = (m1 * (1 - m1)) / (m2 - m1 * m1) - 1;
  return { lower: 0, upper: 1, alpha: m1 * size, beta: (1 - m1) * size };
}

function trueScores(scores: ScoreSummary, n: number): BetaShape {
  const moment = (order: number): number => trueMoment(scores, n, order);
  const [m1, m2] = [moment(1), moment(2)];
  const four = fourParameterBeta(m1, m2, moment(3), moment(4));
  const fits = four.lower >= 0 && four.upper <= 1 && four.alpha > 0 && four.beta > 0;
  return fits ? four : twoParameterBeta(m1, m2);
}

const rule = gaussLegendre(20);
const PANELS = 24;

/**
 * Nodes over (from, to) of the standard beta with its density. x = from + (to - from) s^2 (3 - 2 s) softens the ends,
 * where the density may rise without bound.
 */
function betaNodes({ alpha, beta }: BetaShape, from: number, to: number): { x: number; weight: number }[] {
  const constant = logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta);
  const nodes: { x: number; weight: number }[] = [];
  for (let panel = 0; panel < PANELS; panel++) {
    for (let k = 0; k < rule.nodes.length; k++) {
      const s = (panel + (1 + at(rule.nodes, k)) / 2) / PANELS;
      const x = from + (to - from) * s * s * (3 - 2 * s);
      const stretch = (to - from) * 6 * s * (1 - s);
      const density = Math.exp(constant + (alpha - 1) * Math.log(x) + (beta - 1) * Math.log1p(-x));
      nodes.push({ x, weight: (density * stretch * at(rule.weights, k)) / (2 * PANELS) });
    }
  }
  return nodes;
}

/** P(at least k of n trials succeed). */
const binomialTail = (k: number, n: number, p: number): number => {
  if (k <= 0) return 1;
  return k > n ? 0 : betaCdf(p, k, n - k + 1);
};

/**
 * Accuracy and consistency of a cut (a score equal to it passes), in the unit of the scores.
 * Fails with INVALID_INPUT {field: 'reliability'} outside (0, 1), {field: 'scores'} without variation.
 */
export function livingstonLewis(scores: ScoreSummary, cut: number): Result<LivingstonLewis> {
  const { minimum, maximum, reliability } = scores;
  if (!(reliability > 0 && reliability < 1)) return fail('INVALID_INPUT', { field: 'reliability' });
  const { mean, variance } = scoreMoments(scores);
  if (!(variance > 0)) return fail('INVALID_INPUT', { field: 'scores' });
  const effectiveLength =
    ((mean - minimum) * (maximum - mean) - reliability * variance) / (variance * (1 - reliability));
  const n = Math.max(4, Math.round(effectiveLength));
  const shape = trueScores(scores, n);
  const share = (cut - minimum) / (maximum - minimum);
  const needed = Math.ceil(n * share - 1e-9);
  const scaledCut = Math.min(1, Math.max(0, (share - shape.lower) / (shape.upper - shape.lower)));
  const nodes = [...betaNodes(shape, 0, scaledCut), ...betaNodes(shape, scaledCut, 1)];
  const passing = nodes.map(({ x }) =>
    binomialTail(needed, n, shape.lower + (shape.upper - shape.lower) * x),
  );
  const quality = decisionQuality(
    nodes.map(({ weight }) => weight),
    passing,
    (node) => node >= nodes.length / 2,
  );
  return ok({ effectiveLength, ...shape, ...quality });
}
