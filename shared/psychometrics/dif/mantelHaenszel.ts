/**
 * Mantel-Haenszel analysis of differential item functioning with the classes of ETS.
 * alpha = sum(A_k D_k / N_k) / sum(B_k C_k / N_k), Delta = -2.35 ln alpha; A, B: reference right and wrong, C, D: focal.
 * Variance: Robins, Breslow & Greenland (1986). Classes: Holland & Thayer (1988), Dorans & Holland (1993).
 * Agrees with R: stats::mantelhaen.test, difR::difMH.
 */
import { chiSquareQuantile, chiSquareTails, normalQuantile } from '../../numeric/distributions';
import { addAt, at } from '../../numeric/typedArray';

/** Membership per person: 0 reference, 1 focal; anybody else is left out. */
export const referenceGroup = 0;
export const focalGroup = 1;

export interface DifData {
  /** 1 right, 0 not right, 2 not presented (left out). */
  readonly responses: Uint8Array;
  readonly groups: Uint8Array;
  /** Matching score, an integer from 0, including the studied item. */
  readonly matching: Int32Array;
}

/** A: negligible, B: watch, C: panel. */
export type EtsClass = 'A' | 'B' | 'C';

export interface MantelHaenszel {
  /** Scores at which both groups are present. */
  readonly stratumCount: number;
  readonly referenceCount: number;
  readonly focalCount: number;
  readonly oddsRatio: number;
  readonly logOddsRatio: number;
  readonly standardError: number;
  /** With continuity correction, 1 degree of freedom. */
  readonly chiSquare: number;
  readonly pValue: number;
  readonly chiSquareUncorrected: number;
  /** MH D-DIF: negative means harder for the focal group. */
  readonly delta: number;
  readonly deltaStandardError: number;
  /** Standardised difference of shares, focal minus reference (Dorans & Kulick 1986). */
  readonly standardisedDifference: number;
  readonly etsClass: EtsClass;
}

interface Stratum {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly n: number;
}

/** Tables at every score where both groups have persons. */
function strataOf({ responses, groups, matching }: DifData): Stratum[] {
  const cells = new Float64Array(4 * (matching.reduce((most, score) => Math.max(most, score), 0) + 1));
  for (let person = 0; person < responses.length; person++) {
    const [value, group] = [at(responses, person), at(groups, person)];
    if (value > 1 || group > focalGroup) continue;
    addAt(cells, 4 * at(matching, person) + 2 * group + (1 - value), 1);
  }
  const strata: Stratum[] = [];
  for (let k = 0; k < cells.length; k += 4) {
    const [a, b, c, d] = [at(cells, k), at(cells, k + 1), at(cells, k + 2), at(cells, k + 3)];
    if (a + b > 0 && c + d > 0) strata.push({ a, b, c, d, n: a + b + c + d });
  }
  return strata;
}

const sumOf = (strata: readonly Stratum[], value: (stratum: Stratum) => number): number =>
  strata.reduce((sum, stratum) => sum + value(stratum), 0);

function logVariance(strata: readonly Stratum[]): number {
  const r = ({ a, d, n }: Stratum): number => (a * d) / n;
  const s = ({ b, c, n }: Stratum): number => (b * c) / n;
  const p = ({ a, d, n }: Stratum): number => (a + d) / n;
  const q = ({ b, c, n }: Stratum): number => (b + c) / n;
  const [sumR, sumS] = [sumOf(strata, r), sumOf(strata, s)];
  return (
    sumOf(strata, (x) => p(x) * r(x)) / (2 * sumR * sumR) +
    sumOf(strata, (x) => p(x) * s(x) + q(x) * r(x)) / (2 * sumR * sumS) +
    sumOf(strata, (x) => q(x) * s(x)) / (2 * sumS * sumS)
  );
}

interface ChiSquares {
  readonly corrected: number;
  readonly uncorrected: number;
}

function chiSquaresOf(strata: readonly Stratum[]): ChiSquares {
  const usable = strata.filter(({ n }) => n > 1);
  const gap = sumOf(usable, ({ a, b, c, n }) => a - ((a + b) * (a + c)) / n);
  const variance = sumOf(
    usable,
    ({ a, b, c, d, n }) => ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1)),
  );
  return { corrected: (Math.abs(gap) - 0.5) ** 2 / variance, uncorrected: gap ** 2 / variance };
}

const significance = chiSquareQuantile(0.95, 1);
const oneSided = normalQuantile(0.95);

/** A: |Delta| < 1 or not different from 0; C: |Delta| >= 1.5 and significantly above 1; B otherwise. */
export function etsClassOf(delta: number, standardError: number, chiSquare: number): EtsClass {
  const size = Math.abs(delta);
  if (size < 1 || chiSquare < significance) return 'A';
  return size >= 1.5 && (size - 1) / standardError > oneSided ? 'C' : 'B';
}

/**
 * DIF of one item; null when no score has both groups or the odds ratio is 0 or infinite.
 * ETS class: by the uncorrected chi-square.
 */
export function mantelHaenszel(data: DifData): MantelHaenszel | null {
  const strata = strataOf(data);
  const oddsRatio = sumOf(strata, ({ a, d, n }) => (a * d) / n) / sumOf(strata, ({ b, c, n }) => (b * c) / n);
  if (!(oddsRatio > 0 && oddsRatio < Infinity)) return null;
  const logOddsRatio = Math.log(oddsRatio);
  const standardError = Math.sqrt(logVariance(strata));
  const { corrected, uncorrected } = chiSquaresOf(strata);
  const [delta, deltaStandardError] = [-2.35 * logOddsRatio, 2.35 * standardError];
  const focalCount = sumOf(strata, ({ c, d }) => c + d);
  return {
    stratumCount: strata.length,
    referenceCount: sumOf(strata, ({ a, b }) => a + b),
    focalCount,
    oddsRatio,
    logOddsRatio,
    standardError,
    chiSquare: corrected,
    pValue: chiSquareTails(corrected, 1).upper,
    chiSquareUncorrected: uncorrected,
    delta,
    deltaStandardError,
    standardisedDifference: sumOf(strata, ({ a, b, c, d }) => c - ((c + d) * a) / (a + b)) / focalCount,
    etsClass: etsClassOf(delta, deltaStandardError, uncorrected),
  };
}
