/** `bank inspect`: what a sealed bank file is, without its passphrase. */
import { bankPartLabels, bankScopeLabels } from '@shared/texts/bankPackageTexts';
import { defineCommand } from '../command';
import { requiredText } from '../options';
import type { Outcome } from '../outcome';
import { done } from '../outcome';
import { readSealedFile } from './sealedFiles';

export const bankInspectCommand = defineCommand({
  name: 'bank inspect',
  summary: '查看封存的题库文件是什么，不需要口令',
  options: { file: requiredText('FILE', '.zhbank 或 .zhkeys 文件') },
  positional: { option: 'file', placeholder: 'FILE' },
  notes: ['先核对签名再显示；题目和答案都不显示。签发人的指纹请用电话核对。'],
  examples: ['某市题库.zhbank'],
  run(values): Promise<Outcome> {
    const opened = readSealedFile(values.file);
    if (!opened.ok) return Promise.resolve(opened);
    const { header, fingerprint } = opened.value;
    const { part, scope, bankId, title, bankVersion, packageId, createdAt, itemCount, formCount } = header;
    return Promise.resolve(
      done(
        { part, scope, bankId, title, bankVersion, packageId, createdAt, itemCount, formCount, fingerprint },
        `${bankPartLabels[part]}：${title}（${bankId}）${bankVersion} 版，${bankScopeLabels[scope]}\n` +
          `题目 ${itemCount} 道，试卷 ${formCount} 份，封存于 ${createdAt}\n` +
          `封存编号：${packageId}\n签发指纹：${fingerprint}\n`,
      ),
    );
  },
});
