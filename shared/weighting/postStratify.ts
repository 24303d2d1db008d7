/**
 * Post-stratification: the weights of every cell are scaled to the cell's population total.
 * It is calibration to one (possibly crossed) margin and needs no iteration.
 * Agrees with R: survey::postStratify(design, ~variables, population).
 */
import { fail, ok, type Result } from '../domain/result';
import { sumByCell } from '../estimation/design/calibrationInfo';
import { adjustedWeights, type CalibrationResult } from './calibrate';
import { calibrationDiagnostics } from './diagnostics';
import type { CalibrationSpace } from './calibrationSpace';
import type { CellReweighting } from '../estimation/replicateEstimate';
import { marginName, marginSpace, type CategoryColumns, type MarginTable } from './margins';
import { at } from '../numeric/typedArray';

/**
 * The same as a step that works on the cells' sums of weights, for replicates (`estimateWithReplicates` with
 * `reweigh`). `space` is that of `margin`. Failure: WEIGHT_NOT_POSITIVE {variable}.
 */
export function cellPostStratification(space: CalibrationSpace, margin: MarginTable): CellReweighting {
  const totals = Float64Array.from({ length: space.cellCount }, (_, cell) => {
    const start = cell * space.variableCount;
    const variable = space.variables.subarray(start, start + space.variableCount).indexOf(1);
    return at(space.totals, variable);
  });
  return {
    cellOfRow: space.cellOfRow,
    cellCount: space.cellCount,
    ratios: (sums) =>
      sums.some((sum) => sum <= 0)
        ? fail('WEIGHT_NOT_POSITIVE', { variable: marginName(margin) })
        : ok(sums.map((sum, cell) => at(totals, cell) / sum)),
  };
}

/** Failures: those of `marginSpace`; WEIGHT_NOT_POSITIVE {variable} when a cell has rows but no weight. */
export function postStratify(
  baseWeights: Float64Array,
  margin: MarginTable,
  columns: CategoryColumns,
): Result<CalibrationResult> {
  const found = marginSpace([margin], columns, baseWeights.length);
  if (!found.ok) return found;
  const space = found.value;
  const base = sumByCell(space.cellOfRow, space.cellCount, baseWeights);
  const adjusted = cellPostStratification(space, margin).ratios(base);
  if (!adjusted.ok) return adjusted;
  const ratios = adjusted.value;
  const weights = adjustedWeights(baseWeights, space.cellOfRow, ratios);
  return ok({
    weights,
    info: {
      cellOfRow: space.cellOfRow,
      cellCount: space.cellCount,
      variableCount: space.variableCount,
      variables: space.variables,
      baseWeights,
    },
    diagnostics: calibrationDiagnostics({
      space,
      baseWeights,
      weights,
      solved: { ratios, error: 0, iterations: 1 },
      bounds: { lower: 0, upper: Infinity },
    }),
  });
}
