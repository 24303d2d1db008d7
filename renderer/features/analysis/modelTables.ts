/** Tables of tests and regressions. */
import type { TestLine } from '@shared/analysisSpec/result';
import type { Analysis } from '@shared/analysisSpec/schema/analyses';
import { customNotes, testLabels, varianceMethodLabels } from '@shared/texts/analysisTexts';
import { formatNumber } from '@shared/texts/format';
import type { AnswerOf, ResultRow, ResultTable, Scale, TableContext } from './tableParts';
import { errorColumns, figure, intervalText, pText, text, valueText } from './tableParts';

const testColumns = [
  text('name', '检验'),
  figure('statistic', '统计量', 120),
  figure('degreesOfFreedom', '自由度', 140),
  figure('p', 'p 值'),
];

const testRow = (line: TestLine): ResultRow => ({
  cells: {
    name: testLabels[line.name] ?? line.name,
    statistic: formatNumber(line.statistic, 3),
    degreesOfFreedom: line.degreesOfFreedom.map((each) => String(Number(each.toFixed(2)))).join('；'),
    p: pText(line.pValue),
  },
  mark: null,
});

const linearisedNote = ({ replacesReplicates }: { readonly replacesReplicates: boolean }): string =>
  replacesReplicates ? customNotes.linearisedInstead : varianceMethodLabels.linearised;

export function chiSquareTable(answer: AnswerOf<'chiSquare'>, { words }: TableContext): ResultTable {
  return {
    id: answer.id,
    title: `卡方检验：${words.column(answer.rows)}与${words.column(answer.columns)}`,
    note: linearisedNote(answer),
    columns: testColumns,
    rows: answer.tests.map(testRow),
  };
}

function coefficientTable(
  answer: AnswerOf<'regression'>,
  analysis: Analysis,
  context: TableContext,
): ResultTable {
  const { words } = context;
  const isLogistic = answer.family === 'logistic';
  return {
    id: `${answer.id}-coefficients`,
    title: isLogistic ? 'logistic 回归系数' : '线性回归系数',
    note: `${linearisedNote(answer)}；自由度 ${answer.degreesOfFreedom}。系数与参照类别相比，不是某一组的数字。`,
    columns: [
      text('name', '系数'),
      ...errorColumns(context, analysis, '系数'),
      figure('t', 't', 80),
      figure('p', 'p 值'),
      ...(isLogistic ? [figure('oddsRatio', '优势比')] : []),
    ],
    rows: answer.coefficients.map((line) => ({
      cells: {
        name: words.coefficient(line.name),
        estimate: valueText(line.estimate, 'number'),
        standardError: valueText(line.standardError, 'number'),
        interval: intervalText(line.interval, 'number'),
        t: formatNumber(line.t),
        p: pText(line.pValue),
        oddsRatio: formatNumber(line.oddsRatio, 3),
      },
      mark: null,
    })),
  };
}

function marginTable(answer: AnswerOf<'regression'>, analysis: Analysis, context: TableContext): ResultTable {
  const { words, publication } = context;
  const scale: Scale = answer.family === 'logistic' ? 'share' : 'number';
  return {
    id: `${answer.id}-margins`,
    title: '预测边际',
    note: `假设每个人都属于这一类、其他变量不变时的平均预测值。${linearisedNote(answer)}`,
    columns: [text('name', '类别'), ...errorColumns(context, analysis, '预测边际')],
    rows: answer.predictiveMargins.map((line) => ({
      cells: {
        name: `${words.column(line.column)}：${words.category(line.column, line.category)}`,
        estimate: valueText(line.estimate, scale),
        standardError: valueText(line.standardError, scale),
        interval: intervalText(line.interval, scale),
      },
      mark: publication.ofDomain(analysis, { [line.column]: line.category }),
    })),
  };
}

const waldTable = (answer: AnswerOf<'regression'>): ResultTable => ({
  id: `${answer.id}-wald`,
  title: 'Wald 检验',
  note: linearisedNote(answer),
  columns: testColumns,
  rows: answer.waldTests.map(testRow),
});

/** Margins first: they are what the question is about. */
export const regressionTables = (
  answer: AnswerOf<'regression'>,
  analysis: Analysis,
  context: TableContext,
): readonly ResultTable[] =>
  [
    marginTable(answer, analysis, context),
    waldTable(answer),
    coefficientTable(answer, analysis, context),
  ].filter(({ rows }) => rows.length > 0);
