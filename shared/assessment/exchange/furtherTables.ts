/** The sheets 材料, 图片, 依据, 审题记录 and 修订记录 of an item workbook. */
import type { z } from 'zod';
import type { ProblemLog } from '../../importing/problemLog';
import { createProblemLog } from '../../importing/problemLog';
import type { TableWorkbook } from '../../importing/table';
import { itemProblemText } from '../../texts/itemTexts';
import { furtherSheetNames } from '../../texts/itemTableTexts';
import { omit } from '../../domain/omit';
import type { Reference } from '../bank';
import { itemSchema } from '../item';
import type { StimulusContent } from '../item';
import type { FurtherSheet } from './itemColumns';
import { findFurtherHeader } from './tableHeaders';
import type { ReadRow } from './tableRows';
import { readRows } from './tableRows';

type Fields = Readonly<Record<string, unknown>>;

export interface FurtherTables {
  readonly stimuli: ReadonlyMap<string, StimulusContent>;
  readonly references: Readonly<Record<string, Reference>>;
  /** Rows by item id, without the id. */
  readonly reviews: ReadonlyMap<string, readonly Fields[]>;
  readonly history: ReadonlyMap<string, readonly Fields[]>;
}

/** Rows of a sheet; none when the workbook does not have it. */
function rowsOf(workbook: TableWorkbook, sheet: FurtherSheet, logs: ProblemLog[]): readonly ReadRow[] {
  const table = workbook.sheets.find(({ name }) => name.trim() === furtherSheetNames[sheet]);
  const header = table === undefined ? null : findFurtherHeader(table, sheet);
  if (table === undefined || header === null) return [];
  const log = createProblemLog(table, header.row);
  logs.push(log);
  return readRows(table, header, { log, requires: () => true });
}

const materialSchema = itemSchema.shape.stimulus.unwrap().options[1];

/** Pictures put together from their pieces, by material. */
function readPictures(rows: readonly ReadRow[]): ReadonlyMap<unknown, Fields> {
  const pictures = new Map<unknown, Fields>();
  const inOrder = rows.map(fieldsOf).sort((first, second) => Number(first['part']) - Number(second['part']));
  for (const { id, data, mediaType, width, height } of inOrder) {
    const pieces = [pictures.get(id)?.['data'] ?? '', data];
    pictures.set(id, { mediaType, width, height, data: pieces.join('') });
  }
  return pictures;
}

function readMaterials(
  rows: readonly ReadRow[],
  pictures: ReadonlyMap<unknown, Fields>,
): ReadonlyMap<string, StimulusContent> {
  const materials = new Map<string, StimulusContent>();
  for (const row of rows) {
    const given = fieldsOf(row);
    const picture = pictures.get(given['id']);
    const fields = picture === undefined ? given : { ...given, picture };
    const parsed = materialSchema.safeParse(fields);
    if (parsed.success) materials.set(parsed.data.id, parsed.data);
    else {
      // Known by its id all the same: items that use it are not to blame.
      materials.set(String(fields['id']), fields as unknown as StimulusContent);
      if (row.isRead) reportMaterial(row, parsed.error.issues);
    }
  }
  return materials;
}

function reportMaterial({ report }: ReadRow, issues: readonly z.core.$ZodIssue[]): void {
  for (const { path, message, code } of issues.slice(0, 1)) {
    const field = String(path[0] ?? 'id');
    const problem = itemProblemText(`stimulus.${field}`, message, code);
    report(field, { code: 'ITEM_RULE_BROKEN', params: { problem } });
  }
}

function onlyOnce(rows: readonly ReadRow[]): readonly ReadRow[] {
  const firstRow = new Map<unknown, number>();
  return rows.filter(({ values, row, report }) => {
    if (!values.has('id')) return false;
    const first = firstRow.get(values.get('id'));
    if (first !== undefined) report('id', { code: 'ITEM_TWICE', params: { firstRow: first } });
    else firstRow.set(values.get('id'), row);
    return first === undefined;
  });
}

const fieldsOf = ({ values }: ReadRow): Fields => Object.fromEntries(values);

function toReference(row: ReadRow): readonly [string, Reference] {
  const { id, further, ...fields } = fieldsOf(row);
  const rest = typeof further === 'object' && further !== null ? further : {};
  return [String(id), { ...rest, ...fields } as unknown as Reference]; // required columns are never blank
}

function byItem(rows: readonly ReadRow[]): ReadonlyMap<string, readonly Fields[]> {
  const groups = new Map<string, Fields[]>();
  for (const row of rows) {
    const fields = fieldsOf(row);
    const id = String(fields['item']);
    groups.set(id, [...(groups.get(id) ?? []), omit(fields, 'item')]);
  }
  return groups;
}

/** All further sheets; their problems are in the logs added to `logs`. */
export function readFurtherTables(workbook: TableWorkbook, logs: ProblemLog[]): FurtherTables {
  const materials = onlyOnce(rowsOf(workbook, 'materials', logs));
  const references = onlyOnce(rowsOf(workbook, 'references', logs));
  return {
    stimuli: readMaterials(materials, readPictures(rowsOf(workbook, 'pictures', logs))),
    references: Object.fromEntries(references.map(toReference)),
    reviews: byItem(rowsOf(workbook, 'reviews', logs)),
    history: byItem(rowsOf(workbook, 'history', logs)),
  };
}
