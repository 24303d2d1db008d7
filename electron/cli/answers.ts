/** The answer table of a command: read, mapped, checked and – all or nothing – imported. */
import { basename } from 'node:path';
import type { ImportCheck, ImportMapping, Inspection } from '@shared/contract/areas/imports';
import { importMapping } from '@shared/contract/areas/imports';
import type { FileToken, SurveyId } from '@shared/domain/ids';
import { fail } from '@shared/domain/result';
import { pickSheet } from '@shared/importing/guessMapping';
import type { TableWorkbook } from '@shared/importing/table';
import type { HostContext } from '../backend/context';
import { checkImport, importAnswers, inspectFile, readShelved } from '../backend/usecases/importAnswers';
import { importPlace } from '../backend/usecases/importContext';
import { cellErrorLines } from './checkText';
import { readJsonFile, readTableFile } from './files';
import { optionalText, requiredText } from './options';
import type { Step } from './outcome';
import { refuse, refusedBy, step, stepOf } from './outcome';
import { demoMark } from './settings';

/** Options of every command that reads a table of answers. */
export const answerOptions = {
  data: requiredText('FILE', '答卷表（.xlsx 或 .csv，不超过 30 MB，每个样本一行）'),
  sheet: optionalText('NAME', '工作表名称（默认最像答卷的一张）'),
  mapping: optionalText('FILE', '列的对应关系（JSON，import --json 输出中的 mapping；默认按表头识别）'),
};

export interface AnswerChoice {
  readonly data: string;
  readonly sheet: string | null;
  readonly mapping: string | null;
}

export interface AnswerFile {
  readonly token: FileToken;
  readonly workbook: TableWorkbook;
  /** The file says of itself that it was generated. */
  readonly isDemo: boolean;
}

/** Puts the file on the host's shelf and reads it. Refused with the failures of the guard and the reader. */
export async function openAnswers(context: HostContext, path: string): Promise<Step<AnswerFile>> {
  const bytes = readTableFile(path);
  if (!bytes.ok) return bytes;
  const name = basename(path);
  const { token } = context.files.put(name, bytes.value);
  const workbook = await readShelved(context, token);
  if (!workbook.ok) return refusedBy(workbook.failure);
  const isDemo = [name, ...workbook.value.sheets.map((sheet) => sheet.name)].some((each) =>
    each.includes(demoMark),
  );
  return step({ token, workbook: workbook.value, isDemo });
}

function sheetName(
  context: HostContext,
  id: SurveyId,
  workbook: TableWorkbook,
  wanted: string | null,
): Step<string> {
  const place = importPlace(context, id);
  if (!place.ok) return refusedBy(place.failure);
  if (wanted === null) {
    const picked = pickSheet(workbook, place.value.importContext);
    return picked === null ? refusedBy(fail('FILE_EMPTY').failure) : step(picked.name);
  }
  const sheets = workbook.sheets.map(({ name }) => name);
  return sheets.includes(wanted)
    ? step(wanted)
    : refuse('SHEET_NOT_FOUND', { sheet: wanted, sheets: sheets.join('、') });
}

function readMappingFile(path: string): Step<ImportMapping> {
  const json = readJsonFile(path);
  if (!json.ok) return json;
  const parsed = importMapping.safeParse(json.value);
  if (parsed.success) return step(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return refuse('MAPPING_NOT_VALID', { file: basename(path), field: field === '' ? '格式' : field });
}

export interface MappedAnswers {
  readonly token: FileToken;
  readonly mapping: ImportMapping;
  readonly inspection: Inspection;
  readonly sheet: Inspection['sheets'][number];
}

type Sheet = Inspection['sheets'][number];

const guessedMapping = (sheet: Sheet): ImportMapping => ({
  sheet: sheet.name,
  headerRow: sheet.headerRow,
  columns: sheet.columns.map(({ column, role, target }) => ({ column, role, target })),
});

/** The mapping of the file given, else the one recognised from the headers. */
export async function mapAnswers(
  context: HostContext,
  id: SurveyId,
  file: AnswerFile,
  choice: AnswerChoice,
): Promise<Step<MappedAnswers>> {
  const inspected = await inspectFile(context, id, file.token);
  if (!inspected.ok) return refusedBy(inspected.failure);
  const given = choice.mapping === null ? step(null) : readMappingFile(choice.mapping);
  if (!given.ok) return given;
  const wanted = given.value === null ? choice.sheet : given.value.sheet;
  const name = sheetName(context, id, file.workbook, wanted);
  if (!name.ok) return name;
  const sheet = inspected.value.sheets.find((each) => each.name === name.value);
  if (sheet === undefined) return refusedBy(fail('FILE_EMPTY').failure);
  const mapping = given.value ?? guessedMapping(sheet);
  return step({ token: file.token, mapping, inspection: inspected.value, sheet });
}

export async function checkAnswers(
  context: HostContext,
  id: SurveyId,
  { token, mapping }: MappedAnswers,
): Promise<Step<ImportCheck>> {
  return stepOf(await checkImport(context, id, token, mapping));
}

export interface Imported {
  readonly rowCount: number;
  readonly check: ImportCheck;
}

/** Imports the whole table, or refuses with the list of its errors. */
export async function storeAnswers(
  context: HostContext,
  id: SurveyId,
  mapped: MappedAnswers,
): Promise<Step<Imported>> {
  const checked = await checkAnswers(context, id, mapped);
  if (!checked.ok) return checked;
  const { errorCount } = checked.value;
  if (errorCount > 0) {
    const refused = refusedBy(fail('IMPORT_HAS_ERRORS', { count: errorCount }).failure);
    return {
      ...refused,
      document: { check: checked.value },
      text: cellErrorLines('错误', checked.value.errors),
    };
  }
  const imported = await importAnswers(context, id, mapped.token, mapped.mapping);
  if (!imported.ok) return refusedBy(imported.failure);
  return step({ rowCount: imported.value.rowCount, check: checked.value });
}
