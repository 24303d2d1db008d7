/** `ReportWorkbook` on @cj-tech-master/excelts: draws a SheetModel cell by cell. */
import { Workbook } from '@cj-tech-master/excelts';
import type { Alignment, Cell, Worksheet } from '@cj-tech-master/excelts';
import type { ReportMeta, SheetCell, SheetColumn, SheetModel, SheetRow } from '@shared/reports/sheetModel';
import { isFullWidth } from '@shared/reports/sheetModel';
import { addIntervalPlot } from './plotSheet';
import type { Look } from './reportStyles';
import {
  aligned,
  bannerLook,
  gridBorder,
  headerLook,
  noteLook,
  rowLooks,
  subtitleLook,
  titleLook,
} from './reportStyles';
import type { CreateReportWorkbook } from './reportWorkbook';
import { numberFormats } from './reportWorkbook';
import type { SheetLayout } from './sheetLayout';
import { cellText, layoutOf, lineCount, rowLines, totalWidth } from './sheetLayout';

/** Excel's largest row height in points. */
const highestRow = 409;
const a4 = 9;
const inch = { left: 0.5, right: 0.5, top: 0.75, bottom: 0.7, header: 0.35, footer: 0.35 } as const;

function paint(cell: Cell, look: Look): void {
  cell.font = look.font;
  if (look.fill !== null) cell.fill = look.fill;
}

function setHeight(sheet: Worksheet, rowNumber: number, lines: number, look: Look): void {
  sheet.getRow(rowNumber).height = Math.min(highestRow, lines * look.lineHeight + 4);
}

/** One text merged over all columns. */
function writeAcross(sheet: Worksheet, rowNumber: number, value: string, frame: Across): void {
  const { look, model } = frame;
  const count = model.columns.length;
  for (let column = 1; column <= count; column += 1) paint(sheet.getCell(rowNumber, column), look);
  const cell = sheet.getCell(rowNumber, 1);
  cell.value = value;
  cell.alignment = aligned(frame.align ?? 'left');
  if (count > 1) sheet.mergeCells(rowNumber, 1, rowNumber, count);
  setHeight(sheet, rowNumber, lineCount(value, totalWidth(model.columns) / (frame.scale ?? 1)), look);
}

interface Across {
  readonly look: Look;
  readonly model: SheetModel;
  readonly align?: 'left' | 'center';
  /** Size of the text relative to the body font. */
  readonly scale?: number;
}

function writeHeads(sheet: Worksheet, model: SheetModel, layout: SheetLayout): void {
  if (model.banner !== null)
    writeAcross(sheet, 1, model.banner, { look: bannerLook, model, align: 'center', scale: 1.1 });
  writeAcross(sheet, layout.titleRow, model.title, { look: titleLook, model, align: 'center', scale: 1.6 });
  model.subtitles.forEach((subtitle, index) =>
    writeAcross(sheet, layout.firstSubtitleRow + index, subtitle, {
      look: subtitleLook,
      model,
      align: 'center',
    }),
  );
}

interface Span {
  readonly text: string | null;
  readonly column: number;
  readonly span: number;
}

const spansOf = (cells: SheetModel['headerRows'][number]): readonly Span[] => {
  let column = 1;
  return cells.map(({ text, span }) => {
    const own = { text, span, column };
    column += span;
    return own;
  });
};

function writeHeaderRow(sheet: Worksheet, model: SheetModel, at: { row: number; index: number }): void {
  const cells = model.headerRows[at.index] ?? [];
  const below = spansOf(model.headerRows[at.index + 1] ?? []);
  let lines = 1;
  for (const { text, column, span } of spansOf(cells)) {
    for (let each = column; each < column + span; each += 1) {
      const cell = sheet.getCell(at.row, each);
      paint(cell, headerLook);
      cell.border = gridBorder;
      cell.alignment = aligned('center');
    }
    if (text === null) continue;
    sheet.getCell(at.row, column).value = text;
    const continued = below.some((next) => next.column === column && next.text === null);
    const width = model.columns
      .slice(column - 1, column - 1 + span)
      .reduce((sum, { width }) => sum + width, 0);
    const wanted = lineCount(text, width);
    lines = Math.max(lines, continued ? wanted / 2 : wanted);
    if (continued) sheet.mergeCells(at.row, column, at.row + 1, column + span - 1);
    else if (span > 1) sheet.mergeCells(at.row, column, at.row, column + span - 1);
  }
  setHeight(sheet, at.row, lines, headerLook);
}

/** Keeps left-aligned text off the number in the column before it. */
const withIndent = (alignment: Partial<Alignment>): Partial<Alignment> =>
  alignment.horizontal === 'left' ? { ...alignment, indent: 1 } : alignment;

function writeValue(cell: Cell, value: SheetCell, column: SheetColumn): void {
  if (value.kind === 'blank') return;
  cell.border = gridBorder;
  if (value.kind === 'number') {
    cell.value = value.value;
    cell.numFmt = numberFormats[value.format ?? column.format];
    cell.alignment = withIndent(aligned(value.format === 'date' ? 'left' : column.align));
    return;
  }
  const mark = cellText(value);
  if (mark !== null) cell.value = mark;
  const isMark = value.kind !== 'text' && column.format !== 'text';
  cell.alignment = withIndent(aligned(isMark || column.align !== 'left' ? column.align : 'left'));
}

function writeRow(sheet: Worksheet, model: SheetModel, entry: SheetRow, rowNumber: number): void {
  const look = rowLooks[entry.style];
  if (isFullWidth(entry.style)) {
    const [only] = entry.cells;
    const frame = entry.style === 'lead' ? { look, model, scale: 1.25 } : { look, model };
    writeAcross(sheet, rowNumber, only === undefined ? '' : (cellText(only) ?? ''), frame);
    if (entry.style === 'break') sheet.getCell(rowNumber, 1).alignment = aligned('center');
    return;
  }
  model.columns.forEach((column, index) => {
    const cell = sheet.getCell(rowNumber, index + 1);
    paint(cell, look);
    writeValue(cell, entry.cells[index] ?? { kind: 'blank' }, column);
    if (entry.style === 'head') cell.alignment = aligned('center');
  });
  setHeight(sheet, rowNumber, rowLines(entry, model.columns), look);
}

/** `&` starts a code in a page header; a doubled one prints itself. */
const printed = (value: string): string => value.replaceAll('&', '&&');

function setUpPage(sheet: Worksheet, model: SheetModel, meta: ReportMeta): void {
  const { left, center, right } = meta.pageHeader;
  sheet.headerFooter.oddHeader = `&L&9${spaced(left)}&C&9${spaced(center)}&R&9${spaced(right)}`;
  sheet.headerFooter.oddFooter = `&L&9${spaced(meta.pageFooter.left)}&C&9 ${printed(model.name)}&R&9第 &P 页 / 共 &N 页`;
}

/** A blank keeps a leading digit from being read as part of the font size code. */
const spaced = (value: string): string => (value === '' ? '' : ` ${printed(value)}`);

function sheetOptions(model: SheetModel, layout: SheetLayout): Parameters<Workbook['addWorksheet']>[1] {
  const hasHeader = model.headerRows.length > 0;
  return {
    views: [
      {
        state: 'frozen',
        xSplit: model.frozenColumns,
        ySplit: hasHeader ? layout.firstBodyRow - 1 : layout.titleRow,
        showGridLines: false,
      },
    ],
    pageSetup: {
      paperSize: a4,
      orientation: model.print.orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: model.print.onePage === true ? 1 : 0,
      horizontalCentered: true,
      margins: { ...inch },
    },
  };
}

function finishSheet(sheet: Worksheet, model: SheetModel, layout: SheetLayout): void {
  const { headerRow, firstBodyRow, lastBodyRow, columnCount } = layout;
  const endRow = model.chart === null ? layout.endRow - 1 : addIntervalPlot(sheet, model.chart, layout);
  sheet.pageSetup.printArea = `A1:${sheet.getColumn(columnCount).letter}${endRow}`;
  if (model.print.repeatHeader && firstBodyRow > headerRow)
    sheet.pageSetup.printTitlesRow = `${headerRow}:${firstBodyRow - 1}`;
  if (model.hasFilter)
    sheet.autoFilter = {
      from: { row: firstBodyRow - 1, col: 1 },
      to: { row: lastBodyRow, col: columnCount },
    };
}

function drawSheet(book: Workbook, model: SheetModel, meta: ReportMeta): void {
  const layout = layoutOf(model);
  const sheet = book.addWorksheet(model.name, sheetOptions(model, layout));
  model.columns.forEach((column, index) => {
    sheet.getColumn(index + 1).width = column.width;
  });
  writeHeads(sheet, model, layout);
  model.headerRows.forEach((_cells, index) => {
    writeHeaderRow(sheet, model, { row: layout.headerRow + index, index });
  });
  model.rows.forEach((entry, index) => {
    writeRow(sheet, model, entry, layout.firstBodyRow + index);
  });
  model.notes.forEach((note, index) => {
    writeAcross(sheet, layout.firstNoteRow + index, `${index === 0 ? '注：' : ''}${note}`, {
      look: noteLook,
      model,
    });
  });
  setUpPage(sheet, model, meta);
  finishSheet(sheet, model, layout);
}

export const createExceltsWorkbook: CreateReportWorkbook = (meta) => {
  const book = new Workbook();
  const time = new Date(meta.createdAt);
  book.title = meta.title;
  book.subject = meta.subject;
  book.creator = meta.creator;
  book.lastModifiedBy = meta.creator;
  book.created = time;
  book.modified = time;
  return {
    addSheet: (model) => {
      drawSheet(book, model, meta);
    },
    toBytes: async () => Buffer.from(await book.xlsx.writeBuffer()),
  };
};
