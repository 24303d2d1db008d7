/** A survey's own specification and columns, as the host gives them. */
import type { AnalysisSpecInput } from '@shared/analysisSpec/analysisSpec';
import type { AnalysisColumn } from '@shared/contract/areas/analysis';
import { groupingCategories } from '@shared/domain/groups';
import { categoryLabel, groupingLabels } from '@shared/texts/labels';

export const baseDocument: AnalysisSpecInput = {
  formatVersion: 1,
  title: '苏州市2025年公民科学素质调查',
  files: { answers: { path: 'answers.csv', missing: [] } },
  data: { file: 'answers' },
  design: {
    stages: [{ units: 'psu', strata: 'stratum' }],
    weights: { kind: 'column', column: 'baseWeight' },
  },
  analyses: [
    {
      kind: 'estimates',
      id: 'literate',
      statistic: 'proportion',
      outcomes: [{ kind: 'column', column: 'passed' }],
    },
  ],
};

const grouping = (name: 'sex' | 'ageBand' | 'education' | 'residence'): AnalysisColumn => ({
  name,
  label: groupingLabels[name],
  kind: 'categories',
  categories: groupingCategories[name].map((value) => ({ value, label: categoryLabel(name, value) })),
});

export const columnList: readonly AnalysisColumn[] = [
  {
    name: 'passed',
    label: '具备科学素质',
    kind: 'flag',
    categories: [
      { value: '1', label: '是' },
      { value: '0', label: '否' },
    ],
  },
  { name: 'total', label: '总分', kind: 'number', categories: [] },
  {
    name: 'tier',
    label: '等级',
    kind: 'categories',
    categories: [
      { value: 'high', label: '高' },
      { value: 'low', label: '低' },
    ],
  },
  { name: 'dimension_k', label: '得分：知识', kind: 'number', categories: [] },
  {
    name: 'unit',
    label: '区县',
    kind: 'categories',
    categories: [
      { value: '320505', label: '虎丘区' },
      { value: '320506', label: '吴中区' },
    ],
  },
  ...(['sex', 'ageBand', 'education', 'residence'] as const).map(grouping),
  { name: 'psu', label: '初级单元', kind: 'design', categories: [] },
];

export const columns = new Map(columnList.map((column) => [column.name, column]));
