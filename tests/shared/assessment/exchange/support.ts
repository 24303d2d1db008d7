/** Workbooks as the reader gets them, and shorthand for what it says about them. */
import type { ItemDefaults } from '@shared/assessment/exchange/completeItem';
import type { ImportedItems } from '@shared/assessment/exchange/importedItems';
import { emptyKnownBank } from '@shared/assessment/exchange/importedItems';
import type { ItemTableRequest } from '@shared/assessment/exchange/readItemTable';
import type { Cell, SheetRows, TableWorkbook } from '@shared/importing/table';

export const ownFile: ItemTableRequest = { fileName: '题目.xlsx', bank: emptyKnownBank, defaults: null };

export const defaults: ItemDefaults = { dimension: 'K', benchmark: 17, area: 'LH', author: '张三' };
export const foreignFile = { fileName: '外来文件', bank: emptyKnownBank, defaults };

export interface CellSheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

export const toWorkbook = (sheets: readonly (SheetRows | CellSheet)[]): TableWorkbook => ({
  sheets: sheets.map(({ name, rows }) => ({
    name,
    rows,
    rowCount: rows.length,
    columnCount: rows.reduce((most, row) => Math.max(most, row.length), 0),
  })),
});

export const codesOf = ({ errors }: ImportedItems): readonly string[] => errors.map(({ code }) => code);
export const linesOf = ({ errors }: ImportedItems): readonly number[] => errors.map(({ row }) => row);

/** Items of a result that must have no error. */
export function itemsOf(result: ImportedItems): ImportedItems['items'] {
  if (result.errors.length > 0) throw new Error(JSON.stringify(result.errors, null, 1));
  return result.items;
}
