/**
 * A report sheet as neutral data: what stands in which cell, with its number format, and how the page prints.
 * Sheets build it, a workbook writer draws it; neither the sheets nor this file know an Excel library.
 */

/** `share*` print 0..1 as percent, `points1` scores, `number*` plain decimals, `published` percent as printed by its source, `date` a day serial number. */
export type CellFormat =
  | 'text'
  | 'count'
  | 'year'
  | 'share1'
  | 'share2'
  | 'points1'
  | 'number2'
  | 'number3'
  | 'number6'
  | 'published'
  | 'date';

export type Alignment = 'left' | 'center' | 'right';

/**
 * What a column means for the rule "no figure without its n and interval": an `estimate` may only stand in a row
 * that also fills `count`, `lower` and `upper`. `target` and `published` come from documents, `caseRate` counts cases.
 */
export type ColumnRole =
  'label' | 'count' | 'estimate' | 'lower' | 'upper' | 'detail' | 'target' | 'published' | 'caseRate';

export interface SheetColumn {
  readonly header: string;
  /** Characters of the default font; a Chinese character takes two. */
  readonly width: number;
  readonly format: CellFormat;
  readonly align: Alignment;
  readonly role: ColumnRole;
}

export type SheetCell =
  | { readonly kind: 'text'; readonly text: string }
  /** `format` replaces the column's own, e.g. points in a column of shares. */
  | { readonly kind: 'number'; readonly value: number; readonly format?: CellFormat }
  /** ※ withheld by the disclosure rule. */
  | { readonly kind: 'suppressed' }
  | { readonly kind: 'notSurveyed' }
  /** — not known, not computable or not applicable. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'blank' };

/**
 * `section` and `paragraph` hold one text across the whole width, `break` does too and marks a line that must not
 * be read across; `head` looks like a column header inside the body; `total` is the emphasised row of a table.
 */
export type RowStyle = 'normal' | 'total' | 'section' | 'paragraph' | 'lead' | 'break' | 'head';

export interface SheetRow {
  readonly style: RowStyle;
  readonly cells: readonly SheetCell[];
}

/** A header cell spanning columns of one header row; `text` null continues the cell above. */
export interface HeaderCell {
  readonly text: string | null;
  readonly span: number;
}

export interface PrintSetup {
  readonly orientation: 'portrait' | 'landscape';
  readonly repeatHeader: boolean;
  /** Shrink to a single page, for a short table that must stay with its chart. */
  readonly onePage?: boolean;
}

/** Points with their interval, in table order, and the target they are read against. */
export interface IntervalChart {
  readonly title: string;
  readonly targetLabel: string | null;
  readonly target: number | null;
  readonly points: readonly {
    readonly label: string;
    readonly respondentCount: number;
    readonly estimate: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

export interface SheetModel {
  readonly id: string;
  /** Tab name, at most 31 characters. */
  readonly name: string;
  readonly title: string;
  /** Marks the whole sheet as 演示数据 above its title; null for real data. */
  readonly banner: string | null;
  readonly subtitles: readonly string[];
  readonly columns: readonly SheetColumn[];
  /** Empty for a sheet of prose; the last row normally repeats the columns' own headers. */
  readonly headerRows: readonly (readonly HeaderCell[])[];
  readonly rows: readonly SheetRow[];
  readonly notes: readonly string[];
  readonly print: PrintSetup;
  /** Columns that stay in view; rows are frozen under the header by themselves. */
  readonly frozenColumns: number;
  readonly hasFilter: boolean;
  readonly chart: IntervalChart | null;
}

/** Document properties and page furniture of a report file. */
export interface ReportMeta {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** ISO time written as created and modified. */
  readonly createdAt: string;
  readonly pageHeader: { readonly left: string; readonly center: string; readonly right: string };
  readonly pageFooter: { readonly left: string };
}

export const text = (value: string): SheetCell => ({ kind: 'text', text: value });
export const missing: SheetCell = { kind: 'missing' };
export const suppressed: SheetCell = { kind: 'suppressed' };
export const notSurveyed: SheetCell = { kind: 'notSurveyed' };
export const blank: SheetCell = { kind: 'blank' };

/** A number, or — when it is null or not finite. */
export function number(value: number | null, format?: CellFormat): SheetCell {
  if (value === null || !Number.isFinite(value)) return missing;
  return format === undefined ? { kind: 'number', value } : { kind: 'number', value, format };
}

export const row = (cells: readonly SheetCell[], style: RowStyle = 'normal'): SheetRow => ({ style, cells });

/** One text across the whole width. */
export const fullRow = (value: string, style: RowStyle = 'paragraph'): SheetRow => row([text(value)], style);

export const isFullWidth = (style: RowStyle): boolean =>
  style === 'section' || style === 'paragraph' || style === 'lead' || style === 'break';

/** One header row made of the columns' own headers. */
export const plainHeader = (columns: readonly SheetColumn[]): readonly HeaderCell[] =>
  columns.map((column) => ({ text: column.header, span: 1 }));
