/** `bank export`: a bank as item workbook, as QTI 3 package folder or as one item file. */
import { join } from 'node:path';
import { itemFile } from '@shared/assessment/exchange/itemFile';
import { exportQti } from '@shared/assessment/exchange/qti3';
import type { ItemSet } from '@shared/assessment/exchange/writeItemTable';
import { itemWorkbook } from '../../backend/usecases/itemExchange';
import { defineCommand } from '../command';
import type { OutputFile } from '../files';
import { writeOutputs } from '../files';
import { choice, flag, requiredText } from '../options';
import type { Outcome } from '../outcome';
import { done } from '../outcome';
import { bankOptions, openBank } from './bankSource';

const textFile = (path: string, text: string): OutputFile => ({ path, bytes: Buffer.from(text, 'utf8') });

interface Export {
  readonly files: readonly OutputFile[];
  /** Items the format cannot hold. */
  readonly skippedIds: readonly string[];
}

const writers = {
  xlsx: (set: ItemSet, out: string): Export => ({
    files: [{ path: out, bytes: itemWorkbook(set) }],
    skippedIds: [],
  }),
  json: (set: ItemSet, out: string): Export => ({
    files: [textFile(out, `${JSON.stringify(itemFile(set), null, 2)}\n`)],
    skippedIds: [],
  }),
  qti: ({ items }: ItemSet, out: string): Export => {
    const { files, skippedIds } = exportQti(items);
    return {
      files: files.map(({ name, content }) => ({ path: join(out, name), bytes: Buffer.from(content) })),
      skippedIds,
    };
  },
} as const;

export const bankExportCommand = defineCommand({
  name: 'bank export',
  summary: '导出题库：Excel、题目 JSON，或 QTI 3 选择题',
  options: {
    ...bankOptions,
    format: choice('格式', ['xlsx', 'json', 'qti']),
    out: requiredText('OUT', '写到这个文件；qti 写到这个文件夹'),
    force: flag('允许覆盖已有文件'),
  },
  notes: [
    '导出的文件含答案，请按保密要求保管。Excel 文件再导入，题目一字不差。',
    'QTI 只含判断、单选、多选和图表题；排序和匹配题会列出，没有导出。',
  ],
  examples: ['--format xlsx --out 题库.xlsx', '--format qti --out qti文件夹'],
  run(values, surroundings): Promise<Outcome> {
    const source = openBank(values.bank, surroundings);
    if (!source.ok) return Promise.resolve(source);
    const { items, references } = source.value.bank;
    const { files, skippedIds } = writers[values.format]({ items, references }, values.out);
    const written = writeOutputs(files, values.force);
    if (!written.ok) return Promise.resolve(written);
    const skipped =
      skippedIds.length === 0
        ? ''
        : `没有导出的 ${skippedIds.length} 道（排序、匹配）：${skippedIds.join('、')}\n`;
    const count = items.length - skippedIds.length;
    return Promise.resolve(
      done(
        {
          format: values.format,
          exported: count,
          skippedIds,
          out: values.out,
          fileCount: written.value.length,
        },
        `已导出 ${count} 道题到 ${values.out}（含答案，请妥善保管）。\n${skipped}`,
      ),
    );
  },
});
