/** The mapping a person edits: one entry per column with the first guess, the choice made, and how sure it is. */
import type { ImportMapping, Inspection } from '@shared/contract/areas/imports';
import { guessReasonTexts } from '@shared/importing/importTexts';

export type InspectedSheet = Inspection['sheets'][number];
export type InspectedColumn = InspectedSheet['columns'][number];
export type Target = Inspection['targets'][number];

/** Below this a person should look (guessMapping says so). */
const sureFrom = 0.8;
const verySureFrom = 0.9;

export interface ColumnChoice extends InspectedColumn {
  /** Whether a person chose the meaning; then the guess no longer matters. */
  readonly isChosen: boolean;
  /** The first guess asked for a look; stays so after the choice, so that a row does not vanish while one works. */
  readonly wasUnsure: boolean;
}

export const meaningOf = (role: string, target: string | null): string => `${role}|${target ?? ''}`;

export const isUnsure = (column: ColumnChoice): boolean => column.wasUnsure && !column.isChosen;

/** Columns a survey platform adds, and empty ones, are left out without asking. */
function needsLook({ confidence, reason, samples }: InspectedColumn): boolean {
  if (reason === guessReasonTexts.PLATFORM_COLUMN) return false;
  if (reason === guessReasonTexts.EMPTY_HEADER && samples.length === 0) return false;
  return confidence < sureFrom;
}

export const choicesOf = (sheet: InspectedSheet): readonly ColumnChoice[] =>
  sheet.columns.map((column) => ({ ...column, isChosen: false, wasUnsure: needsLook(column) }));

export function withChoice(
  columns: readonly ColumnChoice[],
  column: number,
  target: Pick<Target, 'role' | 'target'>,
): readonly ColumnChoice[] {
  return columns.map((each) =>
    each.column === column ? { ...each, role: target.role, target: target.target, isChosen: true } : each,
  );
}

export function confidenceWord(column: ColumnChoice): string {
  if (column.isChosen) return '您已指定';
  if (column.wasUnsure) return '请核对';
  if (column.role === 'ignore') return '不需要';
  return column.confidence >= verySureFrom ? '有把握' : '较有把握';
}

export interface TargetGroup {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const designRoles: readonly string[] = [
  'stratum',
  'psu',
  'ssu',
  'weight',
  'populationPsuCount',
  'populationSsuCount',
];
const backgroundRoles: readonly string[] = [
  'sex',
  'age',
  'ageBand',
  'birthYearMonth',
  'education',
  'residence',
  'keyGroup',
];

const groupTitles = ['不导入', '基本信息', '设计变量', '背景', '测评题', '问卷题'] as const;
type GroupTitle = (typeof groupTitles)[number];

export function groupOf(role: string): GroupTitle {
  if (role === 'ignore') return '不导入';
  if (designRoles.includes(role)) return '设计变量';
  if (backgroundRoles.includes(role)) return '背景';
  if (role === 'question') return '问卷题';
  return role === 'item' || role === 'itemMark' ? '测评题' : '基本信息';
}

/** Everything a column can be, in the order of the select; long lists last. */
export const targetGroups = (targets: readonly Target[]): readonly TargetGroup[] =>
  groupTitles
    .map((label) => ({
      label,
      options: targets
        .filter((target) => groupOf(target.role) === label)
        .map((target) => ({ value: meaningOf(target.role, target.target), label: target.label })),
    }))
    .filter(({ options }) => options.length > 0);

/** Answers and marks of one item are the same thing said twice. */
const occupies = ({ role, target }: ColumnChoice): string =>
  meaningOf(role === 'itemMark' ? 'item' : role, target);

/** Letters of the columns that mean the same as another column, by column number. */
export function repeatedColumns(columns: readonly ColumnChoice[]): ReadonlyMap<number, string> {
  const first = new Map<string, ColumnChoice>();
  const repeated = new Map<number, string>();
  for (const column of columns) {
    if (column.role === 'ignore') continue;
    const held = first.get(occupies(column));
    if (held === undefined) first.set(occupies(column), column);
    else {
      repeated.set(column.column, held.letter);
      repeated.set(held.column, column.letter);
    }
  }
  return repeated;
}

/** @example '测评题 50 / 50 · 问卷题 12 · 不导入 3 列' */
export function coverageText(columns: readonly ColumnChoice[], targets: readonly Target[]): string {
  const count = (title: GroupTitle): number =>
    columns.filter((column) => groupOf(column.role) === title).length;
  const itemTotal = targets.filter(({ role }) => role === 'item').length;
  const parts = groupTitles.slice(1).map((title) => {
    const total = title === '测评题' && itemTotal > 0 ? ` / ${itemTotal}` : '';
    return `${title} ${count(title)}${total}`;
  });
  return [...parts, `不导入 ${count('不导入')} 列`].join(' · ');
}

const unreadHeader = '（这一行未预览）';
const sampleCells = 3;

/** Headers and examples when the headers stand in another row than guessed; rows above the guess are not at hand. */
export function columnsAt(
  columns: readonly ColumnChoice[],
  sheet: InspectedSheet,
  headerRow: number,
): readonly ColumnChoice[] {
  const skipped = headerRow - sheet.headerRow;
  if (skipped === 0) return columns;
  return columns.map((column) => ({
    ...column,
    header: skipped < 0 ? unreadHeader : (sheet.preview[skipped - 1]?.[column.column] ?? ''),
    samples:
      skipped < 0
        ? column.samples
        : sheet.preview
            .slice(skipped)
            .map((row) => row[column.column] ?? '')
            .filter((text) => text !== '')
            .slice(0, sampleCells),
  }));
}

export interface KeptMapping {
  readonly sheet: string;
  readonly headerRow: number;
  readonly columns: readonly ColumnChoice[];
}

export const toMapping = ({ sheet, headerRow, columns }: KeptMapping): ImportMapping => ({
  sheet,
  headerRow,
  columns: columns.map(({ column, role, target }) => ({ column, role, target })),
});

const headersOf = (columns: readonly { readonly header: string }[]): string =>
  columns.map(({ header }) => header).join('\u0000');

/** The mapping already made, for a corrected file with the same headers; null when they differ. */
export function carryMapping(kept: KeptMapping, inspection: Inspection): KeptMapping | null {
  const sheet = inspection.sheets.find(({ name }) => name === kept.sheet);
  if (sheet === undefined || sheet.headerRow !== kept.headerRow) return null;
  if (headersOf(sheet.columns) !== headersOf(kept.columns)) return null;
  const columns = choicesOf(sheet).map((column, index) => {
    const before = kept.columns[index];
    return before === undefined ? column : { ...before, samples: column.samples };
  });
  return { sheet: sheet.name, headerRow: sheet.headerRow, columns };
}

/** Sheet to begin with: the one with most columns recognised. */
export function likeliestSheet(sheets: readonly InspectedSheet[]): InspectedSheet | null {
  const known = (sheet: InspectedSheet): number =>
    sheet.rowCount === 0 ? -1 : sheet.columns.filter(({ role }) => role !== 'ignore').length;
  return sheets.reduce<InspectedSheet | null>(
    (best, sheet) => (best === null || known(sheet) > known(best) ? sheet : best),
    null,
  );
}
