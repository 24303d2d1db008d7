/** Types and page cache of `DataGrid.vue`. */
import { shallowReactive } from 'vue';

export interface GridColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** Pixels; the column without a width takes what is left. */
  readonly width?: number;
  readonly align?: 'start' | 'end' | 'center';
  /** Text of the cell; a slot `cell-<key>` replaces it. */
  readonly format?: (row: Row, index: number) => string;
}

/** Rows `offset` … `offset + limit − 1`, fewer at the end. */
export type LoadPage<Row> = (offset: number, limit: number) => Promise<readonly Row[]>;

/** Pages kept around the visible ones; scrolling back further reads them again. */
const keptPages = 40;

export interface PageCache<Row> {
  /** Row at an index, null while it is being read. */
  readonly rowAt: (index: number) => Row | null;
  readonly request: (first: number, last: number) => void;
  readonly clear: () => void;
}

/** Reads rows page by page, each page once at a time; answers that arrive after `clear` are dropped. */
export function createPageCache<Row>(load: () => LoadPage<Row>, pageSize: number): PageCache<Row> {
  const pages = shallowReactive(new Map<number, readonly Row[]>());
  const pending = new Set<number>();
  let generation = 0;

  function drop(around: number): void {
    if (pages.size <= keptPages) return;
    const farthest = [...pages.keys()].sort((a, b) => Math.abs(b - around) - Math.abs(a - around));
    farthest.slice(0, pages.size - keptPages).forEach((page) => pages.delete(page));
  }
  async function read(page: number): Promise<void> {
    pending.add(page);
    const startedIn = generation;
    try {
      const rows = await load()(page * pageSize, pageSize);
      if (startedIn !== generation) return;
      pages.set(page, rows);
      drop(page);
    } finally {
      if (startedIn === generation) pending.delete(page);
    }
  }

  return {
    rowAt: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null,
    request(first, last) {
      for (let page = Math.floor(first / pageSize); page * pageSize <= last; page += 1) {
        if (!pages.has(page) && !pending.has(page)) void read(page);
      }
    },
    clear() {
      generation += 1;
      pending.clear();
      pages.clear();
    },
  };
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

const moves: Readonly<Record<string, (cell: Cell, page: number) => Cell>> = {
  ArrowDown: (cell) => ({ ...cell, row: cell.row + 1 }),
  ArrowUp: (cell) => ({ ...cell, row: cell.row - 1 }),
  ArrowRight: (cell) => ({ ...cell, column: cell.column + 1 }),
  ArrowLeft: (cell) => ({ ...cell, column: cell.column - 1 }),
  PageDown: (cell, page) => ({ ...cell, row: cell.row + page }),
  PageUp: (cell, page) => ({ ...cell, row: cell.row - page }),
  Home: (cell) => ({ ...cell, column: 0 }),
  End: (cell) => ({ ...cell, column: Number.MAX_SAFE_INTEGER }),
};

interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit into the window. */
  readonly page: number;
}

/** Cell a key leads to, kept inside the grid; null for keys that do not move. Ctrl+Home and Ctrl+End go to the ends. */
export function cellAfter(cell: Cell, key: string, isControl: boolean, size: GridSize): Cell | null {
  const moved = moves[key]?.(cell, size.page);
  if (moved === undefined) return null;
  const row = isControl && key === 'Home' ? 0 : isControl && key === 'End' ? size.rows - 1 : moved.row;
  return {
    row: Math.min(Math.max(row, 0), Math.max(size.rows - 1, 0)),
    column: Math.min(Math.max(moved.column, 0), size.columns - 1),
  };
}
