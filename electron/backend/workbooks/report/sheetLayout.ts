/** Where the parts of a sheet stand, and how high a row must be for its wrapped text. No library here. */
import type { SheetCell, SheetColumn, SheetModel, SheetRow } from '@shared/reports/sheetModel';
import { isFullWidth } from '@shared/reports/sheetModel';
import { missingMark, notSurveyedText, suppressedMark } from '@shared/texts/format';

export interface SheetLayout {
  /** 1-based row of the title (the banner stands above it). */
  readonly titleRow: number;
  readonly firstSubtitleRow: number;
  /** First header row, or the first body row when there is no header. */
  readonly headerRow: number;
  readonly firstBodyRow: number;
  readonly lastBodyRow: number;
  readonly firstNoteRow: number;
  /** First row under the notes. */
  readonly endRow: number;
  readonly columnCount: number;
}

export function layoutOf(model: SheetModel): SheetLayout {
  const titleRow = model.banner === null ? 1 : 2;
  const firstSubtitleRow = titleRow + 1;
  const headerRow = firstSubtitleRow + model.subtitles.length;
  const firstBodyRow = headerRow + model.headerRows.length;
  const lastBodyRow = firstBodyRow + model.rows.length - 1;
  const firstNoteRow = lastBodyRow + 1;
  return {
    titleRow,
    firstSubtitleRow,
    headerRow,
    firstBodyRow,
    lastBodyRow,
    firstNoteRow,
    endRow: firstNoteRow + model.notes.length,
    columnCount: model.columns.length,
  };
}

export function cellText(cell: SheetCell): string | null {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'suppressed':
      return suppressedMark;
    case 'notSurveyed':
      return notSurveyedText;
    case 'missing':
      return missingMark;
    case 'number':
    case 'blank':
      return null;
  }
}

const isWide = (character: string): boolean => character.charCodeAt(0) > 0x2000;

/** Width in characters of the default font; Chinese characters and punctuation take two. */
export const displayWidth = (value: string): number =>
  [...value].reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0);

/** Excel measures columns in digits of its default font (7 px); ten-point body text runs a little narrower. */
const charactersPerUnit = 1.03;
/** Characters a wrapped line may lose at its end because Chinese punctuation must not begin a line. */
const wrapLoss = 2;

/** Lines a text takes in a column of `width` units, explicit line breaks included. */
export function lineCount(value: string, width: number): number {
  const capacity = width * charactersPerUnit;
  return value.split('\n').reduce((sum, line) => {
    const wanted = displayWidth(line);
    return sum + (wanted <= capacity ? 1 : Math.ceil(wanted / Math.max(1, capacity - wrapLoss)));
  }, 0);
}

export const totalWidth = (columns: readonly SheetColumn[]): number =>
  columns.reduce((sum, column) => sum + column.width, 0);

const indentOf = (entry: SheetRow): number => (isFullWidth(entry.style) ? 0 : 1);

/** Lines the fullest cell of a row needs. */
export function rowLines(entry: SheetRow, columns: readonly SheetColumn[]): number {
  const widthOf = (index: number): number =>
    isFullWidth(entry.style) ? totalWidth(columns) : (columns[index]?.width ?? 1);
  return entry.cells.reduce(
    (most, cell, index) => Math.max(most, lineCount(cellText(cell) ?? '', widthOf(index) - indentOf(entry))),
    1,
  );
}
