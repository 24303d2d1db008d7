/** `bank check`: the automatic checklist R01–R20, R26, R28, R29 and the composition of a bank. */
import { checkItemBank } from '../../backend/usecases/checkItemBank';
import { defineCommand } from '../command';
import type { Outcome } from '../outcome';
import { done } from '../outcome';
import { bankCheckText, countsText } from './bankCheckText';
import { bankOptions, openBank } from './bankSource';

export const bankCheckCommand = defineCommand({
  name: 'bank check',
  summary: '检查题库：逐题检查清单、理由清单、题库构成与目标',
  options: bankOptions,
  notes: [
    '错误必须改；警告须在题库的 reasons.json 里写明理由，多余或失效的理由也算错误。',
    '有错误，或有警告没写理由，退出码为 1。试卷检查（R30）由 bank assemble 和 bank judge 完成。',
  ],
  examples: ['', '--bank 题库文件夹 --json'],
  async run({ bank: folder }, surroundings): Promise<Outcome> {
    const source = openBank(folder, surroundings);
    if (!source.ok) return source;
    const { bank, bankTargets } = source.value;
    const checked = checkItemBank(source.value, surroundings.clock());
    const document = { bankId: bank.meta.id, bankVersion: bank.meta.version, ...checked };
    const title = `${bank.meta.title}（${bank.meta.id} ${bank.meta.version}）共${bank.items.length}题`;
    const text = bankCheckText(checked, bankTargets, title);
    if (checked.passes) return done(document, text);
    const { errorCount, unexplainedCount } = checked;
    return {
      ok: false,
      kind: 'refused',
      failure: { code: 'BANK_CHECK_FAILED', params: { errorCount, unexplainedCount } },
      message: `题库没有通过检查：${countsText(checked).trim()}`,
      document,
      text,
    };
  },
});
