/** The report as an .xlsx file, and the hash that names its content in the export history. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import type { ReportMeta, SheetModel } from '@shared/reports/sheetModel';
import { createExceltsWorkbook } from './exceltsWorkbook';

/** Bytes of the workbook with the sheets in order. Same models and meta give the same bytes. */
export async function writeReportWorkbook(models: readonly SheetModel[], meta: ReportMeta): Promise<Buffer> {
  const workbook = createExceltsWorkbook(meta);
  for (const model of models) workbook.addSheet(model);
  return workbook.toBytes();
}

/** SHA-256, hex, of everything the sheets say (canonical JSON), independent of the file format. */
export const reportContentHash = (models: readonly SheetModel[]): string =>
  createHash('sha256').update(canonicalJson(models)).digest('hex');
