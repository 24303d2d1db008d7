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

interface PersonTerms {
  readonly items: Int32Array;
  readonly right: Uint8Array;
  readonly offset: number;
  readonly weight: number;
  /** Posterior moments of theta, orders 0..2. */
  readonly moments: Float64Array;
  /** E(theta^m P_k), order-major: m x items of the booklet. */
  readonly expected: Float64Array;
}

/** E(theta^m P_k) and E(theta^m) of one person. */
function fillMoments(
  nodes: Float64Array,
  posterior: Float64Array,
  table: Float64Array,
  { items, moments, expected }: Pick<PersonTerms, 'items' | 'moments' | 'expected'>,
): void {
  moments.fill(0);
  for (let q = 0; q < nodes.length; q++) {
    const [share, theta] = [floatAt(posterior, q), floatAt(nodes, q)];
    moments[0] = floatAt(moments, 0) + share;
    moments[1] = floatAt(moments, 1) + share * theta;
    moments[2] = floatAt(moments, 2) + share * theta * theta;
  }
  const count = items.length;
  for (let k = 0; k < count; k++) {
    const start = intAt(items, k) * nodes.length;
    let [zero, one, two] = [0, 0, 0];
    for (let q = 0; q < nodes.length; q++) {
      const term = floatAt(posterior, q) * floatAt(table, start + q);
      const theta = floatAt(nodes, q);
      zero += term;
      one += term * theta;
      two += term * theta * theta;
    }
    expected[k] = zero;
    expected[count + k] = one;
    expected[2 * count + k] = two;
  }
}

const rightAt = ({ right, offset }: PersonTerms, k: number): number => right[offset + k] ?? 0;

/** Subtracts the person's part of Cov(score) that does not need E(P_j P_k). */
function addPersonPairs(matrix: Float64Array, itemCount: number, person: PersonTerms): void {
  const { items, weight, moments, expected } = person;
  const [count, size] = [items.length, 2 * itemCount];
  const [m0, m1, m2] = [floatAt(moments, 0), floatAt(moments, 1), floatAt(moments, 2)];
  for (let j = 0; j < count; j++) {
    const xj = rightAt(person, j);
    const [j0, j1, j2] = [
      floatAt(expected, j),
      floatAt(expected, count + j),
      floatAt(expected, 2 * count + j),
    ];
    const [sa, sd] = [xj * m1 - j1, xj * m0 - j0];
    const [rowA, rowD] = [intAt(items, j) * size, (itemCount + intAt(items, j)) * size];
    for (let k = 0; k < count; k++) {
      const xk = rightAt(person, k);
      const [k0, k1, k2] = [
        floatAt(expected, k),
        floatAt(expected, count + k),
        floatAt(expected, 2 * count + k),
      ];
      const [ta, td] = [xk * m1 - k1, xk * m0 - k0];
      const column = intAt(items, k);
      addAt(matrix, rowA + column, -weight * (xj * xk * m2 - xj * k2 - xk * j2 - sa * ta));
      const cross = xj * xk * m1 - xj * k1 - xk * j1;
      addAt(matrix, rowA + itemCount + column, -weight * (cross - sa * td));
      addAt(matrix, rowD + column, -weight * (cross - sd * ta));
      addAt(matrix, rowD + itemCount + column, -weight * (xj * xk * m0 - xj * k0 - xk * j0 - sd * td));
    }
  }
}

/** Adds weight x score score', the cross-product information. */
function addCrossProduct(matrix: Float64Array, itemCount: number, person: PersonTerms): void {
  const { items, weight, moments, expected } = person;
  const [count, size] = [items.length, 2 * itemCount];
  const scores = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    scores[k] = rightAt(person, k) * floatAt(moments, 1) - floatAt(expected, count + k);
    scores[count + k] = rightAt(person, k) * floatAt(moments, 0) - floatAt(expected, k);
  }
  const place = (k: number): number => (k < count ? intAt(items, k) : itemCount + intAt(items, k - count));
  for (let j = 0; j < 2 * count; j++) {
    const row = place(j) * size;
    const left = weight * floatAt(scores, j);
    for (let k = 0; k < 2 * count; k++) addAt(matrix, row + place(k), left * floatAt(scores, k));
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
  const add = kind === 'observed' ? addPersonPairs : addCrossProduct;
  const { nodes } = data.grid;
  const matrix = new Float64Array((2 * data.itemCount) ** 2);
  const table = probabilityTable(data, parameters);
  const counts = data.booklets.map(() => new Float64Array(nodes.length));
  const scratch = data.booklets.map(({ items }) => new Float64Array(3 * items.length));
  const moments = new Float64Array(3);
  let done = 0;
  forEachPosterior(data, parameters, ({ booklet, row, weight, posterior }) => {
    const items = data.booklets[booklet]?.items ?? new Int32Array(0);
    const right = data.right[booklet] ?? new Uint8Array(0);
    const expected = scratch[booklet] ?? new Float64Array(0);
    const person = { items, right, offset: row * items.length, weight, moments, expected };
    fillMoments(nodes, posterior, table, person);
    add(matrix, data.itemCount, person);
    const own = counts[booklet] ?? posterior;
    for (let q = 0; q < nodes.length; q++) addAt(own, q, weight * floatAt(posterior, q));
    done += 1;
    if (done % 500 === 0) progress(done / data.weights.length);
  });
  if (kind === 'observed')
    data.booklets.forEach(({ items }, booklet) =>
      addBookletPairs(matrix, data, table, { items, counts: counts[booklet] ?? new Float64Array(0) }),
    );
  return { matrix, kind };
}
