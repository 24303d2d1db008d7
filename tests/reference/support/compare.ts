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

export function compare(
  actual: unknown,
  expected: unknown,
  at: { path: string; tol: Tolerance },
  to: Comparison,
): void {
  if (typeof expected === 'number') return compareNumbers(actual, expected, at, to);
  if (typeof expected === 'string' && expected in special && typeof actual !== 'string') {
    return compareNumbers(actual, special[expected] ?? NaN, at, to);
  }
  if (expected === null || typeof expected !== 'object') {
    to.values++;
    if (actual !== expected) {
      to.differences.push(`${at.path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
    }
    return;
  }
  for (const [key, value] of Object.entries(expected)) {
    if (key === '_row') continue;
    const inner =
      actual !== null && typeof actual === 'object' ? (actual as Record<string, unknown>)[key] : undefined;
    compare(inner, value, { path: `${at.path}.${key}`, tol: at.tol }, to);
  }
}
