/** What an import will do, said before it is done. */
import type { ImportCheck } from '@shared/contract/areas/imports';
import type { SurveySettings } from '@shared/domain/survey';
import { formatCount } from '@shared/texts/format';

function weightLine(check: ImportCheck, settings: SurveySettings): string {
  if (!check.hasDesign.weight)
    return settings.basis === 'probability'
      ? '没有权重列：概率样本必须有权数才能估计，请补上这一列再导入。'
      : '没有权重列：每份答卷记 1，比例只代表受访者本身。';
  switch (settings.weighting.kind) {
    case 'given':
      return '有权重列：作为最终权数直接采用。';
    case 'calibrated':
      return '有权重列：作为基础权数，再按“加权”页的总体人数校准。';
    case 'equal':
      return '有权重列，但本调查设为等权：权重会保存，估计时不用。';
  }
}

function errorLine({ hasDesign }: ImportCheck, settings: SurveySettings): string {
  if (settings.basis === 'nonprobability')
    return '非概率样本：层和初级单元只用于计算模型区间，不作达标判定。';
  if (hasDesign.stratum && hasDesign.psu) return '有层和初级单元：误差按分层多阶段设计估计。';
  if (hasDesign.stratum) return '有层、没有初级单元：误差按每人一个单元估计；如果是整群抽取，误差会被低估。';
  if (hasDesign.psu) return '有初级单元、没有层：误差按不分层的整群设计估计。';
  return '没有层和初级单元：误差按简单随机抽样估计；如果分了层或整群，请补上这两列。';
}

export const consequencesOf = (check: ImportCheck, settings: SurveySettings): readonly string[] => [
  `完成 ${formatCount(check.completeCount)} 份：按本调查的测评口径计分，计入结果。`,
  `未完成 ${formatCount(check.nonresponseCount)} 份：保存结果码，只计入应答率。`,
  weightLine(check, settings),
  errorLine(check, settings),
  '全部成功或一行不留；导入后如有不妥，可以在下面的导入记录里整批作废，记录会保留。',
];
