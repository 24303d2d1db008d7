/** `bank` from outside: the built command line, with the solver in its worker. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useBuiltCli } from './support/builtCli';

const cli = useBuiltCli();
const run = (...words: readonly string[]) => cli().run('bank', ...words);
const draw = ['--blueprint', 'benchmark-2016-50', '--seed', '3'] as const;

interface Assembled {
  readonly forms: readonly { readonly form: { readonly id: string }; readonly method: string }[];
  readonly violations: readonly unknown[];
  readonly files: readonly string[];
}

describe('bank check', () => {
  it('passes the shipped bank: no error, a written reason beside every warning', async () => {
    const { exitCode, out } = await run('check');
    expect(exitCode, out.slice(0, 2000)).toBe(0);
    expect(out).toContain('错误0处');
    expect(out).toContain('没有写理由的0处');
    expect(out).toContain('基准17 常见疾病与安全用药');
  });

  it('says which file is wrong when the folder is no bank', async () => {
    const { exitCode, err } = await run('check', '--bank', cli().folder);
    expect(exitCode).toBe(1);
    expect(err).not.toContain('Error');
  });
});

describe('bank assemble and judge', () => {
  it('assembles with HiGHS in the worker, writes the forms, and judges one of them', async () => {
    const { exitCode, out, err } = await run('assemble', ...draw, '--forms', '2', '--out', 'forms', '--json');
    expect(exitCode, err).toBe(0);
    const assembled = JSON.parse(out) as Assembled;
    expect(assembled.forms.map(({ method }) => method)).toEqual(['integerProgram', 'integerProgram']);
    expect(assembled.violations).toEqual([]);

    const [file = ''] = assembled.files;
    const judged = await run('judge', file);
    expect(judged.exitCode, judged.err).toBe(0);
    expect(judged.out).toContain('逐条复核通过');
    expect(judged.out).toContain('访员读题');

    const form = JSON.parse(readFileSync(file, 'utf8')) as { entries: unknown[] };
    const broken = join(cli().folder, 'broken.json');
    writeFileSync(broken, JSON.stringify({ ...form, entries: form.entries.slice(1) }));
    const refused = await run('judge', broken);
    expect(refused.exitCode).toBe(1);
    expect(refused.out).toContain('题序不连续');
  });

  it('says in Chinese what stands in the way when the bank cannot give so many forms', async () => {
    const { exitCode, err } = await run('assemble', '--blueprint', 'cast-2024-50', '--forms', '9');
    expect(exitCode).toBe(1);
    expect(err).toMatch(/组不成.*(不能同时满足|做不到)/u);
  });

  it('names the blueprints there are when asked for another', async () => {
    const { exitCode, err } = await run('assemble', '--blueprint', 'none');
    expect(exitCode).toBe(2);
    expect(err).toContain('cast-2024-50');
  });
});
