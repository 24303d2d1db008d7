/** Difficulty (p) of items as the survey estimates it: design-weighted share right with its sampling error. */
import type { Result } from '../domain/result';
import { ok } from '../domain/result';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import { estimate } from '../estimation/estimate';
import type { Estimate } from '../estimation/estimateRecord';
import { itemColumn, type ResponseMatrix } from './responses';

/**
 * Share right of every item over the persons who were presented it (the others stand outside the domain and keep their
 * PSU). One row of the matrix per row of the design; the matrix's own weights are not used.
 * Failures: those of `estimate`. Agrees with R: survey::svymean(~item, design, na.rm = TRUE).
 */
export function designWeightedDifficulty(
  design: SurveyDesign,
  matrix: ResponseMatrix,
): Result<readonly Estimate[]> {
  const found: Estimate[] = [];
  for (let item = 0; item < matrix.itemIds.length; item++) {
    const share = estimate(design, { statistic: 'proportion', outcome: itemColumn(matrix, item) });
    if (!share.ok) return share;
    found.push(share.value);
  }
  return ok(found);
}
