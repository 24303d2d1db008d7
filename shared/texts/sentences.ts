/**
 * Headline and verdict sentences: one wording for screens, Excel report and command line.
 * They read figures off the results document and never judge anew.
 */
import type { Plan } from '../domain/plan';
import type { Basis } from '../domain/survey';
import type { Figure, ShownFigure, SurveyResults, UnitResult, Verdict } from '../results/surveyResults';
import { formatCount, formatInterval, formatPercentValue, formatShare, isShown } from './format';
import { suppressionLabels, undecidableLabels } from './labels';

/** A plan's headline goal as its text words it. */
export interface GoalWords {
  /** 力争达到, 超过, … */
  readonly verb: string;
  /** Target share, 0..1. */
  readonly value: number;
  readonly year: number;
}

export interface RegionFinding {
  readonly regionName: string;
  readonly year: number;
  readonly basis: Basis;
  readonly goal: GoalWords;
  readonly literate: Figure;
  readonly verdict: Verdict;
  /** The plan is 征求意见稿: said in the sentence itself. */
  readonly isDraftPlan: boolean;
}

const sameShare = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

function verbOf(verdict: Verdict): string {
  if (verdict.operator === 'gt') return '超过';
  return verdict.aspirational ? '力争达到' : '达到';
}

/** The goal a verdict was judged against, in the plan's own verb; `year` falls back to the survey's. */
export function goalWords(plan: Pick<Plan, 'headlineGoals'>, verdict: Verdict, year: number): GoalWords {
  const goal = [...plan.headlineGoals]
    .sort((a, b) => a.year - b.year)
    .filter((each) => each.operator === verdict.operator && sameShare(each.value / 100, verdict.target))
    .find((each, _index, all) => each.year >= year || each === all.at(-1));
  return { verb: goal?.verb ?? verbOf(verdict), value: verdict.target, year: goal?.year ?? year };
}

/** What one region's sentence needs, from the results document and its plan. */
export function regionFinding(
  results: Pick<SurveyResults, 'year' | 'basis'>,
  plan: Pick<Plan, 'headlineGoals' | 'status'>,
  regionName: string,
  unit: Pick<UnitResult, 'literate' | 'verdict'>,
): RegionFinding {
  return {
    regionName,
    year: results.year,
    basis: results.basis,
    goal: goalWords(plan, unit.verdict, results.year),
    literate: unit.literate,
    verdict: unit.verdict,
    isDraftPlan: plan.status === 'draftForComment',
  };
}

/** @example goalText({ verb: '力争达到', value: 0.23, year: 2025 }) === '力争达到 23%' */
export const goalText = (goal: GoalWords): string => `${goal.verb} ${formatPercentValue(goal.value * 100)}`;

/**
 * Decimals at which an estimate and its target print apart, 1 to 4: 22.96 % must not print as the 23 % it misses.
 */
export function digitsApart(estimate: number, target: number): number {
  if (sameShare(estimate, target)) return 1;
  for (let digits = 1; digits < 4; digits += 1)
    if (formatShare(estimate, digits) !== formatShare(target, digits)) return digits;
  return 4;
}

/** @example intervalName('probability', 0.95) === '95% 区间' */
export const intervalName = (basis: Basis, level: number): string =>
  `${formatPercentValue(level * 100)} ${basis === 'nonprobability' ? '模型区间' : '区间'}`;

function shownText(finding: RegionFinding, figure: ShownFigure): string {
  const { interval } = figure;
  const share = formatShare(figure.estimate, digitsApart(figure.estimate, finding.goal.value));
  if (interval === null) return `${share}（无法计算区间）`;
  return `${share}（${intervalName(finding.basis, interval.level)} ${formatInterval(interval.lower, interval.upper)}）`;
}

function estimatePart(finding: RegionFinding): string {
  const { literate, regionName, year, basis } = finding;
  const subject = `${regionName} ${year} 年公民具备科学素质比例`;
  if (literate.state === 'notSurveyed') return `${subject}未调查`;
  if (literate.state === 'suppressed')
    return `${subject}不予公布（${literate.reasons.map((reason) => suppressionLabels[reason]).join('；')}）`;
  const lead = basis === 'nonprobability' ? `${subject}在非概率样本中为 ` : `${subject}估计为 `;
  return lead + shownText(finding, literate);
}

function goalPart({ goal, year, isDraftPlan }: RegionFinding): string {
  const draft = isDraftPlan ? '征求意见稿的' : '';
  const when = goal.year === year ? '' : ` ${goal.year} 年`;
  return `${draft}${when}目标为${goalText(goal)}`.trim();
}

/** What the evidence says, in words: 点估计未达到，但证据不足以判定. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict.value) {
    case 'reached':
      return '已达到，整个区间都满足目标';
    case 'missed':
      return '未达到，整个区间都不满足目标';
    case 'pointReachedInconclusive':
      return '点估计达到，但证据不足以判定';
    case 'pointMissedInconclusive':
      return '点估计未达到，但证据不足以判定';
    case 'undecidable':
      return verdict.undecidableReason === null
        ? '不可判定'
        : `不可判定（${undecidableLabels[verdict.undecidableReason]}）`;
  }
}

/**
 * The sentence of a region: estimate with interval, target, verdict.
 * @example 苏州市 2025 年公民具备科学素质比例估计为 22.1%（95% 区间 20.3%–24.0%），目标为力争达到 23%：点估计未达到，但证据不足以判定。
 */
export const headlineSentence = (finding: RegionFinding): string =>
  `${estimatePart(finding)}，${goalPart(finding)}：${verdictSentence(finding.verdict)}。`;

/** The plain official reading, which ignores sampling error; null without a figure or where nothing may be judged. */
export function plainStatement(finding: RegionFinding): string | null {
  const { literate, verdict, goal } = finding;
  if (!isShown(literate) || verdict.value === 'undecidable') return null;
  const { estimate } = literate;
  const reaches = verdict.operator === 'gt' ? estimate > verdict.target : estimate >= verdict.target;
  const share = formatShare(estimate, digitsApart(estimate, verdict.target));
  return `仅就点估计：${share}${reaches ? '，满足' : '，不满足'}“${goalText(goal)}”。这一说法不考虑抽样误差。`;
}

/**
 * The one-sided test against the target in words: how often a survey like this would err so far if the truth were the
 * target. Null where nothing is judged.
 * @example 单侧检验：若真实比例恰为 23%，这样的调查约有 17% 的可能得到这样低或更低的结果。
 */
export function testSentence({ literate, verdict, goal }: RegionFinding): string | null {
  const { confidenceAbove, target } = verdict;
  if (!isShown(literate) || confidenceAbove === null || verdict.value === 'undecidable') return null;
  const isAbove = literate.estimate >= target;
  const tail = isAbove ? 1 - confidenceAbove : confidenceAbove;
  const chance = tail < 0.01 ? '不到 1% ' : `约有 ${(tail * 100).toFixed(0)}% `;
  const value = formatPercentValue(goal.value * 100);
  return `单侧检验：若真实比例恰为 ${value}，这样的调查${chance}的可能得到这样${isAbove ? '高或更高' : '低或更低'}的结果。`;
}

/** Beyond this many interviews no local survey is possible: then the honest advice is not to try. */
const largestPracticalSample = 200_000;

/** How many interviews would decide, or why more interviews would not; null when the verdict is already clear. */
export function settleSentence({ verdict, literate }: RegionFinding): string | null {
  if (verdict.value === 'reached' || verdict.value === 'missed') return null;
  if (verdict.value === 'undecidable') return undecidableAdvice(verdict);
  const needed = verdict.sampleSizeToSettle;
  if (needed === null) return '点估计与目标几乎相等，再增加样本也难以判定。';
  if (needed > largestPracticalSample)
    return '点估计与目标太接近，要 20 万份以上答卷才可能判定，靠增加样本并不现实。';
  const present = isShown(literate) ? literate.respondentCount : null;
  const more = present === null || present >= needed ? '' : `，即再调查约 n=${formatCount(needed - present)}`;
  return `若比例和设计效应不变，完成答卷共约 n=${formatCount(needed)} 时可判定${more}。`;
}

const advice: Readonly<Record<NonNullable<Verdict['undecidableReason']>, string>> = {
  nonprobability: '增加这类样本也不能判定；需要按概率抽样重新调查。',
  tooFewPsus: '需要增加初级单元（村居），只在原有村居增加答卷不够。',
  suppressed: '样本量达到公布下限后才能判定。',
  noInterval: '误差无法估计，请先检查抽样设计变量。',
  notSurveyed: '调查后才能判定。',
  shortForm: '需要用完整试卷调查后才能判定。',
};

const undecidableAdvice = ({ undecidableReason }: Verdict): string =>
  undecidableReason === null ? '缺少判定所需的数据。' : advice[undecidableReason];

/** Smallest true difference from the target this survey could have shown; null when unknown. */
export function detectableSentence(verdict: Verdict): string | null {
  if (verdict.smallestDetectable === null) return null;
  const points = (verdict.smallestDetectable * 100).toFixed(1);
  return `真实比例与目标至少相差 ${points} 个百分点时，这样规模的调查才有八成把握发现。`;
}
