/** The files of the demo survey read back as a stranger would: answers, keys, margins, names – from the files alone. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { read, utils } from 'xlsx';
import type { PlainMargin, PlainRow } from './plainSurvey';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

export type SheetCells = readonly (readonly (string | number | null)[])[];

/** Sheets of a workbook as plain cells. */
export function readSheets(path: string): ReadonlyMap<string, SheetCells> {
  const book = read(readFileSync(path), { dense: true });
  return new Map(
    book.SheetNames.map((name) => {
      const sheet = book.Sheets[name];
      if (sheet === undefined) throw new Error(name);
      return [name, utils.sheet_to_json<(string | number | null)[]>(sheet, { header: 1, defval: null })];
    }),
  );
}

interface BankItem {
  readonly id: string;
  readonly dimension: string;
  readonly type: string;
  readonly key: readonly string[];
  readonly scoring: { readonly points: number };
}

export function bankItems(): ReadonlyMap<string, BankItem> {
  const folder = 'question-banks/trial-2026/items';
  const files = readdirSync(join(root, folder)).map((name) => json(join(folder, name)));
  return new Map(
    files.flatMap((file) => (file as { items: BankItem[] }).items).map((item) => [item.id, item]),
  );
}

/** Whether the letters of a cell are the key of the item. */
function isRight(item: BankItem, cell: string | number | null): boolean {
  if (typeof cell !== 'string' || cell === '不知道') return false;
  if (item.type === 'order') return cell.split('>').join() === item.key.join();
  const letters = item.type === 'match' ? cell.replaceAll('-', '').split(',') : cell.split(',');
  return [...letters].sort().join() === [...item.key].sort().join();
}

/** Points of the public rule of 2024: 知识 40, 方法 20, 精神与思想 20, 应用 20. */
const dimensionOf: Readonly<Record<string, string>> = {
  K: '科学知识',
  M: '科学方法',
  S1: '科学精神与思想',
  S2: '科学精神与思想',
  A1: '应用科学的能力',
  A2: '应用科学的能力',
};
export const dimensionMaxima: Readonly<Record<string, number>> = {
  科学知识: 40,
  科学方法: 20,
  科学精神与思想: 20,
  应用科学的能力: 20,
};

/** Tiers by total points: ≥ 85, ≥ 70, ≥ 55, below. */
export const tiers = [
  { label: '具备高阶科学素质', from: 85, below: Infinity },
  { label: '具备科学素质', from: 70, below: 85 },
  { label: '基本具备科学素质', from: 55, below: 70 },
  { label: '科学素质水平较低', from: -Infinity, below: 55 },
] as const;

export interface SourceRow extends PlainRow {
  readonly caseCode: string;
  readonly region: string;
  readonly age: number;
  readonly keyGroups: ReadonlySet<string>;
  readonly dimensions: Readonly<Record<string, number>>;
  readonly total: number;
}

const bandOf = (age: number): string =>
  age < 30 ? '18-29' : age < 40 ? '30-39' : age < 50 ? '40-49' : age < 60 ? '50-59' : '60-69';

function pointsOf(answers: readonly { readonly item: BankItem; readonly cell: string | number | null }[]) {
  const reached: Record<string, number> = {};
  const reachable: Record<string, number> = {};
  for (const { item, cell } of answers) {
    const dimension = dimensionOf[item.dimension] ?? '';
    reached[dimension] = (reached[dimension] ?? 0) + (isRight(item, cell) ? item.scoring.points : 0);
    reachable[dimension] = (reachable[dimension] ?? 0) + item.scoring.points;
  }
  return Object.fromEntries(
    Object.entries(dimensionMaxima).map(([dimension, maximum]) => [
      dimension,
      ((reached[dimension] ?? 0) * maximum) / (reachable[dimension] ?? Number.NaN),
    ]),
  );
}

const keyGroupColumns = ['青少年', '农民', '产业工人', '老年人', '领导干部和公务员'];

/** Completed cases of the answer table, scored. `itemOfColumn` = item id behind a column of answers. */
export function completedRows(
  cells: SheetCells,
  itemOfColumn: ReadonlyMap<number, string>,
): readonly SourceRow[] {
  const [header = [], ...lines] = cells;
  const items = bankItems();
  const column = (name: string): number => {
    const at = header.indexOf(name);
    if (at < 0) throw new Error(`no column ${name}`);
    return at;
  };
  const at = (line: SheetCells[number], name: string): string => String(line[column(name)] ?? '');
  return lines
    .filter((line) => at(line, '结果码') === '11')
    .map((line) => {
      const answers = [...itemOfColumn].map(([index, id]) => {
        const item = items.get(id);
        if (item === undefined) throw new Error(`no item ${id}`);
        return { item, cell: line[index] ?? null };
      });
      const dimensions = pointsOf(answers);
      const age = Number(at(line, '年龄'));
      return {
        caseCode: at(line, '样本编号'),
        region: at(line, '区县'),
        age,
        stratum: at(line, '层'),
        psu: at(line, '初级单元'),
        base: Number(at(line, '权重')),
        categories: {
          性别: at(line, '性别'),
          年龄段: bandOf(age),
          受教育程度: at(line, '受教育程度'),
          城乡: at(line, '城乡'),
        },
        keyGroups: new Set(keyGroupColumns.filter((name) => at(line, name) === '是')),
        dimensions,
        total: Object.values(dimensions).reduce((sum, points) => sum + points, 0),
      };
    });
}

export function readMarginTable(cells: SheetCells): readonly PlainMargin[] {
  const byVariable = new Map<string, Map<string, number>>();
  for (const [variable, category, total] of cells.slice(1)) {
    const totals = byVariable.get(String(variable)) ?? new Map<string, number>();
    totals.set(String(category), Number(total));
    byVariable.set(String(variable), totals);
  }
  return [...byVariable].map(([variable, totals]) => ({ variable, totals }));
}

/** Name of every region by code. */
export function regionNames(): ReadonlyMap<string, string> {
  const { regions } = json('seeds/regions/regions.json') as { regions: { code: string; name: string }[] };
  return new Map(regions.map(({ code, name }) => [code, name]));
}

/** Two-sided t values at 95 % published by R (case P18 of the reference set), by degrees of freedom. */
export function publishedT95(): readonly (readonly [number, number])[] {
  const { checks } = json('tests/reference/cases/P18_distributions.json') as {
    checks: { id: string; values: { p: number; df: number; v: number }[] }[];
  };
  const values = checks.find(({ id }) => id === 'dist_qt')?.values ?? [];
  return values.filter(({ p, df }) => p === 0.975 && Number.isInteger(df)).map(({ df, v }) => [df, v]);
}
