/**
 * Cuts set by panels: modified Angoff (Angoff 1971) and bookmark (Lewis, Mitzel & Green 1996). For validating fixed cuts,
 * never for moving them to meet a target (question-bank-spec §3.8).
 */
import { type Result } from '../domain/result';
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
export declare function angoffCut(ratings: readonly (readonly number[])[]): Result<AngoffCut>;
/** Ability at which an item is answered right with the response probability: b + ln((RP - c) / (1 - RP)) / a. */
export declare const responseProbabilityTheta: (
  { a, b, c }: ItemParameters,
  responseProbability?: number,
) => number;
/** Positions of the items in the ordered item booklet, easiest first. */
export declare function bookmarkOrder(
  items: readonly ItemParameters[],
  responseProbability?: number,
): readonly number[];
