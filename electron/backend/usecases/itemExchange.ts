/** Files of items in and out: bytes to judged items, items to the bytes of a workbook. Nothing is stored here. */
import { readGift } from '@shared/assessment/exchange/gift';
import type { ItemDefaults } from '@shared/assessment/exchange/completeItem';
import type { ImportedItems, KnownBank } from '@shared/assessment/exchange/importedItems';
import { readMoodleXml } from '@shared/assessment/exchange/moodleXml';
import { readItemTable } from '@shared/assessment/exchange/readItemTable';
import type { ItemSet } from '@shared/assessment/exchange/writeItemTable';
import { itemSheets, itemTemplateSheets } from '@shared/assessment/exchange/writeItemTable';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { maximumFileMb } from '../workbooks/fileKind';
import { parseInWorker, parseLimits } from '../workbooks/parseInWorker';
import { parseWorkbookBytes } from '../workbooks/parseWorkbookBytes';
import { decodeText } from '../workbooks/readCsv';
import { writeWorkbook } from '../workbooks/writeTable';
import { runWorkerTask } from '../workers/runWorkerTask';

export interface ItemFileRequest {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly bank: KnownBank;
  /** Place of items that do not state it; required for GIFT and Moodle files, null for our own workbooks. */
  readonly defaults: ItemDefaults | null;
}

/** Kinds of item files by the ending of their name. */
export const itemFileKind = (fileName: string): 'table' | 'gift' | 'moodleXml' => {
  const name = fileName.toLowerCase();
  if (name.endsWith('.xml')) return 'moodleXml';
  return name.endsWith('.gift') || name.endsWith('.txt') ? 'gift' : 'table';
};

const bytesPerMb = 1_048_576;

function textOf({ fileName, bytes }: ItemFileRequest): Result<string> {
  const sizeMb = Math.ceil(bytes.length / bytesPerMb);
  if (bytes.length === 0) return fail('FILE_EMPTY', { fileName });
  if (sizeMb > maximumFileMb) return fail('FILE_TOO_LARGE', { fileName, sizeMb, limitMb: maximumFileMb });
  const text = decodeText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return text === null ? fail('FILE_DAMAGED', { fileName, reason: 'encoding' }) : ok(text);
}

/**
 * Items of an .xlsx, .csv, .gift, .txt (GIFT) or .xml (Moodle) file, all or none with a list of problems. Fails as
 * `parseInWorker` where the file itself cannot be read, and with ITEM_DEFAULTS_MISSING for GIFT and Moodle files
 * without defaults.
 * @param parse reads a workbook's bytes; a worker unless a test says otherwise.
 */
export async function readItemFile(
  request: ItemFileRequest,
  parse: typeof parseInWorker = parseInWorker,
): Promise<Result<ImportedItems>> {
  const { fileName, bytes, bank, defaults } = request;
  const kind = itemFileKind(fileName);
  if (kind === 'table') {
    const workbook = await parse(bytes, fileName);
    return workbook.ok ? ok(readItemTable(workbook.value, { fileName, bank, defaults })) : workbook;
  }
  if (defaults === null) return fail('ITEM_DEFAULTS_MISSING', { fileName });
  const text = textOf(request);
  if (!text.ok) return text;
  const read = kind === 'gift' ? readGift : readMoodleXml;
  return ok(read(text.value, { fileName, bank, defaults }));
}

/** As `readItemFile`, for the worker: the file is read where it is. */
export const readItemFileHere = (request: ItemFileRequest): Promise<Result<ImportedItems>> =>
  readItemFile(request, (bytes, fileName) => parseWorkbookBytes({ bytes, fileName }));

/** As `readItemFile`, in a worker under a time and memory limit; fails with CANCELLED or FILE_HOSTILE as well. */
export async function readItemFileInWorker(
  request: ItemFileRequest,
  signal?: AbortSignal,
): Promise<Result<ImportedItems>> {
  const result = await runWorkerTask('readItems', request, { ...parseLimits, signal });
  return result as Result<ImportedItems>; // the worker is our own build and runs readItemFileHere
}

/** The empty template: sheets 题目, 材料, 图片, 依据, 审题记录, 修订记录, 代码表. */
export const itemTemplateWorkbook = (): Uint8Array => writeWorkbook(itemTemplateSheets());

/** Items with their keys, in the layout of the template; importing the file gives the same items. */
export const itemWorkbook = (set: ItemSet): Uint8Array => writeWorkbook(itemSheets(set));
