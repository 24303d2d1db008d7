import { describe, expect, it } from 'vitest';
import type { ItemTableRequest } from '@shared/assessment/exchange/readItemTable';
import { readItemTable } from '@shared/assessment/exchange/readItemTable';
import { emptyKnownBank } from '@shared/assessment/exchange/importedItems';
import { itemSheets } from '@shared/assessment/exchange/writeItemTable';
import type { SheetRows, TableWorkbook } from '@shared/importing/table';
import { loadTrialBank } from '../../../question-banks/trialBank';

const bank = loadTrialBank();
const own: ItemTableRequest = { fileName: '题目.xlsx', bank: emptyKnownBank, defaults: null };

const toWorkbook = (sheets: readonly SheetRows[]): TableWorkbook => ({
  sheets: sheets.map(({ name, rows }) => ({
    name,
    rows,
    rowCount: rows.length,
    columnCount: rows.reduce((most, row) => Math.max(most, row.length), 0),
  })),
});

describe('the item workbook', () => {
  it('brings back all 300 shipped items, field by field', () => {
    const read = readItemTable(toWorkbook(itemSheets(bank)), own);
    expect(read.errors).toEqual([]);
    expect(read.warnings).toEqual([]);
    expect(read.items).toHaveLength(300);
    expect(read.items).toStrictEqual(bank.items);
  });
});
