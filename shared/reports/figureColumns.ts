/** Columns and cells of a published figure, the same on every sheet: n, population, estimate, interval, error. */
import type { Figure } from '../results/surveyResults';
import type { ReportInput } from './reportInput';
import type { CellFormat, HeaderCell, SheetCell, SheetColumn } from './sheetModel';
import { missing, notSurveyed, number, suppressed, text } from './sheetModel';
import { digitsApart } from '../texts/sentences';
import { hasSmallCount, smallCountText } from '../texts/smallCounts';
import { figureRemark, intervalTitle } from './wording';

export type FigureScale = 'share' | 'points';

type Part = Pick<SheetColumn, 'header' | 'role' | 'format'> & { readonly width?: number };
const defaultWidth = 9;

const toColumn = ({ header, role, format, width = defaultWidth }: Part): SheetColumn => ({
  header,
  role,
  format,
  width,
  align: format === 'text' ? 'left' : 'right',
});

export const labelColumn = (header: string, width: number): SheetColumn =>
  toColumn({ header, role: 'label', format: 'text', width });

export const remarkColumn = (width: number, header = '说明'): SheetColumn =>
  toColumn({ header, role: 'detail', format: 'text', width });

const countPart: Part = { header: '样本量\nn', role: 'count', format: 'count', width: 8 };
const weightedPart = (basis: ReportInput['results']['basis']): Part => ({
  header: basis === 'probability' ? '加权人数\n（推断人口）' : '加权人数',
  role: 'detail',
  format: 'count',
  width: 13,
});
const shortErrorParts: readonly Part[] = [
  { header: '标准误', role: 'detail', format: 'share2', width: 9 },
  { header: '设计效应\ndeff', role: 'detail', format: 'number2', width: 10 },
];
const furtherErrorParts: readonly Part[] = [
  { header: '有效\n样本量', role: 'detail', format: 'count' },
  { header: '自由度', role: 'detail', format: 'count', width: 7 },
  { header: '变异系数', role: 'detail', format: 'share1' },
];

const estimateParts = (header: string, format: CellFormat): readonly Part[] => [
  { header, role: 'estimate', format, width: 10 },
  { header: '下限', role: 'lower', format, width: 8 },
  { header: '上限', role: 'upper', format, width: 8 },
];

/**
 * n, population, estimate with limits, standard error, design effect: seven columns.
 * Weights of a non-probability sample infer no population, so its header does not say so.
 */
export const figureColumns = (estimateHeader: string, { results }: ReportInput): readonly SheetColumn[] =>
  [
    countPart,
    weightedPart(results.basis),
    ...estimateParts(estimateHeader, 'share1'),
    ...shortErrorParts,
  ].map(toColumn);

/** Effective n, degrees of freedom, coefficient of variation: three more columns. */
export const furtherErrorColumns: readonly SheetColumn[] = furtherErrorParts.map(toColumn);

/** Estimate with limits alone: three columns, for a second figure on the same n. */
export const estimateColumns = (header: string, format: CellFormat): readonly SheetColumn[] =>
  estimateParts(header, format).map(toColumn);

/**
 * Two header rows for columns in which `lower` is followed by `upper`: the pair stands under the interval's name,
 * every other header spans both rows.
 */
export function intervalHeader(
  columns: readonly SheetColumn[],
  input: ReportInput,
): readonly (readonly HeaderCell[])[] {
  const top = columns.flatMap((column): readonly HeaderCell[] => {
    if (column.role === 'upper') return [];
    return column.role === 'lower'
      ? [{ text: intervalTitle(input), span: 2 }]
      : [{ text: column.header, span: 1 }];
  });
  const bottom = columns.map((column): HeaderCell => {
    const isLimit = column.role === 'lower' || column.role === 'upper';
    return { text: isLimit ? column.header : null, span: 1 };
  });
  return [top, bottom];
}

/** The mark that stands for a figure that is not shown. */
function markOf(figure: Figure): SheetCell {
  if (figure.state === 'notSurveyed') return notSurveyed;
  return figure.state === 'suppressed' ? suppressed : missing;
}

const repeated = (cell: SheetCell, count: number): readonly SheetCell[] =>
  Array.from({ length: count }, () => cell);

/** Number of respondents; ※ when even the count would give a cell away, `<10` where it would point at persons. */
export function countCell(figure: Figure): SheetCell {
  if (figure.state === 'notSurveyed') return notSurveyed;
  if (figure.respondentCount === null) return suppressed;
  return hasSmallCount(figure) ? text(smallCountText) : number(figure.respondentCount);
}

/** Two decimals where one would print an estimate as the target it misses. */
const shareFormat = (estimate: number, target: number | null): CellFormat =>
  target !== null && digitsApart(estimate, target) > 1 ? 'share2' : 'share1';

/**
 * Estimate, lower, upper. A figure without an interval is not printed: no number without its interval.
 * `target` is the share the figure is judged against in the same row; null when there is none.
 */
export function estimateCells(
  figure: Figure,
  scale: FigureScale,
  target: number | null = null,
): readonly SheetCell[] {
  if (figure.state !== 'shown' || figure.interval === null) return [markOf(figure), missing, missing];
  const format: CellFormat = scale === 'share' ? shareFormat(figure.estimate, target) : 'points1';
  const { lower, upper } = figure.interval;
  return [number(figure.estimate, format), number(lower, format), number(upper, format)];
}

function errorCells(figure: Figure, scale: FigureScale): readonly SheetCell[] {
  if (figure.state !== 'shown' || figure.interval === null) return repeated(missing, shortErrorParts.length);
  return [
    number(figure.standardError, scale === 'share' ? 'share2' : 'number2'),
    number(figure.designEffect),
  ];
}

/** Cells under `furtherErrorColumns`. */
export function furtherErrorCells(figure: Figure): readonly SheetCell[] {
  if (figure.state !== 'shown' || figure.interval === null)
    return repeated(missing, furtherErrorParts.length);
  return [
    number(figure.effectiveSampleSize),
    number(figure.degreesOfFreedom),
    number(figure.coefficientOfVariation),
  ];
}

const populationCell = (figure: Figure): SheetCell =>
  figure.state === 'shown' ? number(figure.weightTotal) : missing;

/** Cells under `figureColumns`; `target` as in `estimateCells`. */
export const figureCells = (
  figure: Figure,
  scale: FigureScale,
  target: number | null = null,
): readonly SheetCell[] => [
  countCell(figure),
  populationCell(figure),
  ...estimateCells(figure, scale, target),
  ...errorCells(figure, scale),
];

export const remarkCell = (figure: Figure): SheetCell => text(figureRemark(figure));
