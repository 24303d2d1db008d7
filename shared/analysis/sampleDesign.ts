/** From respondent rows and survey settings to a SurveyDesign: weights first, then stages, refusing what is missing. */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Survey } from '../domain/survey';
import type { StageSpec } from '../estimation/design/designSpec';
import { createSurveyDesign } from '../estimation/design/surveyDesign';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import type { CalibrationResult } from '../weighting/calibrate';
import { calibrateToMargins } from '../weighting/calibrate';
import type { CategoryColumns, MarginTable } from '../weighting/margins';
import { marginTotal, scaleMargin } from '../weighting/margins';
import { postStratify } from '../weighting/postStratify';
import type { AnalysedRow, AnalysisInput } from './analysisInput';

export interface SampleDesign {
  readonly design: SurveyDesign;
  readonly calibration: CalibrationResult | null;
  readonly hasStratum: boolean;
  readonly hasPsu: boolean;
  readonly hasFinitePopulation: boolean;
}

type Rows = readonly AnalysedRow[];
type DesignField = 'stratum' | 'psu' | 'ssu' | 'populationPsuCount' | 'populationSsuCount';

/** All, none or some rows have the variable; some is a hole in the data, not a design. */
function presence(rows: Rows, field: DesignField): 'all' | 'none' | 'some' {
  const count = rows.reduce((sum, row) => sum + (row.respondent.design[field] === null ? 0 : 1), 0);
  if (count === 0) return 'none';
  return count === rows.length ? 'all' : 'some';
}

function requireWhole(rows: Rows): Result<true> {
  for (const field of ['stratum', 'psu', 'ssu', 'populationPsuCount', 'populationSsuCount'] as const)
    if (presence(rows, field) === 'some') return fail('DESIGN_VARIABLE_MISSING', { variable: field });
  return ok(true);
}

/** Base weights; every respondent counts one on an equal-weight recipe. */
function baseWeights(rows: Rows, survey: Survey): Result<Float64Array> {
  const { weighting, basis } = survey.settings;
  const weights = Float64Array.from(rows, (row) => row.respondent.design.baseWeight ?? Number.NaN);
  const missing = weights.reduce((count, weight) => count + (weight > 0 ? 0 : 1), 0);
  if (missing === 0 && weighting.kind !== 'equal') return ok(weights);
  const mayCountOne = basis === 'nonprobability' && (weighting.kind === 'equal' || missing === rows.length);
  return mayCountOne
    ? ok(new Float64Array(rows.length).fill(1))
    : fail('WEIGHT_NOT_POSITIVE', { count: missing });
}

/** Category columns under the variable names margins use. */
export function categoryColumns(rows: Rows): CategoryColumns {
  const { length } = rows;
  const column = (value: (row: AnalysedRow) => string | null): readonly string[] =>
    Array.from({ length }, (_unused, index) => {
      const row = rows[index];
      return row === undefined ? '' : (value(row) ?? '');
    });
  return {
    sex: column((row) => row.respondent.background.sex),
    ageBand: column((row) => row.respondent.background.ageBand),
    education: column((row) => row.respondent.background.education),
    residence: column((row) => row.respondent.background.residence),
    region: column((row) => row.respondent.regionCode),
  };
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

/** Totals of one population published in blocks differ by rounding at most this much. */
const roundingTolerance = 1e-3;

/** Margins that differ by rounding only, scaled to the first one's total; any other difference stays and is refused. */
export function settledMargins(margins: readonly MarginTable[]): readonly MarginTable[] {
  const [first] = margins;
  if (first === undefined) return margins;
  const total = marginTotal(first);
  return margins.map((margin) => {
    const gap = Math.abs(marginTotal(margin) - total) / total;
    return gap > 0 && gap <= roundingTolerance ? scaleMargin(margin, total) : margin;
  });
}

function calibrated(
  rows: Rows,
  weights: Float64Array,
  input: AnalysisInput,
): Result<CalibrationResult | null> {
  const { weighting } = input.survey.settings;
  if (weighting.kind !== 'calibrated') return ok(null);
  const margins = settledMargins(input.margins?.margins ?? []);
  const [first] = margins;
  if (first === undefined) return fail('DESIGN_VARIABLE_MISSING', { variable: 'margins' });
  const columns = categoryColumns(rows);
  const whole = requireMarginValues(rows, margins, columns);
  if (!whole.ok) return whole;
  return weighting.method === 'postStratification' && margins.length === 1
    ? postStratify(weights, first, columns)
    : calibrateToMargins(weights, margins, columns, { distance: 'raking' });
}

function stagesOf(rows: Rows): readonly StageSpec[] {
  const column = (field: DesignField): (string | number | null)[] =>
    rows.map((row) => row.respondent.design[field]);
  const counts = (field: DesignField): StageSpec['finitePopulation'] =>
    presence(rows, field) === 'all'
      ? { kind: 'populationCount', values: Float64Array.from(column(field), Number) }
      : null;
  const strata = presence(rows, 'stratum') === 'all' ? column('stratum') : null;
  const hasPsu = presence(rows, 'psu') === 'all';
  const units = hasPsu ? column('psu') : rows.map((_row, index) => index);
  const first = { units, strata, finitePopulation: hasPsu ? (counts('populationPsuCount') ?? null) : null };
  if (!hasPsu || first.finitePopulation === null || presence(rows, 'ssu') !== 'all') return [first];
  return [first, { units: column('ssu'), finitePopulation: counts('populationSsuCount') ?? null }];
}

/**
 * Design of the analysed rows.
 * Failures: NO_RESPONDENTS; DESIGN_VARIABLE_MISSING {variable} when a design column has holes or margins are
 * asked for but not imported; WEIGHT_NOT_POSITIVE {count}; those of calibration and of createSurveyDesign.
 */
export function sampleDesign(rows: Rows, input: AnalysisInput): Result<SampleDesign> {
  if (rows.length === 0) return fail('NO_RESPONDENTS');
  const whole = requireWhole(rows);
  if (!whole.ok) return whole;
  const base = baseWeights(rows, input.survey);
  if (!base.ok) return base;
  const calibration = calibrated(rows, base.value, input);
  if (!calibration.ok) return calibration;
  const stages = stagesOf(rows);
  const design = createSurveyDesign({
    stages,
    weights: calibration.value?.weights ?? base.value,
    singlePsuRule: input.survey.settings.singlePsuRule,
    calibration: calibration.value?.info ?? null,
  });
  if (!design.ok) return design;
  return ok({
    design: design.value,
    calibration: calibration.value,
    hasStratum: presence(rows, 'stratum') === 'all',
    hasPsu: presence(rows, 'psu') === 'all',
    hasFinitePopulation: stages.some((stage) => stage.finitePopulation !== null),
  });
}
