/** `bank import`: items of a file, checked cell by cell and by the checklist, to an item file – all or none. */
import { basename } from 'node:path';
import type { BankItem, ItemBank, Reference } from '@shared/assessment/bank';
import type { Finding } from '@shared/assessment/bankCheck';
import { checkBank } from '@shared/assessment/bankCheck';
import type { ItemDefaults } from '@shared/assessment/exchange/completeItem';
import type { ImportedItems } from '@shared/assessment/exchange/importedItems';
import { knownBank } from '@shared/assessment/exchange/importedItems';
import { itemFile } from '@shared/assessment/exchange/itemFile';
import { contentAreas, itemDimensions } from '@shared/assessment/itemCodes';
import { fail } from '@shared/domain/result';
import { describeProblem } from '@shared/importing/importTexts';
import type { CellError } from '@shared/importing/problems';
import { findingText } from '@shared/texts/bankCheckTexts';
import { readItemFile } from '../../backend/usecases/itemExchange';
import { errorListWorkbook } from '../../backend/workbooks/templates';
import { cellErrorLines } from '../checkText';
import { defineCommand } from '../command';
import { readTableFile, requireWritable, writeOutputs } from '../files';
import type { Values } from '../options';
import { flag, optionalText, requiredText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refusedBy, step, wrongUsage } from '../outcome';
import type { BankSource } from './bankSource';
import { bankOptions, openBank } from './bankSource';

const options = {
  ...bankOptions,
  file: requiredText('FILE', '题目文件 .xlsx .csv .gift .txt .xml，可直接写在命令后面'),
  out: requiredText('ITEMS.json', '题目写到这个文件'),
  errors: optionalText('OUT.xlsx', '把全部错误和提醒写成清单'),
  dimension: optionalText('K', '外来文件：维度 K/M/S1/S2/A1/A2'),
  benchmark: optionalText('N', '外来文件：基准号 1–26'),
  area: optionalText('LH', '外来文件：内容领域 ME/LH/EE/MI/ET/SS'),
  author: optionalText('NAME', '外来文件：命题人'),
  force: flag('允许覆盖已有文件'),
};

type Choice = Values<typeof options>;

const lastBenchmark = 26;

/** All four or none. */
function defaultsOf({ dimension, benchmark, area, author }: Choice): Step<ItemDefaults | null> {
  const given = [dimension, benchmark, area, author];
  if (given.every((value) => value === null)) return step(null);
  const [knownDimension, knownArea] = [
    itemDimensions.find((code) => code === dimension),
    contentAreas.find((code) => code === area),
  ];
  const number = Number(benchmark);
  const isNumber =
    benchmark !== null && /^\d{1,2}$/.test(benchmark) && number >= 1 && number <= lastBenchmark;
  if (knownDimension === undefined || knownArea === undefined || !isNumber || author === null)
    return wrongUsage('--dimension、--benchmark、--area、--author 要一起写，并在规定的代码之内。');
  return step({ dimension: knownDimension, benchmark: number, area: knownArea, author });
}

/** Checklist findings about the imported items among the rest of the bank. */
function findingsOf(
  imported: ImportedItems,
  { bank, checkLists }: BankSource,
  today: Date,
): readonly Finding[] {
  const ids = new Set(imported.items.map(({ id }) => id));
  const merged: ItemBank = {
    meta: bank.meta,
    items: [...bank.items.filter(({ id }) => !ids.has(id)), ...imported.items],
    references: { ...bank.references, ...imported.references },
  };
  return checkBank(merged, today.toISOString().slice(0, 10), checkLists).filter(
    ({ itemId }) => itemId !== null && ids.has(itemId),
  );
}

const mostListed = 50;
const problemLines = (title: string, problems: readonly CellError[]): string =>
  cellErrorLines(
    title,
    problems.map((each) => ({ ...each, ...describeProblem(each) })),
  );

function findingLines(findings: readonly Finding[]): string {
  if (findings.length === 0) return '检查清单没有意见。\n';
  const lines = findings
    .slice(0, mostListed)
    .map(
      (each) =>
        `  ${each.level === 'error' ? '错误' : '警告'} ${each.rule} ${each.itemId ?? ''}：${findingText(each)}。\n`,
    );
  return `检查清单（${findings.length} 处，启用前要处理）：\n${lines.join('')}`;
}

/** References the items cite, from the file or from the bank they are meant for. */
function citedReferences(
  items: readonly BankItem[],
  known: Readonly<Record<string, Reference>>,
): Readonly<Record<string, Reference>> {
  const cited = new Set(items.flatMap((item) => item.references.map(({ ref }) => ref)));
  return Object.fromEntries(Object.entries(known).filter(([id]) => cited.has(id)));
}

function outcomeOf(imported: ImportedItems, source: BankSource, choice: Choice, today: Date): Outcome {
  const { errors, warnings, itemCount, items } = imported;
  const lists = problemLines('错误', errors) + problemLines('提醒', warnings);
  const failed = errors.length > 0;
  const findings = failed ? [] : findingsOf(imported, source, today);
  const references = citedReferences(items, { ...source.bank.references, ...imported.references });
  const json = `${JSON.stringify(itemFile({ items, references }), null, 2)}\n`;
  const files = [
    ...(failed ? [] : [{ path: choice.out, bytes: Buffer.from(json, 'utf8') }]),
    ...(choice.errors === null ? [] : [{ path: choice.errors, bytes: errorListWorkbook(errors, warnings) }]),
  ];
  const written = writeOutputs(files, choice.force);
  if (!written.ok) return written;
  const document = { itemCount, imported: items.length, errors, warnings, findings, files: written.value };
  if (failed)
    return {
      ...refusedBy(fail('IMPORT_HAS_ERRORS', { count: errors.length }).failure),
      document,
      text: `文件里有 ${itemCount} 道题，没有导入任何一题。\n${lists}`,
    };
  const known = new Set(source.bank.items.map(({ id }) => id));
  const existing = items.filter(({ id }) => known.has(id)).length;
  const kept = `读到 ${itemCount} 道题，全部写入 ${choice.out}；其中 ${existing} 道的题号题库里已有。\n`;
  return done({ ...document, existing }, kept + lists + findingLines(findings));
}

export const bankImportCommand = defineCommand({
  name: 'bank import',
  summary: '读入题目文件：逐格检查，按清单检查，写成题目 JSON',
  options,
  positional: { option: 'file', placeholder: 'FILE' },
  notes: [
    '有一处错误就不写出任何一题，退出码为 1；错误清单写明表、行、列、问题和改法。',
    'GIFT（.gift .txt）和 Moodle（.xml）文件要写 --dimension --benchmark --area --author；题名是题号的按题号。',
    '补上的难度、用时和依据都是占位，题目为草稿；检查清单的意见要在启用前处理。',
    '写出的文件可放进题库文件夹的 items 和 refs。',
  ],
  examples: [
    '题目.xlsx --out 新题.json',
    'moodle.xml --out 新题.json --dimension K --benchmark 17 --area LH --author 张三',
  ],
  async run(values, surroundings): Promise<Outcome> {
    const defaults = defaultsOf(values);
    if (!defaults.ok) return defaults;
    const outputs = [values.out, ...(values.errors === null ? [] : [values.errors])];
    const writable = requireWritable(outputs, values.force);
    if (!writable.ok) return writable;
    const source = openBank(values.bank, surroundings);
    if (!source.ok) return source;
    const bytes = readTableFile(values.file);
    if (!bytes.ok) return bytes;
    const imported = await readItemFile({
      fileName: basename(values.file),
      bytes: bytes.value,
      bank: knownBank(source.value.bank),
      defaults: defaults.value,
    });
    if (!imported.ok) return refusedBy(imported.failure);
    return outcomeOf(imported.value, source.value, values, surroundings.clock());
  },
});
