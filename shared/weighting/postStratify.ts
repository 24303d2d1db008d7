/**
 * Post-stratification: the weights of every cell are scaled to the cell's population total.
 * It is calibration to one (possibly crossed) margin and needs no iteration.
 * Agrees with R: survey::postStratify(design, ~variables, population).
 */
import { fail, ok, type Result } from '../domain/result';
import { sumByCell } from '../estimation/design/calibrationInfo';
import { adjustedWeights, type CalibrationResult } from './calibrate';
import { calibrationDiagnostics } from './diagnostics';
import { marginName, marginSpace, type CategoryColumns, type MarginTable } from './margins';
import { at } from '../numeric/typedArray';

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
  if (base.some((sum) => sum <= 0)) return fail('WEIGHT_NOT_POSITIVE', { variable: marginName(margin) });
  const ratios = base.map((sum, cell) => {
    const start = cell * space.variableCount;
    const variable = space.variables.subarray(start, start + space.variableCount).indexOf(1);
    return at(space.totals, variable) / sum;
  });
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
