/** A file of items on its way into the bank in use: read in a worker once, judged, shown, imported. */
import type { BankItem } from '@shared/assessment/bank';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import type { ItemDefaults } from '@shared/assessment/exchange/completeItem';
import { knownBank } from '@shared/assessment/exchange/importedItems';
import type { ImportedItems } from '@shared/assessment/exchange/importedItems';
import type { ItemFileCheck } from '@shared/contract/areas/itemTransfer';
import type { FileToken } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { describeProblem } from '@shared/importing/importTexts';
import type { CellError } from '@shared/importing/problems';
import { remedyOf } from '@shared/importing/problems';
import { columnText } from '@shared/texts/itemTableTexts';
import type { HostContext } from '../../context';
import { bankRevision } from '../../database/repositories/items';
import type { ShelvedFile } from '../../host/fileShelf';
import type { JobHandle } from '../../host/jobs';
import { errorListWorkbook } from '../../workbooks/templates';
import { itemFileKind, readItemFileInWorker } from '../itemExchange';
import { currentBank, withKeys } from './currentBank';
import type { CheckedTransfer, ImportedItems as StoredItems } from './transferItems';
import { materialsOf } from './materials';
import { checkItems, importItems } from './transferItems';

export interface ItemFile {
  readonly token: FileToken;
  /** Place of items that do not say it themselves; null until somebody stated it. */
  readonly defaults: ItemDefaults | null;
}

/** Reads the bytes; a worker unless a test says otherwise. */
export type ReadItemFile = typeof readItemFileInWorker;

interface ReadFile {
  readonly fileName: string;
  readonly imported: ImportedItems;
  /** A file without our columns and without defaults: nothing of it could be placed. */
  readonly needsDefaults: boolean;
}

interface Kept {
  readonly basis: string;
  readonly value: ReadFile;
}

/** What was read of a file lives as long as the file itself, and as long as the bank it was linked to. */
const kept = new WeakMap<ShelvedFile, Kept>();

const nothingRead: ImportedItems = {
  items: [],
  references: {},
  errors: [],
  warnings: [],
  itemCount: 0,
  places: [],
};

const lacksColumns = ({ errors }: ImportedItems): boolean =>
  errors.some(({ code }) => code === 'ITEM_COLUMN_MISSING');

async function readFile(
  context: HostContext,
  { token, defaults }: ItemFile,
  signal: AbortSignal,
  read: ReadItemFile,
): Promise<Result<ReadFile>> {
  const file = context.files.get(token);
  if (file === null) return fail('NOT_FOUND', { what: 'file' });
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const { bank } = opened.value;
  const basis = JSON.stringify([defaults, bank.meta.id, bankRevision(context.vault.storage().db)]);
  const known = kept.get(file);
  if (known?.basis === basis) return ok(known.value);
  const fileName = file.name;
  const isForeignFormat = itemFileKind(fileName) !== 'table';
  if (isForeignFormat && defaults === null)
    return ok({ fileName, imported: nothingRead, needsDefaults: true });
  const imported = await read({ fileName, bytes: file.bytes, bank: knownBank(bank), defaults }, signal);
  if (!imported.ok) return imported;
  const needsDefaults = defaults === null && lacksColumns(imported.value);
  const value = { fileName, imported: imported.value, needsDefaults };
  kept.set(file, { basis, value });
  return ok(value);
}

const listedProblems = 1000;
const shownStem = 60;

const formatOf = (fileName: string, defaults: ItemDefaults | null): ItemFileCheck['format'] => {
  const kind = itemFileKind(fileName);
  if (kind !== 'table') return kind;
  return defaults === null ? 'template' : 'table';
};

/** A refused item at its place in the file, in the shape of the cell problems. */
function refusals({ items }: CheckedTransfer, { places }: ImportedItems): readonly CellError[] {
  return items.flatMap(({ effect, place, itemId, problems }): CellError[] =>
    effect !== 'refused'
      ? []
      : problems.map(({ text }) => ({
          sheet: places[place]?.sheet ?? '',
          row: places[place]?.row ?? 1,
          column: '',
          header: columnText('id').header,
          value: itemId,
          code: 'ITEM_RULE_BROKEN',
          params: { problem: text },
          remedyCode: remedyOf.ITEM_RULE_BROKEN,
        })),
  );
}

interface JudgedFile extends ReadFile {
  readonly checked: CheckedTransfer;
  /** Everything that keeps the file out. */
  readonly errors: readonly CellError[];
}

async function judgeFile(
  context: HostContext,
  file: ItemFile,
  job: JobHandle,
  read: ReadItemFile,
): Promise<Result<JudgedFile>> {
  job.report('reading', 0);
  const done = await readFile(context, file, job.signal, read);
  if (!done.ok) return done;
  const { imported } = done.value;
  const checked = await checkItems(context, imported, job);
  if (!checked.ok) return checked;
  const errors = done.value.needsDefaults ? [] : [...imported.errors, ...refusals(checked.value, imported)];
  return ok({ ...done.value, checked: checked.value, errors });
}

const toView = (error: CellError): ItemFileCheck['errors'][number] => {
  const { sheet, row, column, header, value, code } = error;
  return { sheet, row, column, header, value, code, ...describeProblem(error) };
};

/** Materials the bank lacks or has otherwise. */
function newMaterials({ items, current }: CheckedTransfer): ItemFileCheck['materials'] {
  const known = materialsOf(current.bank.items);
  const given = materialsOf(items.flatMap(({ item }) => (item === null ? [] : [item])));
  return [...given].flatMap(([materialId, { content, itemCount }]): ItemFileCheck['materials'] => {
    const before = known.get(materialId)?.content;
    if (before !== undefined && canonicalJson(before) === canonicalJson(content)) return [];
    const title = content.title ?? content.text ?? content.alt ?? '';
    return [
      {
        materialId,
        kind: content.kind,
        title: title.slice(0, shownStem),
        effect: before === undefined ? 'new' : 'version',
        itemCount,
      },
    ];
  });
}

const wasReviewed = ({ status, reviews = [] }: BankItem): boolean => status !== 'draft' || reviews.length > 0;

function viewOf(judged: JudgedFile, { defaults }: ItemFile): ItemFileCheck {
  const { fileName, imported, needsDefaults, checked, errors } = judged;
  const countOf = (wanted: ItemFileCheck['items'][number]['effect']): number =>
    checked.items.filter(({ effect }) => effect === wanted).length;
  return {
    fileName,
    format: formatOf(fileName, defaults),
    needsDefaults,
    itemCount: imported.itemCount,
    newCount: countOf('new'),
    versionCount: countOf('version'),
    sameCount: countOf('same'),
    refusedCount: countOf('refused'),
    errorCount: errors.length,
    warningCount: imported.warnings.length,
    errors: errors.slice(0, listedProblems).map(toView),
    warnings: imported.warnings.slice(0, listedProblems).map(toView),
    items: checked.items.map(({ itemId, place, effect, problems, findings }) => ({
      itemId,
      stem: imported.items[place]?.stem.slice(0, shownStem) ?? '',
      effect,
      problems: problems.map(({ text }) => text),
      findings: [...findings],
    })),
    references: checked.references.map(({ referenceId, reference: { title, issuer }, effect }) => ({
      referenceId,
      title,
      issuer,
      effect,
    })),
    materials: newMaterials(checked),
    reviewedCount: imported.items.filter(wasReviewed).length,
  };
}

/**
 * What importing the file would do; nothing is stored. A table or file of another system says `needsDefaults` until
 * it is checked with defaults. Failures: NOT_FOUND, BANK_KEYS_CLOSED, CANCELLED and those of `readItemFile`.
 */
export async function checkItemFile(
  context: HostContext,
  file: ItemFile,
  job: JobHandle,
  read: ReadItemFile = readItemFileInWorker,
): Promise<Result<ItemFileCheck>> {
  const judged = await judgeFile(context, file, job, read);
  return judged.ok ? ok(viewOf(judged.value, file)) : judged;
}

/** Every problem of the file with its place and remedy, as a workbook. Failures as `checkItemFile`. */
export async function itemErrorList(
  context: HostContext,
  file: ItemFile,
  job: JobHandle,
  read: ReadItemFile = readItemFileInWorker,
): Promise<Result<Uint8Array>> {
  const judged = await judgeFile(context, file, job, read);
  return judged.ok ? ok(errorListWorkbook(judged.value.errors, judged.value.imported.warnings)) : judged;
}

/**
 * Imports the file as a whole or not at all. Failures: those of `checkItemFile`, IMPORT_HAS_ERRORS,
 * ITEM_CHANGED_MEANWHILE.
 */
export async function importItemFile(
  context: HostContext,
  file: ItemFile & { readonly by: string },
  job: JobHandle,
  read: ReadItemFile = readItemFileInWorker,
): Promise<Result<StoredItems>> {
  job.report('reading', 0);
  const done = await readFile(context, file, job.signal, read);
  if (!done.ok) return done;
  const { fileName, imported } = done.value;
  if (imported.errors.length > 0 || imported.itemCount === 0)
    return fail('IMPORT_HAS_ERRORS', { count: imported.errors.length });
  const { items, references } = imported;
  return importItems(context, { items, references, origin: fileName, by: file.by }, job);
}
