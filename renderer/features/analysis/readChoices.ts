/** From a specification back to the choices of the page, where it has them. */
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { Analysis } from '@shared/analysisSpec/schema/analyses';
import type { BuilderState, ColumnsByName, VarianceId } from './builderState';
import { usualState } from './builderState';
import { assembleSpec } from './buildSpec';

type Part = Partial<BuilderState>;

function outcomePart(
  outcome: Extract<Analysis, { kind: 'estimates' }>['outcomes'][number] | undefined,
  statistic: BuilderState['statistic'],
): Part {
  if (outcome === undefined) return {};
  if (outcome.kind === 'indicator') {
    const { when } = outcome;
    if (when.is !== 'equal') return {};
    return { question: 'column', column: when.column, category: String(when.value) };
  }
  const { column } = outcome;
  if (outcome.kind === 'categories') {
    return column === 'tier' ? { question: 'tiers' } : { question: 'column', column };
  }
  if (column === 'passed' && statistic === 'proportion') return { question: 'literate' };
  if (column === 'total' && statistic === 'mean') return { question: 'score' };
  return { question: 'column', column, statistic };
}

function filterPart(filter: Analysis['filter']): Part {
  if (filter === null) return {};
  const conditions = filter.is === 'allOf' ? filter.conditions : [filter];
  return {
    filter: conditions.flatMap((each) =>
      each.is === 'equal' ? [{ column: each.column, value: String(each.value) }] : [],
    ),
  };
}

function figuresPart(analysis: Analysis | undefined): Part {
  if (analysis?.kind !== 'estimates' && analysis?.kind !== 'quantiles') return {};
  const isQuantiles = analysis.kind === 'quantiles';
  return {
    ...outcomePart(analysis.outcomes[0], isQuantiles ? 'quantiles' : analysis.statistic),
    ...filterPart(analysis.filter),
    by: analysis.by.map(({ column }) => column),
    ...(isQuantiles
      ? { probabilities: analysis.probabilities }
      : {
          denominator: analysis.denominator ?? '',
          ...(analysis.intervals[0] === undefined ? {} : { interval: analysis.intervals[0] }),
        }),
  };
}

function comparisonPart(analysis: Analysis | undefined): Part {
  switch (analysis?.kind) {
    case 'contrasts':
      return { comparison: analysis.contrast.kind === 'deviations' ? 'overall' : 'allPairs' };
    case 'tTest': {
      const { first, second } = analysis.groups ?? { first: '', second: '' };
      return { comparison: 'tTest', first, second };
    }
    case 'chiSquare':
      return { comparison: 'chiSquare' };
    case 'regression':
      return { comparison: 'regression', controls: analysis.terms.slice(1).map(({ column }) => column) };
    default:
      return {};
  }
}

const bootstrapPart = (variance: VarianceId, count: number, seed: number | string): Part => ({
  variance,
  replicateCount: count,
  seed: typeof seed === 'number' ? seed : -1,
});

function variancePart({ variance }: AnalysisSpec): Part {
  if (variance.method === 'linearised') return { variance: 'linearised' };
  if (variance.method === 'modelBootstrap') {
    return bootstrapPart('modelBootstrap', variance.count, variance.seed);
  }
  const { source } = variance;
  return source.kind === 'subbootstrap'
    ? bootstrapPart('subbootstrap', source.count, source.seed)
    : { variance: 'jackknife' };
}

/** Everything the document says, in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/**
 * The choices that build exactly this specification; null when the page has no choices for it – it can still be run,
 * copied and exported as it is.
 */
export function readChoices(
  base: AnalysisSpec,
  spec: AnalysisSpec,
  columns: ColumnsByName,
): BuilderState | null {
  const [first, second] = spec.analyses;
  const state: BuilderState = {
    ...usualState(spec.variance.method !== 'modelBootstrap'),
    ...figuresPart(first),
    ...comparisonPart(second),
    ...variancePart(spec),
    level: spec.level,
  };
  if (state.seed < 0) return null;
  const built = assembleSpec(base, state, columns);
  return built.ok && canonical(built.value) === canonical(spec) ? state : null;
}
