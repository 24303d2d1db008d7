/**
 * The reference computation of the report test: plain loops straight from the formulas of statistics.md §7 and the
 * conventions of the reference set (scores of answers, raking, linearised variance with residuals, logit interval,
 * design effect). It shares no code with the engine under test.
 */
import { t95 } from './studentT';

export interface PlainRow {
  readonly stratum: string;
  readonly psu: string;
  readonly base: number;
  /** Category of every calibration variable, e.g. `性别` → `男`. */
  readonly categories: Readonly<Record<string, string>>;
}

export interface PlainMargin {
  readonly variable: string;
  readonly totals: ReadonlyMap<string, number>;
}

/** Iterative proportional fitting until no margin is off by more than 1e-13. */
export function rake(rows: readonly PlainRow[], margins: readonly PlainMargin[]): number[] {
  const weights = rows.map(({ base }) => base);
  for (let round = 0; round < 5000; round += 1) {
    let worst = 0;
    for (const { variable, totals } of margins) {
      const sums = new Map<string, number>();
      rows.forEach((row, i) => {
        const category = row.categories[variable] ?? '';
        sums.set(category, (sums.get(category) ?? 0) + (weights[i] ?? 0));
      });
      const factor = new Map<string, number>();
      for (const [category, total] of totals) {
        const ratio = total / (sums.get(category) ?? Number.NaN);
        factor.set(category, ratio);
        worst = Math.max(worst, Math.abs(ratio - 1));
      }
      rows.forEach((row, i) => {
        weights[i] = (weights[i] ?? 0) * (factor.get(row.categories[variable] ?? '') ?? Number.NaN);
      });
    }
    if (worst < 1e-13) return weights;
  }
  throw new Error('raking did not settle');
}

/** Solves A b = c for a positive definite A by Gauss-Jordan elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  rows.forEach((_row, k) => {
    const pivot = rows[k] ?? [];
    const scaled = pivot.map((value) => value / (pivot[k] ?? Number.NaN));
    rows.forEach((row, i) => {
      const factor = row[k] ?? 0;
      rows[i] = i === k ? scaled : row.map((value, j) => value - factor * (scaled[j] ?? 0));
    });
  });
  return rows.map((row) => row.at(-1) ?? Number.NaN);
}

/** Constant and one indicator per category but the first of every margin: the space of all margin indicators. */
function designColumns(row: PlainRow, margins: readonly PlainMargin[]): number[] {
  const indicators = margins.flatMap(({ variable, totals }) =>
    [...totals.keys()].slice(1).map((category) => (row.categories[variable] === category ? 1 : 0)),
  );
  return [1, ...indicators];
}

export interface PlainFigure {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
  readonly psus: number;
  readonly weighted: number;
  readonly df: number;
  readonly deff: number | null;
  readonly effectiveN: number | null;
}

export interface PlainSample {
  readonly rows: readonly PlainRow[];
  readonly margins: readonly PlainMargin[];
  readonly weights: readonly number[];
  readonly x: readonly (readonly number[])[];
  /** X'DX with the weights before calibration. */
  readonly cross: readonly (readonly number[])[];
}

export function plainSample(rows: readonly PlainRow[], margins: readonly PlainMargin[]): PlainSample {
  const x = rows.map((row) => designColumns(row, margins));
  const size = x[0]?.length ?? 0;
  const cross = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  rows.forEach(({ base }, i) => {
    const own = x[i] ?? [];
    own.forEach((a, j) => {
      const line = cross[j] ?? [];
      own.forEach((b, k) => (line[k] = (line[k] ?? 0) + base * a * b));
    });
  });
  return { rows, margins, weights: rake(rows, margins), x, cross };
}

/** V = sum over strata of n/(n-1) sum (z - zbar)², z = PSU totals of w (u - x'B), B from the base weights. */
function linearisedVariance({ rows, weights, x, cross }: PlainSample, u: readonly number[]): number {
  const right = cross.map(() => 0);
  rows.forEach(({ base }, i) => {
    (x[i] ?? []).forEach((value, k) => (right[k] = (right[k] ?? 0) + base * value * (u[i] ?? 0)));
  });
  const slopes = solve(cross, right);
  const totals = new Map<string, Map<string, number>>();
  rows.forEach(({ stratum, psu }, i) => {
    const fit = (x[i] ?? []).reduce((sum, value, k) => sum + value * (slopes[k] ?? 0), 0);
    const psus = totals.get(stratum) ?? new Map<string, number>();
    psus.set(psu, (psus.get(psu) ?? 0) + (weights[i] ?? 0) * ((u[i] ?? 0) - fit));
    totals.set(stratum, psus);
  });
  let variance = 0;
  for (const psus of totals.values()) {
    const values = [...psus.values()];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    variance += (values.length / (values.length - 1)) * squares;
  }
  return variance;
}

const expit = (value: number): number => 1 / (1 + Math.exp(-value));

/** Logit interval; at 0 and 1 the closed form of Korn-Graubard's beta limits, n_eff = n, df-adjusted, at most n. */
function shareInterval(p: number, se: number, n: number, df: number): readonly [number, number] {
  const t = t95(df);
  if (p > 0 && p < 1) {
    const centre = Math.log(p / (1 - p));
    const half = (t * se) / (p * (1 - p));
    return [expit(centre - half), expit(centre + half)];
  }
  const size = Math.min(n, n * (t95(n - 1) / t) ** 2);
  const edge = 0.025 ** (1 / size);
  return p === 0 ? [0, 1 - edge] : [edge, 1];
}

/** Mean of `y` over the rows of a domain with everything the report prints; null without rows. */
export function plainFigure(
  sample: PlainSample,
  y: readonly number[],
  isIn: (index: number) => boolean,
  isShare: boolean,
): PlainFigure | null {
  const { rows, weights } = sample;
  const inside = rows.flatMap((_row, i) => (isIn(i) ? [i] : []));
  if (inside.length === 0) return null;
  const w = (i: number): number => weights[i] ?? 0;
  const value = (i: number): number => y[i] ?? 0;
  const n = inside.length;
  const weighted = inside.reduce((sum, i) => sum + w(i), 0);
  const isConstant = inside.every((i) => value(i) === value(inside[0] ?? 0));
  const mean = isConstant
    ? value(inside[0] ?? 0)
    : inside.reduce((sum, i) => sum + w(i) * value(i), 0) / weighted;
  const members = new Set(inside);
  const u = rows.map((_row, i) => (members.has(i) ? (value(i) - mean) / weighted : 0));
  const variance = linearisedVariance(sample, u);
  const psus = new Set(inside.map((i) => `${rows[i]?.stratum ?? ''}/${rows[i]?.psu ?? ''}`)).size;
  const strata = new Set(inside.map((i) => rows[i]?.stratum)).size;
  const df = psus - strata;
  const se = Math.sqrt(variance);
  const spread = inside.reduce((sum, i) => sum + w(i) * (value(i) - mean) ** 2, 0) / weighted;
  const simple = ((spread * n) / (n - 1)) * ((weighted - n) / (weighted * n));
  const hasSpread = spread > 0 && variance > 0;
  const [lower, upper] = isShare
    ? shareInterval(mean, se, n, df)
    : [mean - t95(df) * se, mean + t95(df) * se];
  return {
    estimate: mean,
    standardError: se,
    lower,
    upper,
    n,
    psus,
    weighted,
    df,
    deff: hasSpread ? variance / simple : null,
    effectiveN: hasSpread ? spread / variance : null,
  };
}
