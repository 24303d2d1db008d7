/**
 * What the report needs from an Excel library, so that the library can be replaced. Values go in as text or number
 * only: nothing written through this interface can become a formula or a link.
 */
import type { CellFormat, ReportMeta, SheetModel } from '@shared/reports/sheetModel';

export interface ReportWorkbook {
  /** Adds a sheet after those already there. */
  addSheet(model: SheetModel): void;
  /** Bytes of the .xlsx file. Same sheets and meta give the same bytes. */
  toBytes(): Promise<Buffer>;
}

export type CreateReportWorkbook = (meta: ReportMeta) => ReportWorkbook;

/** Excel number format codes. Text cells keep General: `@` shows #### for more than 255 characters. */
export const numberFormats: Readonly<Record<CellFormat, string>> = {
  text: 'General',
  count: '#,##0',
  year: '0',
  share1: '0.0%',
  share2: '0.00%',
  points1: '0.0',
  number2: '0.00',
  number3: '#,##0.000',
  number6: '0.000000',
  published: '0.0#',
  date: 'yyyy-mm-dd',
};
