/** `bank assemble`: parallel forms of one blueprint, each verified and judged before use. */
import { join } from 'node:path';
import type { FormSetContext } from '@shared/assessment/verifyFormSet';
import { verifyFormSet } from '@shared/assessment/verifyFormSet';
import { sha256 } from '../../backend/registry/registry';
import type { AssembledForms } from '../../backend/usecases/assembleForms';
import { anchoredBank, assembleForms } from '../../backend/usecases/assembleForms';
import { defineCommand } from '../command';
import { writeOutputs } from '../files';
import { flag, integer, optionalText, requiredText } from '../options';
import type { Outcome } from '../outcome';
import { done, refusedBy } from '../outcome';
import { createProgress } from '../terminal';
import { bankOptions, findBankBlueprint, instrumentOf, openBank } from './bankSource';
import { judgementText } from './formText';

const largestSeed = 2_147_483_647;
const mostForms = 12;

const methodLabels = { integerProgram: '整数规划（HiGHS）', swapSearch: '交换搜索（备用）' } as const;

/** Ids shared by two forms, other than anchors, counted apart from the assembly. */
const verifiedBy = (assembled: AssembledForms, context: FormSetContext) =>
  verifyFormSet(
    assembled.forms.map(({ form }) => form),
    context,
  );

function setText({ forms, anchors, timedOut }: AssembledForms): string {
  const origin = anchors.source === 'bank' ? '题库已标' : '题库没有标锚题，由程序推荐';
  const anchorText =
    anchors.itemIds.length === 0
      ? ''
      : `锚题${anchors.itemIds.length}道（${origin}）：${anchors.itemIds.join('、')}\n`;
  const clock = timedOut ? '求解到了时间上限，换一台机器可能得到不同的试卷。\n' : '';
  return `组成${forms.length}份平行卷，除锚题外没有共用题，逐条复核通过。\n${anchorText}${clock}`;
}

export const bankAssembleCommand = defineCommand({
  name: 'bank assemble',
  summary: '按蓝图组平行卷：整数规划组卷，独立复核，并预判每份试卷',
  options: {
    ...bankOptions,
    blueprint: requiredText('ID', '蓝图编号，如 cast-2024-50'),
    forms: integer('N', '份数', { minimum: 1, maximum: mostForms, fallback: 1 }),
    seed: integer('N', '随机种子', { minimum: 0, maximum: largestSeed, fallback: 1 }),
    out: optionalText('DIR', '把每份试卷写成一个 JSON 文件'),
    force: flag('允许覆盖已有文件'),
  },
  notes: [
    '同一题库、蓝图、份数和种子得到相同的试卷。组不成时说明哪些要求互相冲突。',
    '预判数字来自暂定难度和设计人群，只用于组卷时比较，不是调查结果。',
  ],
  examples: ['--blueprint cast-2024-50 --forms 5 --seed 1 --json'],
  async run(values, surroundings): Promise<Outcome> {
    const source = openBank(values.bank, surroundings);
    if (!source.ok) return source;
    const blueprint = findBankBlueprint(source.value, values.blueprint);
    if (!blueprint.ok) return blueprint;
    const instrument = instrumentOf(blueprint.value, surroundings);
    if (!instrument.ok) return instrument;
    const progress = createProgress(surroundings.terminal);
    const request = {
      bank: source.value.bank,
      blueprint: blueprint.value,
      instrument: instrument.value,
      count: values.forms,
      seed: values.seed,
    };
    const assembled = await assembleForms(request, {
      signal: progress.signal,
      onProgress: progress.report.bind(progress),
    });
    progress.end();
    if (!assembled.ok) return refusedBy(assembled.failure);
    const { bank } = anchoredBank(request.bank, request.blueprint);
    const violations = verifiedBy(assembled.value, { bank, blueprint: request.blueprint, hash: sha256 });
    const files = values.out === null ? [] : formFiles(assembled.value, values.out);
    const written = writeOutputs(files, values.force);
    if (!written.ok) return written;
    const forms = assembled.value.forms.map(
      ({ form, method, judgement }, index) =>
        `\n【第${index + 1}份】${form.id}　${methodLabels[method]}\n` +
        judgementText(judgement, request.blueprint, request.instrument),
    );
    return done(
      {
        blueprintId: values.blueprint,
        seed: values.seed,
        ...assembled.value,
        violations,
        files: written.value,
      },
      setText(assembled.value) + forms.join(''),
    );
  },
});

function formFiles({ forms }: AssembledForms, folder: string) {
  return forms.map(({ form }) => ({
    path: join(folder, `${form.id}.json`),
    bytes: Buffer.from(`${JSON.stringify(form, null, 2)}\n`, 'utf8'),
  }));
}
