/** From choices to a specification: the page edits the very document that `zhiheng estimate` runs. */
import type { AnalysisSpec, AnalysisSpecInput } from '@shared/analysisSpec/analysisSpec';
import { readAnalysisSpec } from '@shared/analysisSpec/readAnalysisSpec';
import type { Result } from '@shared/domain/result';
import { specWaldName } from '@shared/texts/analysisTexts';
import type { BuilderState, ColumnsByName } from './builderState';
import { askedOf } from './builderState';

type Question = AnalysisSpecInput['analyses'][number];
type Of<K extends Question['kind']> = Extract<Question, { kind: K }>;
type Single = Of<'contrasts'>['outcome'];
type Condition = NonNullable<Of<'estimates'>['filter']>;
type Variance = NonNullable<AnalysisSpecInput['variance']>;

const figuresId = 'figures';
const comparisonId = 'comparison';

const equal = (column: string, value: string): Extract<Condition, { is: 'equal' }> => ({
  is: 'equal',
  column,
  value,
});

function filterOf({ filter }: BuilderState): Condition | null {
  const conditions = filter.map(({ column, value }) => equal(column, value));
  const [only] = conditions;
  if (only === undefined) return null;
  return conditions.length === 1 ? only : { is: 'allOf', conditions };
}

/** Categories in the order they are printed; design columns as they occur. */
function byOf(state: BuilderState, columns: ColumnsByName): NonNullable<Of<'estimates'>['by']> {
  return state.by.map((column) => {
    const known = columns.get(column)?.categories ?? [];
    return { column, categories: known.length === 0 ? null : known.map(({ value }) => value) };
  });
}

function singleOutcome(state: BuilderState, columns: ColumnsByName): Single {
  const { column, category } = askedOf(state, columns);
  return category === null || category === ''
    ? { kind: 'column', column }
    : { kind: 'indicator', name: `${column}=${category}`, when: equal(column, category) };
}

function figures(state: BuilderState, columns: ColumnsByName): Question {
  const { column, statistic, category } = askedOf(state, columns);
  const filter = filterOf(state);
  const by = byOf(state, columns);
  const known = columns.get(column)?.categories.map(({ value }) => value) ?? [];
  const outcomes: Of<'estimates'>['outcomes'] =
    category === ''
      ? [{ kind: 'categories', column, categories: known.length === 0 ? null : known }]
      : [singleOutcome(state, columns)];
  if (statistic === 'quantiles') {
    return {
      kind: 'quantiles',
      id: figuresId,
      outcomes,
      probabilities: [...state.probabilities],
      by,
      filter,
    };
  }
  return {
    kind: 'estimates',
    id: figuresId,
    statistic,
    outcomes,
    denominator: statistic === 'ratio' ? state.denominator : null,
    by,
    filter,
    intervals: [state.interval],
  };
}

function differences(state: BuilderState, columns: ColumnsByName): Question | null {
  const { statistic } = askedOf(state, columns);
  if (statistic === 'quantiles') return null;
  return {
    kind: 'contrasts',
    id: comparisonId,
    statistic,
    outcome: singleOutcome(state, columns),
    denominator: statistic === 'ratio' ? state.denominator : null,
    by: byOf(state, columns),
    contrast:
      state.comparison === 'overall'
        ? { kind: 'deviations', from: 'overall' }
        : { kind: 'allPairs', adjustment: 'holm' },
    filter: filterOf(state),
  };
}

/** The grouping first, then what is controlled for; a control that is the grouping itself is left out. */
function regression(state: BuilderState, columns: ColumnsByName): Question {
  const [focus = ''] = state.by;
  const names = [focus, ...state.controls.filter((name) => name !== focus)];
  const { statistic } = askedOf(state, columns);
  return {
    kind: 'regression',
    id: comparisonId,
    family: statistic === 'proportion' ? 'logistic' : 'linear',
    outcome: singleOutcome(state, columns),
    terms: names.map((column) =>
      columns.get(column)?.kind === 'number' ? { kind: 'numeric', column } : { kind: 'categorical', column },
    ),
    waldTests: names.map((column) => ({
      name: specWaldName(columns.get(column)?.label ?? column),
      columns: [column],
    })),
    predictiveMargins: [focus],
    filter: filterOf(state),
  };
}

function comparison(state: BuilderState, columns: ColumnsByName): Question | null {
  const [group = ''] = state.by;
  const filter = filterOf(state);
  switch (state.comparison) {
    case 'none':
      return null;
    case 'allPairs':
    case 'overall':
      return differences(state, columns);
    case 'tTest':
      return {
        kind: 'tTest',
        id: comparisonId,
        outcome: singleOutcome(state, columns),
        groups: { column: group, first: state.first, second: state.second },
        filter,
      };
    case 'chiSquare':
      return {
        kind: 'chiSquare',
        id: comparisonId,
        rows: askedOf(state, columns).column,
        columns: group,
        filter,
      };
    case 'regression':
      return regression(state, columns);
  }
}

function varianceOf(base: AnalysisSpec, state: BuilderState): Variance {
  const { replicateCount: count, seed } = state;
  const replicates = (source: Extract<Variance, { method: 'replicates' }>['source']): Variance => ({
    method: 'replicates',
    source,
  });
  switch (state.variance) {
    case 'linearised':
      return { method: 'linearised' };
    case 'jackknife':
      return replicates({ kind: 'jackknife' });
    case 'subbootstrap':
      return replicates({ kind: 'subbootstrap', count, seed });
    case 'modelBootstrap': {
      const units = base.variance.method === 'modelBootstrap' ? base.variance.units : null;
      return { method: 'modelBootstrap', units, count, seed };
    }
  }
}

/** Failure: SPEC_INVALID when the choices are not complete (`missingChoice`). */
export function assembleSpec(
  base: AnalysisSpec,
  state: BuilderState,
  columns: ColumnsByName,
): Result<AnalysisSpec> {
  const compared = comparison(state, columns);
  return readAnalysisSpec({
    ...base,
    variance: varianceOf(base, state),
    level: state.level,
    analyses: [figures(state, columns), ...(compared === null ? [] : [compared])],
  } satisfies AnalysisSpecInput);
}

/**
 * The survey's own specification (`base`: data, design, weighting) with the chosen errors and questions. The choices
 * must be complete (`missingChoice`); a comparison brings the figures it is about, with their sizes, before it.
 */
export function buildSpec(base: AnalysisSpec, state: BuilderState, columns: ColumnsByName): AnalysisSpec {
  const built = assembleSpec(base, state, columns);
  if (!built.ok) throw new Error(`incomplete choices: ${JSON.stringify(built.failure)}`);
  return built.value;
}
