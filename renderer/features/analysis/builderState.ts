/** What a statistician has chosen on the 自定义分析 page, and what of it fits together. */
import type { AnalysisColumn } from '@shared/contract/areas/analysis';
import type { ProportionIntervalMethod } from '@shared/estimation/intervals';
import type { questionLabels, statisticLabels } from '@shared/texts/analysisTexts';
import { comparisonLabels } from '@shared/texts/analysisTexts';

export type QuestionId = keyof typeof questionLabels;
export type StatisticChoice = keyof typeof statisticLabels;
export type ComparisonId = keyof typeof comparisonLabels;
export type VarianceId = 'linearised' | 'subbootstrap' | 'jackknife' | 'modelBootstrap';

export interface BuilderState {
  readonly question: QuestionId;
  /** Of a question about a chosen column. */
  readonly column: string;
  readonly statistic: StatisticChoice;
  /** The share of one category of a categorical column; '' = the shares of all. */
  readonly category: string;
  readonly denominator: string;
  readonly probabilities: readonly number[];
  /** Up to three columns, crossed. */
  readonly by: readonly string[];
  /** Everyone for whom all of these hold. */
  readonly filter: readonly { readonly column: string; readonly value: string }[];
  readonly comparison: ComparisonId;
  /** Groups of the t test: second minus first. */
  readonly first: string;
  readonly second: string;
  readonly controls: readonly string[];
  readonly variance: VarianceId;
  readonly replicateCount: number;
  readonly seed: number;
  readonly interval: ProportionIntervalMethod;
  readonly level: number;
}

export const maximumGroupings = 3;

export const usualState = (isProbability: boolean): BuilderState => ({
  question: 'literate',
  column: '',
  statistic: 'mean',
  category: '',
  denominator: '',
  probabilities: [0.25, 0.5, 0.75],
  by: [],
  filter: [],
  comparison: 'none',
  first: '',
  second: '',
  controls: [],
  variance: isProbability ? 'linearised' : 'modelBootstrap',
  replicateCount: 500,
  seed: 1,
  interval: 'logit',
  level: 0.95,
});

/** 「控制年龄、受教育程度、城乡后的地区差异」 */
export const adjustedRegions = (state: BuilderState, region: string): BuilderState => ({
  ...state,
  question: 'literate',
  by: [region],
  comparison: 'regression',
  controls: ['ageBand', 'education', 'residence'],
});

/** What the question is about, whatever words it was asked in. */
export interface Asked {
  readonly column: string;
  readonly statistic: StatisticChoice;
  /** Null: the column's own numbers; '' every category; else one. */
  readonly category: string | null;
}

export type ColumnsByName = ReadonlyMap<string, AnalysisColumn>;

export function askedOf(state: BuilderState, columns: ColumnsByName): Asked {
  switch (state.question) {
    case 'literate':
      return { column: 'passed', statistic: 'proportion', category: null };
    case 'score':
      return { column: 'total', statistic: 'mean', category: null };
    case 'tiers':
      return { column: 'tier', statistic: 'proportion', category: '' };
    case 'column': {
      const isText = columns.get(state.column)?.kind === 'categories';
      return isText
        ? { column: state.column, statistic: 'proportion', category: state.category }
        : { column: state.column, statistic: state.statistic, category: null };
    }
  }
}

/** Statistics a chosen column may have. */
export function statisticsFor(kind: AnalysisColumn['kind'] | undefined): readonly StatisticChoice[] {
  if (kind === 'categories') return ['proportion'];
  return kind === 'flag' ? ['proportion', 'total'] : ['mean', 'total', 'ratio', 'quantiles'];
}

interface Situation {
  readonly asked: Asked;
  readonly kind: AnalysisColumn['kind'] | undefined;
  readonly groupCount: number;
  readonly isProbability: boolean;
}

const isMeanLike = ({ asked }: Situation): boolean =>
  (asked.statistic === 'mean' || asked.statistic === 'proportion') && asked.category !== '';

const needsOneGrouping = '请先选且只选一个分组';

const refusals: Readonly<Record<Exclude<ComparisonId, 'none'>, (situation: Situation) => string | null>> = {
  allPairs: (situation) => refusalOfDifferences(situation),
  overall: (situation) => refusalOfDifferences(situation),
  tTest: (situation) => {
    if (!isMeanLike(situation)) return '只比较比例或均值';
    return situation.groupCount === 1 ? null : needsOneGrouping;
  },
  chiSquare: ({ asked, kind, groupCount, isProbability }) => {
    if (!isProbability) return '非概率样本不能做';
    if (kind !== 'flag' && kind !== 'categories') return '只用于分类的结果';
    if (asked.statistic !== 'proportion') return '只用于比例';
    return groupCount === 1 ? null : needsOneGrouping;
  },
  regression: (situation) => {
    if (!situation.isProbability) return '非概率样本不能做';
    if (!isMeanLike(situation)) return '只用于比例或均值';
    return situation.groupCount === 1 ? null : needsOneGrouping;
  },
};

function refusalOfDifferences({ asked, groupCount }: Situation): string | null {
  if (asked.statistic === 'quantiles') return '分位数不做比较';
  if (asked.category === '') return '请选定一个类别再比较';
  return groupCount > 0 ? null : '请先选分组';
}

/** Why a comparison cannot be made with the other choices; null when it can. */
export function comparisonRefusal(
  comparison: ComparisonId,
  state: BuilderState,
  place: { readonly columns: ColumnsByName; readonly isProbability: boolean },
): string | null {
  if (comparison === 'none') return null;
  const asked = askedOf(state, place.columns);
  return refusals[comparison]({
    asked,
    kind: place.columns.get(asked.column)?.kind,
    groupCount: state.by.length,
    isProbability: place.isProbability,
  });
}

const isHalfWritten = ({ column, value }: BuilderState['filter'][number]): boolean =>
  column === '' || value === '';

const isPairChosen = ({ comparison, first, second }: BuilderState): boolean =>
  comparison !== 'tTest' || (first !== '' && second !== '' && first !== second);

/** What the question itself still lacks. */
function missingOfQuestion(state: BuilderState, columns: ColumnsByName): string | null {
  const { column, statistic } = askedOf(state, columns);
  if (!columns.has(column)) return '请选要分析的列。';
  if (statistic === 'ratio' && state.denominator === '') return '请选比率的分母。';
  return statistic === 'quantiles' && state.probabilities.length === 0 ? '请至少选一个分位。' : null;
}

/** What is still missing before the analysis can run, in words; null when nothing is. */
export function missingChoice(
  state: BuilderState,
  place: { readonly columns: ColumnsByName; readonly isProbability: boolean },
): string | null {
  const ofQuestion = missingOfQuestion(state, place.columns);
  if (ofQuestion !== null) return ofQuestion;
  if (state.filter.some(isHalfWritten)) return '筛选条件还没有写完。';
  const refusal = comparisonRefusal(state.comparison, state, place);
  if (refusal !== null) return `“${comparisonLabels[state.comparison]}”现在不能做：${refusal}。`;
  return isPairChosen(state) ? null : '请选 t 检验的两个组。';
}
