/**
 * Hadamard matrices: square tables of +1 and -1 with orthogonal rows. Constructions of Paley (1933) from a prime q,
 * orders q + 1 (q = 3 mod 4) and 2 (q + 1) (q = 1 mod 4), and doubling (Sylvester 1867).
 */
import { at } from '../../numeric/typedArray';

/** Rows of the matrix; the first row is all +1. */
export type HadamardRows = readonly (readonly number[])[];

/** The matrix of the smallest order above `size` (a multiple of 4) that these constructions reach. */
export function hadamardAbove(size: number): HadamardRows {
  let order = 4 * Math.floor(size / 4) + 4;
  for (;;) {
    const rows = hadamard(order);
    if (rows !== null) return rows;
    order += 4;
  }
}

/** null when the order is not within reach of the constructions. */
export function hadamard(order: number): HadamardRows | null {
  if (order === 2) {
    return [
      [1, 1],
      [1, -1],
    ];
  }
  if (order % 4 !== 0) return null;
  if (isPrime(order - 1)) return paleyOne(order - 1);
  const prime = order / 2 - 1;
  if (prime % 4 === 1 && isPrime(prime)) return paleyTwo(prime);
  const half = hadamard(order / 2);
  return half === null ? null : doubled(half);
}

function isPrime(q: number): boolean {
  if (q < 2) return false;
  for (let divisor = 2; divisor * divisor <= q; divisor++) if (q % divisor === 0) return false;
  return true;
}

/** 1 for squares modulo the prime, -1 for the others, 0 for 0. */
function quadraticCharacter(prime: number): Int32Array {
  const character = new Int32Array(prime).fill(-1);
  for (let k = 1; k < prime; k++) character[(k * k) % prime] = 1;
  character[0] = 0;
  return character;
}

function paleyOne(prime: number): HadamardRows {
  const character = quadraticCharacter(prime);
  const sign = (k: number): number => (at(character, k % prime) === -1 ? 1 : -1);
  const positions = Array.from({ length: prime }, (_, k) => k);
  return [
    Array.from({ length: prime + 1 }, () => 1),
    ...positions.map((row) => [1, ...positions.map((column) => sign(row + column))]),
  ];
}

function paleyTwo(prime: number): HadamardRows {
  const character = quadraticCharacter(prime);
  const conference = (i: number, j: number): number =>
    i === j ? 0 : i === 0 || j === 0 ? 1 : at(character, (i - j + prime) % prime);
  const size = prime + 1;
  const cell = (row: number, column: number): number => {
    const [i, j] = [row >> 1, column >> 1];
    const lower = row % 2 === 1;
    const right = column % 2 === 1;
    if (i === j) return lower || right ? -1 : 1;
    return lower && right ? -conference(i, j) : conference(i, j);
  };
  const positions = Array.from({ length: 2 * size }, (_, k) => k);
  return positions.map((row) => positions.map((column) => cell(row, column) * cell(0, column)));
}

const doubled = (rows: HadamardRows): HadamardRows => [
  ...rows.map((row) => [...row, ...row]),
  ...rows.map((row) => [...row, ...row.map((value) => -value)]),
];
