/** The item and response tables of the IRT cases. */
import type { ItemParameters } from '@shared/psychometrics/irt/responseFunction';
import { notPresented, type ResponseMatrix } from '@shared/psychometrics/responses';
import { readTable } from '../support/referenceCase';

export const itemIds = readTable('irt_items.csv').text('item');

/** The generated items; the 2PL drops their lower asymptotes. */
export function referenceItems(model: '2PL' | '3PL'): ItemParameters[] {
  const table = readTable('irt_items.csv');
  const [a, b, c] = [table.numbers('a'), table.numbers('b'), table.numbers('c')];
  return itemIds.map((_, k) => ({ a: a[k] ?? NaN, b: b[k] ?? NaN, c: model === '3PL' ? (c[k] ?? NaN) : 0 }));
}

function matrixOf(fileName: string, weights: Float64Array | null): ResponseMatrix {
  const table = readTable(fileName);
  const columns = itemIds.map((itemId) => table.numbers(itemId));
  const values = new Uint8Array(table.rowCount * itemIds.length);
  columns.forEach((column, item) => {
    column.forEach((value, person) => {
      values[person * itemIds.length + item] = Number.isNaN(value) ? notPresented : value;
    });
  });
  return { itemIds, personCount: table.rowCount, values, weights };
}

/** 1,200 persons, 20 items, nothing missing. */
export const responseMatrix = (isWeighted: boolean): ResponseMatrix =>
  matrixOf('irt_responses.csv', isWeighted ? readTable('irt_responses.csv').numbers('weight') : null);

/** Answer patterns with gaps, all right, all wrong and nothing answered among them. */
export const patternMatrix = (): ResponseMatrix => matrixOf('irt_patterns.csv', null);
