/** The item as the form holds it, and how it starts. */
import type { BankItem } from '@shared/assessment/bank';
import type { ItemType } from '@shared/assessment/itemCodes';
import { optionIds, trueKey } from '@shared/assessment/itemCodes';
import type { ItemDraft, ItemView } from '@shared/contract/areas/items';
import { withoutBlanks } from './parts/material';

/** A deep copy that the form may change. */
export const copyOf = (item: BankItem): BankItem => JSON.parse(JSON.stringify(item)) as BankItem;

/** What is sent to the host: the item as plain JSON. */
export function toDraft({ stimulus, ...item }: BankItem): ItemDraft {
  const material = stimulus === undefined ? {} : { stimulus: withoutBlanks(stimulus) };
  return JSON.parse(JSON.stringify({ ...item, ...material })) as ItemDraft;
}

/** Seconds an item of a type takes at least (question-bank-spec §2.2). */
const usualSeconds: Readonly<Record<ItemType, number>> = {
  tf: 13,
  single: 22,
  multi: 30,
  order: 45,
  match: 45,
  chart: 40,
};

const optionCount = 4;
const blankOptions = (): NonNullable<BankItem['options']> =>
  optionIds.slice(0, optionCount).map((id) => ({ id, text: '', misconception: '' }));

/** Answer area of a type, empty; matching also gets its right-hand side. */
export function answerAreaOf(
  type: ItemType,
): Pick<BankItem, 'type' | 'options' | 'targets' | 'key' | 'time_sec'> {
  const time_sec = usualSeconds[type];
  if (type === 'tf') return { type, options: undefined, targets: undefined, key: [trueKey], time_sec };
  const options = blankOptions();
  if (type === 'order')
    return { type, options, targets: undefined, key: options.map(({ id }) => id), time_sec };
  if (type === 'match') {
    const targets = options.map((_option, index) => ({ id: String(index + 1), text: '' }));
    return { type, options, targets, key: options.map(({ id }, index) => `${id}${index + 1}`), time_sec };
  }
  return { type, options, targets: undefined, key: type === 'multi' ? ['A', 'B'] : ['A'], time_sec };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Number of an item: dimension, 基准, area and a running number nobody has. */
export function itemIdOf(
  item: Pick<BankItem, 'dimension' | 'benchmark' | 'area'>,
  taken: readonly string[],
): string {
  const numbers = taken.map((id) => Number(/(\d{3,4})$/.exec(id)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  return `${item.dimension}-${two(item.benchmark.no)}-${item.area}-${String(next).padStart(3, '0')}`;
}

/** A new item with what the format asks for and nothing invented about its content. */
export function blankItem(taken: readonly string[]): BankItem {
  const place = { dimension: 'K', benchmark: { doc: '2016', no: 1 }, area: 'SS' } as const;
  return {
    id: itemIdOf(place, taken),
    version: '1.0.0',
    lang: 'zh-CN',
    status: 'draft',
    ...place,
    topics: [],
    cognitive: '理解',
    knowledge: 'content',
    ...answerAreaOf('single'),
    stem: '',
    dk: true,
    shuffle: true,
    scoring: { points: 2, rule: 'all_or_none' },
    rationale: '',
    references: [],
    difficulty: { p_prior: 0.5, se: 0.15, basis: '' },
    irt: { model: 'Rasch', a: 1, b: 0, c: 0, source: 'prior' },
    authors: [],
    enemies: [],
  };
}

/** Whether an edit may touch type, key and points: an unpublished draft nobody has been asked. */
export const mayRewrite = ({ setStatus, exposure }: ItemView): boolean =>
  setStatus === 'draft' && exposure.surveyCount + exposure.demoSurveyCount === 0;
