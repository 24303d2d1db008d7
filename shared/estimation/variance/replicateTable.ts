/**
 * Replicate factors as a plain table, one row per PSU and one column per replicate, so that another program (R, SAS,
 * Stata) computes with the very same replicates or hands its own to us. Factors multiply the base weight of the PSU's
 * rows. The first row below the header carries the scale of every replicate: V = sum of scale x (value - centre)^2.
 * Agrees with R: svrepdesign(repweights = factors, combined.weights = FALSE, scale = 1, rscales = scales).
 */
import { fail, ok, type Result } from '../../domain/result';
import { at } from '../../numeric/typedArray';
import type { DesignStage } from '../design/stages';
import type { SurveyDesign } from '../design/surveyDesign';
import { replicationMethods, type ReplicateWeights, type ReplicationMethod } from './replicates';

export interface ReplicateTable {
  /** `stratum`, `psu`, `r1`, `r2`, ... */
  readonly header: readonly string[];
  /** First the scale row (`scaleMark`, method, scales), then stratum, PSU and factors of every PSU. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Stands in the stratum column of the row of scales. */
export const scaleMark = '#scale';
const firstFactor = 2;

const firstStageOf = (design: SurveyDesign): DesignStage => {
  const first = design.stages[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  return first;
};

/** Identifiers of a PSU in a table: its stratum's label and its own. */
const unitKey = (stratum: string, psu: string): string => `${stratum}\u0000${psu}`;

export function toReplicateTable(design: SurveyDesign, replicates: ReplicateWeights): ReplicateTable {
  const first = firstStageOf(design);
  const { replicateCount, factors, overallScale, replicateScales, method } = replicates;
  const columns = Array.from({ length: replicateCount }, (_, index) => index);
  const scales = columns.map((index) => overallScale * at(replicateScales, index));
  return {
    header: ['stratum', 'psu', ...columns.map((index) => `r${index + 1}`)],
    rows: [
      [scaleMark, method, ...scales],
      ...first.unitLabels.map((psu, unit) => [
        first.stratumLabels[at(first.stratumOfUnit, unit)] ?? '',
        psu,
        ...columns.map((index) => at(factors, index * first.unitCount + unit)),
      ]),
    ],
  };
}

/**
 * Reads a table made by `toReplicateTable` or by another program; rows in any order, one per PSU of the design.
 * Failures: COLUMN_MISSING {column} for a header that does not fit or a missing scale row; DESIGN_VARIABLE_MISSING
 * {variable: 'psu', psu} for a PSU without a row; INVALID_INPUT {field, row} for an unknown or repeated PSU
 * ('psu'), a factor or scale that is no number of at least 0 ('factor', 'scale'), or an unknown method ('method').
 */
export function fromReplicateTable(design: SurveyDesign, table: ReplicateTable): Result<ReplicateWeights> {
  const [stratumColumn, psuColumn] = table.header;
  if (stratumColumn !== 'stratum') return fail('COLUMN_MISSING', { column: 'stratum' });
  if (psuColumn !== 'psu') return fail('COLUMN_MISSING', { column: 'psu' });
  const replicateCount = table.header.length - firstFactor;
  if (replicateCount < 2) return fail('COLUMN_MISSING', { column: 'r1' });
  const scaleRow = table.rows.find((row) => row[0] === scaleMark);
  if (scaleRow === undefined) return fail('COLUMN_MISSING', { column: scaleMark });
  const method = replicationMethods.find((known) => known === scaleRow[1]);
  if (method === undefined) return fail('INVALID_INPUT', { field: 'method', value: scaleRow[1] ?? '' });
  const replicateScales = numbersOf(scaleRow, replicateCount);
  if (replicateScales === null) return fail('INVALID_INPUT', { field: 'scale', row: 1 });
  const factors = readFactors(firstStageOf(design), table, replicateCount);
  if (!factors.ok) return factors;
  const found: ReplicationMethod = method;
  return ok({ method: found, replicateCount, factors: factors.value, overallScale: 1, replicateScales });
}

/** The numbers after stratum and PSU; null when one is missing, negative or no number. */
function numbersOf(row: readonly (string | number)[], count: number): Float64Array | null {
  const numbers = Float64Array.from({ length: count }, (_, index) => {
    const cell = row[firstFactor + index] ?? '';
    return cell === '' ? NaN : Number(cell);
  });
  return numbers.every((value) => value >= 0 && value < Infinity) ? numbers : null;
}

function readFactors(
  first: DesignStage,
  table: ReplicateTable,
  replicateCount: number,
): Result<Float64Array> {
  const unitOf = new Map(
    first.unitLabels.map((psu, unit) => [
      unitKey(first.stratumLabels[at(first.stratumOfUnit, unit)] ?? '', psu),
      unit,
    ]),
  );
  const factors = new Float64Array(replicateCount * first.unitCount);
  for (const [index, row] of table.rows.entries()) {
    if (row[0] === scaleMark) continue;
    const key = unitKey(String(row[0] ?? ''), String(row[1] ?? ''));
    const unit = unitOf.get(key);
    if (unit === undefined) return fail('INVALID_INPUT', { field: 'psu', row: index + 1, psu: row[1] ?? '' });
    unitOf.delete(key);
    const numbers = numbersOf(row, replicateCount);
    if (numbers === null) return fail('INVALID_INPUT', { field: 'factor', row: index + 1 });
    numbers.forEach((factor, replicate) => (factors[replicate * first.unitCount + unit] = factor));
  }
  const [unread] = unitOf.values();
  if (unread === undefined) return ok(factors);
  return fail('DESIGN_VARIABLE_MISSING', { variable: 'psu', psu: first.unitLabels[unread] ?? '' });
}
