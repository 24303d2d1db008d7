/** The domains of an analysis: the categories of its columns, crossed, inside its filter. */
import type { Domain } from '../../estimation/estimate';
import type { ByColumn } from '../schema/analyses';
import { observedCategories, type Columns } from './columns';
import { refuse } from './refusal';

/** A domain with its categories by column; everyone has none. */
export interface KeyedDomain extends Domain {
  readonly keys: Readonly<Record<string, string>>;
}

const keySeparator = '\u0000';
const maximumDomains = 20_000;

export const domainId = (categories: readonly string[]): string => categories.join(keySeparator);

const everyone = (columns: Columns, filter: Uint8Array | null): KeyedDomain => ({
  id: '',
  keys: {},
  member: filter ?? new Uint8Array(columns.rowCount).fill(1),
});

interface CodedBy {
  readonly column: string;
  readonly categories: readonly string[];
  /** Position of the row's category, or -1. */
  readonly codes: Int32Array;
}

function codeBy(columns: Columns, by: ByColumn, filter: Uint8Array | null, path: string): CodedBy {
  const texts = columns.texts(by.column, `${path}.column`);
  const categories = by.categories ?? observedCategories(texts, filter);
  const positions = new Map(categories.map((category, index) => [category, index]));
  return {
    column: by.column,
    categories,
    codes: Int32Array.from(texts, (text) => positions.get(text) ?? -1),
  };
}

/** All combinations, the last column varying fastest. */
function combinations(coded: readonly CodedBy[]): readonly (readonly string[])[] {
  return coded.reduce<readonly (readonly string[])[]>(
    (found, { categories }) => found.flatMap((head) => categories.map((category) => [...head, category])),
    [[]],
  );
}

/** Refused: SPEC_COLUMN_MISSING; SPEC_TOO_MANY {count, limit} above 20,000 domains. */
function crossed(
  columns: Columns,
  by: readonly ByColumn[],
  filter: Uint8Array | null,
  path: string,
): readonly KeyedDomain[] {
  const coded = by.map((each, index) => codeBy(columns, each, filter, `${path}.by[${index}]`));
  const count = coded.reduce((total, { categories }) => total * categories.length, 1);
  if (count > maximumDomains) refuse('SPEC_TOO_MANY', `${path}.by`, { count, limit: maximumDomains });
  const domains = combinations(coded).map((categories) => ({
    id: domainId(categories),
    keys: Object.fromEntries(coded.map(({ column }, k) => [column, categories[k] ?? ''])),
    member: new Uint8Array(columns.rowCount),
  }));
  for (let row = 0; row < columns.rowCount; row++) {
    if (filter?.[row] === 0) continue;
    const index = coded.reduce((position, { codes, categories }) => {
      const code = codes[row] ?? -1;
      return position < 0 || code < 0 ? -1 : position * categories.length + code;
    }, 0);
    const member = domains[index]?.member;
    if (member !== undefined) member[row] = 1;
  }
  return domains;
}

export interface DomainRequest {
  readonly by: readonly ByColumn[];
  /** true: everyone comes first. */
  readonly overall: boolean;
  readonly filter: Uint8Array | null;
}

export function domainsOf(columns: Columns, request: DomainRequest, path: string): readonly KeyedDomain[] {
  const { by, overall, filter } = request;
  const whole = overall || by.length === 0 ? [everyone(columns, filter)] : [];
  return by.length === 0 ? whole : [...whole, ...crossed(columns, by, filter, path)];
}
