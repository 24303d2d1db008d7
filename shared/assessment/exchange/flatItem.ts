/** An item as a flat list of values by path, the form in which a row of a table holds it, and back. */
import type { BankItem, Reference } from '../bank';

/** Value by path; paths that are absent or null in the item are missing. */
export type FlatItem = ReadonlyMap<string, unknown>;

const nested = ['benchmark', 'scoring', 'difficulty', 'irt', 'anchor', 'exposure', 'pisa'] as const;
const byId = ['options', 'targets', 'stimulus', 'references', 'reviews', 'history'] as const;
const reviewerRoles = ['content', 'language', 'sensitivity'];

type Entry = readonly [path: string, value: unknown];

const under = (head: string, value: object | undefined): readonly Entry[] =>
  Object.entries(value ?? {}).map(([field, inner]): Entry => [`${head}.${field}`, inner]);

function optionEntries({ options = [], targets = [] }: BankItem): readonly Entry[] {
  return [
    ...options.flatMap(({ id, text, misconception }): Entry[] => [
      [`options.${id}`, text],
      [`misconceptions.${id}`, misconception],
    ]),
    ...targets.map(({ id, text }): Entry => [`targets.${id}`, text]),
  ];
}

const reviewerEntries = ({ reviews = [] }: BankItem): readonly Entry[] =>
  reviewerRoles.map((role): Entry => [
    `reviewers.${role}`,
    [...new Set(reviews.filter((each) => each.role === role).map(({ by }) => by))],
  ]);

/** Flat values of an item; title and issuer of its references stand beside their ids for the reader's comfort. */
export function flatItem(item: BankItem, references: Readonly<Record<string, Reference>>): FlatItem {
  const special: readonly string[] = [...nested, ...byId];
  const entries: readonly Entry[] = [
    ...Object.entries(item).filter(([field]) => !special.includes(field)),
    ...nested.flatMap((head) => under(head, item[head])),
    ['stimulus', item.stimulus?.id],
    ...optionEntries(item),
    ...item.references.flatMap((each, index) =>
      under(`references.${index}`, {
        ...each,
        title: references[each.ref]?.title,
        issuer: references[each.ref]?.issuer,
      }),
    ),
    ...reviewerEntries(item),
  ];
  return new Map(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** Text at a path; empty when there is none. */
export function textAt(flat: FlatItem, path: string): string {
  const value = flat.get(path);
  return typeof value === 'string' ? value : '';
}

/** Fields of one branch of a flat item; empty when there is none. */
export function branchOf(flat: FlatItem, head: string): Readonly<Record<string, unknown>> {
  const prefix = `${head}.`;
  return Object.fromEntries(
    [...flat].flatMap(([path, value]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), value]] : [],
    ),
  );
}

export const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function choiceParts(flat: FlatItem): object {
  const misconceptions = branchOf(flat, 'misconceptions');
  const options = Object.entries(branchOf(flat, 'options')).map(([id, text]) => ({
    id,
    text,
    ...(misconceptions[id] === undefined ? {} : { misconception: misconceptions[id] }),
  }));
  const targets = Object.entries(branchOf(flat, 'targets')).map(([id, text]) => ({ id, text }));
  return { ...(options.length > 0 ? { options } : {}), ...(targets.length > 0 ? { targets } : {}) };
}

/** Fields of a group that are filled in once any of them is given. */
const groupDefaults: Readonly<Record<string, object>> = {
  anchor: { is_anchor: false, years: [] },
  exposure: { public: false, n_forms: 0, n_resp: 0, last_used: null, cap_rate: 0.25 },
};

/** The raw item of flat values; references, reviews, history and stimulus are the caller's. */
export function rawItem(flat: FlatItem): Record<string, unknown> {
  const plain = [...flat].filter(([path]) => !path.includes('.') && path !== 'stimulus');
  const groups = nested.flatMap((head) => {
    const branch = branchOf(flat, head);
    return isEmpty(branch) ? [] : [[head, { ...groupDefaults[head], ...branch }] as const];
  });
  return { enemies: [], ...Object.fromEntries(plain), ...Object.fromEntries(groups), ...choiceParts(flat) };
}
