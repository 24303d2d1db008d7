/**
 * The linear program of one form of a parallel set (van der Linden 2005, ch. 4–6). One binary column per selection
 * unit, the blueprint's rows over them, and for the forms still to come one "shadow" of continuous columns that must
 * be able to meet the same rows that many times from what is left (big-shadow-test method, van der Linden & Adema
 * 1998): without it the first form takes the best items and the last finds none.
 */
import type { Blueprint } from '../blueprint';
import { bandOf } from '../formSearch/constraintModel';
import type { ConstraintModel, ConstraintRow, SelectionUnit } from '../formSearch/constraintModel';
import { itemDimensions } from '../itemCodes';
import type { LinearColumn, LinearModel, LinearRow, LinearTerm } from './linearModel';

export interface FormProgram {
  readonly linear: LinearModel;
  /** The first columns choose these units, in this order. */
  readonly units: readonly SelectionUnit[];
}

export interface FormProgramInput {
  readonly model: ConstraintModel;
  /** Ids of items every form carries; they are not spent by a form. */
  readonly anchorIds: ReadonlySet<string>;
  /** Forms to assemble after this one from the same items, and the rows each of them must meet. */
  readonly formsToCome: number;
  readonly rowsToCome: readonly ConstraintRow[];
  /** Objective per unit: small random numbers make the choice among lawful forms depend on the seed. */
  readonly costs: readonly number[];
}

const binary = (cost: number): LinearColumn => ({ lower: 0, upper: 1, isInteger: true, cost });

interface Draft {
  readonly columns: LinearColumn[];
  readonly rows: LinearRow[];
}

const coefficientOf = (unit: SelectionUnit, row: ConstraintRow): number =>
  unit.items.reduce((sum, item) => sum + row.coefficient(item), 0);

const termsOf = (
  units: readonly SelectionUnit[],
  value: (unit: SelectionUnit) => number,
  firstColumn = 0,
): LinearTerm[] =>
  units.flatMap((unit, index) => {
    const coefficient = value(unit);
    return coefficient === 0 ? [] : [{ column: firstColumn + index, coefficient }];
  });

/** Each dimension spreads over enough bands: a band counts only where an item of it is chosen. */
function addBandSpread(draft: Draft, units: readonly SelectionUnit[], blueprint: Blueprint): void {
  if (blueprint.minimumBandsPerDimension === 0) return;
  for (const dimension of itemDimensions) {
    const counted = blueprint.difficultyBands.map((band): LinearTerm => {
      const column = draft.columns.push(binary(0)) - 1;
      const chosen = termsOf(
        units,
        ({ items }) =>
          items.filter((item) => item.dimension === dimension && bandOf(item, blueprint) === band.id).length,
      );
      draft.rows.push({
        id: `bandUsed.${dimension}.${band.id}`,
        min: 0,
        max: Infinity,
        terms: [...chosen, { column, coefficient: -1 }],
      });
      return { column, coefficient: 1 };
    });
    draft.rows.push({
      id: `minimumBandsPerDimension.${dimension}`,
      min: blueprint.minimumBandsPerDimension,
      max: Infinity,
      terms: counted,
    });
  }
}

/** Rows that bind single items mean nothing for a sum over several forms. */
const isPerItem = ({ id }: ConstraintRow): boolean => /^(enemies|anchors|forced)\./.test(id);

function addFormsToCome(draft: Draft, input: FormProgramInput): void {
  const { model, anchorIds, formsToCome, rowsToCome } = input;
  if (formsToCome === 0) return;
  const isAnchor = ({ items }: SelectionUnit): boolean => items.some((item) => anchorIds.has(item.id));
  const firstColumn = draft.columns.length;
  model.units.forEach((unit, index) => {
    draft.columns.push({ lower: 0, upper: isAnchor(unit) ? 0 : 1, isInteger: false, cost: 0 });
    if (isAnchor(unit)) return;
    draft.rows.push({
      id: `onceOnly.${index}`,
      min: -Infinity,
      max: 1,
      terms: [
        { column: index, coefficient: 1 },
        { column: firstColumn + index, coefficient: 1 },
      ],
    });
  });
  const anchors = model.units.filter(isAnchor);
  const add = (
    id: string,
    range: { min: number; max: number },
    value: (unit: SelectionUnit) => number,
  ): void => {
    const byAnchors = anchors.reduce((sum, unit) => sum + value(unit), 0);
    draft.rows.push({
      id: `later.${id}`,
      min: formsToCome * (range.min - byAnchors),
      max: formsToCome * (range.max - byAnchors),
      terms: termsOf(model.units, value, firstColumn),
    });
  };
  const { itemCount } = model.blueprint;
  add('itemCount', { min: itemCount, max: itemCount }, ({ items }) => items.length);
  for (const row of rowsToCome.filter((each) => !isPerItem(each)))
    add(row.id, row, (unit) => coefficientOf(unit, row));
}

/** Rows are named after the blueprint: `dimensions.K`, and `later.dimensions.K` for the forms to come. */
export function buildFormProgram(input: FormProgramInput): FormProgram {
  const { model, costs } = input;
  const { units, blueprint } = model;
  const draft: Draft = { columns: units.map((_, index) => binary(costs[index] ?? 0)), rows: [] };
  draft.rows.push({
    id: 'itemCount',
    min: blueprint.itemCount,
    max: blueprint.itemCount,
    terms: termsOf(units, ({ items }) => items.length),
  });
  for (const row of model.rows) {
    const { id, min, max } = row;
    draft.rows.push({ id, min, max, terms: termsOf(units, (unit) => coefficientOf(unit, row)) });
  }
  addBandSpread(draft, units, blueprint);
  addFormsToCome(draft, input);
  return { linear: { columns: draft.columns, rows: draft.rows }, units };
}
