/**
 * Cuts set by panels: modified Angoff (Angoff 1971) and bookmark (Lewis, Mitzel & Green 1996). For validating fixed cuts,
 * never for moving them to meet a target (question-bank-spec §3.8).
 */
import { fail, ok, type Result } from '../domain/result';
import type { ItemParameters } from './irt/responseFunction';

export interface AngoffCut {
  /** Expected number right of the borderline person, per judge. */
  readonly judgeTotals: readonly number[];
  readonly cut: number;
  /** Over judges, n - 1. */
  readonly standardDeviation: number;
  readonly standardError: number;
}

/** `ratings`: judges x items, each the expected share right of borderline persons. INVALID_INPUT below two judges. */
export function angoffCut(ratings: readonly (readonly number[])[]): Result<AngoffCut> {
  const count = ratings.length;
  if (count < 2) return fail('INVALID_INPUT', { field: 'judges' });
  const judgeTotals = ratings.map((row) => row.reduce((sum, value) => sum + value, 0));
  const cut = judgeTotals.reduce((sum, value) => sum + value, 0) / count;
  const standardDeviation = Math.sqrt(
    judgeTotals.reduce((sum, value) => sum + (value - cut) ** 2, 0) / (count - 1),
  );
  return ok({ judgeTotals, cut, standardDeviation, standardError: standardDeviation / Math.sqrt(count) });
}

/** Ability at which an item is answered right with the response probability: b + ln((RP - c) / (1 - RP)) / a. */
export const responseProbabilityTheta = ({ a, b, c }: ItemParameters, responseProbability = 0.67): number =>
  b + Math.log((responseProbability - c) / (1 - responseProbability)) / a;

/** Positions of the items in the ordered item booklet, easiest first. */
export function bookmarkOrder(
  items: readonly ItemParameters[],
  responseProbability = 0.67,
): readonly number[] {
  const thetas = items.map((item) => responseProbabilityTheta(item, responseProbability));
  return thetas.map((_, index) => index).sort((i, j) => (thetas[i] ?? 0) - (thetas[j] ?? 0) || i - j);
}
