/** Words of sample planning, and the plan as sheets of plain values: one wording for screen and file. */
import type { AllocationRule } from '../estimation/allocation';
import {
  fewestPsus,
  type PlannedSample,
  type SamplePlan,
  type SamplePlanQuestion,
  type SampleReading,
} from '../estimation/samplePlan';
import type { SheetRows } from '../importing/table';
import { formatCount, formatNumber, formatPercentValue, missingMark } from './format';

export const allocationLabels: Readonly<Record<AllocationRule, string>> = {
  power: '折中分配',
  proportional: '按人口比例',
  neyman: '误差最小分配',
  optimalCost: '费用最省分配',
};

export const allocationHelp: Readonly<Record<AllocationRule, string>> = {
  power: '按人口的幂次，在按人口比例和各地相等之间折中：指数 1 为按比例，0 为各地相等，常用 0.5。',
  proportional: '人口多的地区样本多：对合计的估计最省，但小地区样本往往不够公布。',
  neyman: 'Neyman 分配：人口多、差异大的地区多分一些，使全部地区合计的误差最小。',
  optimalCost: '在误差最小分配的基础上，费用高的地区少分一些；各地费用相同时两者一样。',
};

export interface PlanColumn {
  readonly id: string;
  readonly header: string;
  readonly help: string;
  /** A share in percentage points, a share in percent, or a count; null prints as missing. */
  readonly kind: 'count' | 'points' | 'percent';
  readonly value: (reading: SampleReading) => number | null;
}

/** What a plan tells of a district and of the whole. */
export const planColumns: readonly PlanColumn[] = [
  {
    id: 'completes',
    header: '完成份数',
    help: '分给这个地区的有效答卷数。',
    kind: 'count',
    value: (r) => r.completes,
  },
  {
    id: 'psus',
    header: '村居数',
    help: `按每个村居的份数折算。少于 ${fewestPsus} 个时误差估计不稳，不宜单独公布。`,
    kind: 'count',
    value: (r) => r.psuCount,
  },
  {
    id: 'issued',
    header: '需发放',
    help: '完成份数除以预计应答率：要抽出并联系这么多人。',
    kind: 'count',
    value: (r) => r.issued,
  },
  {
    id: 'margin',
    header: '误差（±百分点）',
    help: '按这么多份数，比例的误差大约是多少个百分点。',
    kind: 'points',
    value: (r) => r.margin,
  },
  {
    id: 'power',
    header: '能证实达标的把握',
    help: '如果真实比例就是设想的值，这样的样本有多大把握证实它超过目标。设想值不高于目标时无从证实。',
    kind: 'percent',
    value: (r) => r.powerForTarget,
  },
  {
    id: 'detectable',
    header: '能证实的最小超出（百分点）',
    help: '真实比例至少超过目标这么多，才有所要求的把握证实达标。',
    kind: 'points',
    value: (r) => r.detectableAboveTarget,
  },
  {
    id: 'change',
    header: '能看出的最小变化（百分点）',
    help: '前后两次同样规模的调查，真实变化至少这么多才有所要求的把握看出来。',
    kind: 'points',
    value: (r) => r.detectableChange,
  },
  {
    id: 'forMargin',
    header: '达到误差要求需要',
    help: '误差不超过所要求的百分点，需要多少份。',
    kind: 'count',
    value: (r) => r.neededForMargin,
  },
  {
    id: 'forTarget',
    header: '证实达标需要',
    help: '以所要求的把握证实超过目标，需要多少份。',
    kind: 'count',
    value: (r) => r.neededForTarget,
  },
  {
    id: 'forChange',
    header: '看出变化需要',
    help: '两次调查各需要多少份，才有所要求的把握看出设想的变化。',
    kind: 'count',
    value: (r) => r.neededForChange,
  },
  { id: 'cost', header: '费用（元）', help: '村居费用加每份答卷费用。', kind: 'count', value: (r) => r.cost },
];

export function planCellText(column: PlanColumn, reading: SampleReading): string {
  const value = column.value(reading);
  if (value === null) return missingMark;
  if (column.kind === 'count') return formatCount(value);
  return column.kind === 'points' ? (value * 100).toFixed(1) : `${(value * 100).toFixed(0)}%`;
}

export const wholeLabel = '合计';

/** What the plan rests on, in words. */
export function planAssumptions(question: SamplePlanQuestion, plan: SamplePlan): readonly string[] {
  const percent = (value: number): string => formatPercentValue(value * 100);
  return [
    `每个村居 ${formatNumber(question.respondentsPerPsu, 0)} 份、村居内相关 ${question.intraclassCorrelation}、` +
      `权数变异系数 ${question.weightVariation}：地区内预计设计效应 ${formatNumber(plan.designEffect)}；` +
      `各地抽样比不同，合计的设计效应 ${formatNumber(plan.whole.designEffect)}。`,
    `设想比例 ${percent(question.share)}，目标 ${percent(question.target)}；误报率 ${percent(question.significanceLevel)}` +
      `（对目标单侧，对变化双侧），把握 ${percent(question.power)}，误差按 ${percent(question.confidenceLevel)} 计。`,
    `费用最省的做法：每个村居约 ${formatNumber(plan.optimalRespondentsPerPsu, 0)} 份。`,
  ];
}

/** The advice that matters before fieldwork; empty when all is well. */
export function planWarnings(plan: SamplePlan, nameOf: (id: string) => string): readonly string[] {
  const few = plan.districts.filter(({ hasFewPsus }) => hasFewPsus).map(({ id }) => nameOf(id));
  const unable = plan.districts.filter(
    ({ neededForTarget, completes }) => neededForTarget !== null && neededForTarget > completes,
  );
  const belowTarget = plan.districts.filter(({ neededForTarget }) => neededForTarget === null);
  const warnings: string[] = [];
  if (few.length > 0)
    warnings.push(`村居少于 ${fewestPsus} 个，误差估计不稳，不宜单独公布：${few.join('、')}。`);
  if (unable.length > 0)
    warnings.push(`${unable.length} 个地区即使真实比例如设想，也没有所要求的把握证实达标。调查前就应说明。`);
  if (belowTarget.length > 0)
    warnings.push(`${belowTarget.length} 个地区设想的比例不高于目标，再大的样本也不会证实达标。`);
  return warnings;
}

interface SheetSource {
  readonly title: string;
  readonly names: Readonly<Record<string, string>>;
  readonly question: SamplePlanQuestion;
  readonly plan: SamplePlan;
}

/** Two sheets: the table with unrounded numbers (shares as percent), and what it rests on. */
export function samplePlanSheets({ title, names, question, plan }: SheetSource): readonly SheetRows[] {
  const nameOf = (id: string): string => names[id] ?? id;
  const cell = (column: PlanColumn, reading: SampleReading): number | null => {
    const value = column.value(reading);
    return value === null || column.kind === 'count' ? value : value * 100;
  };
  const header = (column: PlanColumn): string =>
    column.kind === 'percent' ? `${column.header}（%）` : column.header;
  const lineOf = (district: PlannedSample): readonly (string | number | null)[] => [
    nameOf(district.id),
    district.populationCount,
    district.share * 100,
    ...planColumns.map((column) => cell(column, district)),
  ];
  return [
    {
      name: '样本规划',
      rows: [
        ['地区', '18–69岁人口', '设想比例（%）', ...planColumns.map(header)],
        ...plan.districts.map(lineOf),
        [wholeLabel, null, null, ...planColumns.map((column) => cell(column, plan.whole))],
      ],
      widths: [26, 14, 14, ...planColumns.map(() => 16)],
    },
    {
      name: '依据',
      rows: [
        [title],
        [`分配：${allocationLabels[question.rule]}，每个地区至少 ${question.minimumPerDistrict} 份。`],
        ...planAssumptions(question, plan).map((line) => [line]),
        ...planWarnings(plan, nameOf).map((line) => [line]),
        ['以上是按设想参数作的推算，实际误差取决于调查本身。'],
      ],
      widths: [100],
    },
  ];
}
