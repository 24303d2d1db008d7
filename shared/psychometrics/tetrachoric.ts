/**
 * Tetrachoric correlation (Pearson 1900): the correlation of two standard normal variables that, each cut at its own
 * threshold, give the fourfold table seen. Thresholds come from the margins, then the correlation that reproduces the
 * joint share is found (two-step, as in Olsson 1979). Agrees with R: polycor::polychor(ML = FALSE), psych::tetrachoric.
 */
import { bisectRoot } from '../numeric/bisection';
import { normalCdf, normalQuantile } from '../numeric/distributions';
import { gaussLegendre } from '../numeric/gaussLegendre';
import { at } from '../numeric/typedArray';

const rule = gaussLegendre(48);

/** Correlations beyond it cannot be told from perfect ones. */
const strongest = 0.999;

/**
 * P(X <= h, Y <= k) of a standard bivariate normal with correlation r, |r| < 1: Phi(h) Phi(k) plus the integral over the
 * arcsine of the correlation (Drezner & Wesolowsky 1990). Agrees with R: mvtnorm::pmvnorm to 1e-9 for |r| <= .95.
 */
export function bivariateNormalCdf(h: number, k: number, correlation: number): number {
  const half = Math.asin(correlation) / 2;
  let sum = 0;
  rule.nodes.forEach((node, q) => {
    const angle = half * (1 + node);
    const cosine = Math.cos(angle);
    const exponent = (h * h + k * k - 2 * h * k * Math.sin(angle)) / (2 * cosine * cosine);
    sum += at(rule.weights, q) * Math.exp(-exponent);
  });
  return normalCdf(h) * normalCdf(k) + (half * sum) / (2 * Math.PI);
}

/** Counts (weighted or not) of persons: both right, only the first, only the second, neither. */
export interface FourfoldTable {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly neither: number;
}

/** An empty cell counts half a person (psych's `correct = .5`). */
const filled = (count: number): number => (count > 0 ? count : 0.5);

/** Null where one of the two does not vary. */
export function tetrachoric(table: FourfoldTable): number | null {
  const hasVariation = (right: number, wrong: number): boolean => right > 0 && wrong > 0;
  if (!hasVariation(table.both + table.first, table.second + table.neither)) return null;
  if (!hasVariation(table.both + table.second, table.first + table.neither)) return null;
  const [both, first] = [filled(table.both), filled(table.first)];
  const total = both + first + filled(table.second) + filled(table.neither);
  const [p, q] = [(both + first) / total, (both + filled(table.second)) / total];
  const [h, k, joint] = [normalQuantile(p), normalQuantile(q), both / total];
  const gap = (r: number): number => bivariateNormalCdf(h, k, r) - joint;
  if (gap(strongest) <= 0) return strongest;
  return gap(-strongest) >= 0 ? -strongest : bisectRoot(gap, -strongest, strongest);
}
