/**
 * Complementary suppression: hide what must be hidden, attack the table by linear programming, hide the cheapest cell
 * that can widen what the attack found, and repeat until the attack finds nothing. Hiding more never narrows anything,
 * so a cell that passed needs no second attack and the loop ends. The same table always gives the same answer.
 * Method: Willenborg & de Waal (2001) Elements of Statistical Disclosure Control, ch. 8; Hundepool et al. (2012)
 * Statistical Disclosure Control, ch. 4 (audit by feasibility intervals). No R call: package sdcTable solves the same
 * problem with another choice of complements.
 */
import type { AdditiveTable, ProtectedTable } from './additiveTable';
import { signedLines } from './additiveTable';
import { tooNarrow } from './audit';
import type { HiddenState } from './unknowns';
import { componentsOf } from './unknowns';

interface Work extends HiddenState {
  readonly isHidden: boolean[];
  /** Lines through every cell, by cell number. */
  readonly linesOfCell: readonly (readonly number[])[];
}

function start(table: AdditiveTable): Work {
  const lines = signedLines(table);
  const linesOfCell: number[][] = table.cells.map(() => []);
  lines.forEach((line, index) => {
    for (const { cell } of line) linesOfCell[cell]?.push(index);
  });
  const isHidden = table.cells.map(({ isPrimary, printing }) => isPrimary || printing === 'never');
  return { table, lines, isHidden, linesOfCell };
}

/** The cheapest printed cell of the lines that may be hidden for a cell of `level`; by id where costs are equal. */
function cheapest(work: Work, lines: Iterable<number>, level: number): number | null {
  let best: number | null = null;
  const isBetter = (cell: number): boolean => {
    const [left, right] = [work.table.cells[cell], best === null ? undefined : work.table.cells[best]];
    if (left === undefined) return false;
    if (right === undefined) return true;
    return left.cost < right.cost || (left.cost === right.cost && left.id < right.id);
  };
  for (const line of lines)
    for (const { cell } of work.lines[line] ?? []) {
      const found = work.table.cells[cell];
      const isFree = found?.printing === 'published' && work.isHidden[cell] === false && found.level >= level;
      if (isFree && isBetter(cell)) best = cell;
    }
  return best;
}

/** A line with one hidden cell gives it away: hides a second one wherever that cell matters. */
function closeLines(work: Work): void {
  for (let changed = true; changed;) {
    changed = false;
    work.lines.forEach((line, index) => {
      const hidden = line.filter(({ cell }) => work.isHidden[cell]);
      const alone = work.table.cells[hidden[0]?.cell ?? -1];
      if (hidden.length !== 1 || alone === undefined) return;
      if (alone.printing === 'never' && !alone.isPrimary) return;
      const complement = cheapest(work, [index], alone.level);
      if (complement === null) return;
      work.isHidden[complement] = true;
      changed = true;
    });
  }
}

/** A cell whose hiding can widen `cell`: from its own lines, else from the lines of everything it can move with. */
function complementFor(work: Work, cell: number, measure: string): number | null {
  const level = work.table.cells[cell]?.level ?? 1;
  const own = cheapest(work, work.linesOfCell[cell] ?? [], level);
  if (own !== null) return own;
  const component = componentsOf(work, measure).find(({ unknowns }) =>
    unknowns.some((unknown) => unknown.cell === cell),
  );
  const lines = new Set(component?.unknowns.flatMap((unknown) => work.linesOfCell[unknown.cell] ?? []));
  return cheapest(work, lines, level);
}

/** Hides one complement for every narrow cell whose lines got none in this round; returns what to attack again. */
function widen(work: Work, narrow: readonly number[], measure: string, limited: Set<number>): Set<number> {
  const widenedLines = new Set<number>();
  const again = new Set<number>();
  for (const cell of narrow) {
    const isServed = work.linesOfCell[cell]?.some((line) => widenedLines.has(line)) === true;
    const complement = isServed ? null : complementFor(work, cell, measure);
    if (complement !== null) {
      work.isHidden[complement] = true;
      for (const line of work.linesOfCell[complement] ?? []) widenedLines.add(line);
    }
    if (isServed || complement !== null) again.add(cell);
    else limited.add(cell);
  }
  return again;
}

/** Attacks one measure and hides complements until every primary cell is wide enough or nothing is left to hide. */
function protectMeasure(work: Work, measure: string, limited: Set<number>): void {
  let wanted = new Set(work.table.cells.flatMap(({ isPrimary }, index) => (isPrimary ? [index] : [])));
  while (wanted.size > 0) {
    closeLines(work);
    wanted = widen(work, tooNarrow(work, measure, wanted), measure, limited);
  }
}

/** Of the primary cells that ran out of complements, those that are still too narrow when all is done. */
function stillNarrow(work: Work, limited: ReadonlySet<number>): ReadonlySet<number> {
  return new Set(work.table.measures.flatMap((measure) => tooNarrow(work, measure, limited)));
}

/**
 * Which cells to hide so that no attacker who knows every printed figure, every public bound and this method can
 * narrow the value of a primary cell down below its required width.
 */
export function protectTable(table: AdditiveTable): ProtectedTable {
  const work = start(table);
  const limited = new Set<number>();
  for (const measure of table.measures) protectMeasure(work, measure, limited);
  const narrow = stillNarrow(work, limited);
  const { cells } = table;
  const isPrinted = (cell: number): boolean => cells[cell]?.printing !== 'never';
  return {
    hidden: new Set(
      cells.flatMap(({ id }, cell) => (isPrinted(cell) && work.isHidden[cell] === true ? [id] : [])),
    ),
    limited: cells.flatMap(({ id }, cell) => (narrow.has(cell) ? [id] : [])),
  };
}
