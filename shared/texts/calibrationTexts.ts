/** Words of 标定 and of model-based shares: the same on screen and in the report. */
import { groupingLabels } from './labels';
import { formatCount, formatNumber, formatPercentValue, formatShare, isShown } from './format';
import { pointsText } from './progressTexts';
import type { BankItem } from '../assessment/bank';
import type { CalibrationRecord, LinkingRecord } from '../psychometrics/calibrationRecord';
import { bicMargin, fewestPersonsForSlopes, recommendedPersons } from '../psychometrics/irt/modelChoice';
import { driftLimit, errorLimit, fewestAnchors } from '../psychometrics/linking/drift';
import type { EstimatedModelShares, ModelBasedReason } from '../results/modelBasedResults';
import type { Figure } from '../results/surveyResults';

export const modelBasedName = '模型估计（题目反应理论，似然值）';

/** Where the bank's own parameters come from. */
export const parameterSourceTexts: Readonly<Record<BankItem['irt']['source'], string>> = {
  prior: '预估',
  pilot: '试测',
  operational: '正式施测',
};

export const calibrationStageTexts: Readonly<Record<string, string>> = {
  started: '读取答卷',
  loading: '读取答卷',
  calibrating: '估计题目参数',
  itemFit: '检查题目拟合',
};

export const linkStatusTexts: Readonly<Record<LinkingRecord['status'], string>> = {
  sound: '链接成立',
  broken: '链接断开',
};

/** Which model and why. */
export function modelSentence({ model, choice, fit }: CalibrationRecord): string {
  const { bicRasch, bic2pl, asked } = choice;
  const name = `采用 ${model} 模型`;
  if (bic2pl === null) return `${name}：答卷不足 ${fewestPersonsForSlopes} 份，估计不了各题的区分度。`;
  const gain = bicRasch - bic2pl;
  const gap = `两参数模型的贝叶斯信息准则比 Rasch ${gain >= 0 ? '低' : '高'} ${formatNumber(Math.abs(gain), 1)}`;
  if (asked !== 'auto') return `${name}：人工指定。${gap}。`;
  const few =
    fit.personCount < recommendedPersons ? `答卷不足 ${formatCount(recommendedPersons)} 份，参数较粗。` : '';
  const verdict = gain < 0 ? '没有优势' : `优势不到 ${bicMargin}`;
  return model === 'Rasch'
    ? `${name}：${gap}，${verdict}，保留较简单的模型。${few}`
    : `${name}：${gap}，超过 ${bicMargin}。${few}`;
}

/** Weighted or not, and why; what the errors know. */
export const weightingSentence = ({ weighting }: Pick<CalibrationRecord, 'weighting'>): string =>
  (weighting === 'survey'
    ? '按调查的最终权数标定：样本对各类人群抽取的比例不同，加权后能力的均值 0、标准差 1 指总体而不是样本。'
    : '不加权：本次调查没有权数，每份答卷同样计，能力的均值 0、标准差 1 指受访者。') +
  '参数的标准误按似然的曲率计算，不含分层和初级单元的影响，实际误差会略大。';

/** @example 通过经共同题等值，本卷与基准卷 70 分相当的分数是 68.4 分。 */
export function cutSentence({ cut, link }: Pick<CalibrationRecord, 'cut' | 'link'>): string {
  if (cut === null) return '本测评口径没有总分合格线，不换算等值分数线。';
  const theta = `对应能力 θ = ${formatNumber(cut.theta)}`;
  return link?.status === 'sound'
    ? `本卷等值分数线 ${cut.cut.toFixed(1)} 分：与基准卷 ${cut.instrumentCut} 分要求的能力相同，${theta}（基准量尺）。`
    : `合格线 ${cut.instrumentCut} 分${theta}（本量尺）。本卷就是基准卷，分数线不变。`;
}

/** The verdict on a link in one sentence. */
export function linkSentence(link: LinkingRecord): string {
  const kept = `保留 ${link.kept.length} 道`;
  const dropped = link.dropped.length === 0 ? '没有剔除' : `剔除 ${link.dropped.length} 道`;
  if (link.status === 'sound')
    return `链接成立：共同题${dropped}，${kept}，链接误差 ${formatNumber(link.linkingError, 3)}（能力单位）。可以比较两次的模型估计，链接误差计入变化的误差。`;
  const still = link.kept.filter(({ hasDrifted }) => hasDrifted).length;
  return `链接断开：${dropped}、${kept}后，仍有 ${still} 道共同题的难度明显移动。两次的量尺接不上，不支持任何趋势。`;
}

export const driftNote =
  `漂移 = 链接后的新难度 − 原难度。稳健 z 的绝对值超过 ${driftLimit}、且漂移超过 ${errorLimit} 倍标准误的题` +
  `逐题剔除，至少保留 ${fewestAnchors} 道。抽样误差之内的差别不算漂移。`;

export const modelBasedReasonTexts: Readonly<Record<ModelBasedReason, string>> = {
  notCalibrated:
    '本卷还没有存档的标定，没有模型估计。统计员在“标定”页标定本卷并保存后，回到这里重新计算即可得到。',
  keysClosed: '题库的答案没有打开，没有模型估计。请在“题库管理”打开答案后重新计算。',
  noCut: '本测评口径没有总分合格线，没有模型估计。',
  notFitted: '潜在回归没有收敛，没有模型估计。',
};

const conditioningText = ({ conditioning, regressorCount }: EstimatedModelShares): string => {
  const names = conditioning.map((each) => (each === 'unit' ? '地区' : groupingLabels[each]));
  return names.length === 0 ? '不含分组变量' : `以${names.join('、')}为条件（${regressorCount} 个自变量）`;
};

/** Why the two figures differ, and which one is judged. */
export function modelComparisonSentence(raw: Figure, model: EstimatedModelShares): string {
  const { figure } = model.headline;
  if (!isShown(raw) || !isShown(figure)) return '原始比例不予公布，模型估计同样不予公布。';
  const difference = raw.estimate - figure.estimate;
  return (
    `原始比例 ${formatShare(raw.estimate)}，模型估计 ${formatShare(figure.estimate)}，相差 ${pointsText(difference)} 个百分点。` +
    '合格线高于平均水平时，靠运气越过线的人多于因失误落在线下的人，原始比例因此偏高，题目越少偏得越多；模型估计扣除了这部分测量误差。' +
    '达标判定只用原始比例，与现行做法可比；模型估计供参考，两者不混用。'
  );
}

/** How the model-based shares were made. */
export function modelMethodNotes(model: EstimatedModelShares, level: number): readonly string[] {
  const { setCount, instrumentCut, cut, theta, headline, isLinked } = model;
  const lost =
    headline.missingInformation === null
      ? ''
      : `总体比例的误差中，${formatShare(headline.missingInformation, 0)} 来自能力不能直接观测。`;
  return [
    `按 ${model.model} 模型的存档参数，每人抽取 ${setCount} 个似然值，${conditioningText(model)}做潜在回归；` +
      `每组似然值按抽样设计估计能力达到 θ = ${formatNumber(theta)} 的比例，再按鲁宾规则合并，${formatPercentValue(100 * level)} 区间含抽样误差和插补误差。${lost}`,
    isLinked
      ? `能力线由基准卷的 ${instrumentCut} 分确定，经共同题链接，相当于本卷 ${cut.toFixed(1)} 分。`
      : `能力线由本卷的 ${instrumentCut} 分确定，本卷是基准卷。`,
    '随机数种子由调查、数据指纹和标定编号确定，同样的数据总得到同样的结果。原始比例不予公布的地区和人群，模型估计同样不予公布。',
    '模型假定一个能力解释全部答题，题目参数视为已知；模型不成立时结果会偏。',
  ];
}
