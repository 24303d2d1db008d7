/**
 * A current choice of units with the running sums of all rows, kept up to date item by item so that one swap
 * costs a few additions and not a pass over the form.
 */
import { bandOf } from './constraintModel';
import type { ConstraintModel, SelectionUnit } from './constraintModel';
import { itemDimensions } from '../itemCodes';

interface SparseUnit {
  readonly rows: readonly number[];
  readonly coefficients: readonly number[];
  /** Cells of the dimension × band table the unit's items fall into. */
  readonly cells: readonly number[];
  readonly size: number;
}

function toSparse(unit: SelectionUnit, model: ConstraintModel): SparseUnit {
  const sums = model.rows.map((row) => unit.items.reduce((sum, item) => sum + row.coefficient(item), 0));
  const rows = sums.flatMap((sum, index) => (sum === 0 ? [] : [index]));
  const bands = model.blueprint.difficultyBands.map((band) => band.id);
  const cells = unit.items.map((item) => {
    const band = bands.indexOf(bandOf(item, model.blueprint) ?? '');
    return itemDimensions.indexOf(item.dimension) * (bands.length + 1) + band + 1;
  });
  return { rows, coefficients: rows.map((row) => sums[row] ?? 0), cells, size: unit.items.length };
}

export class Selection {
  readonly #units: readonly SparseUnit[];
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #weight: Float64Array;
  readonly #sums: Float64Array;
  readonly #cells: Int32Array;
  readonly #bandColumns: number;
  readonly #minimumBands: number;
  readonly #isSelected: Uint8Array;
  #itemCount = 0;

  constructor(model: ConstraintModel) {
    this.#units = model.units.map((unit) => toSparse(unit, model));
    this.#min = Float64Array.from(model.rows, (row) => row.min);
    this.#max = Float64Array.from(model.rows, (row) => row.max);
    this.#weight = Float64Array.from(model.rows, (row) => row.weight);
    this.#sums = new Float64Array(model.rows.length);
    this.#bandColumns = model.blueprint.difficultyBands.length + 1;
    this.#cells = new Int32Array(itemDimensions.length * this.#bandColumns);
    this.#minimumBands = model.blueprint.minimumBandsPerDimension;
    this.#isSelected = new Uint8Array(model.units.length);
  }

  get itemCount(): number {
    return this.#itemCount;
  }

  has(unit: number): boolean {
    return this.#isSelected[unit] === 1;
  }

  sizeOf(unit: number): number {
    return this.#units[unit]?.size ?? 0;
  }

  selectedUnits(): number[] {
    return [...this.#isSelected.keys()].filter((unit) => this.has(unit));
  }

  /** Adds an absent unit or removes a present one. */
  toggle(unit: number): void {
    const sparse = this.#units[unit];
    if (sparse === undefined) throw new Error(`no unit ${unit}`);
    const sign = this.has(unit) ? -1 : 1;
    this.#isSelected[unit] = sign === 1 ? 1 : 0;
    this.#itemCount += sign * sparse.size;
    sparse.rows.forEach((row, index) => {
      this.#sums[row] = (this.#sums[row] ?? 0) + sign * (sparse.coefficients[index] ?? 0);
    });
    for (const cell of sparse.cells) this.#cells[cell] = (this.#cells[cell] ?? 0) + sign;
  }

  #rowViolation(row: number): number {
    const sum = this.#sums[row] ?? 0;
    const below = (this.#min[row] ?? 0) - sum;
    const above = sum - (this.#max[row] ?? 0);
    const distance = Math.max(0, below, above);
    return distance < 1e-7 ? 0 : distance * (this.#weight[row] ?? 0);
  }

  #missingBands(): number {
    let missing = 0;
    for (let start = 0; start < this.#cells.length && this.#minimumBands > 0; start += this.#bandColumns) {
      let bands = 0;
      for (let cell = start; cell < start + this.#bandColumns; cell++)
        bands += (this.#cells[cell] ?? 0) > 0 ? 1 : 0;
      missing += Math.max(0, this.#minimumBands - bands);
    }
    return missing;
  }

  /** Weighted distance from feasibility; 0 means every row holds. */
  violation(): number {
    let total = this.#missingBands();
    for (let row = 0; row < this.#sums.length; row++) total += this.#rowViolation(row);
    return total;
  }

  /** Indices of rows that do not hold, with their current sums. */
  violatedRows(): { row: number; sum: number }[] {
    return [...this.#sums.keys()]
      .filter((row) => this.#rowViolation(row) > 0)
      .map((row) => ({ row, sum: this.#sums[row] ?? 0 }));
  }

  hasTooFewBands(): boolean {
    return this.#missingBands() > 0;
  }
}
