/**
 * Judges many items at once, whatever file they came from, against the bank as it would be with them: items of one
 * list may name each other, share materials and cite sources that come with them.
 */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import { itemSchema } from '@shared/assessment/item';
import { haveEqualContent } from '@shared/assessment/itemChange';
import type { ItemFinding } from '@shared/contract/areas/items';
import type { Failure } from '@shared/domain/result';
import { itemProblemText } from '@shared/texts/itemTexts';
import type { HostContext } from '../../context';
import { judgeDraft, ownFindings, toFindingView } from './checkItem';
import type { ItemProblem } from './checkItem';
import { bankSources } from './bankSources';
import { checkSetting, currentBank } from './currentBank';
import type { CurrentBank } from './currentBank';
import { checkEdit } from './saveItem';

/** Items with the sources that come with them. */
export interface ItemTransfer {
  readonly items: readonly unknown[];
  readonly references: ItemBank['references'];
}

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

export interface JudgedItem extends CheckedItem {
  readonly item: BankItem | null;
}

const problem = (field: string, message: string): ItemProblem => ({
  field,
  text: itemProblemText(field, message, 'custom'),
});

/** The bank as it would be; of an item given twice the first counts. */
function bankWith(bank: ItemBank, { items, references }: ItemTransfer): ItemBank {
  const readable = items.flatMap((each): BankItem[] => {
    const parsed = itemSchema.safeParse(each);
    if (!parsed.success) return [];
    const { stimulus, ...rest } = parsed.data;
    return [stimulus === undefined || 'ref' in stimulus ? rest : { ...rest, stimulus }];
  });
  const given = new Set(readable.map(({ id }) => id));
  return {
    ...bank,
    references: { ...bank.references, ...references },
    items: [...readable, ...bank.items.filter(({ id }) => !given.has(id))],
  };
}

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : '';

export interface TransferSetting {
  readonly context: HostContext;
  readonly current: CurrentBank;
  readonly whole: ItemBank;
  /** How often each number is given. */
  readonly counts: ReadonlyMap<string, number>;
  /** Numbers that belong to other banks of the folder. */
  readonly foreignIds: ReadonlySet<string>;
  /** Content of each material: what items outside the list have counts before what the list says. */
  readonly materials: ReadonlyMap<string, string>;
}

const idsOfOtherBanks = (context: HostContext, own: string): ReadonlySet<string> =>
  new Set(
    bankSources(context)
      .filter(({ id }) => id !== own)
      .flatMap(({ id }) => [...currentBank(context, id).states.keys()]),
  );

/** What all items of a list are judged against; computed once. */
export function transferSetting(
  context: HostContext,
  current: CurrentBank,
  transfer: ItemTransfer,
): TransferSetting {
  const whole = bankWith(current.bank, transfer);
  const counts = new Map<string, number>();
  for (const each of transfer.items) counts.set(idOf(each), (counts.get(idOf(each)) ?? 0) + 1);
  const isOutside = ({ id, status }: BankItem): boolean => !counts.has(id) && status !== 'retired';
  const inOrder = [...whole.items.filter(isOutside), ...whole.items.filter((item) => counts.has(item.id))];
  const materials = new Map<string, string>();
  for (const { stimulus } of inOrder)
    if (stimulus !== undefined && !materials.has(stimulus.id))
      materials.set(stimulus.id, canonicalJson(stimulus));
  const foreignIds = idsOfOtherBanks(context, current.bank.meta.id);
  return { context, current, whole, counts, foreignIds, materials };
}

const changeProblems: Readonly<Partial<Record<Failure['code'], readonly [field: string, message: string]>>> =
  {
    ITEM_KEY_NEEDS_CORRECTION: ['key', 'keyNeedsCorrection'],
    ITEM_STATUS_NOT_ALLOWED: ['status', 'retiredItem'],
  };

function editProblems(
  { context, current, foreignIds }: TransferSetting,
  item: BankItem,
): readonly ItemProblem[] {
  const state = current.states.get(item.id);
  if (state === undefined) return foreignIds.has(item.id) ? [problem('id', 'itemOfOtherBank')] : [];
  if (haveEqualContent(state.item, item)) return [];
  const allowed = checkEdit(context, item, state);
  const [field, message] = (allowed.ok ? undefined : changeProblems[allowed.failure.code]) ?? [];
  return field === undefined || message === undefined ? [] : [problem(field, message)];
}

/** Problems of an item that is well formed: twice in the list, other material, forbidden change. */
function relationProblems(setting: TransferSetting, item: BankItem): readonly ItemProblem[] {
  const { counts, materials } = setting;
  const { stimulus } = item;
  const known = stimulus === undefined ? undefined : materials.get(stimulus.id);
  return [
    ...((counts.get(item.id) ?? 0) > 1 ? [problem('id', 'itemTwice')] : []),
    ...(known !== undefined && known !== canonicalJson(stimulus)
      ? [problem('stimulus', 'materialDiffers')]
      : []),
    ...editProblems(setting, item),
  ];
}

function effectOf({ current }: TransferSetting, item: BankItem): CheckedItem['effect'] {
  const known = current.states.get(item.id)?.item;
  if (known === undefined) return 'new';
  return haveEqualContent(known, item) ? 'same' : 'version';
}

/** One item of the list. */
export function judgeTransferred(setting: TransferSetting, value: unknown, place: number): JudgedItem {
  const draft = typeof value === 'object' && value !== null ? { ...value, status: 'draft' } : value;
  const judged = judgeDraft(draft, setting.whole);
  const refused = (problems: readonly ItemProblem[]): JudgedItem => ({
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
  const against = { ...checkSetting(setting.context, setting.current), bank: setting.whole };
  const findings = ownFindings(item, against).map(toFindingView);
  return { place, itemId: item.id, effect: effectOf(setting, item), problems, findings, item };
}
