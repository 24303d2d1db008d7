/**
 * The standard analysis of a survey as an analysis specification with its data: what the screens show can be run, read
 * and changed by a statistician. Literate share and mean score for everyone, by unit, by group and in the crossing,
 * tiers and dimensions.
 */
import type { AnalysisSpec, AnalysisSpecInput } from '../analysisSpec/analysisSpec';
import { readAnalysisSpec } from '../analysisSpec/readAnalysisSpec';
import type { DataColumn, DataTable } from '../analysisSpec/dataTable';
import { fail, ok, type Result } from '../domain/result';
import { groupingCategories, keyGroups, type Grouping } from '../domain/groups';
import { surveySpecTexts } from '../texts/specTexts';
import type { AnalysisInput } from './analysisInput';
import { isAnalysed } from './analysisInput';
import { isInRegion } from './domains';
import { modelReplicateCount, modelSeed } from './estimating';
import { presence, type Rows } from './surveyColumns';
import { sectionColumns, surveySection } from './surveySection';

export interface SurveySpec {
  readonly spec: AnalysisSpec;
  /** The table of the file `answers`. */
  readonly table: DataTable;
}

type Analyses = AnalysisSpecInput['analyses'];
type Analysis = Analyses[number];

const flag = (value: boolean | null): number => (value === null ? NaN : value ? 1 : 0);

/** First reporting unit a row lies in; '' outside all. */
const unitOf = (regionCode: string | null, unitCodes: readonly string[]): string =>
  unitCodes.find((code) => isInRegion(regionCode, code)) ?? '';

export const dimensionColumn = (id: string): string => `dimension_${id}`;
export const keyGroupColumn = (id: string): string => `keyGroup_${id}`;

/** Case, design, categories and scores of the analysed rows; no answers, no names. */
function surveyTable(rows: Rows, input: AnalysisInput): DataTable {
  const { unitCodes } = input.survey.settings;
  const dimensions = input.instrument.dimensions.map(({ id }): [string, DataColumn] => [
    dimensionColumn(id),
    Float64Array.from(rows, ({ score }) => score.dimensions[id] ?? 0),
  ]);
  const flags = keyGroups.map((id): [string, DataColumn] => [
    keyGroupColumn(id),
    Float64Array.from(rows, ({ respondent }) => flag(respondent.background.keyGroups[id])),
  ]);
  return {
    rowCount: rows.length,
    columns: {
      caseCode: rows.map(({ respondent }) => respondent.caseCode),
      ...sectionColumns(rows),
      unit: rows.map(({ respondent }) => unitOf(respondent.regionCode, unitCodes)),
      ...Object.fromEntries(flags),
      passed: Float64Array.from(rows, ({ score }) => (score.passed ? 1 : 0)),
      total: Float64Array.from(rows, ({ score }) => score.total),
      tier: rows.map(({ score }) => score.tier),
      ...Object.fromEntries(dimensions),
    },
  };
}

const literate = {
  statistic: 'proportion' as const,
  outcomes: [{ kind: 'column' as const, column: 'passed' }],
};
const meanScore = { statistic: 'mean' as const, outcomes: [{ kind: 'column' as const, column: 'total' }] };

const estimates = (
  id: string,
  what: Pick<Extract<Analysis, { kind: 'estimates' }>, 'statistic' | 'outcomes'>,
  more: Partial<Extract<Analysis, { kind: 'estimates' }>> = {},
): Analysis => ({ kind: 'estimates', id, ...what, ...more });

type By = NonNullable<Extract<Analysis, { kind: 'estimates' }>['by']>;

function groupAnalyses(grouping: Exclude<Grouping, 'keyGroup'>, units: By): Analysis[] {
  const group = { column: grouping, categories: [...groupingCategories[grouping]] };
  const crossing = { by: [...units, group], overall: false };
  return [
    estimates(`literate-${grouping}`, literate, { by: [group], overall: false }),
    estimates(`score-${grouping}`, meanScore, { by: [group], overall: false }),
    ...(units.length === 0 ? [] : [estimates(`literate-unit-${grouping}`, literate, crossing)]),
  ];
}

const keyGroupAnalyses = (units: By): Analysis[] =>
  keyGroups.flatMap((id) => {
    const filter = { is: 'equal' as const, column: keyGroupColumn(id), value: 1 };
    return [
      estimates(`literate-keyGroup-${id}`, literate, { by: units, filter }),
      estimates(`score-keyGroup-${id}`, meanScore, { filter }),
    ];
  });

function tierAnalyses({ instrument }: AnalysisInput): Analysis[] {
  const tiers = instrument.tiers.map(({ id }) => id);
  const atLeast = tiers.map((id, index) => ({
    kind: 'indicator' as const,
    name: `tier>=${id}`,
    when: { is: 'in' as const, column: 'tier', values: tiers.slice(0, index + 1) },
  }));
  const exclusive = { kind: 'categories' as const, column: 'tier', categories: tiers };
  return [
    estimates('tiers', { statistic: 'proportion', outcomes: [exclusive] }),
    estimates('tiers-at-least', { statistic: 'proportion', outcomes: atLeast }),
  ];
}

function analysesOf(input: AnalysisInput): Analyses {
  const { unitCodes, groupings } = input.survey.settings;
  const units: By = unitCodes.length === 0 ? [] : [{ column: 'unit', categories: [...unitCodes] }];
  const dimensions = input.instrument.dimensions.map(({ id }) => ({
    kind: 'column' as const,
    column: dimensionColumn(id),
  }));
  return [
    estimates('literate', literate, { by: units }),
    estimates('score', meanScore, { by: units }),
    ...groupings.flatMap((grouping) =>
      grouping === 'keyGroup' ? keyGroupAnalyses(units) : groupAnalyses(grouping, units),
    ),
    ...tierAnalyses(input),
    ...(dimensions.length === 0
      ? []
      : [estimates('dimensions', { statistic: 'mean', outcomes: dimensions })]),
  ];
}

function varianceOf(rows: Rows, input: AnalysisInput): AnalysisSpecInput['variance'] {
  if (input.survey.settings.basis === 'probability') return { method: 'linearised' };
  return {
    method: 'modelBootstrap',
    units: presence(rows, 'psu') === 'all' ? 'psu' : null,
    count: modelReplicateCount,
    seed: modelSeed(input),
  };
}

/**
 * Specification and data of a survey. A row that lies in several units counts in the first of them.
 * Failures: NO_RESPONDENTS; SPEC_INVALID when the survey's settings do not fit the format.
 */
export function surveySpec(input: AnalysisInput, file: string): Result<SurveySpec> {
  const rows = input.rows.filter(isAnalysed);
  if (rows.length === 0) return fail('NO_RESPONDENTS');
  const { settings } = input.survey;
  const spec = readAnalysisSpec({
    formatVersion: 1,
    title: settings.name,
    note: surveySpecTexts.note(input.margins?.source ?? null),
    files: { answers: { path: file, missing: [] } },
    data: { file: 'answers' },
    ...surveySection(rows, input),
    variance: varianceOf(rows, input),
    level: input.confidenceLevel,
    analyses: analysesOf(input),
  } satisfies AnalysisSpecInput);
  return spec.ok ? ok({ spec: spec.value, table: surveyTable(rows, input) }) : spec;
}
