import { describe, expect, it } from 'vitest';
import type { Figure, Verdict } from '@shared/results/surveyResults';
import {
  detectableSentence,
  digitsApart,
  goalWords,
  headlineSentence,
  plainStatement,
  settleSentence,
} from '@shared/texts/sentences';
import type { RegionFinding } from '@shared/texts/sentences';
import { notSurveyedFigure, shareFigure, suppressedFigure, verdictOf } from '../../support/resultsFixture';

const withInterval = (estimate: number, lower: number, upper: number): Figure => ({
  ...shareFigure({ estimate, n: 4000 }),
  interval: { lower, upper, level: 0.95, method: 'logit' },
});

const suzhou = (literate: Figure, verdict: Verdict, rest: Partial<RegionFinding> = {}): RegionFinding => ({
  regionName: '苏州市',
  year: 2025,
  basis: 'probability',
  goal: { verb: '力争达到', value: 0.23, year: 2025 },
  literate,
  verdict,
  isDraftPlan: false,
  ...rest,
});

describe('the headline sentence', () => {
  it('says that a point estimate below the target is not yet a miss', () => {
    const finding = suzhou(withInterval(0.221, 0.203, 0.24), verdictOf('pointMissedInconclusive'));
    expect(headlineSentence(finding)).toBe(
      '苏州市 2025 年公民具备科学素质比例估计为 22.1%（95% 区间 20.3%–24.0%），目标为力争达到 23%：点估计未达到，但证据不足以判定。',
    );
  });

  it('says that a point estimate above the target is not yet an achievement', () => {
    const finding = suzhou(withInterval(0.238, 0.22, 0.257), verdictOf('pointReachedInconclusive'));
    expect(headlineSentence(finding)).toBe(
      '苏州市 2025 年公民具备科学素质比例估计为 23.8%（95% 区间 22.0%–25.7%），目标为力争达到 23%：点估计达到，但证据不足以判定。',
    );
  });

  it('says reached only with the whole interval behind it', () => {
    const finding = suzhou(withInterval(0.26, 0.241, 0.28), verdictOf('reached'));
    expect(headlineSentence(finding)).toBe(
      '苏州市 2025 年公民具备科学素质比例估计为 26.0%（95% 区间 24.1%–28.0%），目标为力争达到 23%：已达到，整个区间都满足目标。',
    );
  });

  it('says missed when no part of the interval meets the target', () => {
    const finding = suzhou(withInterval(0.19, 0.172, 0.209), verdictOf('missed'));
    expect(headlineSentence(finding)).toBe(
      '苏州市 2025 年公民具备科学素质比例估计为 19.0%（95% 区间 17.2%–20.9%），目标为力争达到 23%：未达到，整个区间都不满足目标。',
    );
  });

  it('names a model interval and refuses a verdict for a non-probability sample', () => {
    const verdict = verdictOf('undecidable', { undecidableReason: 'nonprobability' });
    const finding = suzhou(withInterval(0.25, 0.22, 0.281), verdict, { basis: 'nonprobability' });
    expect(headlineSentence(finding)).toBe(
      '苏州市 2025 年公民具备科学素质比例在非概率样本中为 25.0%（95% 模型区间 22.0%–28.1%），目标为力争达到 23%：不可判定（非概率样本不能作统计判定）。',
    );
  });

  it('prints no number for a suppressed or unsurveyed region', () => {
    const suppressed = verdictOf('undecidable', { undecidableReason: 'suppressed' });
    expect(headlineSentence(suzhou(suppressedFigure, suppressed))).toBe(
      '苏州市 2025 年公民具备科学素质比例不予公布（样本量低于公布下限），目标为力争达到 23%：不可判定（样本量不足，不予公布）。',
    );
    const unsurveyed = verdictOf('undecidable', { undecidableReason: 'notSurveyed' });
    expect(headlineSentence(suzhou(notSurveyedFigure, unsurveyed))).toBe(
      '苏州市 2025 年公民具备科学素质比例未调查，目标为力争达到 23%：不可判定（未调查）。',
    );
  });

  it('says that the target of 淮阴 comes from a draft plan', () => {
    const finding = suzhou(withInterval(0.18, 0.15, 0.214), verdictOf('pointReachedInconclusive'), {
      regionName: '淮阴区',
      goal: { verb: '超过', value: 0.175, year: 2025 },
      isDraftPlan: true,
    });
    expect(headlineSentence(finding)).toBe(
      '淮阴区 2025 年公民具备科学素质比例估计为 18.0%（95% 区间 15.0%–21.4%），征求意见稿的目标为超过 17.5%：点估计达到，但证据不足以判定。',
    );
  });

  it('names the target year when the survey is earlier', () => {
    const finding = suzhou(withInterval(0.19, 0.172, 0.209), verdictOf('missed'), { year: 2023 });
    expect(headlineSentence(finding)).toContain('苏州市 2023 年公民');
    expect(headlineSentence(finding)).toContain('，2025 年目标为力争达到 23%：');
  });
});

describe('a figure next to its target', () => {
  it('gets as many decimals as it needs to be told apart', () => {
    expect(digitsApart(0.221, 0.23)).toBe(1);
    expect(digitsApart(0.2296, 0.23)).toBe(2);
    expect(digitsApart(0.229996, 0.23)).toBe(4);
    const finding = suzhou(withInterval(0.2296, 0.21, 0.25), verdictOf('pointMissedInconclusive'));
    expect(headlineSentence(finding)).toContain('估计为 22.96%（');
  });

  it('is read plainly with its own wording: exactly 19 % does not exceed 19 %', () => {
    const verdict = verdictOf('pointMissedInconclusive', {
      target: 0.19,
      operator: 'gt',
      aspirational: false,
    });
    const goal = { verb: '超过', value: 0.19, year: 2025 };
    const finding = suzhou(withInterval(0.19, 0.17, 0.21), verdict, { goal });
    expect(plainStatement(finding)).toBe('仅就点估计：19.0%，不满足“超过 19%”。这一说法不考虑抽样误差。');
    const atLeast = suzhou(withInterval(0.23, 0.21, 0.25), verdictOf('pointReachedInconclusive'));
    expect(plainStatement(atLeast)).toBe('仅就点估计：23.0%，满足“力争达到 23%”。这一说法不考虑抽样误差。');
    expect(plainStatement(suzhou(suppressedFigure, verdict))).toBeNull();
  });

  it('is not read at all where nothing may be judged', () => {
    const verdict = verdictOf('undecidable', { undecidableReason: 'nonprobability' });
    const finding = suzhou(withInterval(0.25, 0.22, 0.281), verdict, { basis: 'nonprobability' });
    expect(plainStatement(finding)).toBeNull();
  });
});

describe('what would settle the question', () => {
  it('is the total number of interviews and how many of them are missing', () => {
    const verdict = verdictOf('pointMissedInconclusive', { sampleSizeToSettle: 12_400 });
    expect(settleSentence(suzhou(withInterval(0.221, 0.203, 0.24), verdict))).toBe(
      '若比例和设计效应不变，完成答卷共约 n=12,400 时可判定，即再调查约 n=8,400。',
    );
  });

  it('is nothing when the verdict is clear', () => {
    expect(settleSentence(suzhou(withInterval(0.26, 0.241, 0.28), verdictOf('reached')))).toBeNull();
  });

  it('is said plainly when more interviews would not help', () => {
    const equal = verdictOf('pointReachedInconclusive', { sampleSizeToSettle: null });
    expect(settleSentence(suzhou(withInterval(0.23, 0.21, 0.25), equal))).toBe(
      '点估计与目标几乎相等，再增加样本也难以判定。',
    );
    const convenience = verdictOf('undecidable', { undecidableReason: 'nonprobability' });
    expect(settleSentence(suzhou(withInterval(0.25, 0.22, 0.28), convenience))).toBe(
      '增加这类样本也不能判定；需要按概率抽样重新调查。',
    );
  });

  it('comes with the smallest difference the survey could have shown', () => {
    expect(detectableSentence(verdictOf('missed', { smallestDetectable: 0.0267 }))).toBe(
      '真实比例与目标至少相差 2.7 个百分点时，这样规模的调查才有八成把握发现。',
    );
    expect(detectableSentence(verdictOf('undecidable', { smallestDetectable: null }))).toBeNull();
  });
});

describe('the words of the goal', () => {
  it('are the verb of the plan, not of the operator', () => {
    const goal = { value: 15, operator: 'gte', verb: '不低于', year: 2025 } as const;
    const plan = {
      headlineGoals: [{ ...goal, id: 'x', aspirational: false, clause: null, quotation: null, note: null }],
    };
    const verdict = verdictOf('missed', { target: 0.15, aspirational: false });
    expect(goalWords(plan, verdict, 2024)).toEqual({ verb: '不低于', value: 0.15, year: 2025 });
    expect(goalWords({ headlineGoals: [] }, verdict, 2024).verb).toBe('达到');
  });
});
