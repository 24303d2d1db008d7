/**
 * Rasch difficulties by conditional maximum likelihood (Andersen 1972): given the number right of a booklet, the answers
 * no longer depend on ability, so no distribution of ability is assumed. Newton's method on the exact information.
 * Persons with nothing or everything right of their booklet carry no information and drop out.
 * Agrees with R: psychotools::raschmodel, eRm::RM(sum0 = TRUE) (to their stopping rules, about 1e-4).
 */
import { fail, ok, type Result } from '../../domain/result';
import { choleskyFactor, invertCholesky, solveCholesky } from '../../numeric/linearAlgebra';
import { addAt, at, floatAt } from '../../numeric/typedArray';
import { bookletsOf, responseAt, weightAt, type ResponseMatrix } from '../responses';

export interface ConditionalRasch {
  readonly itemIds: readonly string[];
  /** Sum zero. */
  readonly difficulties: Float64Array;
  /** Of the sum-zero difficulties. */
  readonly standardErrors: Float64Array;
  readonly logLikelihood: number;
  /** Persons that carry information. */
  readonly personCount: number;
  readonly hasConverged: boolean;
  readonly iterations: number;
}

/** Sufficient statistics of one booklet: right answers per item and persons per score. */
interface ScoreTable {
  readonly items: Int32Array;
  readonly rightTotals: Float64Array;
  /** Index = number right, 0..items; the two extremes are 0. */
  readonly persons: Float64Array;
}

function scoreTables(matrix: ResponseMatrix): {
  readonly tables: ScoreTable[];
  readonly personCount: number;
} {
  let personCount = 0;
  const tables = bookletsOf(matrix).map(({ items, persons }) => {
    const table = {
      items,
      rightTotals: new Float64Array(items.length),
      persons: new Float64Array(items.length + 1),
    };
    for (const person of persons) {
      const values = Array.from(items, (item) => responseAt(matrix, person, item));
      const score = values.reduce((sum, value) => sum + value, 0);
      const weight = weightAt(matrix, person);
      if (score === 0 || score === items.length || weight === 0) continue;
      personCount += 1;
      addAt(table.persons, score, weight);
      values.forEach((value, k) => addAt(table.rightTotals, k, weight * value));
    }
    return table;
  });
  return { tables: tables.filter(({ persons }) => persons.some((count) => count > 0)), personCount };
}

/** Elementary symmetric functions of the easinesses, one item skipped when asked. */
function symmetricFunctions(easiness: Float64Array, skipped = -1): Float64Array {
  const gamma = new Float64Array(easiness.length + 1);
  gamma[0] = 1;
  let reached = 0;
  for (let k = 0; k < easiness.length; k++) {
    if (k === skipped) continue;
    reached += 1;
    const value = floatAt(easiness, k);
    for (let r = reached; r > 0; r--) gamma[r] = floatAt(gamma, r) + value * floatAt(gamma, r - 1);
  }
  return gamma;
}

/**
 * The same functions with one item taken out again: g_r = f_r - e g_{r-1} upwards while g grows faster than e per step,
 * g_{r-1} = (f_r - g_r) / e downwards for the rest; each direction damps rounding errors where it is used
 * (Verhelst, Glas & van der Sluis 1984). `degree`: number of items in gamma.
 */
function withoutItem(gamma: Float64Array, degree: number, easiness: number): Float64Array {
  const found = new Float64Array(gamma.length);
  found[0] = 1;
  let turn = 0;
  for (let r = 1; r < degree; r++) {
    const value = floatAt(gamma, r) - easiness * floatAt(found, r - 1);
    if (value < easiness * floatAt(found, r - 1)) break;
    found[r] = value;
    turn = r;
  }
  for (let r = degree; r - 1 > turn; r--)
    found[r - 1] = (floatAt(gamma, r) - (r < degree ? floatAt(found, r) : 0)) / easiness;
  return found;
}

interface Derivatives {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** Row-major items x items, singular along the common shift. */
  readonly information: Float64Array;
}

function emptyDerivatives(count: number): {
  logLikelihood: number;
  gradient: Float64Array;
  information: Float64Array;
} {
  return {
    logLikelihood: 0,
    gradient: new Float64Array(count),
    information: new Float64Array(count * count),
  };
}

/** P(item k right | score r), items x scores. */
function conditionalShares(
  easiness: Float64Array,
  gamma: Float64Array,
  leftOut: readonly Float64Array[],
): Float64Array {
  const size = easiness.length;
  const shares = new Float64Array(size * (size + 1));
  leftOut.forEach((rest, k) => {
    for (let r = 1; r <= size; r++)
      shares[k * (size + 1) + r] = (floatAt(easiness, k) * floatAt(rest, r - 1)) / floatAt(gamma, r);
  });
  return shares;
}

function addTable(
  target: ReturnType<typeof emptyDerivatives>,
  table: ScoreTable,
  difficulties: Float64Array,
): void {
  const { items, persons, rightTotals } = table;
  const [size, count] = [items.length, difficulties.length];
  const easiness = Float64Array.from(items, (item) => Math.exp(-at(difficulties, item)));
  const gamma = symmetricFunctions(easiness);
  const leftOut = Array.from(easiness, (_, k) => symmetricFunctions(easiness, k));
  const shares = conditionalShares(easiness, gamma, leftOut);
  for (let r = 1; r < size; r++) target.logLikelihood -= floatAt(persons, r) * Math.log(floatAt(gamma, r));
  for (let j = 0; j < size; j++) {
    const first = at(items, j);
    target.logLikelihood -= at(difficulties, first) * floatAt(rightTotals, j);
    let expected = 0;
    for (let r = 1; r < size; r++) expected += floatAt(persons, r) * floatAt(shares, j * (size + 1) + r);
    addAt(target.gradient, first, expected - floatAt(rightTotals, j));
    const own = leftOut[j] ?? gamma;
    for (let k = 0; k < size; k++) {
      const both = j === k ? null : withoutItem(own, size - 1, floatAt(easiness, k));
      const product = floatAt(easiness, j) * floatAt(easiness, k);
      let sum = 0;
      for (let r = 1; r < size; r++) {
        const [pj, pk] = [floatAt(shares, j * (size + 1) + r), floatAt(shares, k * (size + 1) + r)];
        const joint = both === null ? pj : r < 2 ? 0 : (product * floatAt(both, r - 2)) / floatAt(gamma, r);
        sum += floatAt(persons, r) * (joint - pj * pk);
      }
      addAt(target.information, first * count + at(items, k), sum);
    }
  }
}

function derivativesAt(tables: readonly ScoreTable[], difficulties: Float64Array): Derivatives {
  const found = emptyDerivatives(difficulties.length);
  for (const table of tables) addTable(found, table, difficulties);
  return found;
}

/** The information with weight on the common shift, which makes it invertible without moving anything else. */
function withShift(
  information: Float64Array,
  size: number,
): { readonly matrix: Float64Array; readonly shift: number } {
  let trace = 0;
  for (let k = 0; k < size; k++) trace += at(information, k * size + k);
  const shift = trace / (size * size);
  return { matrix: information.map((value) => value + shift), shift };
}

/** First item that shares no booklet, directly or through others, with the first one; null when all are linked. */
function unlinkedItem(tables: readonly ScoreTable[], count: number): number | null {
  const linked = new Set<number>(tables[0]?.items ?? []);
  for (let round = 0; round < tables.length; round++) {
    for (const { items } of tables)
      if (items.some((item) => linked.has(item))) items.forEach((item) => linked.add(item));
  }
  for (let item = 0; item < count; item++) if (!linked.has(item)) return item;
  return null;
}

const MOST_ITERATIONS = 60;
const CONVERGED = 1e-11;

function startOf(tables: readonly ScoreTable[], count: number): Float64Array {
  const [right, total] = [new Float64Array(count), new Float64Array(count)];
  for (const { items, rightTotals, persons } of tables) {
    const size = persons.reduce((sum, each) => sum + each, 0);
    items.forEach((item, k) => {
      addAt(right, item, at(rightTotals, k));
      addAt(total, item, size);
    });
  }
  const start = right.map((each, item) => -Math.log((each + 0.5) / (at(total, item) - each + 0.5)));
  return centred(start);
}

const centred = (values: Float64Array): Float64Array => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
};

/** Items without a right or a wrong answer among the informative persons have no finite difficulty. */
function constantItems(tables: readonly ScoreTable[], matrix: ResponseMatrix): readonly string[] {
  const [hasRight, hasWrong] = [new Set<number>(), new Set<number>()];
  for (const { items, rightTotals, persons } of tables) {
    const size = persons.reduce((sum, each) => sum + each, 0);
    items.forEach((item, k) => {
      if (at(rightTotals, k) > 0) hasRight.add(item);
      if (at(rightTotals, k) < size) hasWrong.add(item);
    });
  }
  return matrix.itemIds.filter((_, item) => !hasRight.has(item) || !hasWrong.has(item));
}

/**
 * Fits the Rasch model. Weights count persons. Failures: NO_RESPONDENTS; ITEM_WITHOUT_VARIATION {items};
 * BOOKLETS_NOT_LINKED {items} when booklets share no items.
 */
export function raschConditional(matrix: ResponseMatrix): Result<ConditionalRasch> {
  const { tables, personCount } = scoreTables(matrix);
  const count = matrix.itemIds.length;
  if (tables.length === 0) return fail('NO_RESPONDENTS');
  const constant = constantItems(tables, matrix);
  if (constant.length > 0) return fail('ITEM_WITHOUT_VARIATION', { items: constant.join('、') });
  const unlinked = unlinkedItem(tables, count);
  if (unlinked !== null) return fail('BOOKLETS_NOT_LINKED', { items: matrix.itemIds[unlinked] ?? '' });
  let difficulties = startOf(tables, count);
  let [iterations, largest] = [0, Infinity];
  while (iterations < MOST_ITERATIONS && largest > CONVERGED) {
    const { gradient, information } = derivativesAt(tables, difficulties);
    const move = solveCholesky(choleskyFactor(withShift(information, count).matrix, count), gradient);
    // The derivative in a difficulty is minus that in an easiness; a long first step is cut.
    const longest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = longest > 1 ? 1 / longest : 1;
    difficulties = centred(difficulties.map((value, k) => value + scale * at(move, k)));
    largest = longest;
    iterations += 1;
  }
  const final = derivativesAt(tables, difficulties);
  const { matrix: shifted, shift } = withShift(final.information, count);
  const inverse = invertCholesky(choleskyFactor(shifted, count));
  // (I + s 11')^-1 = I^+ + 11' / (s J^2): the second part belongs to the shift alone.
  const own = 1 / (shift * count * count);
  return ok({
    itemIds: matrix.itemIds,
    difficulties,
    standardErrors: Float64Array.from(difficulties, (_, k) => Math.sqrt(at(inverse, k * count + k) - own)),
    logLikelihood: final.logLikelihood,
    personCount,
    hasConverged: largest <= CONVERGED,
    iterations,
  });
}
