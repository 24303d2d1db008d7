/**
 * Scored answers of persons to items. 不知道, 拒答 and blanks of a presented item are 0 (question-bank-spec D5); an item
 * that was not on the person's booklet is `notPresented` (missing by design) and never enters a likelihood or a share.
 */
import { at } from '../numeric/typedArray';

/** Cell value of an item the person was never shown. */
export const notPresented = 2;

export interface ResponseMatrix {
  readonly itemIds: readonly string[];
  readonly personCount: number;
  /** Row-major persons x items: 1 right, 0 not right, 2 not presented. */
  readonly values: Uint8Array;
  /** One weight per person, >= 0; null counts everybody once. */
  readonly weights: Float64Array | null;
}

/** Value of one cell. */
export const responseAt = (matrix: ResponseMatrix, person: number, item: number): number =>
  at(matrix.values, person * matrix.itemIds.length + item);

export const weightAt = (matrix: ResponseMatrix, person: number): number =>
  matrix.weights === null ? 1 : at(matrix.weights, person);

/** Persons who were presented the same items: within one, sums of right answers compare. */
export interface Booklet {
  /** Positions of the presented items, ascending. */
  readonly items: Int32Array;
  readonly persons: Int32Array;
}

function bookletKey(row: Uint8Array): string {
  let key = '';
  for (const value of row) key += value === notPresented ? '0' : '1';
  return key;
}

/** Groups persons by what they were presented, in order of first appearance. Persons without any item form one too. */
export function bookletsOf(matrix: ResponseMatrix): readonly Booklet[] {
  const count = matrix.itemIds.length;
  const members = new Map<string, number[]>();
  for (let person = 0; person < matrix.personCount; person++) {
    const key = bookletKey(matrix.values.subarray(person * count, (person + 1) * count));
    const known = members.get(key);
    if (known === undefined) members.set(key, [person]);
    else known.push(person);
  }
  return [...members].map(([key, persons]) => ({
    items: Int32Array.from(
      Array.from(key, (flag, item) => (flag === '1' ? item : -1)).filter((item) => item >= 0),
    ),
    persons: Int32Array.from(persons),
  }));
}

/** The persons and items of one booklet as a matrix without gaps. */
export function bookletMatrix(matrix: ResponseMatrix, { items, persons }: Booklet): ResponseMatrix {
  const values = new Uint8Array(items.length * persons.length);
  persons.forEach((person, row) => {
    items.forEach((item, column) => (values[row * items.length + column] = responseAt(matrix, person, item)));
  });
  return {
    itemIds: Array.from(items, (item) => matrix.itemIds[item] ?? ''),
    personCount: persons.length,
    values,
    weights:
      matrix.weights === null ? null : Float64Array.from(persons, (person) => weightAt(matrix, person)),
  };
}

/** Right answers of one item as a column: 1, 0, NaN where it was not presented. */
export function itemColumn(matrix: ResponseMatrix, item: number): Float64Array {
  return Float64Array.from({ length: matrix.personCount }, (_, person) => {
    const value = responseAt(matrix, person, item);
    return value === notPresented ? NaN : value;
  });
}

/** Number of right answers per person. */
export function rawScores(matrix: ResponseMatrix): Int32Array {
  const count = matrix.itemIds.length;
  return Int32Array.from({ length: matrix.personCount }, (_, person) => {
    let sum = 0;
    for (let item = 0; item < count; item++) sum += responseAt(matrix, person, item) === 1 ? 1 : 0;
    return sum;
  });
}
