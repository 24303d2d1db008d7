/**
 * Why no form can be assembled: elastic relaxation (Chinneck & Dravnieks 1991). Every blueprint row may be stretched at
 * a cost; the cheapest stretching says which demands must give way and by how much. Rows found are then made rigid and
 * the rest stretched again, until nothing more can give: together they are a small set of rows that cannot all hold.
 * The continuous relaxation is asked first, because it is fast and its conflict is a proof.
 */
import type { FormProgram } from './formProgram';
import type {
  LinearColumn,
  LinearModel,
  LinearRow,
  SolveAnswer,
  SolveLimits,
  SolveLinear,
} from './linearModel';

export interface Relaxation {
  /** Row of the form program, e.g. `dimensions.K` or `later.dimensions.K` for the forms to come. */
  readonly rowId: string;
  readonly min: number;
  readonly max: number;
  /** By how much the lower bound must fall (positive) or the upper bound must rise (negative). */
  readonly shortBy: number;
}

export interface ConstraintConflict {
  /** Cheapest way out: relaxing these by `shortBy` makes the form possible. */
  readonly relaxations: readonly Relaxation[];
  /** Rows that cannot all hold together. */
  readonly conflictingRows: readonly ConflictingRow[];
}

export interface ConflictingRow {
  readonly rowId: string;
  readonly min: number;
  readonly max: number;
  /** The most the usable items could give if nothing else were asked. */
  readonly highest: number;
}

const limits: SolveLimits = { relativeGap: 0.01, maximumNodes: 500, maximumSeconds: 20, seed: 1 };
const rounds = 30;
const noise = 1e-6;

/** Definitions rather than demands: an item goes on one form, a band counts where it has an item. */
const isDefinition = ({ id }: LinearRow): boolean => id.startsWith('onceOnly.') || id.startsWith('bandUsed.');

/** Units of a row differ (seconds, sum of p, items); a stretch of one item costs about 1. */
function stretchCost({ id }: LinearRow): number {
  if (id.endsWith('maximumTimeSec')) return 0.05;
  return /sumOfP|information/.test(id) ? 4 : 1;
}

interface Elastic {
  readonly model: LinearModel;
  readonly stretched: readonly { readonly row: LinearRow; readonly below: number; readonly above: number }[];
}

function toElastic({ columns, rows }: LinearModel, rigid: ReadonlySet<string>): Elastic {
  const all: LinearColumn[] = [...columns];
  const stretched: { row: LinearRow; below: number; above: number }[] = [];
  const elasticRows = rows.map((row): LinearRow => {
    if (isDefinition(row) || rigid.has(row.id)) return row;
    const slack = (): number =>
      all.push({ lower: 0, upper: Infinity, isInteger: false, cost: stretchCost(row) }) - 1;
    const [below, above] = [slack(), slack()];
    stretched.push({ row, below, above });
    const terms = [...row.terms, { column: below, coefficient: 1 }, { column: above, coefficient: -1 }];
    return { ...row, terms };
  });
  return { model: { columns: all, rows: elasticRows }, stretched };
}

const relaxed = ({ columns, rows }: LinearModel): LinearModel => ({
  columns: columns.map((column) => ({ ...column, isInteger: false })),
  rows,
});

function relaxationsOf({ stretched }: Elastic, answer: SolveAnswer): readonly Relaxation[] {
  if (answer.status !== 'solved') return [];
  return stretched.flatMap(({ row, below, above }): Relaxation[] => {
    const shortBy = (answer.values[below] ?? 0) - (answer.values[above] ?? 0);
    return Math.abs(shortBy) <= noise ? [] : [{ rowId: row.id, min: row.min, max: row.max, shortBy }];
  });
}

interface FilteredRows {
  readonly relaxations: readonly Relaxation[];
  readonly rowIds: readonly string[];
}

function filterRows(model: LinearModel, solve: SolveLinear): FilteredRows {
  const rigid = new Set<string>();
  let first: readonly Relaxation[] = [];
  for (let round = 0; round < rounds; round++) {
    const elastic = toElastic(model, rigid);
    const found = relaxationsOf(elastic, solve(elastic.model, limits));
    if (found.length === 0) break;
    if (round === 0) first = found;
    for (const { rowId } of found) rigid.add(rowId);
  }
  return { relaxations: first, rowIds: [...rigid] };
}

/** Rows a reader understands last are the first to be dropped from a conflict. */
function plainness(rowId: string): number {
  if (/information|sumOfP|openers/.test(rowId)) return 0;
  if (/difficultyBands|cognitive|areas|keyPosition|trueKeyShare/.test(rowId)) return 1;
  return rowId === 'itemCount' ? 3 : 2;
}

/** Drops every row the conflict stands without (deletion filter, Chinneck & Dravnieks 1991). */
function irreducible(model: LinearModel, rows: readonly string[], solve: SolveLinear): readonly string[] {
  let kept = new Set(rows);
  const isInfeasible = (ids: ReadonlySet<string>): boolean =>
    solve({ ...model, rows: model.rows.filter((row) => isDefinition(row) || ids.has(row.id)) }, limits)
      .status === 'infeasible';
  if (!isInfeasible(kept)) return rows;
  for (const row of [...rows].sort((first, second) => plainness(first) - plainness(second))) {
    const without = new Set([...kept].filter((other) => other !== row));
    if (isInfeasible(without)) kept = without;
  }
  return [...kept];
}

const withoutCosts = (model: LinearModel): LinearModel => ({
  ...model,
  columns: model.columns.map((column) => ({ ...column, cost: 0 })),
});

const highestOf = ({ terms }: LinearRow, columns: readonly LinearColumn[]): number =>
  terms.reduce(
    (sum, { column, coefficient }) => sum + Math.max(0, coefficient * (columns[column]?.upper ?? 0)),
    0,
  );

/** Conflict of a program the solver proved infeasible. */
export function findConflict({ linear }: FormProgram, solve: SolveLinear): ConstraintConflict {
  const whole = withoutCosts(linear);
  const continuous = relaxed(whole);
  const isContinuousConflict = solve(continuous, limits).status === 'infeasible';
  const model = isContinuousConflict ? continuous : whole;
  const { relaxations, rowIds } = filterRows(model, solve);
  const kept = new Set(isContinuousConflict ? irreducible(model, rowIds, solve) : rowIds);
  const conflictingRows = linear.rows
    .filter(({ id }) => kept.has(id))
    .map((row): ConflictingRow => ({
      rowId: row.id,
      min: row.min,
      max: row.max,
      highest: highestOf(row, linear.columns),
    }));
  return { relaxations, conflictingRows };
}
