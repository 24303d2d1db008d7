/** The answer to a specification as tables of texts; what is printed here is all that the page shows. */
import type { AnalysisAnswer, ContrastLine, EmptyLine, NumberLine } from '@shared/analysisSpec/result';
import type { Analysis } from '@shared/analysisSpec/schema/analyses';
import { proportionIntervalLabels, statisticLabels, varianceMethodLabels } from '@shared/texts/analysisTexts';
import { formatCount, formatNumber, formatShare, missingMark } from '@shared/texts/format';
import { intervalMethodLabels } from '@shared/texts/labels';
import { specWords } from '@shared/texts/specTexts';
import { chiSquareTable, regressionTables } from './modelTables';
import type { AnswerOf, ResultColumn, ResultRow, ResultTable, Scale, TableContext } from './tableParts';
import { errorColumns, figure, intervalText, pText, scaleOf, text, valueText } from './tableParts';
import type { AnswerWords } from './words';

interface OutcomeLine {
  readonly outcome: string;
}

const outcomesOf = (lines: readonly OutcomeLine[]): readonly string[] => [
  ...new Set(lines.map(({ outcome }) => outcome)),
];

/** @example '具备科学素质：比例' for one outcome, '比例' for several */
function titleOf(lines: readonly OutcomeLine[], statistic: string, words: AnswerWords): string {
  const [only, ...others] = outcomesOf(lines);
  return only === undefined || others.length > 0 ? statistic : `${words.outcome(only)}：${statistic}`;
}

/** The outcome has a column of its own only where there are several. */
const placeColumns = (lines: readonly OutcomeLine[]): readonly ResultColumn[] =>
  outcomesOf(lines).length > 1 ? [text('domain', '分组'), text('outcome', '变量')] : [text('domain', '分组')];

function estimateRow(line: NumberLine, scale: Scale, { words, publication }: TableContext): ResultRow {
  const [interval] = line.intervals;
  return {
    cells: {
      outcome: words.outcome(line.outcome),
      domain: words.domain(line.domain),
      n: formatCount(line.respondentCount),
      estimate: valueText(line.estimate, scale),
      standardError: valueText(line.standardError, scale),
      interval: intervalText(interval, scale),
      designEffect: formatNumber(line.designEffect),
      effectiveSampleSize:
        line.effectiveSampleSize === null ? missingMark : formatCount(line.effectiveSampleSize),
      degreesOfFreedom: String(line.degreesOfFreedom),
    },
    mark: publication.ofSize(line),
  };
}

const emptyCells = (line: EmptyLine, words: AnswerWords): ResultRow => ({
  cells: {
    outcome: words.outcome(line.outcome),
    domain: words.domain(line.domain),
    n: '0',
    estimate: specWords.emptyReasons[line.reason],
  },
  mark: null,
});

const intervalLabels: Readonly<Record<string, string>> = {
  ...proportionIntervalLabels,
  ...intervalMethodLabels,
};

function methodsOf(answer: AnswerOf<'estimates'>): string {
  const lines = answer.lines.filter((line) => line.status === 'estimated');
  const methods = new Set(
    lines.flatMap(({ intervals }) => intervals.slice(0, 1).map(({ method }) => method)),
  );
  const errors = lines[0] === undefined ? '' : varianceMethodLabels[lines[0].method];
  const intervals = [...methods].map((method) => intervalLabels[method] ?? method).join('、');
  return intervals === '' ? errors : `${errors}；区间：${intervals}`;
}

function estimatesTable(
  answer: AnswerOf<'estimates'>,
  analysis: Analysis,
  context: TableContext,
): ResultTable {
  const scale = scaleOf(answer.statistic);
  return {
    id: answer.id,
    title: titleOf(answer.lines, statisticLabels[answer.statistic], context.words),
    note: methodsOf(answer),
    columns: [
      ...placeColumns(answer.lines),
      figure('n', 'n', 80),
      ...errorColumns(context, analysis, statisticLabels[answer.statistic]),
      figure('designEffect', '设计效应'),
      figure('effectiveSampleSize', '有效样本量', 104),
      figure('degreesOfFreedom', '自由度', 80),
    ],
    rows: answer.lines.map((line) =>
      line.status === 'empty' ? emptyCells(line, context.words) : estimateRow(line, scale, context),
    ),
  };
}

function quantilesTable(
  answer: AnswerOf<'quantiles'>,
  analysis: Analysis,
  context: TableContext,
): ResultTable {
  const { words, publication } = context;
  const first = answer.lines.find((line) => !('status' in line));
  return {
    id: answer.id,
    title: titleOf(answer.lines, statisticLabels.quantiles, words),
    note: first === undefined || 'status' in first ? '' : varianceMethodLabels[first.method],
    columns: [
      ...placeColumns(answer.lines),
      figure('probability', '分位', 80),
      figure('n', 'n', 80),
      ...errorColumns(context, analysis, '估计'),
      figure('degreesOfFreedom', '自由度', 80),
    ],
    rows: answer.lines.map((line): ResultRow => {
      if ('status' in line) return emptyCells(line, words);
      return {
        cells: {
          outcome: words.outcome(line.outcome),
          domain: words.domain(line.domain),
          probability: formatShare(line.probability, 0),
          n: formatCount(line.respondentCount),
          estimate: valueText(line.estimate, 'number'),
          standardError: valueText(line.standardError, 'number'),
          interval: intervalText(line.interval, 'number'),
          degreesOfFreedom: String(line.degreesOfFreedom),
        },
        mark: publication.ofSize(line),
      };
    }),
  };
}

function contrastRow(
  line: ContrastLine,
  scale: Scale,
  place: { analysis: Analysis; context: TableContext },
): ResultRow {
  const { words, publication } = place.context;
  const ends = [line.second, line.first].filter((keys) => keys !== null);
  const marks = ends.map((keys) => publication.ofDomain(place.analysis, keys));
  const isDeviation = line.first === null;
  const name = ends.length === 0 ? line.name : ends.map((keys) => words.domain(keys)).join(' − ');
  return {
    cells: {
      name: isDeviation && ends.length > 0 ? `${name} − ${specWords.everyone}` : name,
      estimate: valueText(line.estimate, scale),
      standardError: valueText(line.standardError, scale),
      interval: intervalText(line.interval, scale),
      t: formatNumber(line.t),
      degreesOfFreedom: String(line.degreesOfFreedom),
      p: pText(line.pValue),
      adjustedP: pText(line.adjustedPValue),
    },
    mark: marks.find((mark) => mark?.isBarred) ?? marks.find((mark) => mark !== null) ?? null,
  };
}

const tColumns = [figure('t', 't', 80), figure('degreesOfFreedom', '自由度', 80), figure('p', 'p 值')];

function contrastsTable(
  answer: AnswerOf<'contrasts'>,
  analysis: Analysis,
  context: TableContext,
): ResultTable {
  const scale = scaleOf(answer.statistic);
  return {
    id: answer.id,
    title: '比较',
    note: varianceMethodLabels[answer.method],
    columns: [
      text('name', '比较'),
      ...errorColumns(context, analysis, '差'),
      ...tColumns,
      ...(answer.adjustment === 'none' ? [] : [figure('adjustedP', '校正 p 值')]),
    ],
    rows: answer.lines.map((line) => contrastRow(line, scale, { analysis, context })),
  };
}

function tTestTable(answer: AnswerOf<'tTest'>, analysis: Analysis, context: TableContext): ResultTable {
  const groups = analysis.kind === 'tTest' ? analysis.groups : null;
  const keys = (category: string) => (groups === null ? {} : { [groups.column]: category });
  const line: ContrastLine = {
    ...answer,
    name: context.words.outcome(answer.outcome),
    first: groups === null ? null : keys(groups.first),
    second: groups === null ? null : keys(groups.second),
    adjustedPValue: null,
  };
  return {
    id: answer.id,
    title: 't 检验',
    note: varianceMethodLabels[answer.method],
    columns: [text('name', '比较'), ...errorColumns(context, analysis, '差'), ...tColumns],
    rows: [
      contrastRow(line, context.words.isShare(answer.outcome) ? 'share' : 'number', { analysis, context }),
    ],
  };
}

/** Tables of one answer, in reading order. `analysis` is the question it answers. */
export function tablesOf(
  answer: AnalysisAnswer,
  analysis: Analysis,
  context: TableContext,
): readonly ResultTable[] {
  switch (answer.kind) {
    case 'estimates':
      return [estimatesTable(answer, analysis, context)];
    case 'quantiles':
      return [quantilesTable(answer, analysis, context)];
    case 'contrasts':
      return [contrastsTable(answer, analysis, context)];
    case 'tTest':
      return [tTestTable(answer, analysis, context)];
    case 'chiSquare':
      return [chiSquareTable(answer, context)];
    case 'regression':
      return regressionTables(answer, analysis, context);
  }
}
