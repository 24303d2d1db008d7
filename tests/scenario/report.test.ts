/**
 * The main job through the command line: a 4,000-respondent workbook in, an Excel report out, and every estimate in the
 * report against a reference computation that shares no code with the engine (`support/plainSurvey.ts`).
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBuiltCli } from '../electron/cli/support/builtCli';
import type { PlainFigure, PlainSample } from './support/plainSurvey';
import { plainFigure, plainSample } from './support/plainSurvey';
import type { SheetCells, SourceRow } from './support/sourceTables';
import {
  completedRows,
  dimensionMaxima,
  publishedT95,
  readMarginTable,
  readSheets,
  regionNames,
  tiers,
} from './support/sourceTables';
import { t95 } from './support/studentT';

const tolerance = 1e-8;
const cli = useBuiltCli();

/** What `report --json` says of the headline. */
interface Told {
  readonly headline: { readonly literate: { readonly estimate: number }; readonly text: string };
}

/** What `import --json` says of the columns. */
interface Checked {
  readonly mapping: {
    readonly columns: readonly { readonly column: number; readonly role: string; readonly target: string }[];
  };
}

interface Scenario {
  readonly rows: readonly SourceRow[];
  readonly sample: PlainSample;
  readonly sheets: ReadonlyMap<string, SheetCells>;
  readonly told: Told;
}

let scenario: Scenario;

async function mustRun(...words: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await cli().run(...words);
  if (exitCode !== 0) throw new Error(`${words.join(' ')}: ${err}`);
  return out;
}

beforeAll(async () => {
  await mustRun('demo', '--plan', 'suzhou', '--n', '4000', '--seed', '7', '--out', 'demo');
  const files = ['--data', 'demo/演示数据-答卷.xlsx', '--margins', 'demo/演示数据-边际总体.xlsx'];
  const report = ['--audience', 'statistician', '--out', 'report.xlsx', '--json'];
  const told = JSON.parse(await mustRun('report', '--plan', 'suzhou', ...files, ...report)) as Told;
  // The form is the same for every size of the survey; a small one tells which item each column holds.
  await mustRun('demo', '--plan', 'suzhou', '--n', '200', '--seed', '7', '--out', 'small');
  const small = ['--plan', 'suzhou', '--data', 'small/演示数据-答卷.xlsx', '--json'];
  const checked = JSON.parse(await mustRun('import', ...small)) as Checked;
  const itemOfColumn = new Map(
    checked.mapping.columns.flatMap(({ column, role, target }) =>
      role === 'item' ? [[column, target]] : [],
    ),
  );
  const { folder } = cli();
  const [answers = []] = readSheets(join(folder, 'demo/演示数据-答卷.xlsx')).values();
  const [marginTable = []] = readSheets(join(folder, 'demo/演示数据-边际总体.xlsx')).values();
  const rows = completedRows(answers, itemOfColumn);
  scenario = {
    rows,
    sample: plainSample(rows, readMarginTable(marginTable)),
    sheets: readSheets(join(folder, 'report.xlsx')),
    told,
  };
}, 240_000);

/** Rows of every scope the report names: 全体, a district, a group, a group within a district. */
const groups: Readonly<Record<string, Readonly<Record<string, (row: SourceRow) => boolean>>>> = {
  性别: {
    男: ({ categories }) => categories['性别'] === '男',
    女: ({ categories }) => categories['性别'] === '女',
  },
  年龄段: Object.fromEntries(
    [18, 30, 40, 50, 60].map((from, index, all) => {
      const to = (all[index + 1] ?? 70) - 1;
      return [`${from}–${to}岁`, ({ age }: SourceRow) => age >= from && age <= to];
    }),
  ),
  受教育程度: Object.fromEntries(
    ['小学及以下', '初中', '高中（含中专）', '大学专科', '大学本科及以上'].map((label) => {
      const inTable = label.replace('（', '(').replace('）', ')');
      return [label, ({ categories }: SourceRow) => categories['受教育程度'] === inTable];
    }),
  ),
  城乡: {
    城镇: ({ categories }) => categories['城乡'] === '城镇',
    农村: ({ categories }) => categories['城乡'] === '乡村',
  },
  重点人群: {
    '青少年（18岁及以上学生）': ({ keyGroups }) => keyGroups.has('青少年'),
    农民: ({ keyGroups }) => keyGroups.has('农民'),
    产业工人: ({ keyGroups }) => keyGroups.has('产业工人'),
    '老年人（60–69岁）': ({ keyGroups }) => keyGroups.has('老年人'),
    领导干部和公务员: ({ keyGroups }) => keyGroups.has('领导干部和公务员'),
  },
};

type Test = (row: SourceRow) => boolean;

function scopes(): ReadonlyMap<string, Test> {
  const names = regionNames();
  const codes = [...new Set(scenario.rows.map(({ region }) => region))];
  const byGroup = Object.entries(groups).flatMap(([grouping, categories]) =>
    Object.entries(categories).map(([label, test]) => [`${grouping}：${label}`, test] as const),
  );
  const byRegion = codes.map(
    (code) => [names.get(code) ?? code, (row: SourceRow) => row.region === code] as const,
  );
  const crossed = byRegion.flatMap(([region, inRegion]) =>
    byGroup.map(
      ([group, inGroup]) =>
        [`${region}·${group}`, (row: SourceRow) => inRegion(row) && inGroup(row)] as const,
    ),
  );
  return new Map<string, Test>([['全体', () => true], ...byRegion, ...byGroup, ...crossed]);
}

interface Measure {
  readonly isShare: boolean;
  readonly y: (row: SourceRow) => number;
}

/** Outcome of every measure the report names. */
function measures(): ReadonlyMap<string, Measure> {
  const share = (test: Test): Measure => ({
    isShare: true,
    y: (row) => (test(row) ? 1 : 0),
  });
  return new Map<string, Measure>([
    ['具备比例', share(({ total }) => total >= 70)],
    ['平均总分', { isShare: false, y: ({ total }: SourceRow) => total }],
    ...Object.keys(dimensionMaxima).map(
      (name) =>
        [
          `平均分：${name}`,
          { isShare: false, y: ({ dimensions }: SourceRow) => dimensions[name] ?? 0 },
        ] as const,
    ),
    ...tiers.flatMap(
      ({ label, from, below }) =>
        [
          [`恰在：${label}`, share(({ total }) => total >= from && total < below)],
          [`及以上：${label}`, share(({ total }) => total >= from)],
        ] as const,
    ),
  ]);
}

const known = new Map<string, PlainFigure | null>();

/** The reference figure of a measure in a scope. */
function reference(scope: string, measure: string): PlainFigure | null {
  const key = `${scope}/${measure}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const test = scopes().get(scope);
  const outcome = measures().get(measure);
  if (test === undefined || outcome === undefined)
    throw new Error(`the report names something unknown: ${key}`);
  const { rows, sample } = scenario;
  const figure = plainFigure(
    sample,
    rows.map(outcome.y),
    (index) => {
      const row = rows[index];
      return row !== undefined && test(row);
    },
    outcome.isShare,
  );
  known.set(key, figure);
  return figure;
}

type CellValue = string | number | null;

/** Differences beyond the tolerance, by name of the number; a null reference must be printed as —. */
function differences(
  expected: Readonly<Record<string, number | null>>,
  cells: Readonly<Record<string, CellValue>>,
) {
  return Object.entries(expected).flatMap(([name, value]) => {
    const cell = cells[name] ?? null;
    if (value === null) return cell === '—' ? [] : [`${name}: ${String(cell)} instead of —`];
    const isEqual = typeof cell === 'number' && Math.abs(cell - value) <= tolerance * Math.abs(value) + 1e-15;
    return isEqual ? [] : [`${name}: ${String(cell)} instead of ${value}`];
  });
}

function sheet(name: string): SheetCells {
  const found = scenario.sheets.get(name);
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
}

/** Rows below the header that has `first` in its first cell, with as many header rows as given. */
function bodyOf(cells: SheetCells, first: string, headerRows: number): SheetCells {
  const header = cells.findIndex((line) => line[0] === first);
  if (header < 0) throw new Error(`no header ${first}`);
  return cells.slice(header + headerRows);
}

const hidden = '※';

type Columns = Readonly<Record<string, number>>;

/** Cells by name, from the columns (0 = A) they stand in. */
const cellsAt = (line: SheetCells[number], columns: Columns): Record<string, CellValue> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, line[column] ?? null]));

const precisionColumns: Columns = {
  n: 2,
  estimate: 3,
  lower: 4,
  upper: 5,
  psus: 6,
  weighted: 7,
  standardError: 8,
  deff: 10,
  effectiveN: 11,
  df: 12,
};

/** The seven columns n, weighted n, share, lower, upper, standard error, design effect from `at` on. */
const figureCells = (line: SheetCells[number], at: number): Record<string, CellValue> =>
  cellsAt(line, {
    n: at,
    weighted: at + 1,
    estimate: at + 2,
    lower: at + 3,
    upper: at + 4,
    standardError: at + 5,
    deff: at + 6,
  });

/** The three columns estimate, lower, upper from `at` on. */
const intervalCells = (line: SheetCells[number], at: number): Record<string, CellValue> =>
  cellsAt(line, { estimate: at, lower: at + 1, upper: at + 2 });

const figureParts = ({ n, weighted, estimate, lower, upper, standardError, deff }: PlainFigure) => ({
  n,
  weighted,
  estimate,
  lower,
  upper,
  standardError,
  deff,
});

const intervalParts = ({ estimate, lower, upper }: PlainFigure) => ({ estimate, lower, upper });

interface Compared {
  readonly problems: readonly string[];
  readonly shown: number;
  readonly withheld: readonly string[];
}

interface ReportLine {
  readonly scope: string;
  readonly measure: string;
  readonly cells: Readonly<Record<string, CellValue>>;
  readonly parts: (figure: PlainFigure) => Readonly<Record<string, number | null>>;
}

function compareLines(lines: readonly ReportLine[]): Compared {
  const problems: string[] = [];
  const withheld: string[] = [];
  let shown = 0;
  for (const { scope, measure, cells, parts } of lines) {
    const figure = reference(scope, measure);
    const isFirstOfScope = cells['estimate'] === hidden || cells['estimate'] === '未调查';
    if (isFirstOfScope) {
      withheld.push(scope);
      continue;
    }
    shown += 1;
    if (figure === null) problems.push(`${scope} ${measure}: shown without respondents`);
    else problems.push(...differences(parts(figure), cells).map((each) => `${scope} ${measure} ${each}`));
  }
  return { problems, shown, withheld };
}

const mayNotBeShown = (figure: PlainFigure | null): boolean =>
  figure === null || figure.n < 30 || figure.psus < 3;

describe('the reference computation itself', () => {
  it('has the t values R prints', () => {
    const published = publishedT95();
    expect(published.length).toBeGreaterThan(5);
    for (const [df, value] of published) expect(t95(df) / value).toBeCloseTo(1, 10);
  });

  it('reproduces every population margin', () => {
    const { sample } = scenario;
    for (const { variable, totals } of sample.margins)
      for (const [category, total] of totals) {
        const sum = sample.rows.reduce(
          (all, row, i) => all + (row.categories[variable] === category ? (sample.weights[i] ?? 0) : 0),
          0,
        );
        expect(sum / total).toBeCloseTo(1, 11);
      }
  });
});

describe('the report of a 4,000-respondent workbook', () => {
  it('counts the completed answers of the table', () => {
    expect(scenario.rows.length).toBeGreaterThan(3800);
    expect(scenario.rows.length).toBeLessThan(4200);
  });

  it('agrees in every number of the precision sheet: all, tiers, dimensions, districts, groups, district × group', () => {
    const lines = bodyOf(sheet('误差与设计效应'), '范围', 1)
      .filter((line) => typeof line[1] === 'string')
      .map((line): ReportLine => ({
        scope: String(line[0]),
        measure: String(line[1]),
        cells: cellsAt(line, precisionColumns),
        parts: (figure) => ({ ...figure }),
      }));
    const compared = compareLines(lines);
    expect(compared.problems).toEqual([]);
    const districts = 10;
    const categories = 19;
    expect(lines).toHaveLength(2 + 4 + 4 + 3 + 2 * (districts + categories) + districts * categories);
    expect(compared.shown).toBeGreaterThan(200);
  });

  it('withholds every cell below 30 answers or 3 PSUs, and others only to protect them', () => {
    const cross = bodyOf(sheet('区县×人群'), '区县', 2).filter((line) => typeof line[2] === 'string');
    expect(cross).toHaveLength(190);
    for (const line of cross) {
      const figure = reference(`${String(line[0])}·${String(line[1])}：${String(line[2])}`, '具备比例');
      const isHidden = line[5] === hidden || line[5] === '未调查';
      if (mayNotBeShown(figure)) expect(isHidden).toBe(true);
      // Small cells and the cells that protect them read alike, so the reason gives nothing away.
      if (line[5] === hidden) expect(line[10]).toBe('样本量低于公布下限，或为防止反推而一并隐去');
    }
  });

  it('agrees in every row of 分区县', () => {
    const lines = bodyOf(sheet('分区县'), '区县', 2).filter((line) => typeof line[1] === 'number');
    expect(lines).toHaveLength(11);
    const named = lines.flatMap((line, index): ReportLine[] => {
      const scope = index === 0 ? '全体' : String(line[0]);
      const mean = intervalCells(line, 12);
      return [
        { scope, measure: '具备比例', cells: figureCells(line, 1), parts: figureParts },
        { scope, measure: '平均总分', cells: mean, parts: intervalParts },
      ];
    });
    expect(compareLines(named)).toEqual({ problems: [], shown: 22, withheld: [] });
  });

  it('agrees in every row of 分人群', () => {
    let grouping = '';
    const named = bodyOf(sheet('分人群'), '人群', 2).flatMap((line): ReportLine[] => {
      const label = String(line[0]);
      if (label in groups) grouping = label;
      if (typeof line[1] !== 'number') return [];
      const scope = label === '全体' ? label : `${grouping}：${label}`;
      const mean = intervalCells(line, 8);
      return [
        { scope, measure: '具备比例', cells: figureCells(line, 1), parts: figureParts },
        { scope, measure: '平均总分', cells: mean, parts: intervalParts },
      ];
    });
    expect(compareLines(named).problems).toEqual([]);
    expect(named).toHaveLength(2 * 20);
  });

  it('agrees in every row of 区县×人群', () => {
    const named = bodyOf(sheet('区县×人群'), '区县', 2)
      .filter((line) => typeof line[2] === 'string')
      .map((line): ReportLine => ({
        scope: `${String(line[0])}·${String(line[1])}：${String(line[2])}`,
        measure: '具备比例',
        cells: figureCells(line, 3),
        parts: figureParts,
      }));
    const compared = compareLines(named);
    expect(compared.problems).toEqual([]);
    expect(compared.shown).toBeGreaterThan(100);
  });

  it('agrees in every row of 总体结果: share, tiers, total and dimensions', () => {
    const measureOf = (label: string, isCumulated: boolean): string => {
      if (label === '公民具备科学素质比例') return '具备比例';
      const bare = label.replace(/（[^）]*）/g, '').replace(/及以上$/, '');
      if (bare === '总分') return '平均总分';
      if (bare in dimensionMaxima) return `平均分：${bare}`;
      return `${isCumulated ? '及以上' : '恰在'}：${bare}`;
    };
    const named = bodyOf(sheet('总体结果'), '指标', 2)
      .filter((line) => typeof line[1] === 'number')
      .map((line): ReportLine => {
        const label = String(line[0]);
        return {
          scope: '全体',
          measure: measureOf(label, /及以上$/.test(label)),
          cells: { ...figureCells(line, 1), ...cellsAt(line, { effectiveN: 8, df: 9, cv: 10 }) },
          parts: (figure) => ({
            ...figureParts(figure),
            effectiveN: figure.effectiveN,
            df: figure.df,
            cv: figure.standardError / figure.estimate,
          }),
        };
      });
    expect(compareLines(named).problems).toEqual([]);
    expect(named.map(({ measure }) => measure).sort()).toEqual(
      [
        '具备比例',
        '平均总分',
        ...Object.keys(dimensionMaxima).map((name) => `平均分：${name}`),
        ...tiers.map(({ label }) => `恰在：${label}`),
        ...tiers.slice(0, 3).map(({ label }) => `及以上：${label}`),
      ].sort(),
    );
  });

  it('says on every sheet that the data are generated', () => {
    for (const [name, cells] of scenario.sheets)
      expect(`${name} ${String(cells[0]?.[0])}`).toContain('演示数据');
  });

  it('has the headline that the command tells', () => {
    const headline = reference('全体', '具备比例');
    const { estimate } = scenario.told.headline.literate;
    expect(estimate / (headline?.estimate ?? Number.NaN)).toBeCloseTo(1, 9);
  });
});
