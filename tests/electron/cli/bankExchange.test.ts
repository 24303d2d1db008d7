/** Items in and out on the command line, from outside. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTrialBank } from '../../question-banks/trialBank';
import { useBuiltCli } from './support/builtCli';

const cli = useBuiltCli();
const run = (...words: readonly string[]) => cli().run('bank', ...words);
const at = (name: string): string => join(cli().folder, name);
const readJson = (name: string): unknown => JSON.parse(readFileSync(at(name), 'utf8'));

interface ImportReport {
  readonly ok: boolean;
  readonly itemCount: number;
  readonly imported: number;
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly findings: readonly { readonly rule: string }[];
}
const reportOf = (out: string): ImportReport => JSON.parse(out) as ImportReport;

describe('bank export and import', () => {
  it(
    'bring the shipped bank to Excel and back, 300 items and the same words',
    { timeout: 60_000 },
    async () => {
      const exported = await run('export', '--format', 'xlsx', '--out', '题库.xlsx');
      expect(exported.exitCode, exported.err).toBe(0);
      expect(exported.out).toContain('300 道题');
      const imported = await run('import', '题库.xlsx', '--out', '题.json', '--json');
      expect(imported.exitCode, imported.err).toBe(0);
      expect(reportOf(imported.out)).toMatchObject({ ok: true, itemCount: 300, imported: 300, errors: [] });
      const whole = await run('export', '--format', 'json', '--out', '原题.json');
      expect(whole.exitCode).toBe(0);
      expect(readJson('题.json')).toEqual(readJson('原题.json'));
      const { items } = readJson('题.json') as { items: readonly { stem: string }[] };
      const shipped = loadTrialBank().items.map(({ stem }) => stem);
      expect(items.map(({ stem }) => stem).sort()).toEqual(shipped.sort());
    },
  );

  it('refuse a file with one bad question whole, with the line, exit code 1 and a list', async () => {
    writeFileSync(at('坏.gift'), '水在海平面上一百度沸腾。{T}\n\n没有答案的一道题目在这里。\n');
    const place = ['--dimension', 'K', '--benchmark', '11', '--area', 'ME', '--author', '张三'];
    const refused = await run(
      'import',
      '坏.gift',
      '--out',
      '坏.json',
      '--errors',
      '错误.xlsx',
      ...place,
      '--json',
    );
    expect(refused.exitCode).toBe(1);
    expect(reportOf(refused.out)).toMatchObject({ ok: false, itemCount: 1, imported: 0 });
    expect(reportOf(refused.out).errors.map(({ code, row }) => [code, row])).toEqual([
      ['ITEM_FILE_SYNTAX', 3],
    ]);
    expect(existsSync(at('坏.json'))).toBe(false);
    expect(existsSync(at('错误.xlsx'))).toBe(true);
    const text = await run('import', '坏.gift', '--out', '坏.json', ...place);
    expect(text.out).toContain('没有导入任何一题');
    expect(text.out).toContain('第 3 行');
  });

  it('take a GIFT file with a place, say what was kept and what the checklist says', async () => {
    writeFileSync(at('好.gift'), '水在海平面上一百度沸腾。{T}\n');
    const place = ['--dimension', 'K', '--benchmark', '11', '--area', 'ME', '--author', '张三'];
    const taken = await run('import', '好.gift', '--out', '好.json', ...place);
    expect(taken.exitCode, taken.err).toBe(0);
    expect(taken.out).toContain('读到 1 道题，全部写入 好.json');
    expect(taken.out).toContain('检查清单（');
    expect(await run('import', '好.gift', '--out', '好2.json')).toMatchObject({ exitCode: 1 });
    expect(await run('import', '好.gift', '--out', '好2.json', '--area', 'ME')).toMatchObject({
      exitCode: 2,
    });
    expect(await run('import', '好.gift', '--out', '好.json', ...place)).toMatchObject({ exitCode: 1 });
  });

  it('write the template and a QTI package that names what it leaves out', async () => {
    expect(await run('template', '--out', '模板.xlsx')).toMatchObject({ exitCode: 0 });
    expect(statSync(at('模板.xlsx')).size).toBeGreaterThan(5000);
    const exported = await run('export', '--format', 'qti', '--out', 'qti');
    expect(exported.exitCode, exported.err).toBe(0);
    expect(exported.out).toContain('没有导出的 12 道');
    expect(readdirSync(at('qti'))).toHaveLength(289);
  });
});

describe('bank print', () => {
  it('writes numbered copies and a key apart for a form of a blueprint', { timeout: 120_000 }, async () => {
    const made = await run('assemble', '--blueprint', 'short-2024-20', '--out', '卷', '--json');
    expect(made.exitCode, made.err).toBe(0);
    const [file = ''] = readdirSync(at('卷'));
    const printed = await run('print', join('卷', file), '--copies', '2', '--first', '41', '--out', '打印');
    expect(printed.exitCode, printed.err).toBe(0);
    const [paper, key] = ['form.html', 'key.html'].map((name) =>
      readFileSync(at(join('打印', name)), 'utf8'),
    );
    for (const number of ['第 041 份', '第 042 份', '试用', '20．']) expect(paper).toContain(number);
    expect(paper).not.toContain('21．');
    expect(key).toContain('保密');
    expect(await run('print', '--out', '打印2')).toMatchObject({ exitCode: 2 });
  });
});
