/**
 * True-score equating of cuts (Kolen & Brennan 2014, ch. 6): theta_c solves sum_base w_i P_i(theta_c) = cut; the cut of
 * another form on the same scale is its expected score there. A weaker form gets a lower raw cut for the same ability.
 */
import { fail, ok, type Result } from '../../domain/result';
import { expectedScore, thetaAtScore, type ScoredItem } from '../irt/responseFunction';

export interface EquatedCut {
  /** Cut of the base form, points. */
  readonly baseCut: number;
  readonly theta: number;
  /** Points of the other form that mean the same ability; not rounded. */
  readonly cut: number;
}

/**
 * Cuts of `form` that stand where `cuts` stand on `base`; both forms on one scale (`transformItem` brings them there).
 * Fails with INVALID_INPUT {field: 'cut', value} for a cut no ability is expected to score.
 */
export function equateCuts(
  base: readonly ScoredItem[],
  form: readonly ScoredItem[],
  cuts: readonly number[],
): Result<readonly EquatedCut[]> {
  const found: EquatedCut[] = [];
  for (const baseCut of cuts) {
    const theta = thetaAtScore(base, baseCut);
    if (!Number.isFinite(theta)) return fail('INVALID_INPUT', { field: 'cut', value: baseCut });
    found.push({ baseCut, theta, cut: expectedScore(form, theta) });
  }
  return ok(found);
}
