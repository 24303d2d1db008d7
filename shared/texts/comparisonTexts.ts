/** Words of comparisons, gap indices and small areas: the same on screen and in the report. */
import type { Grouping } from '../domain/groups';
import type {
  ComparisonResults,
  DispersionMeasure,
  GapIndices,
  PickedGap,
  Separation,
  SmallAreaResults,
  UnitComparison,
} from '../results/comparisonResults';
import { formatPercentValue, formatShare, missingMark } from './format';
import { categoryLabel, groupingLabels } from './labels';
import { pointsText, pValueText } from './progressTexts';

type Method = ComparisonResults['method'];
interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/** Share points between limits: −1.2 至 +3.4. */
export const pointLimitsText = ({ lower, upper }: Limits): string =>
  `${pointsText(lower)} 至 ${pointsText(upper)}`;

const sizeText = (share: number): string => `${(Math.abs(share) * 100).toFixed(1)} 个百分点`;

/** Name of limits that hold for a whole list at once. */
export const simultaneousName = (method: Method, level: number): string =>
  `${formatPercentValue(level * 100)} 同时${method === 'model' ? '模型' : ''}区间`;

/** How a unit stands to another, in a table. */
export const separationLabels: Readonly<Record<Separation, string>> = {
  above: '能区分：前者高',
  below: '能区分：前者低',
  indistinguishable: '不能区分',
  undecidable: '无法比较',
};

/** How a unit stands to the whole region. */
export const tierLabels: Readonly<Record<Separation, string>> = {
  above: '明显高于全域',
  below: '明显低于全域',
  indistinguishable: '与全域不能区分',
  undecidable: '无法比较',
};

export const tierOrder: readonly Separation[] = ['above', 'indistinguishable', 'below', 'undecidable'];

export interface NamedDifference {
  readonly first: string;
  readonly second: string;
  readonly difference: number;
  readonly interval: Limits | null;
  readonly separation: Separation;
  readonly holmPValue: number | null;
}

const modelRemark = '这是模型假定下的比较，不是按抽样设计得到的检验。';

function conclusion({ first, second, separation }: NamedDifference, method: Method): string {
  const scope = method === 'model' ? '按模型' : '';
  if (separation === 'indistinguishable') return `${scope}不能区分两地高低`;
  const [high, low] = separation === 'above' ? [first, second] : [second, first];
  return `${scope}能区分：${high}高于${low}`;
}

/** @example 昆山市比相城区高 7.9 个百分点（95% 同时区间 +2.1 至 +13.7，Holm 校正 p=0.004）：能区分：昆山市高于相城区。 */
export function differenceSentence(
  pair: NamedDifference,
  comparison: Pick<ComparisonResults, 'method' | 'confidenceLevel'>,
): string {
  const { first, second, difference, interval, holmPValue } = pair;
  const lead = `${first}比${second}${difference < 0 ? '低' : '高'} ${sizeText(difference)}`;
  if (interval === null || holmPValue === null) return `${lead}。没有可用的误差，不能比较。`;
  const { method, confidenceLevel } = comparison;
  const p = pValueText(holmPValue);
  const evidence = `${simultaneousName(method, confidenceLevel)} ${pointLimitsText(interval)}，Holm 校正 p${p.startsWith('<') ? p : `=${p}`}`;
  const remark = method === 'model' ? modelRemark : '';
  return `${lead}（${evidence}）。${conclusion(pair, method)}。${remark}`;
}

/** @example rankSetText({ lower: 3, upper: 10 }) === '第 3–10 位' */
export const rankSetText = ({ lower, upper }: Limits): string =>
  lower === upper ? `第 ${lower} 位` : `第 ${lower}–${upper} 位`;

/** @example groupText([0, 1]) === '第 1、2 组' */
export const groupText = (indexes: readonly number[]): string =>
  indexes.length === 0 ? missingMark : `第 ${indexes.map((index) => index + 1).join('、')} 组`;

export const refusedComparison = (
  { reason }: Extract<UnitComparison, { state: 'refused' }>,
  unit: string,
): string =>
  reason === 'fewUnits'
    ? `可公布的${unit}不足两个，没有可比较的。`
    : `各${unit}没有可用的共同误差（初级单元太少，或没有人、人人都达到），不作比较。`;

/** How to read the tests, in order of importance. */
export function comparisonNotes(method: Method, unit: string, level: number): readonly string[] {
  const name = simultaneousName(method, level);
  return [
    `只有可公布的${unit}参加比较；考虑了各${unit}估计值之间的协方差（共用抽样层、访问点和校准总体）。`,
    `“能区分”：两地之差的 ${name}不含 0。它对全部比较同时成立，各地真实比例其实相同时，误判出任何一处差异的可能不超过 ${formatPercentValue((1 - level) * 100)}。`,
    'Holm 校正 p 值另列，供核对；两地初级单元少时按各自的自由度计算。',
    '“不能区分”不等于“相同”：样本再大些可能分得出来。',
    ...(method === 'model' ? [`受访者不是按概率抽取的：${modelRemark}`] : []),
  ];
}

export const rankNotes = (unit: string): readonly string[] => [
  `名次范围：1＋明显高于它的${unit}数，至总数减去明显低于它的${unit}数。`,
  `“单独”用于只看这一个${unit}；“同时”对全部${unit}的名次一起成立，列表、对比时用它。`,
  '名次没有单一答案，请勿公布单个名次或用于考核。',
];

/** One gap index as a row: what it is, its value with limits, and a remark. */
export interface GapLine {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly value: number;
  readonly limits: Limits;
  /** `points`: share points; `ratio`: a plain number; `share`: percent of the mean. */
  readonly kind: 'points' | 'ratio' | 'share';
}

export function gapValueText(value: number, kind: GapLine['kind']): string {
  if (kind === 'ratio') return value.toFixed(2);
  return kind === 'share' ? formatShare(value) : `${(value * 100).toFixed(1)} 个百分点`;
}

export function gapLimitsText({ lower, upper }: Limits, kind: GapLine['kind']): string {
  if (kind === 'ratio') return `${lower.toFixed(2)}–${upper.toFixed(2)}`;
  if (kind === 'share') return `${formatShare(lower)}–${formatShare(upper)}`;
  return `${(lower * 100).toFixed(1)} 至 ${(upper * 100).toFixed(1)}`;
}

export function residenceLines({ residence }: Pick<GapIndices, 'residence'>): readonly GapLine[] {
  if (residence === null) return [];
  const { difference, interval, ratio, pValue } = residence;
  const p = pValueText(pValue);
  const test = `单项检验 p${p.startsWith('<') ? p : `=${p}`}`;
  return [
    {
      ...{ id: 'residence', label: '城乡差距', detail: `城镇减农村；${test}` },
      ...{ value: difference, limits: interval, kind: 'points' },
    },
    ...(ratio === null
      ? []
      : [
          {
            ...{ id: 'residence-ratio', label: '城乡之比', detail: '城镇比例是农村的多少倍' },
            ...({ value: ratio.estimate, limits: ratio.interval, kind: 'ratio' } as const),
          },
        ]),
  ];
}

function pickedLines(
  id: string,
  gaps: { readonly spread: PickedGap | null; readonly toWhole: PickedGap | null },
  words: { readonly label: string; readonly name: (id: string) => string },
): readonly GapLine[] {
  const line = (kind: string, label: string, gap: PickedGap): GapLine => ({
    id: `${id}-${kind}`,
    label: `${words.label}：${label}`,
    detail: `${gap.best === null ? '全域' : words.name(gap.best)}减${words.name(gap.weakest)}`,
    ...{ value: gap.estimate, limits: gap.interval, kind: 'points' },
  });
  return [
    ...(gaps.spread === null ? [] : [line('spread', '最高与最低之差', gaps.spread)]),
    ...(gaps.toWhole === null ? [] : [line('whole', '全域与最低之差', gaps.toWhole)]),
  ];
}

/** Lines of every grouping; the spread of two residences is 城乡差距 already. */
export const groupingLines = ({ groupings }: Pick<GapIndices, 'groupings'>): readonly GapLine[] =>
  groupings
    .flatMap(({ grouping, ...gaps }: { grouping: Grouping } & GapIndices['units']) =>
      pickedLines(grouping, gaps, {
        label: groupingLabels[grouping],
        name: (category) => categoryLabel(grouping, category),
      }),
    )
    .filter(({ id }) => id !== 'residence-spread');

function dispersionPair(id: string, label: string, measure: DispersionMeasure): readonly GapLine[] {
  const { betweenDeviation, interval, coefficient, coefficientInterval } = measure;
  const observed = (measure.observedDeviation * 100).toFixed(1);
  const sampling = (measure.samplingDeviation * 100).toFixed(1);
  return [
    {
      ...{ id: `${id}-deviation`, label: `${label}标准差` },
      detail: `已扣除抽样误差；扣除前 ${observed}，其中抽样误差约 ${sampling} 个百分点`,
      ...{ value: betweenDeviation, limits: interval, kind: 'points' },
    },
    {
      ...{ id: `${id}-coefficient`, label: `${label}离散系数`, detail: '标准差 ÷ 平均比例' },
      ...{ value: coefficient, limits: coefficientInterval, kind: 'share' },
    },
  ];
}

export function unitLines(
  gaps: Pick<GapIndices, 'units' | 'dispersion'>,
  unit: string,
  nameOf: (code: string) => string,
): readonly GapLine[] {
  const { dispersion } = gaps;
  return [
    ...pickedLines('units', gaps.units, { label: unit, name: nameOf }),
    ...(dispersion === null ? [] : dispersionPair('equal', `${unit}间`, dispersion.equalWeights)),
    ...(dispersion?.byPopulation
      ? dispersionPair('population', `${unit}间（按人口加权）`, dispersion.byPopulation)
      : []),
  ];
}

const pickedNote = '最高、最低是看了数据才挑出来的，点估计偏大；区间已计入这一挑选，对真实的最大差距成立。';
const dispersionNote =
  '标准差扣除了抽样误差（矩估计，计入协方差），区间用 Q 剖面法，把抽样方差当作已知；下限为 0 表示可能没有真实差异。';

/** How to read the lines that are there. */
export const gapNotes = (lines: readonly GapLine[]): readonly string[] => [
  ...(lines.some(({ id }) => /-(spread|whole)$/.test(id)) ? [pickedNote] : []),
  ...(lines.some(({ id }) => id.endsWith('-deviation')) ? [dispersionNote] : []),
];

export const gapIntervalName = (method: Method, level: number): string =>
  `${formatPercentValue(level * 100)} ${method === 'model' ? '模型' : ''}区间`;

export const modelEstimateName = '模型估计';

export function smallAreaRefusal(
  { reason, areaCount, needed }: Extract<SmallAreaResults, { state: 'refused' }>,
  unit: string,
): string {
  if (reason === 'nonprobability')
    return '非概率样本不做小域估计：直接估计本身已经依赖模型，再借一层模型无从检验。';
  if (reason === 'fewAreas')
    return `有直接估计的${unit}只有 ${areaCount} 个，不足 ${needed} 个，估不准${unit}之间的差异，不做小域估计。`;
  return '小域模型没有拟合成功（误差或样本不足），只给出直接估计。';
}

export function smallAreaNotes(
  fitted: Extract<SmallAreaResults, { state: 'fitted' }>,
  unit: string,
): readonly string[] {
  const { benchmark, pooledDesignEffect, covariates, method, leftOut } = fitted;
  return [
    `${modelEstimateName}：Fay–Herriot 模型，反正弦尺度，${method === 'reml' ? 'REML' : `调整 REML（普通 REML 的${unit}间方差为 0）`}；区间为模型区间。它向平均水平收缩，不排名，不用于达标判定。`,
    covariates.length === 0
      ? `地区资料中没有可用的辅助变量，模型只含总平均：各${unit}只向平均水平靠拢，不反映${unit}自身条件。`
      : `辅助变量：${covariates.join('、')}。`,
    `抽样方差按共同的设计效应 ${pooledDesignEffect.toFixed(2)} 平滑，比例为 0 或 1 的${unit}也有误差。`,
    `已按${benchmark.isWholeRegion ? '全域直接估计' : `参加模型的${unit}的直接估计合计`} ${formatShare(benchmark.target, 2)} 调平（调平前 ${formatShare(benchmark.before, 2)}）。`,
    '“直接估计的权重”越小，结果越靠模型；标准化残差绝对值大于 2.5 的，模型与数据不合，请以直接估计为准。',
    ...(leftOut > 0 ? [`${leftOut} 个${unit}不予公布或未调查，没有参加模型，也不给出模型估计。`] : []),
  ];
}
