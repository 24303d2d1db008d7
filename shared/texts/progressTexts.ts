/**
 * Sentences about the way to the target, the change between surveys and the sensitivity of a non-probability estimate:
 * one wording for screens and report. They read figures off the results document and never judge anew.
 */
import type {
  ChangeResults,
  ChangeRow,
  PathJudgement,
  ProgressReason,
  ProgressResults,
  RegionProgress,
  RequiredPathResult,
  SensitivityResults,
  SensitivityVariant,
} from '../results/progressResults';
import { formatNumber, formatPercentValue, formatShare, missingMark } from './format';
import { marginVariable } from './marginTexts';

export type PathScaleName = RequiredPathResult['scale'];

export const pathScaleLabels: Readonly<Record<PathScaleName, string>> = {
  logit: '先慢后快的路径',
  linear: '每年等量的路径',
};

export const pathScaleHelp: Readonly<Record<PathScaleName, string>> = {
  logit: '按 logit 尺度匀速前进：比例低时每年涨得少，随后逐年加快，是比例增长的常见走法。',
  linear: '从起点到目标，每年提高同样多的百分点。',
};

export const progressLabels: Readonly<Record<PathJudgement['value'], string>> = {
  onTrack: '跟上进度',
  inconclusive: '证据不足',
  behind: '落后于进度',
};

export const progressReasonTexts: Readonly<Record<ProgressReason, string>> = {
  noBaseline: '没有可用的起点：规划没有给出，也没有测评口径相同的更早调查，不判断进度。',
  startAtTarget: '起点已不低于目标，没有要赶的进度；现在是否仍然达到，看“达标”。',
  suspectedParentBaseline: '规划的起点与上级地区相同，疑似沿用，不据此判断进度。',
  baselineNotEarlier: '起点不早于本次调查，没有可以判断的进度。',
  targetYear: '本次调查的年份就是目标年：是否达到看“达标”，不再判断进度。',
  targetPassed: '目标年已过：是否达到看“达标”，不再判断进度。',
  instrumentsDiffer:
    '起点是公布数，测评口径与本次不同，也没有随附误差，两者不能相减：只列出路径要求，不判断是否跟上进度。',
  nonprobability: '非概率样本不能推断全体居民，不判断进度。',
  shortForm: '短卷不能用于达标判定，也不判断进度。',
  suppressed: '样本量不足，不予公布，也不判断进度。',
  notSurveyed: '本次未调查。',
  noInterval: '没有可用的误差，不判断进度。',
};

/** Signed percentage points. @example pointsText(0.0123) === '+1.2' */
export function pointsText(share: number, digits = 1): string {
  const text = (share * 100).toFixed(digits);
  if (Number(text) === 0) return (0).toFixed(digits);
  return share > 0 ? `+${text}` : text.replace('-', '−');
}

const percent = (probability: number): string => {
  if (probability > 0.99) return '99% 以上';
  return probability < 0.01 ? '不到 1%' : `约 ${(probability * 100).toFixed(0)}%`;
};

/** Where the path begins, in words. */
export function startText({ start }: Pick<RegionProgress, 'start'>): string {
  if (start === null) return missingMark;
  const source = start.source === 'published' ? '公布数' : '更早的调查';
  return `${start.year} 年 ${formatShare(start.value)}（${source}）`;
}

export const pathOf = (region: RegionProgress, scale: PathScaleName): RequiredPathResult | null =>
  region.paths.find((path) => path.scale === scale) ?? null;

/**
 * Null without a path and in the target year, where the path asks for the target itself.
 * @example 从 2020 年的 16.7% 到 2025 年的目标 23%，按每年等量的路径，2023 年应达到 20.5%。
 */
export function requirementSentence(
  progress: ProgressResults,
  region: RegionProgress,
  at: { readonly scale: PathScaleName; readonly year: number },
): string | null {
  const path = pathOf(region, at.scale);
  if (region.start === null || path === null || path.required === null) return null;
  if (at.year === progress.targetYear) return null;
  const { start } = region;
  const target = formatPercentValue(progress.target * 100);
  return (
    `从 ${start.year} 年的 ${formatShare(start.value)} 到 ${progress.targetYear} 年的目标 ${target}，` +
    `按${pathScaleLabels[at.scale]}，${at.year} 年应达到 ${formatShare(path.required)}。`
  );
}

/** The judgement with its one-sided limits; the reason where there is none. */
export function judgementSentence(region: RegionProgress, scale: PathScaleName): string {
  const judgement = pathOf(region, scale)?.judgement ?? null;
  if (judgement === null) return progressReasonTexts[region.reason ?? 'noInterval'];
  const level = formatPercentValue(judgement.limitLevel * 100);
  const gap = `本次估计与路径要求相差 ${pointsText(judgement.distance)} 个百分点`;
  const sure = `处于路径上或以上的把握${percent(judgement.confidence)}`;
  switch (judgement.value) {
    case 'onTrack':
      return `跟上进度：${gap}，${level} 单侧下限为 ${pointsText(judgement.lowerLimit)} 个百分点，没有低于路径；${sure}。`;
    case 'behind':
      return `落后于进度：${gap}，${level} 单侧上限为 ${pointsText(judgement.upperLimit)} 个百分点，没有高于路径；${sure}。`;
    case 'inconclusive':
      return (
        `证据不足以判断是否跟上进度：${gap}，${level} 单侧下限 ${pointsText(judgement.lowerLimit)}、` +
        `上限 ${pointsText(judgement.upperLimit)} 个百分点，跨过路径；${sure}。`
      );
  }
}

/** Yearly change so far and needed; null where neither is known. */
export function paceSentence(progress: ProgressResults, region: RegionProgress): string | null {
  const parts: string[] = [];
  if (region.achievedYearly !== null && region.start !== null) {
    const error = (region.achievedYearlyError ?? 0) * 100;
    parts.push(
      `${region.start.year} 年以来平均每年 ${pointsText(region.achievedYearly, 2)} 个百分点（标准误 ${error.toFixed(2)}）`,
    );
  }
  if (region.neededYearly !== null) {
    const needed = region.neededYearly;
    const goal = `${progress.targetYear} 年达到目标`;
    parts.push(
      needed <= 0
        ? `点估计已不低于 ${progress.targetYear} 年的目标`
        : `要在 ${goal}，今后每年需要 ${pointsText(needed, 2)} 个百分点`,
    );
  }
  return parts.length === 0 ? null : `${parts.join('；')}。`;
}

/** The calculation 若保持当前速度, with its warning; null without one. */
export function projectionSentence(
  progress: ProgressResults,
  judgement: PathJudgement | null,
): string | null {
  const projection = judgement?.projection ?? null;
  if (judgement === null || projection === null) return null;
  const range = `${formatShare(projection.lower)}–${formatShare(projection.upper)}`;
  const far = judgement.isFarProjection ? '目标年比两次调查的间隔还远，推算很不可靠。' : '';
  return (
    `若保持当前速度，${progress.targetYear} 年约为 ${formatShare(projection.estimate)}（95% 区间 ${range}），` +
    `达到目标的可能性${percent(projection.probabilityOfReaching)}。这是推算，不是判定。${far}`
  );
}

export const changeRefusalTexts: Readonly<Record<NonNullable<ChangeResults['refusal']>, string>> = {
  instrumentsDiffer: '两次调查的测评口径不同，又没有经共同题链接，不能相减。',
  nonprobability: '两次调查中有非概率样本，变化可能只是受访者不同，不能相减。',
  formsNotLinked:
    '未链接：两次用的是不同的试卷，难度可能不同，原始比例不能相减。请在“标定”页标定两份试卷并经共同题链接，再比较模型估计。',
  modelBasedMissing:
    '两份试卷已链接，但有一次调查还没有模型估计，无法比较。请在两次调查的“达标”页重新计算后再看。',
  notShown: '两次调查没有共同公布的数字，无法计算变化。',
};

/** What a change says, in words. */
export function changeReading(row: ChangeRow): string {
  if (row.lower > 0) return '有提高';
  if (row.upper < 0) return '有下降';
  return '看不出变化';
}

/** @example 比 2021 年 +1.2 个百分点（95% 区间 −0.4 至 +2.8），看不出变化。 */
export function changeSentence(change: ChangeResults, row: ChangeRow): string {
  const level = formatPercentValue(row.level * 100);
  const range = `${pointsText(row.lower)} 至 ${pointsText(row.upper)}`;
  const { linkingError } = change;
  const linked = linkingError === null ? '' : `，已计入链接误差 ${(100 * linkingError).toFixed(1)} 个百分点`;
  const subject = change.basis === 'modelBased' ? '模型估计的比例' : '';
  return (
    `与《${change.surveyName}》（${change.year} 年）相比，${subject}变化 ${pointsText(row.difference)} 个百分点` +
    `（${level} 区间 ${range}${linked}）：${changeReading(row)}。`
  );
}

export const smallestChangeSentence = (row: ChangeRow): string =>
  `两次这样规模的调查，真实变化至少 ${(row.smallestDetectable * 100).toFixed(1)} 个百分点时才有八成把握看出来。`;

/** @example pValueText(0.0004) === '<0.001' */
export const pValueText = (p: number): string => (p < 0.001 ? '<0.001' : formatNumber(p, 3));

export function variantLabel({ kind, variables }: SensitivityVariant): string {
  if (kind === 'main') return '本次采用的加权';
  if (kind === 'equalWeights') return '不加权（每份答卷同样计）';
  return `校准时不用“${variables.map(marginVariable).join(' × ')}”`;
}

/** How far the estimate moves with the weighting. */
export const sensitivitySentence = ({ lowest, highest }: SensitivityResults): string =>
  `换用上面各种加权，比例在 ${formatShare(lowest)} 到 ${formatShare(highest)} 之间。` +
  '相差越大，结果越取决于加权的做法；相差小也不能说明没有被访到的人与受访者相像。';

/** The tipping point in words; null where it does not exist. */
export function tippingSentence({ tippingRatio, target }: SensitivityResults): string | null {
  if (tippingRatio === null) return null;
  const goal = formatPercentValue(target * 100);
  if (Math.abs(tippingRatio - 1) < 0.005)
    return `加权后的比例几乎等于目标 ${goal}，参与意愿稍有不同就会改变结论。`;
  const ratio =
    tippingRatio > 1
      ? `比其他人更愿意参加，可能性是其他人的 ${tippingRatio.toFixed(2)} 倍`
      : `比其他人更少参加，可能性只有其他人的 ${tippingRatio.toFixed(2)} 倍`;
  return `临界情形：在性别、年龄、学历等相同的人中，如果具备科学素质的人${ratio}，全体居民的真实比例就正好是目标 ${goal}。`;
}

export const sensitivityNote =
  '非概率样本的误差主要来自谁愿意参加，重抽样得到的模型区间不包括这一部分。下面把加权换几种做法，看结果有多稳。';
