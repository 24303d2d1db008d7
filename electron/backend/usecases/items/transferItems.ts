/**
 * Many items in, or out, whatever file they came from or go to: formats read and write plain items, this file judges
 * them, stores all or none, and names every problem by place.
 */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import { itemSchema } from '@shared/assessment/item';
import type { Item } from '@shared/assessment/item';
import { haveEqualContent } from '@shared/assessment/itemChange';
import type { ItemFinding } from '@shared/contract/areas/items';
import type { Failure, Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { itemProblemText } from '@shared/texts/itemTexts';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { judgeDraft, ownFindings, toFindingView } from './checkItem';
import type { ItemProblem } from './checkItem';
import { traceKeyViews } from '../banks/keyViews';
import { withKeys, checkSetting, currentBank } from './currentBank';
import type { CurrentBank } from './currentBank';
import { checkChange, recordEdit } from './saveItem';

export interface CheckedItem {
  /** Place in the list that was given, from 0. */
  readonly place: number;
  /** Empty when the item has none that can be read. */
  readonly itemId: string;
  readonly effect: 'new' | 'version' | 'same' | 'refused';
  /** Why it is refused; with one refused item nothing is stored. */
  readonly problems: readonly ItemProblem[];
  /** What the checklist says about it; findings do not keep an item out, it arrives as 草稿. */
  readonly findings: readonly ItemFinding[];
}

interface Judged extends CheckedItem {
  readonly item: BankItem | null;
}

const problem = (field: string, message: string): ItemProblem => ({
  field,
  text: itemProblemText(field, message, 'custom'),
});

/** Bank as it would be with the given items: enemies and materials may point from one of them to another. */
function bankWith(bank: ItemBank, items: readonly unknown[]): ItemBank {
  const readable = items.flatMap((each): BankItem[] => {
    const parsed = itemSchema.safeParse(each);
    if (!parsed.success) return [];
    const { stimulus, ...rest } = parsed.data;
    return [stimulus === undefined || 'ref' in stimulus ? rest : { ...rest, stimulus }];
  });
  const given = new Set(readable.map(({ id }) => id));
  return { ...bank, items: [...readable, ...bank.items.filter(({ id }) => !given.has(id))] };
}

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : '';

const changeProblems: Readonly<Partial<Record<Failure['code'], readonly [field: string, message: string]>>> =
  {
    ITEM_KEY_NEEDS_CORRECTION: ['key', 'keyNeedsCorrection'],
    ITEM_STIMULUS_SHARED: ['stimulus', 'materialDiffers'],
    ITEM_STATUS_NOT_ALLOWED: ['status', 'retiredItem'],
  };

interface Setting {
  readonly context: HostContext;
  readonly current: CurrentBank;
  readonly whole: ItemBank;
  /** How often each number is given. */
  readonly counts: ReadonlyMap<string, number>;
  /** First content given for each material. */
  readonly materials: ReadonlyMap<string, string>;
}

/** Problems of an item that is well formed: twice in the list, other material, forbidden change. */
function relationProblems(setting: Setting, item: BankItem): readonly ItemProblem[] {
  const { context, current, counts, materials } = setting;
  const change = checkChange(context, current, item);
  const [field, message] = (change.ok ? undefined : changeProblems[change.failure.code]) ?? [];
  const { stimulus } = item;
  const first = stimulus === undefined ? undefined : materials.get(stimulus.id);
  return [
    ...((counts.get(item.id) ?? 0) > 1 ? [problem('id', 'itemTwice')] : []),
    ...(first !== undefined && first !== canonicalJson(stimulus)
      ? [problem('stimulus', 'materialDiffers')]
      : []),
    ...(field === undefined || message === undefined ? [] : [problem(field, message)]),
  ];
}

function effectOf({ current }: Setting, item: BankItem): CheckedItem['effect'] {
  const known = current.states.get(item.id)?.item;
  if (known === undefined) return 'new';
  return haveEqualContent(known, item) ? 'same' : 'version';
}

function judge(setting: Setting, value: unknown, place: number): Judged {
  const draft = typeof value === 'object' && value !== null ? { ...value, status: 'draft' } : value;
  const judged = judgeDraft(draft, setting.whole);
  const refused = (problems: readonly ItemProblem[]): Judged => ({
    place,
    itemId: idOf(value),
    effect: 'refused',
    problems,
    findings: [],
    item: null,
  });
  if (!judged.ok) return refused(judged.problems);
  const { item } = judged;
  const problems = relationProblems(setting, item);
  if (problems.length > 0) return refused(problems);
  const findings = ownFindings(item, { ...checkSetting(setting.context), bank: setting.whole }).map(
    toFindingView,
  );
  return { place, itemId: item.id, effect: effectOf(setting, item), problems, findings, item };
}

function settingOf(context: HostContext, items: readonly unknown[]): Setting {
  const current = currentBank(context);
  const whole = bankWith(current.bank, items);
  const counts = new Map<string, number>();
  for (const each of items) counts.set(idOf(each), (counts.get(idOf(each)) ?? 0) + 1);
  const materials = new Map<string, string>();
  for (const { stimulus } of whole.items)
    if (stimulus !== undefined && !materials.has(stimulus.id))
      materials.set(stimulus.id, canonicalJson(stimulus));
  return { context, current, whole, counts, materials };
}

function judgeAll(context: HostContext, items: readonly unknown[]): readonly Judged[] {
  const setting = settingOf(context, items);
  return items.map((each, place) => judge(setting, each, place));
}

/** What an import of these items would do, item by item; nothing is stored. */
export const checkItems = (context: HostContext, items: readonly unknown[]): readonly CheckedItem[] =>
  judgeAll(context, items).map(({ place, itemId, effect, problems, findings }) => ({
    place,
    itemId,
    effect,
    problems,
    findings,
  }));

export interface ItemImport {
  readonly items: readonly unknown[];
  /** Where they came from, for the history of every item, e.g. the name of a file. */
  readonly origin: string;
  readonly by: string;
}

export interface ImportedItems {
  readonly newCount: number;
  readonly versionCount: number;
  readonly sameCount: number;
}

/**
 * Stores all items as 草稿, or none: new ones as 1.0.0, known ones as their next version, equal ones not at all.
 * Fails with BANK_KEYS_CLOSED, or IMPORT_HAS_ERRORS {count}; `checkItems` says which and why.
 */
export function importItems(context: HostContext, { items, origin, by }: ItemImport): Result<ImportedItems> {
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const { bank, states } = opened.value;
  const judged = judgeAll(context, items);
  const count = judged.filter(({ effect }) => effect === 'refused').length;
  if (count > 0) return fail('IMPORT_HAS_ERRORS', { count });
  const { db } = context.vault.storage();
  const countOf = (wanted: CheckedItem['effect']): number =>
    judged.filter(({ effect }) => effect === wanted).length;
  const counts = { newCount: countOf('new'), versionCount: countOf('version'), sameCount: countOf('same') };
  return db.transact(() => {
    for (const { item, effect } of judged) {
      if (item === null || effect === 'same') continue;
      const state = states.get(item.id) ?? null;
      const edit = {
        bankId: bank.meta.id,
        state,
        item,
        origin: 'import',
        by,
        note: `导入：${origin}`,
      } as const;
      const saved = recordEdit(context, edit);
      if (!saved.ok) return saved;
    }
    const detail = { ...counts, origin, by };
    const audited = appendAudit(db, {
      action: 'items.imported',
      subject: bank.meta.id,
      detail,
    });
    return audited.ok ? ok(counts) : audited;
  });
}

export interface ExportedItems {
  /** As bank files hold them: a shared material stands with its first item, the others refer to it. */
  readonly items: readonly Item[];
  /** The sources the items cite. */
  readonly references: ItemBank['references'];
}

/**
 * Items of the bank in use as they stand now, with keys: only for whoever keeps the bank. All of them when `itemIds` is
 * null; numbers nobody knows are left out. The export is audited, in a private bank item by item. Fails with
 * BANK_KEYS_CLOSED.
 */
export function exportItems(
  context: HostContext,
  itemIds: readonly string[] | null,
  viewer = '',
): Result<ExportedItems> {
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const { bank } = opened.value;
  const wanted = bank.items.filter(({ id }) => itemIds?.includes(id) ?? true);
  const placed = new Set<string>();
  const items = wanted.map(({ stimulus, ...rest }): Item => {
    if (stimulus === undefined) return rest;
    if (placed.has(stimulus.id)) return { ...rest, stimulus: { ref: stimulus.id } };
    placed.add(stimulus.id);
    return { ...rest, stimulus };
  });
  const cited = new Set(wanted.flatMap(({ references }) => references.map(({ ref }) => ref)));
  const references = Object.fromEntries(Object.entries(bank.references).filter(([id]) => cited.has(id)));
  const { role } = context.session;
  const detail = { count: items.length, role, by: viewer };
  const { db } = context.vault.storage();
  return db.transact(() => {
    const traced = traceKeyViews(context, { bank: bank.meta, items, via: 'export', viewer });
    if (!traced.ok) return traced;
    const audited = appendAudit(db, { action: 'items.exported', subject: bank.meta.id, detail });
    return audited.ok ? ok({ items, references }) : audited;
  });
}
