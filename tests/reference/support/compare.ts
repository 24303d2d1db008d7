/** Compares our answer with the reference, value by value, at the tolerance the reference states. */
export interface Comparison {
  values: number;
  largestRelativeError: number;
  readonly differences: string[];
}

const special: Readonly<Record<string, number>> = { NaN: NaN, NA: NaN, Inf: Infinity, '-Inf': -Infinity };

interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

function compareNumbers(
  actual: unknown,
  expected: number,
  at: { path: string; tol: Tolerance },
  to: Comparison,
): void {
  to.values++;
  if (typeof actual === 'number' && (Object.is(actual, expected) || actual === expected)) return;
  if (typeof actual !== 'number' || Number.isNaN(actual) || !Number.isFinite(expected)) {
    to.differences.push(`${at.path}: expected ${expected}, got ${String(actual)}`);
    return;
  }
  const error = Math.abs(actual - expected);
  if (Math.abs(expected) > 1e-6) {
    to.largestRelativeError = Math.max(to.largestRelativeError, error / Math.abs(expected));
  }
  if (!(error <= at.tol.abs + at.tol.rel * Math.abs(expected))) {
    to.differences.push(`${at.path}: expected ${expected}, got ${actual}`);
  }
}

const memberOf = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;

/** R writes numbers it cannot put into JSON as texts. */
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? special[value] : typeof value === 'number' ? value : undefined;

export function compare(
  actual: unknown,
  expected: unknown,
  at: { readonly path: string; readonly tol: Tolerance },
  to: Comparison,
): void {
  const number = numberOf(expected);
  if (number !== undefined && typeof actual !== 'string') return compareNumbers(actual, number, at, to);
  if (expected === null || typeof expected !== 'object') {
    to.values++;
    if (actual === expected) return;
    to.differences.push(`${at.path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
    return;
  }
  for (const [key, value] of Object.entries(expected)) {
    if (key === '_row') continue;
    compare(memberOf(actual, key), value, { path: `${at.path}.${key}`, tol: at.tol }, to);
  }
}
