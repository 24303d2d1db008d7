/** Whom a report is for, and the sheets each gets. */
import type { ReportAudience } from '@shared/reports/reportInput';
import { sheetEntries, sheetsFor } from '@shared/reports/sheetList';
import type { SheetId } from '@shared/reports/sheetList';
import type { Option } from '../wizard/fields/option';

export const audienceLabels: Readonly<Record<ReportAudience, string>> = {
  evaluator: '评估者',
  statistician: '统计员',
};

export const audienceOptions: readonly Option<ReportAudience>[] = [
  {
    value: 'evaluator',
    label: '评估者',
    hint: '给看结论的人：达标判定、区县、人群、趋势，以及用平实语言写的方法说明。',
  },
  {
    value: 'statistician',
    label: '统计员',
    hint: '给复核数字的人：另加权数诊断、抽样设计、全部误差指标（全精度）和试题分析（内部使用）。',
  },
];

/** Tab names as the workbook carries them; 区县 or 镇街 depends on the survey's units. */
export const sheetNames = (unit: string): Readonly<Record<SheetId, string>> => ({
  method: '方法说明',
  overall: '总体结果',
  units: `分${unit}`,
  comparison: `${unit}比较检验`,
  groups: '分人群',
  gaps: '差距指标',
  cross: `${unit}×人群`,
  smallArea: '小域估计',
  modelBased: '模型估计',
  response: '回收情况',
  trend: '趋势',
  dictionary: '数据字典',
  weights: '权数与设计',
  precision: '误差与设计效应',
  itemAnalysis: '试题分析',
  itemOptions: '试题选项',
  itemWaves: '试题与以往比较',
});

export interface SheetLine {
  readonly id: SheetId | 'cover';
  readonly name: string;
  readonly purpose: string;
}

/** Every sheet of a report in its order, the cover first. */
export const sheetLines = (audience: ReportAudience, unit: string): readonly SheetLine[] => [
  { id: 'cover', name: '封面', purpose: '表头信息、结论、数据来历和目录' },
  ...sheetsFor(audience).map((id) => ({ id, name: sheetNames(unit)[id], purpose: sheetEntries[id].purpose })),
];
