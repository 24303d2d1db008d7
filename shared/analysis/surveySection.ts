/**
 * Design and weighting of a survey as sections of an analysis specification, with the columns they name: screens and
 * batch runs build their designs from the same words.
 */
import type { AnalysisSpec } from '../analysisSpec/analysisSpec';
import type { DataColumn } from '../analysisSpec/dataTable';
import type { DesignSection } from '../analysisSpec/run/sample';
import type { AnalysisInput } from './analysisInput';
import { categoryColumns, designFields, presence, settledMargins } from './surveyColumns';
import type { DesignField, Rows } from './surveyColumns';

type Stage = AnalysisSpec['design']['stages'][number];
type Step = AnalysisSpec['weighting'][number];

/** Every respondent counts one: no weights exist, and the basis allows that. */
export function countsOne(rows: Rows, input: AnalysisInput): boolean {
  const { weighting, basis } = input.survey.settings;
  const hasNone = rows.every((row) => row.respondent.design.baseWeight === null);
  return basis === 'nonprobability' && (weighting.kind === 'equal' || hasNone);
}

function stagesOf(rows: Rows): Stage[] {
  const has = (field: DesignField): boolean => presence(rows, field) === 'all';
  const population = (field: DesignField): Stage['population'] =>
    has(field) ? { kind: 'count', column: field } : null;
  const hasPsu = has('psu');
  const first: Stage = {
    units: hasPsu ? 'psu' : null,
    strata: has('stratum') ? 'stratum' : null,
    population: hasPsu ? population('populationPsuCount') : null,
  };
  if (first.population === null || !has('ssu')) return [first];
  return [first, { units: 'ssu', strata: null, population: population('populationSsuCount') }];
}

function weightingOf(input: AnalysisInput): Step[] {
  const { weighting } = input.survey.settings;
  if (weighting.kind !== 'calibrated') return [];
  const margins = settledMargins(input.margins?.margins ?? []).map(({ variables, cells }) => ({
    source: 'inline' as const,
    variables: [...variables],
    cells: cells.map(({ categories, total }) => ({ categories: [...categories], total })),
    scaleTo: null,
  }));
  const [margin] = margins;
  return weighting.method === 'postStratification' && margins.length === 1 && margin !== undefined
    ? [{ step: 'postStratification', margin }]
    : [{ step: 'raking', margins, capTimesMedian: null }];
}

export const surveySection = (rows: Rows, input: AnalysisInput): DesignSection => ({
  design: {
    stages: stagesOf(rows),
    nested: false,
    firstStageOnly: false,
    certainty: null,
    unequalProbabilities: null,
    singlePsuRule: input.survey.settings.singlePsuRule,
    weights: countsOne(rows, input) ? { kind: 'equal' } : { kind: 'column', column: 'baseWeight' },
  },
  weighting: weightingOf(input),
});

const isCount = (field: DesignField): boolean =>
  field === 'populationPsuCount' || field === 'populationSsuCount';

/** Design columns, base weight and categories, by the names the section uses. */
export function sectionColumns(rows: Rows): Readonly<Record<string, DataColumn>> {
  const design = designFields.map((field): [string, DataColumn] => [
    field,
    isCount(field)
      ? Float64Array.from(rows, (row) => Number(row.respondent.design[field] ?? NaN))
      : rows.map((row) => String(row.respondent.design[field] ?? '')),
  ]);
  const baseWeight = Float64Array.from(rows, (row) => row.respondent.design.baseWeight ?? NaN);
  return { ...Object.fromEntries(design), baseWeight, ...categoryColumns(rows) };
}
