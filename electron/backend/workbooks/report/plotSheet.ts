/**
 * The interval plot under a table: a line chart whose line is switched off, so that only markers with custom error
 * bars remain, plus the target as a dashed line. Its figures stand in a grey block right of the printed area, since
 * a chart that read the table itself would draw ※ as zero.
 */
import { installChartSupport } from '@cj-tech-master/excelts/chart';
import type { Worksheet } from '@cj-tech-master/excelts';
import { encodeCol } from '@cj-tech-master/excelts';
import type { IntervalChart } from '@shared/reports/sheetModel';
import { numberFormats } from './reportWorkbook';
import { aligned, chartColours, plotDataLook } from './reportStyles';
import type { SheetLayout } from './sheetLayout';

installChartSupport();

const headers = [
  '作图数据（不打印）',
  'n',
  '估计值',
  '下限',
  '上限',
  '上限－估计',
  '估计－下限',
  '目标',
] as const;
const chartRows = 16;
const axisStep = 0.1;

/** The axis must hold the error bars as well: next tenth above every upper limit and the target. */
const axisTop = ({ points, target }: IntervalChart): number =>
  Math.min(1, Math.ceil(Math.max(target ?? 0, ...points.map((point) => point.upper)) * 10 + 0.2) / 10);

interface Block {
  /** 1-based column of the labels. */
  readonly column: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

function writeBlock(sheet: Worksheet, chart: IntervalChart, block: Block): void {
  const put = (rowNumber: number, offset: number, value: string | number): void => {
    const cell = sheet.getCell(rowNumber, block.column + offset);
    cell.value = value;
    cell.font = plotDataLook.font;
    if (typeof value === 'number') cell.numFmt = numberFormats[offset === 1 ? 'count' : 'share1'];
    cell.alignment = { ...aligned(typeof value === 'number' ? 'right' : 'left'), wrapText: false };
  };
  headers.forEach((header, offset) => put(block.firstRow - 1, offset, header));
  chart.points.forEach((point, index) => {
    const { label, respondentCount, estimate, lower, upper } = point;
    const values = [estimate, lower, upper, upper - estimate, estimate - lower];
    [`${label}\nn=${respondentCount}`, respondentCount, ...values].forEach((value, offset) =>
      put(block.firstRow + index, offset, value),
    );
    if (chart.target !== null) put(block.firstRow + index, headers.length - 1, chart.target);
  });
  sheet.getColumn(block.column).width = 20;
}

function reference(sheet: Worksheet, block: Block, offset: number): string {
  const letter = encodeCol(block.column - 1 + offset);
  return `'${sheet.name}'!$${letter}$${block.firstRow}:$${letter}$${block.lastRow}`;
}

/** Draws the chart under the notes; returns the first row below it. */
export function addIntervalPlot(sheet: Worksheet, chart: IntervalChart, layout: SheetLayout): number {
  const firstRow = layout.firstBodyRow;
  const block = { column: layout.columnCount + 3, firstRow, lastRow: firstRow + chart.points.length - 1 };
  writeBlock(sheet, chart, block);
  const at = (offset: number): string => reference(sheet, block, offset);
  const { point, interval, target } = chartColours;
  const errorBars = {
    direction: 'y',
    barDir: 'both',
    type: 'cust',
    plus: at(5),
    minus: at(6),
    line: interval,
    lineWidth: 1.5,
  } as const;
  const estimates = {
    name: '估计值及区间',
    categories: at(0),
    values: at(2),
    smooth: false,
    spPr: { line: { noFill: true } },
    marker: { symbol: 'circle', size: 7, fill: point, border: point },
    errorBars,
  } as const;
  const goal = {
    name: chart.targetLabel ?? '目标',
    categories: at(0),
    values: at(7),
    smooth: false,
    line: target,
    lineWidth: 1.5,
    lineDash: 'dash',
    marker: { symbol: 'none' },
  } as const;
  const top = layout.endRow;
  sheet.addChart(
    {
      type: 'line',
      title: chart.title,
      series: chart.target === null ? [estimates] : [estimates, goal],
      showLegend: true,
      legendPosition: 'b',
      displayBlanksAs: 'gap',
      valueAxis: { numFmt: '0%', min: 0, max: axisTop(chart), majorUnit: axisStep, minorTickMark: 'none' },
    },
    { tl: { col: 0, row: top }, br: { col: layout.columnCount, row: top + chartRows } },
  );
  return top + chartRows + 2;
}
