/**
 * A sheet as plain values, whatever file it came from. Text stays as typed (`007` stays `007`), dates arrive as
 * ISO text, and a cell that held a formula says so instead of giving its cached value.
 */
export interface FormulaCell {
  readonly formula: true;
}

export type Cell = string | number | boolean | null | FormulaCell;

export interface Table {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly rowCount: number;
  readonly columnCount: number;
}

export interface TableWorkbook {
  readonly sheets: readonly Table[];
}

/** Cells of one sheet to write: what a template, an export or an error list consists of. */
export interface SheetRows {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Column widths in characters. */
  readonly widths?: readonly number[];
}

export const isFormula = (cell: Cell): cell is FormulaCell => typeof cell === 'object' && cell !== null;

/**
 * Text of a cell without surrounding blanks; empty text for an empty cell and for a formula.
 * @example cellText(3) === '3'; cellText(true) === 'TRUE'; cellText('　甲 ') === '甲'
 */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined || isFormula(cell)) return '';
  if (typeof cell === 'string') return cell.trim();
  return typeof cell === 'boolean' ? (cell ? 'TRUE' : 'FALSE') : String(cell);
}

/** Empty in the sense of a person looking at the sheet; a formula is never empty. */
export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || cell === null || (!isFormula(cell) && cellText(cell) === '');

/**
 * Column letters as a spreadsheet shows them, from the zero-based column number.
 * @example columnLetter(0) === 'A'; columnLetter(27) === 'AB'; columnLetter(16383) === 'XFD'
 */
export function columnLetter(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
