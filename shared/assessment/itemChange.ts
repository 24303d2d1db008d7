/** Versions of an item (question-bank-spec §6.1) and what differs between two of them. */
import { omit } from '../domain/omit';
import type { BankItem } from './bank';
import { canonicalJson } from './canonicalJson';

/** minor: new wording of an item that left the draft; patch: a draft saved again. */
export type VersionStep = 'minor' | 'patch';

export const firstVersion = '1.0.0';

/** @example nextVersion('1.2.3', 'minor') === '1.3.0' */
export function nextVersion(version: string, step: VersionStep): string {
  const [major = 1, minor = 0, patch = 0] = version.split('.').map(Number);
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** Whether an edit touches what only a new item or a recorded correction may change: type, key, points. */
export const changesMeaning = (before: BankItem, after: BankItem): boolean =>
  canonicalJson([before.type, before.key, before.scoring]) !==
  canonicalJson([after.type, after.key, after.scoring]);

/** Fields the host sets itself: equal content with other bookkeeping is the same item. */
const bookkeeping = [
  'version',
  'status',
  'status_note',
  'authors',
  'reviews',
  'history',
  'hash',
  'exposure',
  'stats',
] as const satisfies readonly (keyof BankItem)[];

export const haveEqualContent = (first: BankItem, second: BankItem): boolean =>
  canonicalJson(omit(first, ...bookkeeping)) === canonicalJson(omit(second, ...bookkeeping));

export interface FieldChange {
  /** Field of the item; options, targets and references are told apart by their id, e.g. `options.B`. */
  readonly field: string;
  /** Text before, '' when the field is new. */
  readonly before: string;
  /** Text after, '' when the field is gone. */
  readonly after: string;
}

type Part = readonly [field: string, text: string];

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join('、');
  return typeof value === 'string' ? value : canonicalJson(value);
}

function optionParts({ options, targets }: Partial<BankItem>): readonly Part[] {
  return [
    ...(options ?? []).flatMap(({ id, text, misconception }): Part[] => [
      [`options.${id}`, text],
      [`misconceptions.${id}`, misconception ?? ''],
    ]),
    ...(targets ?? []).map(({ id, text }): Part => [`targets.${id}`, text]),
  ];
}

function referenceParts({ references, stimulus }: Partial<BankItem>): readonly Part[] {
  return [
    ...(references ?? []).map(({ ref, fact, clause }): Part => [
      `references.${ref}`,
      clause === undefined ? fact : `${fact}（${clause}）`,
    ]),
    ...Object.entries(stimulus ?? {}).map(([field, value]): Part => [`stimulus.${field}`, textOf(value)]),
  ];
}

function partsOf(item: BankItem): ReadonlyMap<string, string> {
  const plain = omit(item, ...bookkeeping, 'options', 'targets', 'references', 'stimulus');
  return new Map([
    ...Object.entries(plain).map(([field, value]): Part => [field, textOf(value)]),
    ...optionParts(item),
    ...referenceParts(item),
  ]);
}

/** Content fields in which two versions differ, in the order of the later one. */
export function changedFields(before: BankItem, after: BankItem): readonly FieldChange[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }))
    .filter((change) => change.before !== change.after);
}

export interface TextPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lengths of the longest common subsequences of all tails, by row of `before` and column of `after`. */
function commonTails(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    const [current, below] = [table[row], table[row + 1]];
    for (let column = after.length - 1; column >= 0 && current && below; column -= 1)
      current[column] =
        before[row] === after[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, current[column + 1] ?? 0);
  }
  return table;
}

function append(pieces: TextPiece[], kind: TextPiece['kind'], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
  else pieces.push({ kind, text });
}

/** What the next character is: read on the table of common tails, removals before additions. */
function nextKind(old: readonly string[], now: readonly string[], tails: readonly Uint16Array[]) {
  return (row: number, column: number): TextPiece['kind'] => {
    if (column >= now.length) return 'removed';
    if (row >= old.length) return 'added';
    if (old[row] === now[column]) return 'same';
    return (tails[row + 1]?.[column] ?? 0) >= (tails[row]?.[column + 1] ?? 0) ? 'removed' : 'added';
  };
}

/**
 * Character difference of two texts by a longest common subsequence (Hunt & McIlroy 1976).
 * @example diffText('水开了', '水沸了') → 水 same, 开 removed, 沸 added, 了 same
 */
export function diffText(before: string, after: string): readonly TextPiece[] {
  const [old, now] = [[...before], [...after]];
  const kindAt = nextKind(old, now, commonTails(old, now));
  const pieces: TextPiece[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const kind = kindAt(row, column);
    append(pieces, kind, (kind === 'added' ? now[column] : old[row]) ?? '');
    row += kind === 'added' ? 0 : 1;
    column += kind === 'removed' ? 0 : 1;
  }
  return pieces;
}
