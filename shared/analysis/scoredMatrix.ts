/** Right or not right of every analysed row on every item of the form, with the survey's weights. */
import type { ScorableItem } from '../assessment/scoring';
import { scoreItem } from '../assessment/scoring';
import { ok, type Result } from '../domain/result';
import type { ResponseMatrix } from '../psychometrics/responses';
import type { AnalysedRow } from './analysisInput';

/**
 * Everybody is presented the whole form: a blank is not right. Weights are scaled to the number of rows, so that sums
 * over persons count persons. Failures: those of `scoreItem`.
 */
export function scoredMatrix(
  items: readonly ScorableItem[],
  rows: readonly AnalysedRow[],
  weights: Float64Array,
): Result<ResponseMatrix> {
  const values = new Uint8Array(rows.length * items.length);
  for (const [person, row] of rows.entries()) {
    for (const [column, item] of items.entries()) {
      const scored = scoreItem(item, row.respondent.answers[item.id]);
      if (!scored.ok) return scored;
      values[person * items.length + column] = scored.value.status === 'right' ? 1 : 0;
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return ok({
    itemIds: items.map(({ id }) => id),
    personCount: rows.length,
    values,
    weights: weights.map((weight) => (weight * rows.length) / total),
  });
}
