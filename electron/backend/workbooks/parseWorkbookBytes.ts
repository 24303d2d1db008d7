/** Bytes of an .xlsx or .csv to plain tables. Runs inside the worker; hosts call `parseInWorker`. */
import type { Result } from '@shared/domain/result';
import type { TableWorkbook } from '@shared/importing/table';
import { detectFileKind } from './fileKind';
import { openWorkbookParts } from './guard';
import { readCsv } from './readCsv';
import { readXlsx } from './readXlsx';

const named = <T>(result: Result<T>, fileName: string): Result<T> =>
  result.ok
    ? result
    : { ok: false, failure: { ...result.failure, params: { ...result.failure.params, fileName } } };

/** Task payload of the worker: structured-clonable. */
export interface ParseWorkbookPayload {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/**
 * Tables of a file, or one failure: FILE_EMPTY, FILE_TOO_LARGE, FILE_TYPE_NOT_SUPPORTED, FILE_PASSWORD_PROTECTED,
 * FILE_HOSTILE, FILE_DAMAGED, SHEET_TOO_LARGE. Every failure carries `fileName`.
 */
export async function parseWorkbookBytes(payload: ParseWorkbookPayload): Promise<Result<TableWorkbook>> {
  const { bytes, fileName } = payload;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = detectFileKind(buffer, fileName);
  if (!kind.ok) return kind;
  if (kind.value === 'csv') return named(readCsv(buffer), fileName);
  const parts = await openWorkbookParts(buffer);
  return named(parts.ok ? readXlsx(parts.value) : parts, fileName);
}
