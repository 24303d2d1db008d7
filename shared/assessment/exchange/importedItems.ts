/**
 * What every reader of item files ends with: raw items are completed, judged by the schema and linked. All or
 * nothing: one error and there are no items, only the list of what to repair and where.
 */
import { omit } from '../../domain/omit';
import type { CellError, CellProblem } from '../../importing/problems';
import { remedyOf } from '../../importing/problems';
import { itemProblemText } from '../../texts/itemTexts';
import { furtherSheetNames, itemSheetName } from '../../texts/itemTableTexts';
import type { BankItem, Reference } from '../bank';
import { itemSchema } from '../item';
import type { Item, StimulusContent } from '../item';
import { maximumItems } from './limits';

export interface ItemPlace {
  /** Name of the sheet; of the file where it has none. */
  readonly sheet: string;
  /** 1-based row or line. */
  readonly row: number;
}

export interface ImportedItems {
  /** Empty whenever there is an error. */
  readonly items: readonly BankItem[];
  /** References of the file, by id, whether an item cites them or not; empty whenever there is an error. */
  readonly references: Readonly<Record<string, Reference>>;
  readonly errors: readonly CellError[];
  /** What was read otherwise than written or left out. */
  readonly warnings: readonly CellError[];
  /** Questions found in the file. */
  readonly itemCount: number;
  /** Where each of the items stands, in the order of `items`. */
  readonly places: readonly ItemPlace[];
}

/** What the bank already knows; a file may refer to it. */
export interface KnownBank {
  readonly itemIds: ReadonlySet<string>;
  readonly references: Readonly<Record<string, Reference>>;
  readonly stimuli: ReadonlyMap<string, StimulusContent>;
}

export const emptyKnownBank: KnownBank = { itemIds: new Set(), references: {}, stimuli: new Map() };

/** Links a file may use of a bank: its items, references and materials. */
export const knownBank = (bank: {
  readonly items: readonly BankItem[];
  readonly references: Readonly<Record<string, Reference>>;
}): KnownBank => ({
  itemIds: new Set(bank.items.map(({ id }) => id)),
  references: bank.references,
  stimuli: new Map(bank.items.flatMap(({ stimulus }) => (stimulus ? [[stimulus.id, stimulus]] : []))),
});

export type Report = (path: string, problem: CellProblem) => void;

export interface RawItem extends ItemPlace {
  /** Shape of an item, without its stimulus. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Material the item uses, by id. */
  readonly stimulusId: string | null;
  /** Adds an error at the place of a field. */
  readonly report: Report;
}

/** Index in a list of the schema to the id our paths use: options.1.text → options.B. */
function pathOf(raw: Readonly<Record<string, unknown>>, issuePath: readonly PropertyKey[]): string {
  const [head, index] = issuePath.map(String);
  if (head === undefined) return 'id';
  const list = raw[head];
  if (head !== 'options' && head !== 'targets') return issuePath.map(String).join('.');
  const entry: unknown = Array.isArray(list) ? list[Number(index ?? 0)] : undefined;
  const first = head === 'options' ? 'A' : '1';
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : first;
  return `${head}.${id}`;
}

function parseItem({ raw, report }: RawItem): Item | null {
  const parsed = itemSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const reported = new Set<string>();
  for (const issue of parsed.error.issues) {
    const path = pathOf(raw, issue.path);
    if (reported.has(path)) continue;
    reported.add(path);
    report(path, {
      code: 'ITEM_RULE_BROKEN',
      params: { problem: itemProblemText(path, issue.message, issue.code) },
    });
  }
  return null;
}

export interface Linked {
  readonly references: Readonly<Record<string, Reference>>;
  readonly stimuli: ReadonlyMap<string, StimulusContent>;
}

function linkItem(each: RawItem, item: Item, known: KnownBank & { readonly own: Linked }): BankItem {
  const unknown = (path: string, id: string, where: string): void =>
    each.report(path, { code: 'ITEM_LINK_UNKNOWN', params: { id, where: `“${where}”表` } });
  item.references.forEach(({ ref }, index) => {
    if (known.own.references[ref] === undefined && known.references[ref] === undefined)
      unknown(`references.${index}.ref`, ref, furtherSheetNames.references);
  });
  for (const enemy of item.enemies ?? []) {
    if (!known.itemIds.has(enemy)) unknown('enemies', enemy, itemSheetName);
  }
  const plain = omit(item, 'stimulus');
  if (each.stimulusId === null) return plain;
  const stimulus = known.own.stimuli.get(each.stimulusId) ?? known.stimuli.get(each.stimulusId);
  if (stimulus === undefined) unknown('stimulus', each.stimulusId, furtherSheetNames.materials);
  return stimulus === undefined ? plain : { ...plain, stimulus };
}

function reportTwice(raws: readonly RawItem[]): void {
  const firstRow = new Map<unknown, number>();
  for (const { raw, row, report } of raws) {
    const id = raw['id'];
    const first = firstRow.get(id);
    if (first === undefined) firstRow.set(id, row);
    else report('id', { code: 'ITEM_TWICE', params: { firstRow: first } });
  }
}

/** Judges and links all raw items of a file; problems go to their `report`. */
export function judgeItems(raws: readonly RawItem[], own: Linked, bank: KnownBank): readonly BankItem[] {
  if (raws.length > maximumItems) {
    raws[0]?.report('', {
      code: 'ITEM_TABLE_TOO_LONG',
      params: { count: raws.length, limit: maximumItems },
    });
    return [];
  }
  reportTwice(raws);
  const ids = new Set([...bank.itemIds, ...raws.map(({ raw }) => String(raw['id']))]);
  const known = { ...bank, itemIds: ids, own };
  return raws.flatMap((each) => {
    const item = parseItem(each);
    return item === null ? [] : [linkItem(each, item, known)];
  });
}

const shownLength = 60;

const shown = (value: string): string => {
  const characters = [...value.slice(0, shownLength * 2)];
  return characters.length > shownLength ? `${characters.slice(0, shownLength - 1).join('')}…` : value;
};

export interface LineLog {
  readonly errors: CellError[];
  readonly warnings: CellError[];
  add(severity: 'error' | 'warning', line: number, value: string, problem: CellProblem): void;
}

/** Problems of a text file: `row` is the line, there is no column. */
export function createLineLog(fileName: string): LineLog {
  const [errors, warnings]: [CellError[], CellError[]] = [[], []];
  return {
    errors,
    warnings,
    add(severity, line, value, problem) {
      (severity === 'error' ? errors : warnings).push({
        ...problem,
        sheet: fileName,
        row: line,
        column: '',
        header: '',
        value: shown(value),
        remedyCode: remedyOf[problem.code],
      });
    },
  };
}
