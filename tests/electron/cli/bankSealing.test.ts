/** Sealing on the command line: a bank folder into two files and back, station packs, refusals. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readBankFolder } from '@electron/backend/registry/bankFolder';
import { runCli } from '@electron/cli/runCli';

/** The worker is a built file; here its task runs in this thread. */
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: (name: 'assembleForms', payload: never) => tasks[name](payload, () => undefined),
  };
});

let folder: string;
const at = (name: string): string => join(folder, name);

async function run(...words: readonly string[]) {
  const text = { out: '', err: '' };
  const exitCode = await runCli(['bank', ...words], {
    terminal: {
      out: (part) => void (text.out += part),
      err: (part) => void (text.err += part),
      isWatched: false,
      signal: new AbortController().signal,
    },
    assetDir: process.cwd(),
    clock: () => new Date('2026-11-22T08:00:00Z'),
    environment: {},
  });
  return { exitCode, ...text };
}

const secrets = () => [
  '--questions-passphrase-file',
  at('题.txt'),
  '--keys-passphrase-file',
  at('答.txt'),
  '--key',
  at('签名.key'),
];
const passphraseFiles = () => secrets().slice(0, 4);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhiheng-seal-'));
  cpSync('question-banks/trial-2026', at('题库'), { recursive: true });
  const meta = JSON.parse(readFileSync(at('题库/bank.json'), 'utf8')) as object;
  writeFileSync(at('题库/bank.json'), JSON.stringify({ ...meta, isPublic: false }));
  writeFileSync(at('题.txt'), '春江 花月 夜半 钟声\n');
  writeFileSync(at('答.txt'), '松下 问童 言师 采药\r\n');
  writeFileSync(at('短.txt'), '短口令\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a bank folder sealed whole', () => {
  test('becomes two files nobody can read, and the same bank again', { timeout: 60_000 }, async () => {
    const sealed = await run('seal', at('题库'), '--out', at('某市'), ...secrets(), '--json');
    expect(sealed.exitCode, sealed.err).toBe(0);
    expect(JSON.parse(sealed.out)).toMatchObject({
      ok: true,
      itemCount: 300,
      formCount: 0,
      keyCreated: true,
    });
    expect(statSync(at('某市.zhkeys')).mode & 0o077).toBe(0);
    const bank = readBankFolder(at('题库'));
    const stems = bank.bank.items.map(({ stem }) => stem);
    for (const name of ['某市.zhbank', '某市.zhkeys'])
      expect(stems.filter((stem) => readFileSync(at(name)).includes(stem))).toEqual([]);

    const opened = await run(
      'open',
      at('某市.zhbank'),
      at('某市.zhkeys'),
      '--into',
      at('打开'),
      ...passphraseFiles(),
    );
    expect(opened.exitCode, opened.err).toBe(0);
    const again = readBankFolder(at('打开'));
    expect(again).toEqual({ ...bank, bank: { ...bank.bank, meta: again.bank.meta } });
    expect(again.bank.meta).toEqual({
      ...bank.bank.meta,
      files: { items: ['items.json'], refs: ['refs.json'] },
    });
  });

  test('says what it is without a passphrase', async () => {
    const shown = await run('inspect', at('某市.zhkeys'));
    expect(shown.exitCode, shown.err).toBe(0);
    expect(shown.out).toContain('答案文件');
    expect(shown.out).toContain('整个题库');
    expect(shown.out).toMatch(/签发指纹：(\d{4} ){7}\d{4}/);
  });

  test('without the keys file gives questions and no answer', async () => {
    const opened = await run(
      'open',
      at('某市.zhbank'),
      '--into',
      at('只有题'),
      ...passphraseFiles().slice(0, 2),
    );
    expect(opened.exitCode, opened.err).toBe(0);
    const items = JSON.parse(readFileSync(at('只有题/questions.json'), 'utf8')) as { key: string[] }[];
    expect(items).toHaveLength(300);
    expect(items.filter(({ key }) => key.length > 0)).toEqual([]);
    expect(existsSync(at('只有题/items'))).toBe(false);
  });
});

test('a station pack holds its forms and their items only', { timeout: 120_000 }, async () => {
  const forms = ['--forms', '1', '--blueprint', 'short-2024-20', '--seed', '7'];
  const sealed = await run('seal', at('题库'), '--out', at('站点'), ...forms, ...secrets(), '--json');
  expect(sealed.exitCode, sealed.err).toBe(0);
  expect(JSON.parse(sealed.out)).toMatchObject({ itemCount: 20, formCount: 1, keyCreated: false });
  const opened = await run(
    'open',
    at('站点.zhbank'),
    at('站点.zhkeys'),
    '--into',
    at('站点包'),
    ...passphraseFiles(),
  );
  expect(opened.exitCode, opened.err).toBe(0);
  expect(readBankFolder(at('站点包')).bank.items).toHaveLength(20);
  const mixed = await run(
    'open',
    at('站点.zhbank'),
    at('某市.zhkeys'),
    '--into',
    at('x'),
    ...passphraseFiles(),
  );
  expect(mixed.exitCode).toBe(1);
  expect(mixed.err).toContain('不是同一次封存');
});

test.each([
  [
    'a weak passphrase',
    () => ['seal', at('题库'), '--out', at('x'), ...secrets().with(1, at('短.txt'))],
    1,
    '口令太短',
  ],
  [
    'equal passphrases',
    () => ['seal', at('题库'), '--out', at('x'), ...secrets().with(3, at('题.txt'))],
    1,
    '相同',
  ],
  [
    'a public bank',
    () => ['seal', 'question-banks/trial-2026', '--out', at('x'), ...secrets()],
    2,
    '公开题库',
  ],
  ['a file that is there', () => ['seal', at('题库'), '--out', at('某市'), ...secrets()], 1, '已经存在'],
  ['a passphrase on the command line', () => ['seal', at('题库'), '--passphrase', 'x'], 2, '不认识'],
  [
    'forms without blueprint',
    () => ['seal', at('题库'), '--out', at('x'), '--forms', '1', ...secrets()],
    2,
    '--blueprint',
  ],
  [
    'a wrong passphrase',
    () => ['open', at('某市.zhbank'), '--into', at('x'), '--questions-passphrase-file', at('答.txt')],
    1,
    '口令不正确',
  ],
  [
    'a keys file alone',
    () => ['open', at('某市.zhkeys'), '--into', at('x'), ...passphraseFiles()],
    2,
    '题目文件',
  ],
  ['a file that is no package', () => ['inspect', at('题.txt')], 1, '不是完整的'],
])('%s is refused and nothing is written', async (_what, words, exitCode, sentence) => {
  const refused = await run(...words());
  expect(refused.exitCode).toBe(exitCode);
  expect(refused.err).toContain(sentence);
  expect([at('x'), at('x.zhbank'), at('x.zhkeys')].filter((path) => existsSync(path))).toEqual([]);
});
