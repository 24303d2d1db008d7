/** The command line from outside: help, wrong usage, files it must refuse, what it writes and what it leaves alone. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { read, utils, write } from 'xlsx';
import { loadRespondents } from '@electron/backend/database/repositories/respondents';
import type { Host } from '@electron/backend/host/createHost';
import { createHost } from '@electron/backend/host/createHost';
import { createSurvey } from '@electron/backend/usecases/createSurvey';
import { surveyId } from '@shared/domain/ids';
import type { SurveySettings } from '@shared/domain/survey';
import type { CliRun } from './support/builtCli';
import { useBuiltCli } from './support/builtCli';

const cli = useBuiltCli();
const assetDir = fileURLToPath(new URL('../../..', import.meta.url));
const answers = 'demo/演示数据-答卷.xlsx';
const margins = 'demo/演示数据-边际总体.xlsx';
const demo = ['demo', '--plan', 'huaiyin', '--n', '200', '--seed', '3', '--out'] as const;

const run = (...words: readonly string[]): Promise<CliRun> => cli().run(...words);
const pathOf = (name: string): string => join(cli().folder, name);
const filesNow = (): readonly string[] => readdirSync(cli().folder, { recursive: true }).map(String).sort();

type Cells = (string | number | null)[][];
type Edit = (cells: Cells) => void;

/** The demo's answer table with one change, under a new name. */
function edited(name: string, edit: Edit, formulaAt?: string): string {
  const book = read(readFileSync(pathOf(answers)));
  const [first = ''] = book.SheetNames;
  const sheet = book.Sheets[first];
  if (sheet === undefined) throw new Error('no sheet');
  const cells = utils.sheet_to_json<(string | number | null)[]>(sheet, { header: 1, defval: null });
  edit(cells);
  const changed = utils.aoa_to_sheet(cells);
  if (formulaAt !== undefined) changed[formulaAt] = { t: 'n', v: 2, f: '1+1' };
  const copy = utils.book_new();
  utils.book_append_sheet(copy, changed, '答卷');
  writeFileSync(pathOf(name), write(copy, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  return name;
}

const columnOf = (cells: Cells, header: string): number => {
  const column = (cells[0] ?? []).indexOf(header);
  if (column < 0) throw new Error(`no column ${header}`);
  return column;
};

/** First row of a completed case, as an index into the cells. */
const completeRow = (cells: Cells): number =>
  cells.findIndex((row) => row[columnOf(cells, '结果码')] === '11');

const set =
  (header: string, value: string | number): Edit =>
  (cells) => {
    const row = cells[completeRow(cells)];
    if (row !== undefined) row[columnOf(cells, header)] = value;
  };

interface Told {
  readonly ok: boolean;
  readonly message?: string;
  readonly failure?: { readonly code: string };
  readonly check?: {
    readonly errors: readonly { code: string; row: number; column: string; value: string; remedy: string }[];
  };
}

const told = (result: CliRun): Told => JSON.parse(result.out) as Told;

/** Nothing a user reads may look like a crash. */
function expectCalm({ out, err }: CliRun): void {
  expect(`${out}${err}`).not.toMatch(
    /\n\s+at .+:\d+:\d+|TypeError|ReferenceError|SQLITE|node:internal|ENOENT/,
  );
}

beforeAll(async () => {
  const made = await run(...demo, 'demo');
  if (made.exitCode !== 0) throw new Error(made.err);
}, 120_000);

describe('help and wrong usage', () => {
  it('lists the commands, and every command explains itself in Chinese', async () => {
    const overview = await run('--help');
    expect(overview.exitCode).toBe(0);
    for (const name of ['demo', 'import', 'score', 'estimate', 'report'])
      expect(overview.out).toContain(name);
    const help = await run('report', '--help');
    expect(help).toMatchObject({ exitCode: 0, err: '' });
    expect(help.out).toMatch(/选项：[\s\S]*--data FILE[\s\S]*说明：[\s\S]*退出码[\s\S]*例子：/);
    expect(help.out).toContain('cast-2024-50（种子 2025');
  });

  it.each([
    [[], '缺少命令。'],
    [['reprot'], '没有命令“reprot”。'],
    [['report', '--plan', 'suzhou', '--out', 'r.xlsx'], '缺少 --data FILE。'],
    [['report', '--data', 'a.xlsx', '--data', 'b.xlsx'], '--data 写了两次。'],
    [['estimate', '--plan', 'suzhou', '--data', 'a.xlsx', '--fast'], '不认识“--fast”。'],
    [['report', 'a.xlsx'], '不认识“a.xlsx”。'],
    [['estimate', '--data', answers], '请用 --plan ID 或 --settings FILE 说明是哪一项调查。'],
    [['estimate', '--plan', 'atlantis', '--data', answers], '没有规划“atlantis”。可用：suzhou（苏州市）'],
    [['demo', '--plan', 'suzhou', '--n', '12', '--out', 'x'], '--n 应是 200 到 20000 之间的整数。'],
    [['report', '--plan', 'suzhou', '--data', answers, '--out', 'r.pdf'], '--out 的文件名要以 .xlsx 结尾。'],
    [['import', '--data', answers, '--into', 'x'], '--into DIR 和 --survey ID 要一起写。'],
  ])('answers %j with exit code 2 and the reason', async (words, message) => {
    const before = filesNow();
    const result = await run(...words);
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain(message);
    expect(result.out).toBe('');
    expectCalm(result);
    expect(filesNow()).toEqual(before);
  });

  it('tells wrong usage to programs as JSON', async () => {
    const result = await run('score', '--plan', 'huaiyin', '--json');
    expect(result.exitCode).toBe(2);
    expect(told(result)).toEqual({
      ok: false,
      failure: { code: 'WRONG_USAGE', params: {} },
      message: '缺少 --data FILE。',
    });
  });
});

describe('the demo files', () => {
  it('have the same content whenever they are generated', async () => {
    await run(...demo, 'again');
    for (const name of readdirSync(pathOf('demo'))) {
      expect(name).toContain('演示数据');
      const [first, second] = ['demo', 'again'].map((folder) => readFileSync(pathOf(`${folder}/${name}`)));
      if (!name.endsWith('.xlsx')) expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
      else expect(read(second).Sheets).toEqual(read(first).Sheets);
    }
  });

  it('contain the cases that did not answer, and say they are generated on every sheet', () => {
    const book = read(readFileSync(pathOf(answers)));
    for (const name of book.SheetNames) expect(name).toContain('演示数据');
    const [first = ''] = book.SheetNames;
    const sheet = book.Sheets[first];
    const rows = sheet === undefined ? [] : utils.sheet_to_json<Record<string, string>>(sheet);
    expect(new Set(rows.map((row) => row['结果码'])).size).toBeGreaterThan(3);
  });

  it('are not overwritten without --force', async () => {
    const before = readFileSync(pathOf(answers));
    const refused = await run(...demo, 'demo');
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain('已经存在，没有覆盖');
    expect(readFileSync(pathOf(answers)).equals(before)).toBe(true);
    expect((await run(...demo, 'demo', '--force')).exitCode).toBe(0);
  });
});

describe('a good table', () => {
  it('passes the check with its mapping and counts', async () => {
    const result = await run('import', '--plan', 'huaiyin', '--data', answers);
    expect(result).toMatchObject({ exitCode: 0, err: '' });
    expect(result.out).toMatch(/第1题\s+测评题（作答）/);
    expect(result.out).toMatch(/共 \d+ 行：完成 \d+，未完成 \d+；错误 0 处/);
  });

  it('is scored into a CSV that no spreadsheet calculates', async () => {
    const table = edited('formula-code.xlsx', set('样本编号', '=2+5'));
    const result = await run('score', '--plan', 'huaiyin', '--data', table, '--out', 'scores.csv');
    expect(result.exitCode).toBe(0);
    const text = readFileSync(pathOf('scores.csv'), 'utf8');
    expect(text.startsWith('\uFEFF样本编号,区县代码,区县,总分,科学知识,')).toBe(true);
    expect(text).toContain("\r\n'=2+5,");
    const lines = text.trim().split('\r\n').slice(1);
    for (const line of lines) {
      const [, , , total, ...dimensions] = line.split(',');
      const sum = dimensions.slice(0, 4).reduce((all, points) => all + Number(points), 0);
      expect(Number(total)).toBeCloseTo(sum, 9);
    }
  });

  it('is estimated whole as JSON and readably as text, both marked as generated', async () => {
    const words = ['estimate', '--plan', 'huaiyin', '--data', answers, '--margins', margins];
    const json = JSON.parse((await run(...words, '--json')).out) as {
      isDemo: boolean;
      headline: { literate: { estimate: number } };
      weighting: { recipe: string };
    };
    expect(json).toMatchObject({ ok: true, isDemo: true, weighting: { recipe: 'raking' } });
    const text = await run(...words);
    expect(text.out).toContain(`估计为 ${(json.headline.literate.estimate * 100).toFixed(1)}%`);
    expect(text.out).toContain('【演示数据】');
    expect(text.out).toContain('征求意见稿');
  });

  it('needs margins when its settings calibrate', async () => {
    const result = await run('estimate', '--settings', 'demo/演示数据-调查设置.json', '--data', answers);
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain('请用 --margins FILE 给出边际总体表');
  });
});

describe('a table with wrong cells', () => {
  it.each([
    ['an unknown option', set('第1题', 'Z'), 'UNKNOWN_OPTION', 'Z'],
    ['a weight of zero', set('权重', 0), 'WEIGHT_NOT_POSITIVE', '0'],
    ['a weight in words', set('权重', '很大'), 'WEIGHT_NOT_NUMBER', '很大'],
  ])('with %s is refused with place, value and remedy', async (_name, edit, code, value) => {
    const table = edited('bad.xlsx', edit);
    const result = await run('import', '--plan', 'huaiyin', '--data', table, '--json');
    expect(result.exitCode).toBe(1);
    const { check, failure } = told(result);
    expect(failure?.code).toBe('IMPORT_HAS_ERRORS');
    expect(check?.errors).toHaveLength(1);
    expect(check?.errors[0]).toMatchObject({ code, value });
    expect(check?.errors[0]?.remedy).toMatch(/^请/);
    expect(result.err).toContain('没有导入任何一行');
  });

  it('lists duplicate ids, formulas and missing columns', async () => {
    const duplicate = edited('duplicate.xlsx', (cells) => {
      const [first, second] = [cells[1], cells[2]];
      if (first !== undefined && second !== undefined) second[0] = first[0] ?? null;
    });
    expect((await run('import', '--plan', 'huaiyin', '--data', duplicate)).out).toContain(
      '样本编号与第 2 行重复',
    );
    const formula = edited('formula.xlsx', () => undefined, 'H2');
    expect((await run('import', '--plan', 'huaiyin', '--data', formula)).out).toContain('这个单元格里是公式');
    const withoutWeight = edited('missing.xlsx', (cells) => {
      const column = columnOf(cells, '权重');
      for (const row of cells) row.splice(column, 1);
    });
    const missing = await run('import', '--plan', 'huaiyin', '--data', withoutWeight);
    expect(missing.exitCode).toBe(1);
    expect(missing.out).toContain('缺少“权重”列');
  });

  it('gives no report, and its error list is a workbook', async () => {
    const table = edited('bad.xlsx', set('权重', -1));
    const before = filesNow();
    const refused = await run('report', '--plan', 'huaiyin', '--data', table, '--out', 'none.xlsx');
    expect(refused.exitCode).toBe(1);
    expect(refused.out).toContain('权重必须大于 0');
    expectCalm(refused);
    expect(filesNow()).toEqual(before);
    const listed = await run('import', '--plan', 'huaiyin', '--data', table, '--errors', 'errors.xlsx');
    expect(listed.exitCode).toBe(1);
    expect(read(readFileSync(pathOf('errors.xlsx'))).SheetNames).toEqual(['错误', '提醒']);
  });
});

describe('a file that is no table', () => {
  it.each<readonly [string, Buffer | null, string]>([
    ['absent.xlsx', null, '找不到文件'],
    ['empty.xlsx', Buffer.alloc(0), '文件是空的'],
    ['picture.xlsx', Buffer.from('89504e470d0a1a0a00', 'hex'), '不支持这种文件'],
    ['broken.xlsx', Buffer.from('PK\u0003\u0004 not a zip'), '文件损坏'],
    ['huge.csv', Buffer.alloc(50 * 1_048_576, 'a'), '文件超过 30 MB'],
  ])('(%s) is refused in one sentence and leaves nothing behind', async (name, bytes, message) => {
    if (bytes !== null) writeFileSync(pathOf(name), bytes);
    const before = filesNow();
    const result = await run('report', '--plan', 'huaiyin', '--data', name, '--out', 'none.xlsx');
    expect(result.exitCode).toBe(1);
    expect(result.out).toBe('');
    expect(result.err).toContain(message);
    expect(result.err.trim().split('\n')).toHaveLength(1);
    expectCalm(result);
    expect(filesNow()).toEqual(before);
  });

  it('as settings is refused by the field that is wrong', async () => {
    const settings = JSON.parse(readFileSync(pathOf('demo/演示数据-调查设置.json'), 'utf8')) as object;
    writeFileSync(pathOf('settings.json'), JSON.stringify({ ...settings, year: 'soon' }));
    const result = await run('import', '--settings', 'settings.json', '--data', answers);
    expect(result.exitCode).toBe(1);
    expect(result.err).toContain('year');
  });

  it('as margins is refused with its errors', async () => {
    const words = ['--plan', 'huaiyin', '--data', answers, '--margins', answers, '--json'];
    const result = await run('estimate', ...words);
    expect(result.exitCode).toBe(1);
    expect(told(result).failure?.code).toBe('MARGINS_HAVE_ERRORS');
  });
});

describe('Ctrl+C', () => {
  it('ends a long command with one sentence and no files', async () => {
    const words = ['demo', '--plan', 'suzhou', '--n', '2000', '--out', 'stopped'];
    const result = await cli().interrupt(...words);
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.err).toContain('已取消，没有留下任何改动');
    expect(existsSync(pathOf('stopped'))).toBe(false);
  });
});

describe('an import into a data folder', () => {
  const clock = (): Date => new Date('2025-09-01T08:00:00.000Z');
  const open = (): Promise<Host> =>
    createHost({
      host: 'browser',
      dataDir: pathOf('data'),
      assetDir,
      demoPlanId: null,
      dialogs: null,
      clock,
    });

  let demoSurvey = '';
  let realSurvey = '';

  beforeAll(async () => {
    const host = await open();
    const settings = JSON.parse(
      readFileSync(pathOf('demo/演示数据-调查设置.json'), 'utf8'),
    ) as SurveySettings;
    const create = (isDemo: boolean): string => {
      const created = createSurvey(host.context, settings, { isDemo });
      if (!created.ok) throw new Error(created.failure.code);
      return created.value;
    };
    demoSurvey = create(true);
    realSurvey = create(false);
    host.close();
  });

  const into = (survey: string, data: string): Promise<CliRun> =>
    run('import', '--data', data, '--into', 'data', '--survey', survey, '--json');

  async function storedCases(survey: string): Promise<number> {
    const host = await open();
    const rows = loadRespondents(host.context.vault.storage().db, surveyId.parse(survey));
    host.close();
    return rows.length;
  }

  it('stores nothing of a table with one wrong cell', async () => {
    const result = await into(demoSurvey, edited('演示数据-bad.xlsx', set('权重', 0)));
    expect(result.exitCode).toBe(1);
    expect(told(result).failure?.code).toBe('IMPORT_HAS_ERRORS');
    expect(await storedCases(demoSurvey)).toBe(0);
  });

  it('stores every row of a good table once', async () => {
    const result = await into(demoSurvey, answers);
    expect(result.exitCode).toBe(0);
    const { rowCount } = JSON.parse(result.out) as { rowCount: number };
    expect(await storedCases(demoSurvey)).toBe(rowCount);
    expect(told(await into(demoSurvey, answers)).failure?.code).toBe('IMPORT_ALREADY_DONE');
    expect(await storedCases(demoSurvey)).toBe(rowCount);
  });

  it('keeps generated answers out of a real survey', async () => {
    expect(told(await into(realSurvey, answers)).failure?.code).toBe('DEMO_AND_REAL');
    expect(await storedCases(realSurvey)).toBe(0);
  });

  it('names the surveys there are when the number is wrong, and makes no data folder', async () => {
    const unknown = await into('nobody', answers);
    expect(unknown.exitCode).toBe(1);
    expect(unknown.err).toContain(demoSurvey);
    const words = ['import', '--data', answers, '--into', 'elsewhere', '--survey', demoSurvey];
    expect((await run(...words)).err).toContain('不是知衡的数据目录');
    expect(existsSync(pathOf('elsewhere'))).toBe(false);
  });
});

describe('the temporary data folder', () => {
  it('is gone after every command, refused or not', () => {
    expect(existsSync(join(cli().folder, '../tmp'))).toBe(true);
    expect(readdirSync(join(cli().folder, '../tmp'))).toEqual([]);
  });
});
