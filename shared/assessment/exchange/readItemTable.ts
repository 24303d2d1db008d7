/**
 * Items of a workbook: our own template, an export of ours, or a table of another system. One sheet 题目, or every
 * sheet with a 题干 column (单选题, 多选题, 判断题: the name of the sheet is then the kind of its items).
 */
import { fold } from '../../importing/normalise';
import type { ProblemLog } from '../../importing/problemLog';
import { createProblemLog } from '../../importing/problemLog';
import { remedyOf } from '../../importing/problems';
import type { Table, TableWorkbook } from '../../importing/table';
import { cellText } from '../../importing/table';
import { columnText, furtherSheetNames, itemSheetName } from '../../texts/itemTableTexts';
import type { ItemType } from '../itemCodes';
import { falseKey, itemTypes, optionIds, trueKey } from '../itemCodes';
import type { ItemDefaults } from './completeItem';
import { completeItem, createIdGiver, missingReference, missingReferenceId } from './completeItem';
import type { FlatItem } from './flatItem';
import { branchOf, rawItem, textAt } from './flatItem';
import type { FurtherTables } from './furtherTables';
import { readFurtherTables } from './furtherTables';
import type { ImportedItems, KnownBank, Linked, RawItem } from './importedItems';
import { judgeItems } from './importedItems';
import { itemColumns, typeCodec } from './itemColumns';
import { normaliseAnswer, verdictOf } from './normaliseAnswer';
import type { ReferenceBook } from './rowReferences';
import { readReferences } from './rowReferences';
import type { SheetHeader } from './tableHeaders';
import { findItemHeader } from './tableHeaders';
import type { ReadRow } from './tableRows';
import { readRows } from './tableRows';

export interface ItemTableRequest {
  readonly fileName: string;
  readonly bank: KnownBank;
  /** Place of items whose table does not say it; null for files in our own layout. */
  readonly defaults: ItemDefaults | null;
}

interface ItemSheet {
  readonly table: Table;
  readonly header: SheetHeader;
  readonly log: ProblemLog;
}

function itemSheets({ sheets }: TableWorkbook): readonly ItemSheet[] {
  const further: readonly string[] = Object.values(furtherSheetNames);
  const named = sheets.filter(({ name }) => name.trim() === itemSheetName);
  const candidates = named.length > 0 ? named : sheets.filter(({ name }) => !further.includes(name.trim()));
  return candidates.flatMap((table) => {
    const header = findItemHeader(table);
    return header === null ? [] : [{ table, header, log: createProblemLog(table, header.row) }];
  });
}

/** Columns nothing can be imported without; a foreign table needs stem and answer alone. */
const isNeeded = (path: string, isForeign: boolean): boolean =>
  !isForeign || path === 'stem' || path === 'key';

function reportColumns({ table, header, log }: ItemSheet, isForeign: boolean): void {
  const place = { row: header.row, column: null };
  const has = (path: string): boolean => header.columns.some((each) => each.path === path);
  for (const { path, isRequired } of itemColumns(1)) {
    if (!isRequired || !isNeeded(path, isForeign) || has(path)) continue;
    if (path === 'type' && kindOfSheet(table) !== null) continue;
    log.add('error', place, { code: 'ITEM_COLUMN_MISSING', params: { column: columnText(path).header } });
  }
  for (const { index, text } of header.repeated)
    log.add(
      'error',
      { row: header.row, column: index },
      { code: 'ITEM_COLUMN_TWICE', params: { column: text.header } },
    );
  for (const index of header.unknown)
    log.add('warning', { row: header.row, column: index }, { code: 'ITEM_COLUMN_IGNORED', params: {} });
}

const typeOf = (name: string): ItemType | null => {
  const reading = typeCodec.read(name);
  return reading.ok ? (itemTypes.find((type) => type === reading.value) ?? null) : null;
};

const kindOfSheet = ({ name }: Table): ItemType | null => typeOf(name.trim());

/** A header that spells out its own codes: 题型（0单选，1判断，2多选） turns the cell 1 into 判断. */
function withSpelledType(table: Table, header: SheetHeader): Table {
  const column = header.columns.find(({ path }) => path === 'type');
  const head = column === undefined ? '' : fold(cellText(table.rows[header.row - 1]?.[column.index]));
  const codes = new Map(
    [...head.matchAll(/(\d)[.:、-]?([^\d,，;；、()（）]+)/gu)].map((each) => [each[1], each[2]]),
  );
  if (column === undefined || codes.size === 0) return table;
  const rows = table.rows.map((cells, row) =>
    row < header.firstRow - 1
      ? cells
      : cells.map((cell, index) => (index === column.index ? (codes.get(cellText(cell)) ?? cell) : cell)),
  );
  return { ...table, rows };
}

interface Choice {
  readonly id: string;
  readonly text: string;
}

/** Kind of a row without one: by its sheet, else by its options and answer. */
function guessType(flat: FlatItem, sheet: Table, options: readonly Choice[]): ItemType {
  const known = kindOfSheet(sheet);
  if (known !== null) return known;
  const isVerdicts = options.length === 2 && options.every(({ text }) => verdictOf(text) !== null);
  if (options.length === 0 || isVerdicts) return 'tf';
  const letters = fold(textAt(flat, 'key')).match(/[a-f]/g) ?? [];
  return letters.length > 1 ? 'multi' : 'single';
}

function choicesOf(flat: FlatItem): readonly Choice[] {
  return optionIds.flatMap((id) => {
    const text = textAt(flat, `options.${id}`);
    return text === '' ? [] : [{ id, text }];
  });
}

/** Kind and key of a row; a statement given with the options 正确/错误 loses those options. */
function withAnswer({ values, report }: ReadRow, sheet: Table): FlatItem | null {
  const options = choicesOf(values);
  const type = itemTypes.find((each) => each === values.get('type')) ?? guessType(values, sheet, options);
  const key = normaliseAnswer(textAt(values, 'key'), { type, options });
  if (!key.ok) {
    report('key', key.problem);
    return null;
  }
  const isStatement = [trueKey, falseKey].includes(key.value[0] ?? '') && type === 'tf';
  const isVerdicts = isStatement && options.every(({ text }) => verdictOf(text) !== null);
  const kept = [...values].filter(([path]) => !(isVerdicts && path.startsWith('options.')));
  return new Map([...kept, ['type', type], ['key', key.value]]);
}

interface Reading {
  readonly request: ItemTableRequest;
  readonly further: FurtherTables;
  readonly book: ReferenceBook;
  readonly giveId: ReturnType<typeof createIdGiver>;
}

/** A name in 内容审, 语言审 or 敏感审 that the sheet 审题记录 does not know is a review that passed. */
function reviewsOf(flat: FlatItem, recorded: readonly Readonly<Record<string, unknown>>[]) {
  const named = Object.entries(branchOf(flat, 'reviewers')).flatMap(([role, names]) =>
    (Array.isArray(names) ? (names as unknown[]) : []).map((by) => ({ by, role, verdict: 'accept' })),
  );
  const isRecorded = (name: { by: unknown; role: string }): boolean =>
    recorded.some(({ by, role }) => by === name.by && role === name.role);
  return [...recorded, ...named.filter((name) => !isRecorded(name))];
}

function toRawItem(row: ReadRow, sheet: Table, reading: Reading): RawItem | null {
  const { request, further, book, giveId } = reading;
  const flat = withAnswer(row, sheet);
  if (flat === null) return null;
  const references = readReferences(flat, book, row.report);
  const own = textAt(flat, 'id');
  const raw = {
    ...rawItem(new Map([...flat].filter(([path]) => !/^(references|reviewers)\./.test(path)))),
    references,
    reviews: reviewsOf(flat, further.reviews.get(own) ?? []),
    history: further.history.get(own) ?? [],
  };
  const stimulusId = flat.has('stimulus') ? textAt(flat, 'stimulus') : null;
  return {
    raw: completeItem(raw, { defaults: request.defaults, giveId }),
    stimulusId,
    sheet: sheet.name,
    row: row.row,
    report: row.report,
  };
}

/** Ids written in the file: new ones keep clear of them. */
const writtenIds = (rows: readonly { readonly values: FlatItem }[]): ReadonlySet<string> =>
  new Set(rows.map(({ values }) => textAt(values, 'id')));

function collect(logs: readonly ProblemLog[]): Pick<ImportedItems, 'errors' | 'warnings'> {
  return {
    errors: logs.flatMap(({ lists }) => lists.error),
    warnings: logs.flatMap(({ lists }) => lists.warning),
  };
}

const withoutSheet = (fileName: string): ImportedItems => ({
  items: [],
  references: {},
  errors: [
    {
      code: 'ITEM_SHEET_MISSING',
      params: {},
      sheet: fileName,
      row: 1,
      column: '',
      header: '',
      value: '',
      remedyCode: remedyOf.ITEM_SHEET_MISSING,
    },
  ],
  warnings: [],
  itemCount: 0,
  places: [],
});

/** Reads and judges every row of every item sheet. All items or none, with a place for every problem. */
export function readItemTable(workbook: TableWorkbook, request: ItemTableRequest): ImportedItems {
  const sheets = itemSheets(workbook);
  if (sheets.length === 0) return withoutSheet(request.fileName);
  const isForeign = request.defaults !== null;
  const logs = sheets.map(({ log }) => log);
  const further = readFurtherTables(workbook, logs);
  for (const sheet of sheets) reportColumns(sheet, isForeign);
  const requires = (path: string): boolean => isNeeded(path, isForeign);
  const rows = sheets.flatMap(({ table, header, log }) =>
    log.counts.error > 0
      ? []
      : readRows(withSpelledType(table, header), header, { log, requires }).map((row) => ({ row, table })),
  );
  const taken = new Set([...request.bank.itemIds, ...writtenIds(rows.map(({ row }) => row))]);
  const made: ReferenceBook['made'] = new Map();
  const book = { known: { ...request.bank.references, ...further.references }, made };
  const reading = { request, further, book, giveId: createIdGiver(taken) };
  const raws = rows.flatMap(({ row, table }) => {
    const raw = row.isRead ? toRawItem(row, table, reading) : null;
    return raw === null ? [] : [raw];
  });
  if (isForeign) made.set(missingReferenceId, missingReference(request.fileName));
  const own: Linked = {
    references: { ...further.references, ...Object.fromEntries(made) },
    stimuli: further.stimuli,
  };
  const items = judgeItems(raws, own, { ...request.bank, itemIds: taken });
  const [first] = sheets;
  if (rows.length === 0 && logs.every(({ counts }) => counts.error === 0))
    first?.log.add('error', { row: first.header.row, column: null }, { code: 'TABLE_EMPTY', params: {} });
  const { errors, warnings } = collect(logs);
  const isWhole = errors.length === 0;
  return {
    items: isWhole ? items : [],
    references: isWhole ? own.references : {},
    errors,
    warnings,
    itemCount: rows.length,
    places: isWhole ? raws.map(({ sheet, row }) => ({ sheet, row })) : [],
  };
}
