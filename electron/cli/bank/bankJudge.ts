/** `bank judge`: re-verifies one form against bank and blueprint and says what it promises. */
import { judgeFormBeforeUse } from '@shared/assessment/formJudgement';
import { verifyForm } from '@shared/assessment/verifyForm';
import type { FormViolation } from '@shared/assessment/verifyForm';
import { violationText } from '@shared/texts/assemblyTexts';
import { sha256 } from '../../backend/registry/registry';
import { anchoredBank } from '../../backend/usecases/assembleForms';
import { defineCommand } from '../command';
import { requiredText } from '../options';
import type { Document, Outcome } from '../outcome';
import { done, refusedBy } from '../outcome';
import { bankOptions, findBankBlueprint, instrumentOf, openBank } from './bankSource';
import { readForm } from './formFile';
import { judgementText } from './formText';

function outcomeOf(violations: readonly FormViolation[], document: Document, text: string): Outcome {
  if (violations.length === 0) return done(document, `逐条复核通过。\n${text}`);
  return {
    ok: false,
    kind: 'refused',
    failure: { code: 'FORM_NOT_LAWFUL', params: { count: violations.length } },
    message: `这份试卷有${violations.length}处不符合蓝图或题库，不能使用。`,
    document,
    text: `${violations.map((each) => `${violationText(each)}\n`).join('')}${text}`,
  };
}

export const bankJudgeCommand = defineCommand({
  name: 'bank judge',
  summary: '复核并预判一份试卷：覆盖、用时、信度、各分数线的判断正确率、全靠猜的通过率',
  options: { ...bankOptions, form: requiredText('FILE', '试卷文件，可直接写在命令后面') },
  notes: ['预判数字来自暂定难度和设计人群，不是调查结果。', '试卷不合格时退出码为 1。'],
  examples: ['试卷.json'],
  async run({ bank: folder, form: file }, surroundings): Promise<Outcome> {
    const form = readForm(file);
    if (!form.ok) return form;
    const source = openBank(folder, surroundings);
    if (!source.ok) return source;
    const found = findBankBlueprint(source.value, form.value.blueprintId);
    if (!found.ok) return found;
    const instrument = instrumentOf(found.value, surroundings);
    if (!instrument.ok) return instrument;
    const blueprint = found.value;
    const { bank } = anchoredBank(source.value.bank, blueprint);
    const violations = verifyForm(form.value, bank, blueprint, sha256);
    const judged = judgeFormBeforeUse(form.value, { bank, blueprint, instrument: instrument.value });
    if (!judged.ok) return refusedBy(judged.failure);
    const document = { formId: form.value.id, violations, judgement: judged.value };
    return outcomeOf(violations, document, judgementText(judged.value, blueprint, instrument.value));
  },
});
