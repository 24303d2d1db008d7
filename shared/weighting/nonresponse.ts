/**
 * Unit nonresponse: respondents of a weighting class take over the weight of the sampled persons of their class
 * (Kalton & Flores-Cervantes 2003). Base weight -> nonresponse-adjusted weight; nonrespondents get zero.
 */
import { fail, ok, type Result } from '../domain/result';
import { codeColumn, nestCodes, type CodedColumn } from '../estimation/design/idColumn';
import { addAt, at } from '../numeric/typedArray';
import type { CategoryColumns } from './margins';

export interface ResponseClass {
  readonly categories: readonly string[];
  readonly sampledCount: number;
  readonly respondentCount: number;
  /** Sum of base weights of the class / sum of base weights of its respondents. */
  readonly factor: number;
}

export interface NonresponseAdjustment {
  readonly weights: Float64Array;
  readonly classes: readonly ResponseClass[];
}

export interface ResponseClassSpec {
  readonly columns: CategoryColumns;
  /** Names of the columns whose combinations are the classes. */
  readonly variables: readonly string[];
}

/**
 * Weighting-class adjustment.
 * Failures: DESIGN_VARIABLE_MISSING {variable, row}; NO_RESPONDENTS {class} when nobody of a class answered
 * (join it with another class).
 */
export function adjustForNonresponse(
  baseWeights: Float64Array,
  responded: Uint8Array,
  spec: ResponseClassSpec,
): Result<NonresponseAdjustment> {
  const coded = codeClasses(spec);
  if (!coded.ok) return coded;
  const { codes, firstRows } = coded.value;
  const count = firstRows.length;
  const sums = { all: new Float64Array(count), answered: new Float64Array(count) };
  const counts = { all: new Int32Array(count), answered: new Int32Array(count) };
  for (let row = 0; row < baseWeights.length; row++) {
    const group = at(codes, row);
    addAt(sums.all, group, at(baseWeights, row));
    addAt(counts.all, group, 1);
    if (responded[row] !== 1) continue;
    addAt(sums.answered, group, at(baseWeights, row));
    addAt(counts.answered, group, 1);
  }
  const categoriesOf = (group: number): string[] =>
    spec.variables.map((name) => spec.columns[name]?.[firstRows[group] ?? 0] ?? '');
  const silent = sums.answered.findIndex((sum) => !(sum > 0));
  if (silent >= 0) return fail('NO_RESPONDENTS', { class: categoriesOf(silent).join(' x ') });
  const factors = sums.all.map((sum, group) => sum / at(sums.answered, group));
  return ok({
    weights: baseWeights.map((weight, row) =>
      responded[row] === 1 ? weight * at(factors, at(codes, row)) : 0,
    ),
    classes: firstRows.map((_, group) => ({
      categories: categoriesOf(group),
      sampledCount: at(counts.all, group),
      respondentCount: at(counts.answered, group),
      factor: at(factors, group),
    })),
  });
}

function codeClasses(
  spec: ResponseClassSpec,
): Result<{ readonly codes: Int32Array; readonly firstRows: readonly number[] }> {
  let combined: CodedColumn | null = null;
  for (const variable of spec.variables) {
    const column = spec.columns[variable];
    if (column === undefined) return fail('DESIGN_VARIABLE_MISSING', { variable, row: 0 });
    const coded = codeColumn(column);
    if (coded.missingRow >= 0)
      return fail('DESIGN_VARIABLE_MISSING', { variable, row: coded.missingRow + 1 });
    combined = combined === null ? coded : nestCodes(combined.codes, coded);
  }
  if (combined === null) throw new Error('weighting classes need a variable');
  return ok(combined);
}
