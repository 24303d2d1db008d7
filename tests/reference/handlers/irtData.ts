/** The item and response tables of the IRT cases. */
import type { ItemParameters } from '@shared/psychometrics/irt/responseFunction';
import { readTable } from '../support/referenceCase';

export const itemIds = readTable('irt_items.csv').text('item');

/** The generated items; the 2PL drops their lower asymptotes. */
export function referenceItems(model: '2PL' | '3PL'): ItemParameters[] {
  const table = readTable('irt_items.csv');
  const [a, b, c] = [table.numbers('a'), table.numbers('b'), table.numbers('c')];
  return itemIds.map((_, k) => ({ a: a[k] ?? NaN, b: b[k] ?? NaN, c: model === '3PL' ? (c[k] ?? NaN) : 0 }));
}
