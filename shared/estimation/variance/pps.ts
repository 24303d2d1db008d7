/**
 * Variance of PSUs drawn with unequal probabilities without replacement, z = PSU totals of weight x influence:
 * Brewer  sum_h n/(n-1) sum (1-p_i) (z_i - zbar)^2                             (Brewer & Donadio 2003),
 * Hartley-Rao, Horvitz-Thompson and Yates-Grundy  sum_ij M_ij z_i z_j  with M of `design/unequalProbabilities`.
 * A quadratic form from estimated pairs can be negative: then the sample holds no variance estimate by this method.
 * Agrees with R: svydesign(fpc = ~p, pps = "brewer" | HR(sum(p^2)/n) | ppsmat(joint), variance = "HT" | "YG").
 */
import type { SurveyDesign } from '../design/surveyDesign';
import { at } from '../../numeric/typedArray';
import { compensatedSum } from '../../numeric/compensatedSum';

/** left' M right. */
export function quadraticProduct(matrix: Float64Array, left: Float64Array, right: Float64Array): number {
  const count = left.length;
  const terms = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    const scaled = at(left, i);
    if (scaled === 0) continue;
    for (let j = 0; j < count; j++) terms[i * count + j] = scaled * at(matrix, i * count + j) * at(right, j);
  }
  return compensatedSum(terms);
}

/** Factor 1 - p of a PSU at the first stage of a Brewer design; 1 everywhere else. */
export function unsampledShare(design: SurveyDesign, stage: number, unit: number): number {
  const pps = design.unequalProbabilities;
  return stage === 0 && pps?.kind === 'scaled' ? at(pps.unsampled, unit) : 1;
}
