/** `bank seal`: a bank folder into its two sealed files, whole or as a station pack of freshly assembled forms. */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { Form } from '@shared/assessment/form';
import type { AssemblyRequest } from '@shared/contract/areas/forms';
import type { PackedRecord } from '../../backend/bankPackages/content';
import type { Passphrases } from '../../backend/bankPackages/passphraseRule';
import { sealPackage } from '../../backend/bankPackages/sealPackage';
import type { SealRequest, SealedBank } from '../../backend/bankPackages/sealPackage';
import { withoutBank } from '../../backend/bankPackages/stationRecord';
import type { JsonValue } from '../../backend/database/json';
import { assembleForms } from '../../backend/usecases/assembleForms';
import { toSet } from '../../backend/usecases/forms/runAssembly';
import type { Surroundings } from '../command';
import { defineCommand } from '../command';
import { requireWritable, writeOutputs } from '../files';
import { flag, integer, optionalText, requiredText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refusedBy, step, stepOf, wrongUsage } from '../outcome';
import { readOrCreateKey } from '../signingKeyFile';
import { createProgress } from '../terminal';
import type { BankSource } from './bankSource';
import { findBankBlueprint, instrumentOf, openBank } from './bankSource';
import { readPassphrase } from './sealedFiles';

const largestSeed = 2_147_483_647;
const mostForms = 5;

interface FormChoice {
  readonly forms: number;
  readonly blueprint: string | null;
  readonly seed: number;
}

interface Packed {
  readonly items: readonly BankItem[];
  readonly forms: readonly Form[];
  readonly records: readonly PackedRecord[];
}

const requestOf = ({ forms, seed }: FormChoice, blueprint: Blueprint): AssemblyRequest => ({
  blueprintId: blueprint.id,
  count: forms,
  seed,
  anchors: 'bank',
  excluded: [],
  forced: [],
  waiver: null,
});

/** Forms of one blueprint as the form library would file them. */
async function assemble(
  bank: ItemBank,
  blueprint: Blueprint,
  choice: FormChoice,
  surroundings: Surroundings,
): Promise<Step<Packed>> {
  const instrument = instrumentOf(blueprint, surroundings);
  if (!instrument.ok) return instrument;
  const progress = createProgress(surroundings.terminal);
  const request = requestOf(choice, blueprint);
  const setting = { bank, blueprint, instrument: instrument.value };
  const { count, seed, anchors, forced, excluded } = request;
  const assembled = await assembleForms(
    { ...setting, count, seed, anchors, forced, excluded },
    { signal: progress.signal, onProgress: progress.report.bind(progress) },
  );
  progress.end();
  if (!assembled.ok) return refusedBy(assembled.failure);
  const { set, forms } = toSet({ ...setting, current: { bank }, request, resting: [] }, assembled.value);
  const records = forms.map(({ form, report }, index): PackedRecord => {
    const document = withoutBank({ set, report, anchorIds: set.anchorIds }, form);
    return {
      formId: form.id,
      title: `${blueprint.title}第${index + 1}卷`,
      setId: set.setId,
      seed,
      document: document as unknown as JsonValue,
    };
  });
  return step({ items: bank.items, forms: forms.map(({ form }) => form), records });
}

type Content = Pick<SealRequest, 'forms' | 'records' | 'scope'>;

async function contentOf(
  source: BankSource,
  choice: FormChoice,
  surroundings: Surroundings,
): Promise<Step<Content>> {
  if (choice.forms === 0) return step({ forms: [], records: [], scope: 'whole' });
  if (choice.blueprint === null) return wrongUsage('封存试卷包（--forms）要用 --blueprint ID 说明蓝图。');
  const blueprint = findBankBlueprint(source, choice.blueprint);
  if (!blueprint.ok) return blueprint;
  const packed = await assemble(source.bank, blueprint.value, choice, surroundings);
  return packed.ok
    ? step({ forms: packed.value.forms, records: packed.value.records, scope: 'forms' })
    : packed;
}

function readPassphrases(questionsFile: string, keysFile: string): Step<Passphrases> {
  const questions = readPassphrase(questionsFile);
  if (!questions.ok) return questions;
  const keys = readPassphrase(keysFile);
  return keys.ok ? step({ questions: questions.value, keys: keys.value }) : keys;
}

const pathsOf = (out: string) => ({ questions: `${out}.zhbank`, keys: `${out}.zhkeys` });

function write(
  { questions, keys, ...told }: SealedBank,
  out: string,
  { force, keyCreated }: { readonly force: boolean; readonly keyCreated: boolean },
): Outcome {
  const paths = pathsOf(out);
  const written = writeOutputs(
    [
      { path: paths.questions, bytes: questions },
      { path: paths.keys, bytes: keys, isSecret: true },
    ],
    force,
  );
  if (!written.ok) return written;
  const { itemCount, formCount, fingerprint } = told;
  const made = keyCreated ? '（新建的密钥）' : '';
  return done(
    { files: written.value, ...told, keyCreated },
    `已封存 ${itemCount} 道题、${formCount} 份试卷：\n${written.value.join('\n')}\n签发指纹：${fingerprint}${made}\n`,
  );
}

export const bankSealCommand = defineCommand({
  name: 'bank seal',
  summary: '把题库文件夹封存成两个加密文件：题目（.zhbank）和答案（.zhkeys）',
  options: {
    bank: requiredText('DIR', '题库文件夹'),
    out: requiredText('NAME', '写成 NAME.zhbank 和 NAME.zhkeys'),
    'questions-passphrase-file': requiredText('FILE', '存有题目口令的文件，取第一行'),
    'keys-passphrase-file': requiredText('FILE', '存有答案口令的文件，取第一行'),
    key: requiredText('FILE', '签名密钥文件；不存在时新建，请妥善保管'),
    forms: integer('N', '只封存这么多份试卷的题目；0 为整个题库', {
      minimum: 0,
      maximum: mostForms,
      fallback: 0,
    }),
    blueprint: optionalText('ID', '试卷的蓝图编号'),
    seed: integer('N', '组卷的随机种子', { minimum: 0, maximum: largestSeed, fallback: 1 }),
    force: flag('允许覆盖已有文件'),
  },
  positional: { option: 'bank', placeholder: 'DIR' },
  notes: [
    '口令只从文件读取，不写在命令行。两个口令必须不同，各至少 12 个字符，或 4 个用空格隔开的词。',
    '题目文件不含答案、解析和依据；采集点只需要题目文件和题目口令。',
    '公开题库（isPublic）不能封存：它的题目人人可读。',
  ],
  examples: [
    '某市题库 --out 某市题库 --questions-passphrase-file 题.txt --keys-passphrase-file 答.txt --key 签名.key',
  ],
  async run(values, surroundings): Promise<Outcome> {
    const writable = requireWritable(Object.values(pathsOf(values.out)), values.force);
    if (!writable.ok) return writable;
    const source = openBank(values.bank, surroundings);
    if (!source.ok) return source;
    const { bank, blueprints, bankTargets, warningReasons } = source.value;
    if (bank.meta.isPublic)
      return wrongUsage('这是公开题库（bank.json 中 isPublic 为 true），不能封存为保密题库。');
    const passphrases = readPassphrases(values['questions-passphrase-file'], values['keys-passphrase-file']);
    if (!passphrases.ok) return passphrases;
    const content = await contentOf(source.value, values, surroundings);
    if (!content.ok) return content;
    const key = readOrCreateKey(values.key);
    if (!key.ok) return key;
    const sealed = stepOf(
      sealPackage({
        bank,
        blueprints,
        targets: bankTargets,
        warningReasons,
        ...content.value,
        passphrases: passphrases.value,
        signingKey: key.value.key,
        createdAt: surroundings.clock().toISOString(),
      }),
    );
    if (!sealed.ok) return sealed;
    return write(sealed.value, values.out, { force: values.force, keyCreated: key.value.isNew });
  },
});
