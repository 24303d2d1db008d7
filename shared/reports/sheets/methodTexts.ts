/** The paragraphs of the method page in plain Chinese. Facts come from the results document and the survey. */
import type { SurveySettings } from '../../domain/survey';
import { formatCount, formatNumber, isShown } from '../../texts/format';
import { designTerms, undecidableLabels, verdictLabels, warningText } from '../../texts/labels';
import { keyChangeText } from '../../texts/itemTexts';
import type { ReportInput } from '../reportInput';
import { intervalTitle, planName, unitWord } from '../wording';

const designWords: Readonly<Record<SurveySettings['samplingDesign'], string>> = {
  stratifiedMultistage: '分层多阶段抽样',
  stratified: '分层抽样',
  simple: '简单随机抽样',
  none: '没有抽样设计',
};

export function populationTexts(input: ReportInput): readonly string[] {
  const { results, survey } = input;
  const { design } = results;
  const common =
    '调查对象为 18–69 周岁（访问日的周岁）常住居民，不含现役军人。18 岁以下青少年属另一总体，不计入。';
  if (results.basis === 'nonprobability')
    return [
      common,
      '样本性质：非概率样本。受访者不是按已知概率抽取的，没有抽样框和入样概率；结果只描述受访者经加权后的情况，不能据此推断全体居民。',
    ];
  return [
    common,
    `抽样设计：${designWords[survey.settings.samplingDesign]}。${design.stratumCount} 个层，` +
      `${design.psuCount} 个初级单元，误差按 ${design.stageCount} 个阶段计算，设计自由度 ` +
      `${design.degreesOfFreedom}（初级单元数减层数）。`,
  ];
}

export function instrumentTexts({ instrument, results, bankTitle }: ReportInput): readonly string[] {
  const tiers = instrument.tiers.map(({ label, atLeast }) =>
    atLeast === null ? label : `${label}（${atLeast} 分及以上）`,
  );
  const dimensions = instrument.dimensions.map(({ label, maximum }) => `${label} ${maximum} 分`);
  return [
    `测评口径：${instrument.title}（${results.instrumentId}，第 ${results.instrumentVersion} 版），满分 ` +
      `${instrument.maximum} 分：${dimensions.join('、')}。`,
    `分级（达到分界值即属该级）：${tiers.join('；')}。`,
    instrument.localInstrumentNote,
    `规则来源：${instrument.source}。题库：${bankTitle}。`,
  ];
}

/** Every change of a key that changed scores of this survey; empty when there was none. */
export const keyChangeTexts = ({ keyChanges, isPublicBank }: ReportInput): readonly string[] =>
  keyChanges.map(({ change, survey }) => keyChangeText(change, survey, isPublicBank));

export function weightingTexts({ results }: ReportInput): readonly string[] {
  const { weighting } = results;
  const texts = [
    `加权办法：${designTerms[weighting.recipe] ?? weighting.recipe}。参加计算的完成答卷 ` +
      `${formatCount(weighting.respondentCount)} 份。`,
    `权数最小 ${formatNumber(weighting.minimum)}，最大 ${formatNumber(weighting.maximum)}；` +
      `权数不等带来的设计效应（Kish，1＋变异系数²）${formatNumber(weighting.kishDesignEffect, 3)}。`,
  ];
  if (weighting.minimumAdjustment !== null && weighting.maximumAdjustment !== null)
    texts.push(
      `校准把各答卷的基础权数乘以 ${formatNumber(weighting.minimumAdjustment, 3)} 至 ` +
        `${formatNumber(weighting.maximumAdjustment, 3)} 的调整系数` +
        `${weighting.iterations === null ? '' : `，迭代 ${weighting.iterations} 次`}。`,
    );
  if (weighting.marginSource !== null) texts.push(`总体人数来源：${weighting.marginSource}。`);
  return texts;
}

export function errorTexts(input: ReportInput): readonly string[] {
  const { results } = input;
  const { design } = results;
  if (results.basis === 'nonprobability')
    return [
      `${intervalTitle(input)}：把访问点（没有访问点时为受访者）当作随机抽取，重复抽样并重新加权（自助法），` +
        '取估计值的散布。它依赖这一模型假定，没有考虑从未到场的人与受访者的差别，不是由抽样设计得到的区间。',
    ];
  return [
    `方差：Taylor 线性化，按分层多阶段设计计算，${design.finitePopulationCorrection ? '使用' : '不使用'}有限总体修正。` +
      `只有一个初级单元的层：${designTerms[design.singlePsuRule] ?? design.singlePsuRule}。`,
    `${intervalTitle(input)}：比例用 logit 变换和 t 分布；比例为 0 或 1 时用 Korn–Graubard 区间；平均得分为估计值 ± t×标准误。` +
      `分${unitWord(input)}、分人群的估计保留完整设计（不属于该范围的答卷权数记 0，不删除），自由度按该范围涉及的初级单元和层计算。`,
    '设计效应是实际方差与同样本量简单随机抽样方差之比；有效样本量＝样本量÷设计效应。',
  ];
}

export function disclosureTexts({ survey }: ReportInput): readonly string[] {
  const { minimumRespondents, minimumPsus } = survey.settings.disclosure;
  return [
    `完成答卷少于 ${minimumRespondents} 份或初级单元少于 ${minimumPsus} 个的格不予公布，记 ※；` +
      '若公布其余各格可由合计反推出被隐去的数，再隐去其中样本量最小的一格。没有答卷的范围记“未调查”，不记 0。',
    '每个比例和平均得分都与样本量、区间列在同一行；没有区间的数不列示。',
  ];
}

export function verdictTexts(input: ReportInput): readonly string[] {
  const { plan } = input;
  const name = intervalTitle(input);
  const goals = plan.headlineGoals.map((goal) => `${goal.year} 年${goal.verb} ${goal.value}%`).join('；');
  const rules = [
    `规划目标：${goals}（${planName(input)}）。“超过”须大于目标值，“达到”“不低于”含目标值，“力争达到”按达到判定并注明。`,
  ];
  if (input.results.basis === 'nonprobability')
    return [
      ...rules,
      `非概率样本一律判为“${verdictLabels.undecidable}”：${undecidableLabels.nonprobability}。`,
    ];
  return [
    ...rules,
    `“${verdictLabels.reached}”：整个${name}都满足目标。`,
    `“${verdictLabels.pointReachedInconclusive}”：估计值满足目标，但区间跨越目标。`,
    `“${verdictLabels.pointMissedInconclusive}”：估计值不满足目标，但区间跨越目标。`,
    `“${verdictLabels.missed}”：整个${name}都不满足目标。`,
    `“${verdictLabels.undecidable}”：数据不公布、初级单元太少、无法计算区间、未调查或使用短卷。`,
  ];
}

export function limitTexts(input: ReportInput): readonly string[] {
  const unit = unitWord(input);
  const { results } = input;
  const { headline, warnings } = results;
  return [
    ...warnings.map(warningText),
    ...(results.basis === 'probability'
      ? [
          `各${unit}分别判定，没有作多重比较调整；${unit}越多，越可能有个别判定出于偶然。`,
          '区间只反映抽样误差，不含漏访、拒访、作答和题目造成的误差。',
        ]
      : ['模型区间只反映模型假定下的波动，不含未到场者的差别、作答和题目造成的误差。']),
    `${unit}之间不按估计值排名。`,
    ...(isShown(headline.literate) ? [] : ['总体结果不予公布，本报告不作总体结论。']),
  ];
}

export const traceTexts = ({ results }: ReportInput): readonly string[] => [
  `数据指纹 ${results.dataFingerprint}：同一数据、同一设置和同一软件版本（${results.applicationVersion}）重新计算，结果逐位相同。`,
];
