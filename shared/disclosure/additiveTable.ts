/**
 * A published table as an attacker sees it: cells, the sums that tie them together, and what is known of every cell.
 * Cells carry several measures (respondents, weighted number with the outcome, ...); the same sums hold for each.
 */

/** What the measure is in one cell, and how well it must stay hidden there. */
export interface CellMeasure {
  readonly value: number;
  /** What everybody knows without the table: lower <= value <= upper; `Infinity` = no bound. */
  readonly lower: number;
  readonly upper: number;
  /** Public whether the cell is published or not, e.g. interviews per unit. */
  readonly isPublic: boolean;
  /** Smallest width of the interval an attacker may narrow the value down to while the cell must be hidden. */
  readonly requiredWidth: number;
}

export interface AdditiveCell {
  readonly id: string;
  /**
   * `published`: may be printed, and hidden where others need it; `always`: printed whatever happens;
   * `never`: not part of the document, but tied to cells that are (the rest of a group).
   */
  readonly printing: 'published' | 'always' | 'never';
  /** Must not be recoverable. */
  readonly isPrimary: boolean;
  /** 1 = totals; a cell is never hidden for the sake of a cell of a higher number. */
  readonly level: number;
  /** What hiding the cell costs the reader; respondents. */
  readonly cost: number;
  readonly measures: Readonly<Record<string, CellMeasure>>;
}

/**
 * total = sum of parts. Used for a measure when all its cells have that measure. An empty cell (nobody in it) is
 * published as such and left out; who is in no part belongs in a cell that is `never` printed.
 */
export interface AdditiveLine {
  readonly total: string;
  readonly parts: readonly string[];
}

export interface AdditiveTable {
  readonly cells: readonly AdditiveCell[];
  readonly lines: readonly AdditiveLine[];
  readonly measures: readonly string[];
}

export interface ProtectedTable {
  /** Every printed cell that is hidden: the primary ones and those hidden with them. */
  readonly hidden: ReadonlySet<string>;
  /** Primary cells whose required width cannot be reached with all cells hidden that may be. */
  readonly limited: readonly string[];
}

/** A line as signed cell numbers. */
export type SignedLine = readonly { readonly cell: number; readonly sign: 1 | -1 }[];

/** The lines by cell number; cells the table does not have are left out. */
export function signedLines(table: AdditiveTable): readonly SignedLine[] {
  const numberOf = new Map(table.cells.map((cell, index) => [cell.id, index]));
  const term = (id: string, sign: 1 | -1): SignedLine => {
    const cell = numberOf.get(id);
    return cell === undefined ? [] : [{ cell, sign }];
  };
  return table.lines.map(({ total, parts }) => [
    ...term(total, -1),
    ...parts.flatMap((part) => [...term(part, 1)]),
  ]);
}
