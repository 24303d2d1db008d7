/** References written in an item's row: by id, or by name and issuer. */
import type { Reference } from '../bank';
import { columnText, furtherSheetNames } from '../../texts/itemTableTexts';
import type { FlatItem } from './flatItem';
import { branchOf, isEmpty } from './flatItem';
import type { Report } from './importedItems';
import { mostReferences } from './itemColumns';

export interface ReferenceBook {
  /** Those a row may cite by id. */
  readonly known: Readonly<Record<string, Reference>>;
  /** Those made from names in rows. */
  readonly made: Map<string, Reference>;
}

const nameOf = ({ title, issuer }: Pick<Reference, 'title' | 'issuer'>): string => `${title}\n${issuer}`;

/** Id of the reference with this name and issuer; a new one when nobody has it yet. */
function idByName(title: string, issuer: string, { known, made }: ReferenceBook): string {
  const wanted = nameOf({ title, issuer });
  const found = [...Object.entries(known), ...made].find(([, reference]) => nameOf(reference) === wanted);
  if (found !== undefined) return found[0];
  for (let count = made.size + 1; ; count += 1) {
    const id = `REF-X${String(count).padStart(3, '0')}`;
    if (known[id] !== undefined || made.has(id)) continue;
    made.set(id, { title, issuer, type: furtherSheetNames.references });
    return id;
  }
}

const reportEmpty = (path: string, report: Report): void =>
  report(path, { code: 'ITEM_CELL_EMPTY', params: { column: columnText(path).header } });

interface RowReference {
  readonly ref?: string;
  readonly title?: string;
  readonly issuer?: string;
}

/** A name beside an id must be the name of that id: nobody's edit is dropped silently. */
function reportDifference(index: number, given: RowReference, book: ReferenceBook, report: Report): void {
  const known = given.ref === undefined ? undefined : book.known[given.ref];
  if (known === undefined) return;
  for (const field of ['title', 'issuer'] as const) {
    const text = given[field];
    if (text !== undefined && text !== known[field])
      report(`references.${index}.${field}`, {
        code: 'ITEM_LINK_DIFFERS',
        params: { id: given.ref ?? '', where: `“${furtherSheetNames.references}”表`, known: known[field] },
      });
  }
}

/** Id of the reference a row cites; null, with the blank cell reported, when it names none. */
function citedId(index: number, given: RowReference, book: ReferenceBook, report: Report): string | null {
  const { ref, title, issuer } = given;
  if (ref !== undefined) {
    reportDifference(index, given, book, report);
    return ref;
  }
  if (title !== undefined && issuer !== undefined) return idByName(title, issuer, book);
  reportEmpty(`references.${index}.${title === undefined ? 'title' : 'issuer'}`, report);
  return null;
}

function readReference(
  flat: FlatItem,
  index: number,
  book: ReferenceBook,
  report: Report,
): readonly object[] {
  const branch = branchOf(flat, `references.${index}`);
  if (isEmpty(branch)) return [];
  const { fact, clause, ...given } = branch;
  const ref = citedId(index, given, book, report);
  if (ref === null) return [];
  if (fact === undefined && index > 0) reportEmpty(`references.${index}.fact`, report);
  return [{ ref, ...omitUndefined({ fact, clause }) }];
}

const omitUndefined = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** References of a row in order; names not known yet are added to the book. */
export const readReferences = (flat: FlatItem, book: ReferenceBook, report: Report) =>
  Array.from({ length: mostReferences }, (_, index) => readReference(flat, index, book, report)).flat();
