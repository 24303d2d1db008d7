/** The sheets of the report in their order: id, who gets it, and what the contents list says it is for. */
import type { ReportAudience } from './reportInput';

export const sheetIds = [
  'method',
  'overall',
  'units',
  'comparison',
  'groups',
  'gaps',
  'cross',
  'smallArea',
  'modelBased',
  'response',
  'trend',
  'dictionary',
  'weights',
  'precision',
  'itemAnalysis',
  'itemOptions',
  'itemWaves',
] as const;
export type SheetId = (typeof sheetIds)[number];

interface SheetEntry {
  readonly purpose: string;
  readonly statisticianOnly: boolean;
}

export const sheetEntries: Readonly<Record<SheetId, SheetEntry>> = {
  method: { purpose: '对象、口径、加权、误差、公布规则和判定规则', statisticianOnly: false },
  overall: { purpose: '公民具备科学素质比例、分级、平均得分', statisticianOnly: false },
  units: { purpose: '各地比例、区间与达标判定', statisticianOnly: false },
  comparison: { purpose: '各地之间、与全域能否区分，名次范围和分组', statisticianOnly: false },
  groups: { purpose: '性别、年龄、受教育程度、城乡和重点人群', statisticianOnly: false },
  gaps: { purpose: '城乡、人群、地区差距及其区间', statisticianOnly: false },
  cross: { purpose: '各地分人群的比例与区间', statisticianOnly: false },
  smallArea: { purpose: '直接估计与模型估计并列，不排名', statisticianOnly: false },
  modelBased: { purpose: '扣除测量误差的比例与原始比例并列，不作判定', statisticianOnly: false },
  response: { purpose: '样本结果与应答率', statisticianOnly: false },
  trend: { purpose: '公布数与本次结果，标明口径变更', statisticianOnly: false },
  dictionary: { purpose: '数据的变量与代码', statisticianOnly: false },
  weights: { purpose: '权数诊断、抽样设计、总体人数', statisticianOnly: true },
  precision: { purpose: '全部估计值的误差指标，全精度', statisticianOnly: true },
  itemAnalysis: { purpose: '每题难度、区分度、拟合、标记；信度和维度分数', statisticianOnly: true },
  itemOptions: { purpose: '每题各选项的比例和高低分组', statisticianOnly: true },
  itemWaves: { purpose: '共同题与以往调查比较：漂移、疑似泄题', statisticianOnly: true },
};

export const sheetsFor = (audience: ReportAudience): readonly SheetId[] =>
  sheetIds.filter((id) => audience === 'statistician' || !sheetEntries[id].statisticianOnly);
