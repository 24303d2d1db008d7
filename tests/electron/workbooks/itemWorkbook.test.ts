import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { itemTemplateWorkbook, itemWorkbook, readItemFile } from '@electron/backend/usecases/itemExchange';
import type { ItemFileRequest } from '@electron/backend/usecases/itemExchange';
import { parseWorkbookBytes } from '@electron/backend/workbooks/parseWorkbookBytes';
import type { BankItem } from '@shared/assessment/bank';
import { emptyKnownBank } from '@shared/assessment/exchange/importedItems';
import { loadTrialBank } from '../../question-banks/trialBank';

const bank = loadTrialBank();
const parse = (bytes: Uint8Array, fileName: string) => parseWorkbookBytes({ bytes, fileName });
const read = (fileName: string, bytes: Uint8Array, defaults: ItemFileRequest['defaults'] = null) =>
  readItemFile({ fileName, bytes, bank: emptyKnownBank, defaults }, parse);
const place = { dimension: 'K', benchmark: 17, area: 'LH', author: '张三' } as const;

/** Some shipped items state a difficulty of -0; a spreadsheet knows one zero only. */
const asWritten = (items: readonly BankItem[]): unknown => JSON.parse(JSON.stringify(items));

const folder = mkdtempSync(join(tmpdir(), 'zhiheng-items-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
if (!hasOffice) process.stdout.write('skipped: soffice is not installed, the item workbook is not opened\n');

/** The workbook as an office program saves it again. */
function savedAgain(name: string, bytes: Uint8Array): Buffer {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const out = join(folder, 'again');
  execFileSync('soffice', ['--headless', profile, '--convert-to', 'xlsx', '--outdir', out, path], {
    stdio: 'ignore',
    timeout: 120_000,
  });
  return readFileSync(join(out, name));
}

describe('a file of items', () => {
  it('brings back all 300 shipped items through the bytes of an .xlsx', async () => {
    const result = await read('题库.xlsx', itemWorkbook(bank));
    if (!result.ok) throw new Error(result.failure.code);
    expect(result.value.errors).toEqual([]);
    expect(asWritten(result.value.items)).toStrictEqual(asWritten(bank.items));
  });

  it.skipIf(!hasOffice)(
    'loses nothing when LibreOffice saves it again, and the template opens there too',
    { timeout: 240_000 },
    async () => {
      const result = await read('items.xlsx', savedAgain('items.xlsx', itemWorkbook(bank)));
      if (!result.ok) throw new Error(result.failure.code);
      expect(result.value.errors).toEqual([]);
      expect(asWritten(result.value.items)).toStrictEqual(asWritten(bank.items));
      const template = await read('template.xlsx', savedAgain('template.xlsx', itemTemplateWorkbook()));
      if (!template.ok) throw new Error(template.failure.code);
      expect(template.value.errors.map(({ code }) => code)).toEqual(['TABLE_EMPTY']);
    },
  );

  it('in GB18030, as Chinese programs write text, is read the same', async () => {
    // 题目：水一百度沸腾吧。{T} in GB18030.
    const stem = Buffer.from([0xcb, 0xae, 0xd2, 0xbb, 0xb0, 0xd9, 0xb6, 0xc8, 0xb7, 0xd0, 0xcc, 0xda]);
    const result = await read('题.txt', Buffer.concat([stem, Buffer.from('{T}')]), place);
    if (!result.ok) throw new Error(result.failure.code);
    expect(result.value.items.map((item) => item.stem)).toEqual(['水一百度沸腾']);
  });

  it('says that GIFT and Moodle files need a place, and refuses what is no text', async () => {
    for (const name of ['题.gift', '题.xml']) {
      const result = await read(name, Buffer.from('x'));
      expect(!result.ok && result.failure.code).toBe('ITEM_DEFAULTS_MISSING');
    }
    const binary = await read('题.gift', Buffer.from([0xff, 0xff, 0x80, 0x00]), place);
    expect(!binary.ok && binary.failure.code).toBe('FILE_DAMAGED');
    const empty = await read('题.xml', Buffer.alloc(0), place);
    expect(!empty.ok && empty.failure.code).toBe('FILE_EMPTY');
  });

  it('that is a hostile workbook is refused by the guard of every workbook', async () => {
    const result = await read('题.xlsx', Buffer.from('PK\u0003\u0004 not a zip at all'));
    expect(result.ok).toBe(false);
  });
});
