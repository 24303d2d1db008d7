/** Items as the sheets of a workbook that `readItemTable` reads back to the same items, and the empty template. */
import type { SheetRows } from '../../importing/table';
import {
  codeSheetName,
  columnText,
  furtherColumnText,
  furtherSheetNames,
  guideHeaders,
  itemGuideNotes,
  itemSheetName,
  requiredWords,
} from '../../texts/itemTableTexts';
import type { ColumnText } from '../../texts/itemTableTexts';
import type { BankItem, Reference } from '../bank';
import type { StimulusContent } from '../item';
import { flatItem } from './flatItem';
import type { FlatItem } from './flatItem';
import type { FurtherSheet, ItemColumn } from './itemColumns';
import { furtherSheets, itemColumns } from './itemColumns';
import { answerText } from './normaliseAnswer';

type Row = readonly (string | number | null)[];

export interface ItemSet {
  readonly items: readonly BankItem[];
  readonly references: Readonly<Record<string, Reference>>;
}

const templateReferences = 2;
const narrow = 12;
const wide = 34;
const wideHeads = ['stem', 'options', 'rationale', 'references', 'misconceptions', 'text', 'table', 'alt'];

const widthOf = ({ path }: ItemColumn): number =>
  wideHeads.includes(path.split('.')[0] ?? '') ? wide : narrow;

function writeRow(flat: FlatItem, columns: readonly ItemColumn[]): Row {
  return columns.map(({ path, codec }) => {
    const value = flat.get(path);
    return value === undefined || value === null ? null : codec.write(value);
  });
}

const headerOf = ({ isRequired }: ItemColumn, { header }: ColumnText): string =>
  isRequired ? `${header}*` : header;

function sheetOf(
  name: string,
  columns: readonly ItemColumn[],
  textOf: (path: string) => ColumnText,
  rows: readonly Row[],
): SheetRows {
  const headers = columns.map((column) => headerOf(column, textOf(column.path)));
  const notes = columns.map(({ path }) => textOf(path).note);
  return { name, rows: [headers, notes, ...rows], widths: columns.map(widthOf) };
}

const furtherSheet = (sheet: FurtherSheet, values: readonly object[]): SheetRows =>
  sheetOf(
    furtherSheetNames[sheet],
    furtherSheets[sheet],
    (path) => furtherColumnText(sheet, path),
    values.map((value) => writeRow(new Map(Object.entries(value)), furtherSheets[sheet])),
  );

/** Every column, what it may hold, and the other headers that are understood. */
function codeSheet(): SheetRows {
  const rows = itemColumns(1).map(({ path, isRequired }): Row => {
    const { header, note, names } = columnText(path);
    return [header, requiredWords[isRequired ? 'true' : 'false'], note, names.join('、')];
  });
  const notes = itemGuideNotes.map((note): Row => [note]);
  return { name: codeSheetName, rows: [...notes, [], [...guideHeaders], ...rows], widths: [18, 10, 60, 40] };
}

const flatWithKey = (item: BankItem, references: ItemSet['references']): FlatItem =>
  new Map([...flatItem(item, references), ['key', answerText(item.type, item.key)]]);

function materialsOf(items: readonly BankItem[]): readonly StimulusContent[] {
  return [...new Map(items.flatMap(({ stimulus }) => (stimulus ? [[stimulus.id, stimulus]] : []))).values()];
}

/** Characters of one cell, below the 32,767 a cell may hold (ECMA-376 leaves it to the office program). */
const pieceLength = 30_000;

/** A picture is longer than a cell may be: one row a piece, in order. */
function pictureRows({ id, picture }: StimulusContent): readonly object[] {
  if (picture === undefined) return [];
  const { data, mediaType, width, height } = picture;
  return Array.from({ length: Math.ceil(data.length / pieceLength) }, (_, index) => ({
    id,
    part: index + 1,
    mediaType,
    width,
    height,
    data: data.slice(index * pieceLength, (index + 1) * pieceLength),
  }));
}

const plainReferenceFields: readonly string[] = furtherSheets.references.map(({ path }) => path);

function referenceRow([id, reference]: readonly [string, Reference]): object {
  const further = Object.entries(reference).filter(([field]) => !plainReferenceFields.includes(field));
  return { id, ...reference, ...(further.length > 0 ? { further: Object.fromEntries(further) } : {}) };
}

/** Sheets 题目, 材料, 图片, 依据, 审题记录, 修订记录 and 代码表. Only references the items cite are written. */
export function itemSheets({ items, references }: ItemSet): readonly SheetRows[] {
  const count = items.reduce((most, item) => Math.max(most, item.references.length), templateReferences);
  const columns = itemColumns(count);
  const cited = new Set(items.flatMap((item) => item.references.map(({ ref }) => ref)));
  const materials = materialsOf(items);
  const rows = items.map((item) => writeRow(flatWithKey(item, references), columns));
  const recorded = (field: 'reviews' | 'history'): readonly object[] =>
    items.flatMap((item) => (item[field] ?? []).map((each) => ({ item: item.id, ...each })));
  return [
    sheetOf(itemSheetName, columns, columnText, rows),
    furtherSheet('materials', materials),
    furtherSheet('pictures', materials.flatMap(pictureRows)),
    furtherSheet(
      'references',
      Object.entries(references)
        .filter(([id]) => cited.has(id))
        .map(referenceRow),
    ),
    furtherSheet('reviews', recorded('reviews')),
    furtherSheet('history', recorded('history')),
    codeSheet(),
  ];
}

/** The empty template of question-bank-spec §6.2. */
export const itemTemplateSheets = (): readonly SheetRows[] => itemSheets({ items: [], references: {} });
