/** `bank template`: the empty item workbook. */
import { itemTemplateWorkbook } from '../../backend/usecases/itemExchange';
import { defineCommand } from '../command';
import { writeOutputs } from '../files';
import { flag, requiredText } from '../options';
import type { Outcome } from '../outcome';
import { done } from '../outcome';

export const bankTemplateCommand = defineCommand({
  name: 'bank template',
  summary: '写出题目的 Excel 模板',
  options: {
    out: requiredText('OUT.xlsx', '模板写到这个文件'),
    force: flag('允许覆盖已有文件'),
  },
  notes: ['“题目”表每题一行，从第 3 行填起；“代码表”说明每一列可填什么、还认哪些列名。'],
  examples: ['--out 题目模板.xlsx'],
  run({ out, force }): Promise<Outcome> {
    const written = writeOutputs([{ path: out, bytes: itemTemplateWorkbook() }], force);
    return Promise.resolve(written.ok ? done({ files: written.value }, `已写出 ${out}。\n`) : written);
  },
});
