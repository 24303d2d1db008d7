/**
 * Benchmarking: small-area estimates moved so that their weighted sum equals the direct estimate of the whole, so that
 * the districts of a table agree with the city line.
 */
import { fail, ok, type Result } from '../../domain/result';
import { compensatedDot, compensatedSum } from '../../numeric/compensatedSum';
import { at } from '../../numeric/typedArray';

/**
 * - `ratio`: every estimate times the same factor;
 * - `difference`: every estimate plus the same amount;
 * - `uncertainty`: the gap goes where it costs least: in proportion to share x sampling variance
 *   (Wang, Fuller & Qu 2008; Bell, Datta & Ghosh 2013).
 */
export type BenchmarkMethod = 'ratio' | 'difference' | 'uncertainty';

export interface BenchmarkInput {
  readonly estimates: Float64Array;
  /** Population of every area; scaled to shares here. */
  readonly populations: Float64Array;
  /** What the share-weighted sum must equal, usually the direct estimate of the city. */
  readonly target: number;
  /** Needed by `uncertainty`. */
  readonly samplingVariances?: Float64Array;
}

export interface Benchmarked {
  readonly estimates: Float64Array;
  /** Share-weighted sum before. */
  readonly sumBefore: number;
  readonly target: number;
}

/** Failures: WEIGHT_NOT_POSITIVE {variable: 'populations'}; EMPTY_DENOMINATOR when a ratio has nothing to scale. */
export function benchmark(input: BenchmarkInput, method: BenchmarkMethod): Result<Benchmarked> {
  const { estimates, populations, target } = input;
  const whole = compensatedSum(populations);
  if (!(whole > 0) || populations.some((size) => size < 0)) {
    return fail('WEIGHT_NOT_POSITIVE', { variable: 'populations' });
  }
  const shares = populations.map((size) => size / whole);
  const sumBefore = compensatedDot(shares, estimates);
  const gap = target - sumBefore;
  if (method === 'difference') {
    return ok({ estimates: estimates.map((value) => value + gap), sumBefore, target });
  }
  if (method === 'ratio') {
    if (sumBefore === 0) return fail('EMPTY_DENOMINATOR', { statistic: 'benchmark' });
    return ok({ estimates: estimates.map((value) => (value * target) / sumBefore), sumBefore, target });
  }
  const { samplingVariances } = input;
  if (samplingVariances === undefined)
    throw new Error('benchmarking by uncertainty needs sampling variances');
  const pull = shares.map((share, area) => share * at(samplingVariances, area));
  const scale = compensatedDot(shares, pull);
  if (!(scale > 0)) return fail('EMPTY_DENOMINATOR', { statistic: 'benchmark' });
  return ok({
    estimates: estimates.map((value, area) => value + (gap * at(pull, area)) / scale),
    sumBefore,
    target,
  });
}
