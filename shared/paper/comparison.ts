/**
 * Two independent entries of one paper, field by field. What counts is the canonical text, so that the order of codes
 * or a full-width digit is no difference.
 */
export interface FieldDifference {
  readonly fieldId: string;
  readonly first: string;
  readonly second: string;
}

export type KeyedFields = ReadonlyMap<string, string>;

/** A field one person never came to is empty. */
const textOf = (fields: KeyedFields, fieldId: string): string => fields.get(fieldId) ?? '';

/** Fields, in the order given, whose texts differ. */
export const compareEntries = (
  fieldIds: readonly string[],
  first: KeyedFields,
  second: KeyedFields,
): readonly FieldDifference[] =>
  fieldIds.flatMap((fieldId) => {
    const difference = { fieldId, first: textOf(first, fieldId), second: textOf(second, fieldId) };
    return difference.first === difference.second ? [] : [difference];
  });

/** One field as it ended: what both keyed and what it was ruled to be (null: not settled). */
export interface SettledField {
  readonly first: string;
  readonly second: string;
  readonly final: string | null;
}

export interface Agreement {
  /** Fields keyed by both and filled in by at least one. */
  readonly fields: number;
  readonly differences: number;
  /** Share of fields that agree; null without fields. */
  readonly agreement: number | null;
}

/** Agreement over papers; fields both left empty say nothing and are not counted. */
export function agreementOf(fields: readonly SettledField[]): Agreement {
  const filled = fields.filter(({ first, second }) => first !== '' || second !== '');
  const differences = filled.filter(({ first, second }) => first !== second).length;
  return {
    fields: filled.length,
    differences,
    agreement: filled.length === 0 ? null : 1 - differences / filled.length,
  };
}

export interface TypistWork {
  readonly typist: string;
  readonly papers: number;
  /** Fields keyed on papers whose differences are all settled. */
  readonly fields: number;
  /** Of them not as the paper was finally read. */
  readonly errors: number;
  readonly strokes: number;
  /** Errors per 10,000 fields; null without fields. */
  readonly errorsPer10000Fields: number | null;
  /** Errors per 10,000 keystrokes; null without strokes. */
  readonly errorsPer10000Strokes: number | null;
}

export interface TypistShare {
  readonly typist: string;
  readonly fields: number;
  readonly errors: number;
  readonly strokes: number;
}

const basisOfRates = 10_000;
const rate = (errors: number, of: number): number | null => (of === 0 ? null : (errors / of) * basisOfRates);

/** Errors of one entry: fields that differ from what the paper was settled to say. */
export function shareOfEntry(
  typist: string,
  strokes: number,
  fields: readonly { readonly keyed: string; readonly final: string }[],
): TypistShare {
  const counted = fields.filter(({ keyed, final }) => keyed !== '' || final !== '');
  return {
    typist,
    strokes,
    fields: counted.length,
    errors: counted.filter(({ keyed, final }) => keyed !== final).length,
  };
}

/** Work of each person over all settled papers, by name. */
export function workByTypist(shares: readonly TypistShare[]): readonly TypistWork[] {
  const names = [...new Set(shares.map(({ typist }) => typist))].sort((a, b) => a.localeCompare(b, 'zh-CN'));
  return names.map((typist) => {
    const own = shares.filter((share) => share.typist === typist);
    const sum = (field: 'fields' | 'errors' | 'strokes'): number =>
      own.reduce((total, share) => total + share[field], 0);
    const [fields, errors, strokes] = [sum('fields'), sum('errors'), sum('strokes')];
    return {
      typist,
      papers: own.length,
      fields,
      errors,
      strokes,
      errorsPer10000Fields: rate(errors, fields),
      errorsPer10000Strokes: rate(errors, strokes),
    };
  });
}
