/** The files of an analysis specification: the document itself and the tables it names. */
import { basename, dirname, resolve } from 'node:path';
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { DataTable, DataTables } from '@shared/analysisSpec/dataTable';
import { readAnalysisSpec } from '@shared/analysisSpec/readAnalysisSpec';
import { tableOfSheet } from '@shared/analysisSpec/sheetTable';
import { fail } from '@shared/domain/result';
import { parseInWorker } from '../backend/workbooks/parseInWorker';
import { readJsonFile, readTableFile } from './files';
import type { Step } from './outcome';
import { refuse, refusedBy, step, stepOf } from './outcome';
import type { Progress } from './terminal';

/** Refused: INPUT_NOT_FOUND, INPUT_NOT_READABLE, FILE_TOO_LARGE (1 MB), SPEC_INVALID. */
export function readSpecFile(path: string): Step<AnalysisSpec> {
  const json = readJsonFile(path);
  return json.ok ? stepOf(readAnalysisSpec(json.value)) : json;
}

type FileSpec = AnalysisSpec['files'][string];

async function readTable(
  id: string,
  file: FileSpec,
  folder: string,
  progress: Progress,
): Promise<Step<DataTable>> {
  const path = resolve(folder, file.path);
  const bytes = readTableFile(path);
  if (!bytes.ok) return bytes;
  const workbook = await parseInWorker(bytes.value, basename(path), progress.signal);
  if (!workbook.ok) return refusedBy(workbook.failure);
  const { sheets } = workbook.value;
  const sheet = file.sheet === null ? sheets[0] : sheets.find(({ name }) => name === file.sheet);
  if (sheet === undefined) {
    const names = sheets.map(({ name }) => name).join('、');
    return file.sheet === null
      ? refusedBy(fail('FILE_EMPTY', { fileName: basename(path) }).failure)
      : refuse('SHEET_NOT_FOUND', { sheet: file.sheet, sheets: names });
  }
  const table = tableOfSheet(sheet, file.missing);
  if (table.ok) return table;
  return refusedBy({ code: table.failure.code, params: { ...table.failure.params, path: `files.${id}` } });
}

/** All tables by their ids; relative paths start from the folder of the specification. */
export async function readSpecTables(
  spec: AnalysisSpec,
  specPath: string,
  progress: Progress,
): Promise<Step<DataTables>> {
  const tables: Record<string, DataTable> = {};
  const entries = Object.entries(spec.files);
  for (const [index, [id, file]] of entries.entries()) {
    progress.report('reading', (index / entries.length) * 0.1);
    const table = await readTable(id, file, dirname(resolve(specPath)), progress);
    if (!table.ok) return table;
    tables[id] = table.value;
  }
  return step(tables);
}
