/** Outcomes of an analysis as columns of numbers, one per row, NaN where missing. */
import type { OutcomeSpec, SingleOutcome } from '../schema/analyses';
import { observedCategories, type Columns } from './columns';
import { evaluate } from './conditions';

export interface NamedOutcome {
  readonly name: string;
  readonly values: Float64Array;
}

function categoryOutcomes(
  columns: Columns,
  spec: Extract<OutcomeSpec, { kind: 'categories' }>,
  path: string,
): readonly NamedOutcome[] {
  const texts = columns.texts(spec.column, `${path}.column`);
  return (spec.categories ?? observedCategories(texts, null)).map((category) => ({
    name: `${spec.column}=${category}`,
    values: Float64Array.from(texts, (text) => (text === '' ? NaN : text === category ? 1 : 0)),
  }));
}

const outcomesOf = (columns: Columns, spec: OutcomeSpec, path: string): readonly NamedOutcome[] =>
  spec.kind === 'categories' ? categoryOutcomes(columns, spec, path) : [outcomeOf(columns, spec, path)];

export const allOutcomes = (
  columns: Columns,
  specs: readonly OutcomeSpec[],
  path: string,
): readonly NamedOutcome[] => specs.flatMap((spec, index) => outcomesOf(columns, spec, `${path}[${index}]`));

/** The only outcome of an analysis that has one. */
export function outcomeOf(columns: Columns, spec: SingleOutcome, path: string): NamedOutcome {
  return spec.kind === 'column'
    ? { name: spec.column, values: columns.numbers(spec.column, `${path}.column`) }
    : { name: spec.name, values: evaluate(columns, spec.when, `${path}.when`) };
}
