/** `bank open`: sealed bank files back into a bank folder. */
import { join } from 'node:path';
import type { ItemBank } from '@shared/assessment/bank';
import { itemFile } from '@shared/assessment/exchange/itemFile';
import { joinBank } from '@shared/assessment/secrecy/splitBank';
import { fail } from '@shared/domain/result';
import type { KeysContent, QuestionsContent } from '../../backend/bankPackages/content';
import type { BankPackage } from '../../backend/bankPackages/openPackage';
import { openKeys, openQuestions } from '../../backend/bankPackages/openPackage';
import type { Command } from '../command';
import { defineCommand } from '../command';
import type { OutputFile } from '../files';
import { writeOutputs } from '../files';
import { flag, optionalText, requiredText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refusedBy, step, stepOf, wrongUsage } from '../outcome';
import { readPassphrase, readSealedFile } from './sealedFiles';

const itemsFile = 'items.json';
const referencesFile = 'refs.json';

const jsonFile = (path: string, value: unknown): OutputFile => ({
  path,
  bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8'),
});

interface Pair {
  readonly questions: BankPackage;
  readonly keys: BankPackage | null;
}

/** One questions file, and at most one keys file of the same package. */
function pairOf(files: readonly string[]): Step<Pair> {
  const opened: BankPackage[] = [];
  for (const file of files) {
    const read = readSealedFile(file);
    if (!read.ok) return read;
    opened.push(read.value);
  }
  const [questions, secondQuestions] = opened.filter(({ header }) => header.part === 'questions');
  const [keys = null, secondKeys] = opened.filter(({ header }) => header.part === 'keys');
  if (questions === undefined || secondQuestions !== undefined || secondKeys !== undefined)
    return wrongUsage('请写出一个题目文件（.zhbank），可再加一个答案文件（.zhkeys）。');
  const isPair = keys === null || keys.header.packageId === questions.header.packageId;
  return isPair
    ? step({ questions, keys })
    : refusedBy(fail('BANK_PARTS_DIFFER', { file: keys.file }).failure);
}

function openPair(
  pair: Pair,
  files: { readonly questions: string; readonly keys: string | null },
): Step<{ readonly questions: QuestionsContent; readonly keys: KeysContent | null }> {
  const passphrase = readPassphrase(files.questions);
  if (!passphrase.ok) return passphrase;
  const questions = stepOf(openQuestions(pair.questions, passphrase.value));
  if (!questions.ok) return questions;
  if (pair.keys === null) return step({ questions: questions.value, keys: null });
  if (files.keys === null) return wrongUsage('打开答案文件要用 --keys-passphrase-file FILE 给出答案口令。');
  const keysPassphrase = readPassphrase(files.keys);
  if (!keysPassphrase.ok) return keysPassphrase;
  const keys = stepOf(openKeys(pair.keys, keysPassphrase.value));
  return keys.ok ? step({ questions: questions.value, keys: keys.value.content }) : keys;
}

/** Items of a station pack may name enemies that are not in the pack; a bank folder must not. */
function withKnownEnemies(bank: ItemBank): ItemBank {
  const known = new Set(bank.items.map(({ id }) => id));
  const items = bank.items.map((item) =>
    item.enemies === undefined ? item : { ...item, enemies: item.enemies.filter((id) => known.has(id)) },
  );
  return { ...bank, items };
}

/** A folder every `bank` command reads when the keys are there; question parts only when they are not. */
function outputsOf(
  folder: string,
  questions: QuestionsContent,
  keys: KeysContent | null,
): Step<OutputFile[]> {
  const { meta, items, blueprints, targets, forms } = questions;
  const own = { ...meta, files: { items: [itemsFile], refs: [referencesFile] } };
  const common = [
    jsonFile(join(folder, 'bank.json'), own),
    ...blueprints.map((each) => jsonFile(join(folder, 'blueprints', `${each.id}.json`), each)),
    ...forms.map((each) => jsonFile(join(folder, 'forms', `${each.id}.json`), each)),
    ...(targets === null ? [] : [jsonFile(join(folder, 'targets.json'), targets)]),
  ];
  if (keys === null) return step([...common, jsonFile(join(folder, 'questions.json'), items)]);
  const joined = joinBank({ meta, items, references: {} }, keys.secrets);
  if (joined === null) return refusedBy(fail('PACKAGE_DAMAGED', { file: `${meta.id}.zhkeys` }).failure);
  const bank = withKnownEnemies(joined);
  return step([
    ...common,
    jsonFile(join(folder, 'items', itemsFile), { items: (itemFile(bank) as { items: unknown }).items }),
    jsonFile(join(folder, 'refs', referencesFile), { refs: bank.references }),
    jsonFile(join(folder, 'reasons.json'), keys.warningReasons),
  ]);
}

export const bankOpenCommand = (files: readonly string[]): Command =>
  defineCommand({
    name: 'bank open',
    summary: '用口令打开封存的题库文件，写成题库文件夹',
    options: {
      into: requiredText('DIR', '写到这个文件夹'),
      'questions-passphrase-file': requiredText('FILE', '存有题目口令的文件，取第一行'),
      'keys-passphrase-file': optionalText('FILE', '存有答案口令的文件，取第一行'),
      force: flag('允许覆盖已有文件'),
    },
    notes: [
      '文件写在最前面：bank open 某市题库.zhbank 某市题库.zhkeys --into 文件夹。',
      '只给题目文件时写出 questions.json，其中没有答案。写出的文件不再加密，用完请删除。',
    ],
    examples: [
      '某市.zhbank 某市.zhkeys --into 题库 --questions-passphrase-file 题.txt --keys-passphrase-file 答.txt',
    ],
    run(values): Promise<Outcome> {
      const pair = pairOf(files);
      if (!pair.ok) return Promise.resolve(pair);
      const opened = openPair(pair.value, {
        questions: values['questions-passphrase-file'],
        keys: values['keys-passphrase-file'],
      });
      if (!opened.ok) return Promise.resolve(opened);
      const { questions, keys } = opened.value;
      const outputs = outputsOf(values.into, questions, keys);
      if (!outputs.ok) return Promise.resolve(outputs);
      const written = writeOutputs(
        outputs.value.map((file) => ({ ...file, isSecret: true })),
        values.force,
      );
      if (!written.ok) return Promise.resolve(written);
      const what = keys === null ? '没有答案' : '含答案';
      const { fingerprint } = pair.value.questions;
      return Promise.resolve(
        done(
          {
            bankId: questions.meta.id,
            itemCount: questions.items.length,
            formCount: questions.forms.length,
            hasKeys: keys !== null,
            fingerprint,
            files: written.value,
          },
          `已写出 ${questions.items.length} 道题（${what}）到 ${values.into}，没有加密，请妥善保管。\n签发指纹：${fingerprint}\n`,
        ),
      );
    },
  });
