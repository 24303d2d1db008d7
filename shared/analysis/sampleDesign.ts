/** From respondent rows and survey settings to a SurveyDesign, through the sections of an analysis specification. */
import { createColumns } from '../analysisSpec/run/columns';
import { settle } from '../analysisSpec/run/refusal';
import { buildSample } from '../analysisSpec/run/sample';
import type { Sample } from '../analysisSpec/run/sample';
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import type { CalibrationResult } from '../weighting/calibrate';
import type { CategoryColumns, MarginTable } from '../weighting/margins';
import type { AnalysisInput } from './analysisInput';
import { categoryColumns, designFields, presence } from './surveyColumns';
import type { Rows } from './surveyColumns';
import { countsOne, sectionColumns, surveySection } from './surveySection';

export { categoryColumns, settledMargins } from './surveyColumns';

export interface SampleDesign {
  readonly design: SurveyDesign;
  readonly calibration: CalibrationResult | null;
  readonly hasStratum: boolean;
  readonly hasPsu: boolean;
  readonly hasFinitePopulation: boolean;
}

function requireWhole(rows: Rows): Result<null> {
  const holed = designFields.find((field) => presence(rows, field) === 'some');
  return holed === undefined ? ok(null) : fail('DESIGN_VARIABLE_MISSING', { variable: holed });
}

function requireWeights(rows: Rows, input: AnalysisInput): Result<null> {
  if (countsOne(rows, input)) return ok(null);
  const isEqual = input.survey.settings.weighting.kind === 'equal';
  const missing = rows.filter((row) => !((row.respondent.design.baseWeight ?? 0) > 0)).length;
  return missing > 0 || isEqual ? fail('WEIGHT_NOT_POSITIVE', { count: missing }) : ok(null);
}

/** Respondents who did not give a variable the margins need: named, counted, never guessed. */
function requireMarginValues(
  rows: Rows,
  margins: readonly MarginTable[],
  columns: CategoryColumns,
): Result<null> {
  for (const variable of new Set(margins.flatMap((margin) => margin.variables))) {
    const missing = rows.filter((_row, index) => columns[variable]?.[index] === '');
    const [first] = missing;
    if (first !== undefined) {
      const { caseCode } = first.respondent;
      return fail('MARGIN_VALUE_MISSING', { variable, count: missing.length, caseCode });
    }
  }
  return ok(null);
}

function requireMargins(rows: Rows, input: AnalysisInput): Result<null> {
  if (input.survey.settings.weighting.kind !== 'calibrated') return ok(null);
  const margins = input.margins?.margins ?? [];
  if (margins.length === 0) return fail('DESIGN_VARIABLE_MISSING', { variable: 'margins' });
  return requireMarginValues(rows, margins, categoryColumns(rows));
}

/** A survey's reader knows no specification: the place in it is left out. */
function withoutPath<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  const { code, params } = result.failure;
  return fail(code, Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'path')));
}

function calibrationOf({ weighted }: Sample): CalibrationResult | null {
  const diagnostics = weighted.steps.at(-1)?.findings.calibration;
  return diagnostics === undefined || weighted.info === null
    ? null
    : { weights: weighted.weights, info: weighted.info, diagnostics };
}

/**
 * Design of the analysed rows.
 * Failures: NO_RESPONDENTS; DESIGN_VARIABLE_MISSING {variable} when a design column has holes or margins are
 * asked for but not imported; WEIGHT_NOT_POSITIVE {count}; MARGIN_VALUE_MISSING {variable, count, caseCode}; those of
 * calibration and of createSurveyDesign.
 */
export function sampleDesign(rows: Rows, input: AnalysisInput): Result<SampleDesign> {
  if (rows.length === 0) return fail('NO_RESPONDENTS');
  for (const check of [requireWhole(rows), requireWeights(rows, input), requireMargins(rows, input)])
    if (!check.ok) return check;
  const section = surveySection(rows, input);
  const columns = createColumns({ rowCount: rows.length, columns: sectionColumns(rows) });
  const built = withoutPath(settle(() => buildSample(section, columns, {})));
  if (!built.ok) return built;
  return ok({
    design: built.value.design,
    calibration: calibrationOf(built.value),
    hasStratum: presence(rows, 'stratum') === 'all',
    hasPsu: presence(rows, 'psu') === 'all',
    hasFinitePopulation: section.design.stages.some(({ population }) => population !== null),
  });
}
