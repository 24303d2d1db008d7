/** Chinese sentences of form assembly: names of constraints, why no form is possible, what would help. */
import type { Blueprint } from '../assessment/blueprint';
import type { ContentArea, ItemDimension } from '../assessment/itemCodes';
import type { ConflictingRow, ConstraintConflict, Relaxation } from '../assessment/linearProgram/conflict';
import type { FormViolation } from '../assessment/verifyForm';
import { benchmarkText, contentAreaLabels, itemDimensionLabels } from './itemTexts';

/** Row of the type table §2.2. */
export const itemFormatLabels: Readonly<Record<string, string>> = {
  tf: '判断题',
  single: '单选题',
  multi: '多选题',
  stimulus: '情境题组',
  chart: '图表题',
  orderMatch: '排序或匹配题',
};

export const dimensionLabel = (code: string): string => itemDimensionLabels[code as ItemDimension] ?? code;
export const areaLabel = (code: string): string => contentAreaLabels[code as ContentArea] ?? code;

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** @example bandText({ from: 0.85, to: 0.92001 }) === '预期正确率0.85–0.92' */
export const bandText = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `预期正确率${from.toFixed(2)}–${to.toFixed(2)}`;

function bandLabel(id: string, blueprint: Blueprint): string {
  const band = blueprint.difficultyBands.find((each) => each.id === id);
  return band === undefined ? id : `${bandText(band)}的题`;
}

type Namer = (subject: string, blueprint: Blueprint) => string;

const shareEnd = (subject: string, { min, max }: { readonly min: number; readonly max: number }): string =>
  subject.endsWith('min') ? `不少于${percent(min)}` : `不多于${percent(max)}`;

const namers: Readonly<Record<string, Namer>> = {
  itemCount: () => '总题数',
  dimensions: (code) => `维度“${dimensionLabel(code)}”的题数`,
  areas: (code) => `领域“${areaLabel(code)}”的题数`,
  benchmarks: (code) => `${benchmarkText(Number(code))}的题数`,
  formats: (code) => `${itemFormatLabels[code] ?? code}的题数`,
  cognitive: (level) => `认知层次“${level}”的题数`,
  difficultyBands: (id, blueprint) => `${bandLabel(id, blueprint)}数`,
  topicGroups: (id) => `主题“${id}”的题数`,
  maximumTimeSec: () => '作答总时长（秒）',
  sumOfP: () => '预期正确率之和',
  keyPosition: (subject, { keyPositionShare }) =>
    `答案${subject.slice(0, 1)}的比例${shareEnd(subject, keyPositionShare)}`,
  trueKeyShare: (subject, { trueKeyShare }) => `判断题答案“对”的比例${shareEnd(subject, trueKeyShare)}`,
  openers: () => '可以放在开头的容易题数（不含锚题和题组）',
  enemies: (pair) => `互斥题${pair.split(' ').join('与')}不同卷`,
  anchors: (id) => `锚题${id}必须入卷`,
  forced: (id) => `指定的题${id}必须入卷`,
  information: (theta) => `能力${theta}处的测验信息量`,
  minimumBandsPerDimension: (code) => `维度“${dimensionLabel(code)}”至少跨的难度段数`,
};

const laterPrefix = 'later.';

/** Name of a constraint row. @example constraintName('dimensions.K', cast) === '维度“科技知识”的题数' */
export function constraintName(rowId: string, blueprint: Blueprint): string {
  const isLater = rowId.startsWith(laterPrefix);
  const own = isLater ? rowId.slice(laterPrefix.length) : rowId;
  const dot = own.indexOf('.');
  const [group, subject] = dot < 0 ? [own, ''] : [own.slice(0, dot), own.slice(dot + 1)];
  const name = namers[group]?.(subject, blueprint) ?? own;
  return isLater ? `其余各卷合计的${name}` : name;
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function rangeText({ min, max }: Pick<Relaxation, 'min' | 'max'>): string {
  if (min === max) return `要求正好${rounded(min)}`;
  if (!Number.isFinite(max)) return `要求不少于${rounded(min)}`;
  return Number.isFinite(min) && min > 0
    ? `要求${rounded(min)}–${rounded(max)}`
    : `要求不超过${rounded(max)}`;
}

/** Rows with shares are homogeneous: their bounds say nothing, their name does. */
const isShareRow = (rowId: string): boolean => /keyPosition|trueKeyShare/.test(rowId);

/** Whole items are counted up; sums of p and information are not. */
const isMeasure = (rowId: string): boolean => /information|sumOfP/.test(rowId);

function relaxationText(relaxation: Relaxation, blueprint: Blueprint): string {
  const { rowId, shortBy } = relaxation;
  const name = constraintName(rowId, blueprint);
  if (isShareRow(rowId)) return `${name}做不到，可以放宽这个比例`;
  const distance = Math.abs(shortBy);
  const gap = rounded(isMeasure(rowId) ? distance : Math.ceil(distance - 1e-6));
  const [what, help] =
    shortBy > 0 ? [`还差${gap}`, '补充这类题，或降低下限'] : [`至少超出${gap}`, '换用别的题，或提高上限'];
  return `${name}${rangeText(relaxation)}，${what}，可以${help}`;
}

function conflictingText(row: ConflictingRow, blueprint: Blueprint): string {
  const name = constraintName(row.rowId, blueprint);
  if (isShareRow(row.rowId)) return name;
  const supply = row.highest < row.min ? `，可用的题最多给出${rounded(row.highest)}` : '';
  return `${name}${rangeText(row)}${supply}`;
}

const relaxationsTold = 6;

/** The total follows from the dimensions; it is told only when nothing else is. */
function toldRelaxations(relaxations: readonly Relaxation[]): readonly Relaxation[] {
  const others = relaxations.filter(({ rowId }) => !rowId.endsWith('itemCount'));
  return [...(others.length > 0 ? others : relaxations)]
    .sort((first, second) => Math.abs(second.shortBy) - Math.abs(first.shortBy))
    .slice(0, relaxationsTold);
}

/** What stands against what, then what would help: one sentence each. */
export function conflictSentences(conflict: ConstraintConflict, blueprint: Blueprint): readonly string[] {
  const rows = conflict.conflictingRows.map((row) => conflictingText(row, blueprint));
  const together =
    rows.length > 1 ? [`这些要求不能同时满足：${rows.join('；')}。`] : rows.map((row) => `做不到：${row}。`);
  return [
    ...together,
    ...toldRelaxations(conflict.relaxations).map((each) => `${relaxationText(each, blueprint)}。`),
  ];
}

const violationTexts: Readonly<Record<string, string>> = {
  binding: '试卷与题库或蓝图的版本不一致',
  itemCount: '总题数不符',
  positions: '题序不连续',
  unknownItem: '有题库里没有的题',
  itemVersion: '题目的版本已变',
  duplicateItem: '有重复的题',
  contentHash: '题目内容与试卷指纹不符',
  blocks: '题组没有整组相邻入卷',
  openers: '开头的题太难',
  longestEqualKeyRun: '连续相同的答案太多',
  dimensions: '维度题数不符',
  areas: '领域题数不符',
  benchmarks: '基准题数不符',
  formats: '题型题数不符',
  cognitive: '认知层次题数不符',
  difficultyBands: '难度段题数不符',
  sumOfP: '预期正确率之和不符',
  minimumBandsPerDimension: '维度内难度段太少',
  topicGroups: '主题题数不符',
  maximumTimeSec: '总时长超出',
  trueKeyShare: '判断题“对”的比例不符',
  keyPositionShare: '答案位置不均衡',
  maximumPerEnemyPair: '互斥题同卷',
  eligibleStatuses: '有不可用状态的题',
  maximumFormsPerItem: '有题的使用次数已到上限',
  anchors: '锚题缺失或数目不符',
  anchorPositions: '锚题离固定位置太远',
  information: '测验信息量偏离目标',
  sharedItem: '两份试卷有锚题以外的相同题',
  benchmarkRotation: '各卷合起来没有覆盖全部基准',
};

/** @example violationText({ rule: 'sharedItem', params: { itemId: 'K-1' } }) === '两份试卷有锚题以外的相同题（itemId K-1）' */
export function violationText({ rule, params }: FormViolation): string {
  const details = Object.entries(params).map(([name, value]) =>
    typeof value === 'number' ? `${name} ${rounded(value)}` : `${name} ${value}`,
  );
  return `${violationTexts[rule] ?? rule}（${details.join('，')}）`;
}
