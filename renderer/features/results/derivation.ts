/**
 * How one figure was made, step by step with its numbers filled in. The limits are repeated here from the
 * published estimate, standard error and degrees of freedom, so that a reader can follow them on paper.
 */
import { studentQuantile } from '@shared/numeric/distributions';
import type { ShownFigure, SurveyResults } from '@shared/results/surveyResults';
import { formatCount, formatNumber, formatPercentValue } from '@shared/texts/format';
import { designTerms, intervalMethodLabels } from '@shared/texts/labels';
import { dateTimeText } from '../home/dates';
import { modelHelp } from './basisTexts';
import type { FigureRow } from './figureRows';

export interface DerivationStep {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Four decimals with a true minus sign. */
const four = (value: number): string => formatNumber(value, 4).replace('-', '−');

interface Context {
  readonly row: FigureRow;
  readonly figure: ShownFigure;
  readonly results: SurveyResults;
}

function domainStep({ row, figure, results }: Context): DerivationStep {
  const meaning = results.basis === 'nonprobability' ? modelHelp.weightTotal : '即这些受访者代表的人口数。';
  const weighted =
    figure.weightTotal === null
      ? '等权样本没有加权人数。'
      : `加权 n=${formatCount(figure.weightTotal)}，${meaning}`;
  return {
    title: '范围与样本',
    lines: [
      `范围：${row.domain}；完成答卷且已计分。`,
      `统计量：${row.outcome}的${row.statistic === 'share' ? '比例' : '平均值'}。`,
      `n=${formatCount(figure.respondentCount)}，来自 ${formatCount(figure.psuCount)} 个初级单元。${weighted}`,
      `权数：${designTerms[results.weighting.recipe] ?? results.weighting.recipe}。`,
    ],
  };
}

function estimatorStep({ row, figure, results }: Context): DerivationStep {
  const value = row.statistic === 'share' ? '是否达到（达到记 1，否则记 0）' : '得分';
  return {
    title: '估计量',
    lines: [
      `估计值 = 范围内每人的（权数 × ${value}）之和 ÷ 范围内权数之和 = ${four(figure.estimate)}`,
      '范围外的人保留在设计中，权数记 0，不删除。',
      ...(results.basis === 'nonprobability' ? [modelHelp.estimate] : []),
    ],
  };
}

function designVarianceLines({ figure, results }: Context): readonly string[] {
  const { design } = results;
  const finite = design.finitePopulationCorrection ? '有' : '没有';
  return [
    `泰勒线性化：先求每人对估计值的影响，按初级单元合计，再在层内求合计值之间的方差，各层相加（${design.stageCount} 阶段，${finite}有限总体修正）。`,
    `全样本 ${design.stratumCount} 层、${design.psuCount} 个初级单元；只有一个初级单元的层：${designTerms[design.singlePsuRule] ?? design.singlePsuRule}。`,
    `标准误 = ${four(figure.standardError)}`,
    `自由度 = 含有该范围受访者的初级单元数 − 相应层数 = ${formatNumber(figure.degreesOfFreedom, 0)}`,
    `设计效应 = ${formatNumber(figure.designEffect)}，有效样本量 = ${figure.effectiveSampleSize === null ? '—' : formatCount(figure.effectiveSampleSize)}`,
  ];
}

function modelVarianceLines({ figure }: Context): readonly string[] {
  return [
    '非概率样本：把访问点（没有访问点时为受访者）当作随机抽取，反复重抽并重新加权，看估计值如何变动。',
    '这只反映模型下的变动，不反映没有被访到的人，不是抽样误差。',
    `标准误（模型）= ${four(figure.standardError)}，自由度 = ${formatNumber(figure.degreesOfFreedom, 0)}`,
  ];
}

/** The t interval on the logit scale; Lumley, survey::svyciprop(method = "logit"). */
export function logitLines(figure: ShownFigure, level: number): readonly string[] {
  const { estimate: p, standardError, degreesOfFreedom } = figure;
  const centre = Math.log(p / (1 - p));
  const spread = standardError / (p * (1 - p));
  const t = studentQuantile((1 + level) / 2, degreesOfFreedom);
  const [from, to] = [centre - t * spread, centre + t * spread];
  const back = (value: number): string => formatNumber(100 / (1 + Math.exp(-value)), 2);
  return [
    `logit(p) = ln(p ÷ (1 − p)) = ln(${four(p)} ÷ ${four(1 - p)}) = ${four(centre)}`,
    `logit 尺度的标准误 = 标准误 ÷ (p × (1 − p)) = ${four(standardError)} ÷ ${four(p * (1 - p))} = ${four(spread)}`,
    `t 分位数（自由度 ${formatNumber(degreesOfFreedom, 0)}，置信水平 ${formatPercentValue(level * 100)}）= ${four(t)}`,
    `logit 区间 = ${four(centre)} ± ${four(t)} × ${four(spread)} = [${four(from)}, ${four(to)}]`,
    `换回比例：1 ÷ (1 + e 的 −logit 次方) = [${back(from)}%, ${back(to)}%]`,
  ];
}

function studentLines(figure: ShownFigure, level: number): readonly string[] {
  const t = studentQuantile((1 + level) / 2, figure.degreesOfFreedom);
  const half = t * figure.standardError;
  return [
    `t 分位数（自由度 ${formatNumber(figure.degreesOfFreedom, 0)}，置信水平 ${formatPercentValue(level * 100)}）= ${four(t)}`,
    `区间 = 估计值 ± t × 标准误 = ${four(figure.estimate)} ± ${four(half)} = [${four(figure.estimate - half)}, ${four(figure.estimate + half)}]`,
  ];
}

const methodNames: Readonly<Record<string, string>> = {
  ...intervalMethodLabels,
  'student-t': '均值 ± t × 标准误',
};

function intervalStep({ figure, results }: Context): DerivationStep {
  const { interval } = figure;
  if (interval === null) return { title: '区间', lines: ['误差无法估计，没有区间。'] };
  const lines = [`方法：${methodNames[interval.method] ?? interval.method}`];
  if (interval.method === 'logit') lines.push(...logitLines(figure, interval.level));
  else if (interval.method === 'student-t' || interval.method === 'mean')
    lines.push(...studentLines(figure, interval.level));
  else lines.push(`结果 = [${four(interval.lower)}, ${four(interval.upper)}]`);
  if (results.basis === 'nonprobability') lines.push(modelHelp.interval);
  return { title: results.basis === 'nonprobability' ? '模型区间' : '区间', lines };
}

const provenanceStep = ({ results }: Context): DerivationStep => ({
  title: '出处',
  lines: [
    `数据指纹：${results.dataFingerprint}`,
    `测评口径：${results.instrumentId}，版本 ${results.instrumentVersion}（本地测评口径）`,
    `计算于 ${dateTimeText(results.computedAt)}，知衡 ${results.applicationVersion}`,
    ...(results.isDemo ? ['演示数据：由程序生成，不反映任何地区的真实情况。'] : []),
  ],
});

/** Steps from domain to interval for a shown figure. */
export function derivationOf(
  row: FigureRow,
  figure: ShownFigure,
  results: SurveyResults,
): readonly DerivationStep[] {
  const context = { row, figure, results };
  const variance =
    results.basis === 'probability' ? designVarianceLines(context) : modelVarianceLines(context);
  return [
    domainStep(context),
    estimatorStep(context),
    { title: '误差', lines: variance },
    intervalStep(context),
    provenanceStep(context),
  ];
}
