/**
 * Observed information of slopes and intercepts: -d2 log L = sum_i [E_i(complete information) - Cov_i(complete score)]
 * (Louis 1982), exact for the grid. Parameters in the order a_1..a_J, d_1..d_J.
 * Agrees with R: the Hessian of the marginal log-likelihood (numDeriv), mirt(SE.type = "Louis").
 */
import { addAt, floatAt, intAt } from '../../numeric/typedArray';
import { forEachPosterior, probabilityTable, type MarginalData, type SlopeIntercept } from './marginal';

/** Work (booklets x pairs x nodes) above which the exact pair sums per booklet take too long. */
const MOST_WORK = 4e9;

export type InformationKind = 'observed' | 'crossProduct';

export interface ParameterInformation {
  /** Row-major, 2 J x 2 J. */
  readonly matrix: Float64Array;
  /** crossProduct: sum of squared scores, used where persons have very many different booklets. */
  readonly kind: InformationKind;
}

/** Persons of one booklet worked on together: sums over them stay in registers while a pair of items is done. */
const BLOCK = 64;

/**
 * Terms of up to 64 persons, items x BLOCK, all scaled by the root of the person's weight: x, the scores of slope and
 * intercept, E[(x - P) theta^2] and E(theta^m P).
 */
interface PersonBlock {
  readonly items: Int32Array;
  filled: number;
  readonly right: Float64Array;
  readonly slopeScore: Float64Array;
  readonly interceptScore: Float64Array;
  readonly secondMoment: Float64Array;
  readonly expected: readonly [Float64Array, Float64Array, Float64Array];
}

function emptyBlock(items: Int32Array): PersonBlock {
  const column = (): Float64Array => new Float64Array(items.length * BLOCK);
  return {
    items,
    filled: 0,
    right: column(),
    slopeScore: column(),
    interceptScore: column(),
    secondMoment: column(),
    expected: [column(), column(), column()],
  };
}

interface Person {
  readonly posterior: Float64Array;
  readonly weight: number;
  /** Answers of the booklet's persons, and where this one's begin. */
  readonly answers: Uint8Array;
  readonly offset: number;
}

/** Writes one person into the next free place of the block. */
function fillPerson(block: PersonBlock, nodes: Float64Array, table: Float64Array, person: Person): void {
  const { posterior } = person;
  const scale = Math.sqrt(person.weight);
  let [m1, m2] = [0, 0];
  for (let q = 0; q < nodes.length; q++) {
    const moment = floatAt(posterior, q) * floatAt(nodes, q);
    m1 += moment;
    m2 += moment * floatAt(nodes, q);
  }
  const [zeros, ones, twos] = block.expected;
  for (let k = 0; k < block.items.length; k++) {
    const start = intAt(block.items, k) * nodes.length;
    let [zero, one, two] = [0, 0, 0];
    for (let q = 0; q < nodes.length; q++) {
      const theta = floatAt(nodes, q);
      const term = floatAt(posterior, q) * floatAt(table, start + q);
      zero += term;
      one += term * theta;
      two += term * theta * theta;
    }
    const x = person.answers[person.offset + k] ?? 0;
    const place = k * BLOCK + block.filled;
    block.right[place] = scale * x;
    block.slopeScore[place] = scale * (x * m1 - one);
    block.interceptScore[place] = scale * (x - zero);
    block.secondMoment[place] = scale * (x * m2 - two);
    zeros[place] = scale * zero;
    ones[place] = scale * one;
    twos[place] = scale * two;
  }
  block.filled += 1;
}

/** Places of a pair in the lower triangle of the information matrix. */
interface PairPlaces {
  readonly slopes: number;
  readonly interceptSlope: number;
  readonly slopeIntercept: number;
  readonly intercepts: number;
  readonly isSame: boolean;
}

function placesOf(itemCount: number, first: number, second: number): PairPlaces {
  const size = 2 * itemCount;
  return {
    slopes: first * size + second,
    interceptSlope: (itemCount + first) * size + second,
    slopeIntercept: (itemCount + second) * size + first,
    intercepts: (itemCount + first) * size + itemCount + second,
    isSame: first === second,
  };
}

type AddPair = (
  matrix: Float64Array,
  block: PersonBlock,
  pair: readonly [number, number],
  places: PairPlaces,
) => void;

/** Subtracts the persons' part of Cov(score) that does not need E(P_j P_k). */
const addCovariancePair: AddPair = (matrix, block, [j, k], places) => {
  const { right, slopeScore, interceptScore, secondMoment, expected } = block;
  const [zeros, ones, twos] = expected;
  let slopes = 0;
  let interceptSlope = 0;
  let slopeIntercept = 0;
  let intercepts = 0;
  for (let person = 0; person < block.filled; person++) {
    // No destructuring here: an array per person would be built and thrown away.
    const left = j * BLOCK + person;
    const other = k * BLOCK + person;
    const xj = floatAt(right, left);
    const xk = floatAt(right, other);
    const sj = floatAt(slopeScore, left);
    const sk = floatAt(slopeScore, other);
    const tj = floatAt(interceptScore, left);
    const tk = floatAt(interceptScore, other);
    const cross = xj * sk - xk * floatAt(ones, left);
    slopes += xj * floatAt(secondMoment, other) - xk * floatAt(twos, left) - sj * sk;
    interceptSlope += cross - tj * sk;
    slopeIntercept += cross - sj * tk;
    intercepts += xj * tk - xk * floatAt(zeros, left) - tj * tk;
  }
  addAt(matrix, places.slopes, -slopes);
  addAt(matrix, places.interceptSlope, -interceptSlope);
  if (!places.isSame) addAt(matrix, places.slopeIntercept, -slopeIntercept);
  addAt(matrix, places.intercepts, -intercepts);
};

/** Adds score score', the cross-product information. */
const addCrossProductPair: AddPair = (matrix, block, [j, k], places) => {
  const { slopeScore, interceptScore } = block;
  let slopes = 0;
  let interceptSlope = 0;
  let slopeIntercept = 0;
  let intercepts = 0;
  for (let person = 0; person < block.filled; person++) {
    const left = j * BLOCK + person;
    const other = k * BLOCK + person;
    const sj = floatAt(slopeScore, left);
    const sk = floatAt(slopeScore, other);
    const tj = floatAt(interceptScore, left);
    const tk = floatAt(interceptScore, other);
    slopes += sj * sk;
    interceptSlope += tj * sk;
    slopeIntercept += sj * tk;
    intercepts += tj * tk;
  }
  addAt(matrix, places.slopes, slopes);
  addAt(matrix, places.interceptSlope, interceptSlope);
  if (!places.isSame) addAt(matrix, places.slopeIntercept, slopeIntercept);
  addAt(matrix, places.intercepts, intercepts);
};

/** Adds all pairs of a block and empties it. */
function flush(matrix: Float64Array, itemCount: number, block: PersonBlock, addPair: AddPair): void {
  const { items } = block;
  for (let j = 0; j < items.length; j++) {
    for (let k = 0; k <= j; k++)
      addPair(matrix, block, [j, k], placesOf(itemCount, intAt(items, j), intAt(items, k)));
  }
  block.filled = 0;
}

/** Copies the lower triangle into the upper one. */
function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[j * size + i] = floatAt(matrix, i * size + j);
  }
}

/** Adds, for one booklet, E(complete information) minus the sum of E(theta^m P_j P_k). */
function addBookletPairs(
  matrix: Float64Array,
  data: MarginalData,
  table: Float64Array,
  booklet: { readonly items: Int32Array; readonly counts: Float64Array },
): void {
  const { nodes } = data.grid;
  const [size, itemCount] = [2 * data.itemCount, data.itemCount];
  for (const first of booklet.items) {
    for (const second of booklet.items) {
      let [zero, one, two] = [0, 0, 0];
      for (let q = 0; q < nodes.length; q++) {
        const p = floatAt(table, first * nodes.length + q);
        const other = first === second ? 1 - 2 * p : -floatAt(table, second * nodes.length + q);
        const term = floatAt(booklet.counts, q) * p * other;
        const theta = floatAt(nodes, q);
        zero += term;
        one += term * theta;
        two += term * theta * theta;
      }
      addAt(matrix, first * size + second, two);
      addAt(matrix, first * size + itemCount + second, one);
      addAt(matrix, (itemCount + first) * size + second, one);
      addAt(matrix, (itemCount + first) * size + itemCount + second, zero);
    }
  }
}

const workOf = (data: MarginalData): number =>
  data.booklets.reduce((sum, { items }) => sum + items.length ** 2 * data.grid.nodes.length, 0);

/** Information at the given parameters; `progress` gets the share of persons done. */
export function parameterInformation(
  data: MarginalData,
  parameters: SlopeIntercept,
  progress: (fraction: number) => void = () => undefined,
): ParameterInformation {
  const kind: InformationKind = workOf(data) <= MOST_WORK ? 'observed' : 'crossProduct';
  const addPair = kind === 'observed' ? addCovariancePair : addCrossProductPair;
  const { nodes } = data.grid;
  const size = 2 * data.itemCount;
  const matrix = new Float64Array(size * size);
  const table = probabilityTable(data, parameters);
  const counts = data.booklets.map(() => new Float64Array(nodes.length));
  let block = emptyBlock(data.booklets[0]?.items ?? new Int32Array(0));
  let [current, done] = [0, 0];
  forEachPosterior(data, parameters, ({ booklet, row, weight, posterior }) => {
    if (booklet !== current || block.filled === BLOCK) flush(matrix, data.itemCount, block, addPair);
    if (booklet !== current) {
      current = booklet;
      block = emptyBlock(data.booklets[booklet]?.items ?? new Int32Array(0));
    }
    const answers = data.right[booklet] ?? new Uint8Array(0);
    fillPerson(block, nodes, table, { posterior, weight, answers, offset: row * block.items.length });
    const own = counts[booklet] ?? posterior;
    for (let q = 0; q < nodes.length; q++) addAt(own, q, weight * floatAt(posterior, q));
    done += 1;
    if (done % 500 === 0) progress(done / data.weights.length);
  });
  flush(matrix, data.itemCount, block, addPair);
  if (kind === 'observed')
    data.booklets.forEach(({ items }, booklet) =>
      addBookletPairs(matrix, data, table, { items, counts: counts[booklet] ?? new Float64Array(0) }),
    );
  mirror(matrix, size);
  return { matrix, kind };
}
