/** Balanced repeated replication for two PSUs per stratum (McCarthy 1969), plain and by Fay (Judkins 1990). */
import { fail, ok, type Result } from '../../domain/result';
import { at } from '../../numeric/typedArray';
import type { SurveyDesign } from '../design/surveyDesign';
import { hadamardAbove } from './hadamard';
import type { ReplicateWeights } from './replicates';

/**
 * Half-sample replicates in full balance: a replicate raises one PSU of every stratum to 2 - rho and lowers the other to
 * rho; scale 1 / (replicates (1 - rho)^2). `rho` 0 is plain BRR, 0.3 to 0.5 the usual Fay factor, below 1.
 * Strata take rows of a Hadamard matrix of an order above their number and never its row of ones, on which every
 * replicate would keep the same PSU and the stratum's variance would be lost.
 * Failures: INVALID_INPUT {field: 'rho'}; SINGLE_PSU_STRATUM {stratum}; INVALID_INPUT {field: 'stratum', stratum, count}
 * when a stratum has more than two PSUs (pair them first, or use the jackknife or the bootstrap).
 * Agrees with R: as.svrepdesign(type = "BRR" | "Fay", fay.rho), factor by factor.
 */
export function balancedReplicates(design: SurveyDesign, rho = 0): Result<ReplicateWeights> {
  if (!(rho >= 0 && rho < 1)) return fail('INVALID_INPUT', { field: 'rho', value: rho });
  const first = design.stages[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  const odd = first.sampledUnitCount.findIndex((count) => count !== 2);
  if (odd >= 0) {
    const stratum = first.stratumLabels[odd] ?? '';
    const count = at(first.sampledUnitCount, odd);
    return count === 1
      ? fail('SINGLE_PSU_STRATUM', { stratum, stage: 1, count })
      : fail('INVALID_INPUT', { field: 'stratum', stratum, count });
  }
  const rows = hadamardAbove(first.stratumCount);
  const replicateCount = rows.length;
  const factors = new Float64Array(replicateCount * first.unitCount);
  const seen = new Uint8Array(first.stratumCount);
  first.stratumOfUnit.forEach((stratum, unit) => {
    const side = seen[stratum] === 1 ? -1 : 1;
    seen[stratum] = 1;
    rows[stratum + 1]?.forEach((sign, replicate) => {
      factors[replicate * first.unitCount + unit] = side * sign > 0 ? 2 - rho : rho;
    });
  });
  return ok({
    method: rho === 0 ? 'brr' : 'fay',
    replicateCount,
    factors,
    overallScale: 1 / (replicateCount * (1 - rho) ** 2),
    replicateScales: new Float64Array(replicateCount).fill(1),
  });
}
