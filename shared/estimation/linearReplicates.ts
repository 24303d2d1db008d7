/**
 * Domain statistics of linearly calibrated replicates. The calibrated weight is w (1 + x'lambda), so a calibrated sum of
 * y is the sum of wy plus lambda' times the sums of wyx: a replicate adds these sums over PSUs and touches no row.
 */
import type { Result } from '../domain/result';
import { at, floatAt, intAt } from '../numeric/typedArray';
import type { UnitCalibration } from './cellReweighting';
import type { SurveyDesign } from './design/surveyDesign';
import {
  firstStageUnits,
  pickCodes,
  statisticOfEach,
  type SelectedRows,
  type SummedColumns,
} from './summedColumns';
import { sumByUnit, weightedUnitSums, type UnitSums } from './unitSums';

type LinearCalibration = Pick<UnitCalibration, 'variables' | 'variableCount'> & {
  readonly cellOfRow: Int32Array;
};

/** The statistic of every domain as a function of the PSUs' factors and the multipliers of the replicate. */
export function linearStatistics(
  design: SurveyDesign,
  columns: SummedColumns,
  selected: SelectedRows,
  calibration: LinearCalibration,
): (factors: Float64Array, multipliers: Float64Array) => Result<readonly number[]> {
  const domains = selected.map(({ rows }) => momentSums(design, columns, calibration, rows));
  return (factors, multipliers) =>
    statisticOfEach(columns.statistic, domains, (domain) => {
      const sums = weightedUnitSums(domain, factors);
      const calibrated = (column: number): number => {
        const start = column * (multipliers.length + 1);
        return multipliers.reduce(
          (total, value, k) => total + value * at(sums, start + 1 + k),
          at(sums, start),
        );
      };
      return {
        weight: calibrated(0),
        outcome: calibrated(1),
        denominator: columns.denominator ? calibrated(2) : 0,
      };
    });
}

/** Per PSU the sums of w, wy (and wz with a denominator z), each followed by its sums times x1, x2, ... */
function momentSums(
  design: SurveyDesign,
  { outcome, denominator }: SummedColumns,
  { variables, variableCount, cellOfRow }: LinearCalibration,
  rows: Int32Array,
): UnitSums {
  const measured = denominator ? [outcome, denominator] : [outcome];
  const block = variableCount + 1;
  return sumByUnit(pickCodes(firstStageUnits(design), rows), (measured.length + 1) * block, (i, line) => {
    const row = intAt(rows, i);
    const start = intAt(cellOfRow, row) * variableCount;
    const write = (column: number, value: number): void => {
      line[column * block] = value;
      for (let k = 0; k < variableCount; k++) {
        line[column * block + 1 + k] = value * floatAt(variables, start + k);
      }
    };
    const weight = floatAt(design.weights, row);
    write(0, weight);
    measured.forEach((values, column) => write(column + 1, weight * floatAt(values, row)));
  });
}
