/**
 * DIF of every item of a booklet between two groups, the matching score purified in two steps (Holland & Thayer 1988):
 * first all items match, then only those that came out in class A - the studied item always stays in its own score.
 */
import { addAt, at } from '../../numeric/typedArray';
import { responseAt, type ResponseMatrix } from '../responses';
import { logisticDif, type LogisticDif } from './logisticDif';
import {
  focalGroup,
  mantelHaenszel,
  referenceGroup,
  type DifData,
  type MantelHaenszel,
} from './mantelHaenszel';

export interface ItemDif {
  readonly itemId: string;
  readonly mantelHaenszel: MantelHaenszel | null;
  readonly logistic: LogisticDif | null;
}

export interface DifAnalysis {
  readonly referenceCount: number;
  readonly focalCount: number;
  /** Both groups reach the size the classes are meant for (question-bank-spec §3.6: 200). */
  readonly isLargeEnough: boolean;
  /** Items left out of the matching score in the second step. */
  readonly purged: readonly string[];
  readonly items: readonly ItemDif[];
}

/** Smallest group for which ETS classes are judged. */
export const smallestDifGroup = 200;

const columnOf = (matrix: ResponseMatrix, item: number): Uint8Array =>
  Uint8Array.from({ length: matrix.personCount }, (_, person) => responseAt(matrix, person, item));

/** Number right over the matching items. */
function matchingScore(columns: readonly Uint8Array[], isMatching: readonly boolean[]): Int32Array {
  const score = new Int32Array(columns[0]?.length ?? 0);
  columns.forEach((column, item) => {
    if (!(isMatching[item] ?? false)) return;
    for (let person = 0; person < score.length; person++)
      addAt(score, person, at(column, person) === 1 ? 1 : 0);
  });
  return score;
}

/**
 * `groups`: 0 reference, 1 focal, anything else left out; one entry per person of a matrix without gaps.
 * Agrees with R: difR::difMH(purify = TRUE, nrIter = 1).
 */
export function analyseDif(matrix: ResponseMatrix, groups: Uint8Array): DifAnalysis {
  const columns = matrix.itemIds.map((_, item) => columnOf(matrix, item));
  const dataWith = (isMatching: readonly boolean[]): ((item: number) => DifData) => {
    const score = matchingScore(columns, isMatching);
    return (item) => {
      const responses = columns[item] ?? new Uint8Array(0);
      // The studied item always counts in its own matching score.
      const matching =
        (isMatching[item] ?? false)
          ? score
          : score.map((sum, person) => sum + (at(responses, person) === 1 ? 1 : 0));
      return { responses, groups, matching };
    };
  };
  const whole = dataWith(matrix.itemIds.map(() => true));
  const first = matrix.itemIds.map((_, item) => mantelHaenszel(whole(item)));
  const isClean = first.map((found) => found === null || found.etsClass === 'A');
  const purified = dataWith(isClean);
  const countOf = (group: number): number => groups.reduce((sum, each) => sum + (each === group ? 1 : 0), 0);
  const [referenceCount, focalCount] = [countOf(referenceGroup), countOf(focalGroup)];
  return {
    referenceCount,
    focalCount,
    isLargeEnough: Math.min(referenceCount, focalCount) >= smallestDifGroup,
    purged: matrix.itemIds.filter((_, item) => !(isClean[item] ?? true)),
    items: matrix.itemIds.map((itemId, item) => {
      const data = purified(item);
      return { itemId, mantelHaenszel: mantelHaenszel(data), logistic: logisticDif(data) };
    }),
  };
}
