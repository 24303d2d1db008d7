/** Explanatory variables of a specification as model terms. */
import type { ModelTerm } from '../../estimation/models/modelMatrix';
import type { ModelTermSpec } from '../schema/parts';
import type { Columns } from './columns';
import { refuse } from './refusal';

/** Sorts before every text, so that the category it stands before becomes the reference of the model matrix. */
const referenceMark = '\u0000';

/** A category without the mark of the reference. */
export const plainCategory = (category: string): string => category.replace(referenceMark, '');

/** Refused: SPEC_CATEGORY_UNKNOWN when nobody is in the reference category; failures of the columns. */
export function modelTerms(
  columns: Columns,
  specs: readonly ModelTermSpec[],
  path: string,
): readonly ModelTerm[] {
  return specs.map((spec, index): ModelTerm => {
    const place = `${path}[${index}]`;
    const { column } = spec;
    if (spec.kind === 'numeric') {
      return { kind: 'numeric', name: column, values: columns.numbers(column, `${place}.column`) };
    }
    const { reference } = spec;
    const texts = columns.texts(column, `${place}.column`);
    if (reference === null) return { kind: 'categorical', name: column, categories: texts };
    if (!texts.includes(reference)) {
      refuse('SPEC_CATEGORY_UNKNOWN', `${place}.reference`, { column, category: reference });
    }
    const categories = texts.map((text) => (text === reference ? referenceMark + text : text));
    return { kind: 'categorical', name: column, categories };
  });
}

const isMissing = (term: ModelTerm, row: number): boolean =>
  term.kind === 'numeric' ? Number.isNaN(term.values[row]) : term.categories[row] === '';

/** The outcome without the rows that lack an explanatory variable, as R's na.omit. */
export const withoutMissingTerms = (outcome: Float64Array, terms: readonly ModelTerm[]): Float64Array =>
  outcome.map((value, row) => (terms.some((term) => isMissing(term, row)) ? NaN : value));
