/** `bank print`: a form on paper and its answer key, as two HTML files to print. */
import { join } from 'node:path';
import { itemsOfForm, paperForm } from '@shared/assessment/exchange/paperForm';
import type { Form } from '@shared/assessment/form';
import { assembleForms } from '../../backend/usecases/assembleForms';
import type { Surroundings } from '../command';
import { defineCommand } from '../command';
import { requireWritable, writeOutputs } from '../files';
import type { Values } from '../options';
import { flag, integer, optionalText, requiredText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refusedBy, step, wrongUsage } from '../outcome';
import { createProgress } from '../terminal';
import type { BankSource } from './bankSource';
import { bankOptions, findBankBlueprint, instrumentOf, openBank } from './bankSource';
import { readForm } from './formFile';

const largestSeed = 2_147_483_647;
const mostCopies = 500;
const largestNumber = 999_999;

const options = {
  ...bankOptions,
  form: optionalText('FORM.json', '试卷文件，可直接写在命令后面'),
  blueprint: optionalText('ID', '没有试卷文件时：按这个蓝图组一份'),
  seed: integer('N', '随机种子，与 --blueprint 同用', { minimum: 0, maximum: largestSeed, fallback: 1 }),
  copies: integer('N', '份数，每份有编号', { minimum: 1, maximum: mostCopies, fallback: 1 }),
  first: integer('N', '第一份的编号', { minimum: 1, maximum: largestNumber, fallback: 1 }),
  watermark: optionalText('TEXT', '每页底纹上的字；公开题库默认“试用”'),
  out: requiredText('DIR', '写到这个文件夹：form.html 和 key.html'),
  force: flag('允许覆盖已有文件'),
};

async function assembledForm(
  blueprintId: string,
  seed: number,
  source: BankSource,
  surroundings: Surroundings,
): Promise<Step<Form>> {
  const blueprint = findBankBlueprint(source, blueprintId);
  if (!blueprint.ok) return blueprint;
  const instrument = instrumentOf(blueprint.value, surroundings);
  if (!instrument.ok) return instrument;
  const progress = createProgress(surroundings.terminal);
  const request = { bank: source.bank, blueprint: blueprint.value, instrument: instrument.value };
  const assembled = await assembleForms(
    { ...request, count: 1, seed },
    { signal: progress.signal, onProgress: progress.report.bind(progress) },
  );
  progress.end();
  if (!assembled.ok) return refusedBy(assembled.failure);
  const [first] = assembled.value.forms;
  return first === undefined ? wrongUsage('没有组成试卷。') : step(first.form);
}

function chosenForm(
  values: Values<typeof options>,
  source: BankSource,
  surroundings: Surroundings,
): Promise<Step<Form>> {
  const { form, blueprint, seed } = values;
  if ((form === null) === (blueprint === null))
    return Promise.resolve(wrongUsage('试卷文件和 --blueprint 要写一个，只写一个。'));
  if (form !== null) return Promise.resolve(readForm(form));
  return assembledForm(blueprint ?? '', seed, source, surroundings);
}

export const bankPrintCommand = defineCommand({
  name: 'bank print',
  summary: '打印试卷和答案：四号字、方框选项、逐份编号',
  options,
  positional: { option: 'form', placeholder: '[FORM.json]' },
  notes: [
    '用浏览器打开 form.html 打印试卷；key.html 是答案，分开保管。',
    '每页印有版本（试卷编号和内容校验值），与电子卷核对用。',
  ],
  examples: ['试卷.json --copies 30 --out 打印', '--blueprint cast-2024-50 --seed 1 --out 打印'],
  async run(values, surroundings): Promise<Outcome> {
    const paths = ['form.html', 'key.html'].map((name) => join(values.out, name));
    const writable = requireWritable(paths, values.force);
    if (!writable.ok) return writable;
    const source = openBank(values.bank, surroundings);
    if (!source.ok) return source;
    const form = await chosenForm(values, source.value, surroundings);
    if (!form.ok) return form;
    const { bank } = source.value;
    const items = itemsOfForm(form.value, bank.items);
    if (items === null)
      return wrongUsage('试卷里的题或版本不在这个题库里，没有打印。请用 --bank 指明组卷时的题库。');
    const { copies, first, watermark } = values;
    const { formHtml, keyHtml } = paperForm({
      form: form.value,
      items,
      copies,
      firstCopy: first,
      watermark: watermark ?? (bank.meta.isPublic ? '试用' : ''),
    });
    const written = writeOutputs(
      [formHtml, keyHtml].map((html, index) => ({
        path: paths[index] ?? '',
        bytes: Buffer.from(html, 'utf8'),
        isSecret: index === 1,
      })),
      values.force,
    );
    if (!written.ok) return written;
    const text = `试卷 ${form.value.id}，${items.length} 题，${copies} 份：\n${written.value.map((path) => `  ${path}\n`).join('')}`;
    return done({ formId: form.value.id, itemCount: items.length, copies, files: written.value }, text);
  },
});
