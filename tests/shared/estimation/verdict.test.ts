/** The four verdicts at their edges; the numbers behind them are reference case P13. */
import { describe, expect, it } from 'vitest';
import type { Estimate } from '@shared/estimation/estimateRecord';
import { judgeTarget, sampleSizeToSettle, verdictOf, type TargetGoal } from '@shared/estimation/verdict';

const gte: TargetGoal = { operator: 'gte', value: 0.15, aspirational: false };
const gt: TargetGoal = { ...gte, operator: 'gt' };

const share = (estimate: number, standardError: number | null, extra: Partial<Estimate> = {}): Estimate => ({
  estimate,
  standardError,
  variance: standardError === null ? null : standardError ** 2,
  degreesOfFreedom: standardError === null ? 0 : 90,
  interval: null,
  coefficientOfVariation: null,
  designEffect: null,
  effectiveSampleSize: null,
  respondentCount: 4000,
  psuCount: 100,
  stratumCount: 10,
  weightTotal: 1e6,
  method: 'linearised',
  diagnostics: [],
  ...extra,
});

const judge = (estimate: Estimate, goal: TargetGoal = gte, extra: object = {}) =>
  judgeTarget({ estimate, goal, basis: 'probability', ...extra });

describe('verdictOf reads the interval', () => {
  it.each([
    [0.18, 0.16, 0.2, 'reached'],
    [0.16, 0.14, 0.18, 'pointReachedInconclusive'],
    [0.14, 0.12, 0.16, 'pointMissedInconclusive'],
    [0.12, 0.1, 0.14, 'missed'],
  ] as const)('share %f in [%f, %f] is %s', (estimate, lower, upper, verdict) => {
    expect(verdictOf(estimate, { lower, upper }, gte)).toBe(verdict);
  });

  it('counts the target itself as reached for 达到 and not for 超过', () => {
    expect(verdictOf(0.16, { lower: 0.15, upper: 0.17 }, gte)).toBe('reached');
    expect(verdictOf(0.16, { lower: 0.15, upper: 0.17 }, gt)).toBe('pointReachedInconclusive');
    expect(verdictOf(0.15, { lower: 0.14, upper: 0.16 }, gte)).toBe('pointReachedInconclusive');
    expect(verdictOf(0.15, { lower: 0.14, upper: 0.16 }, gt)).toBe('pointMissedInconclusive');
    expect(verdictOf(0.14, { lower: 0.13, upper: 0.15 }, gte)).toBe('pointMissedInconclusive');
    expect(verdictOf(0.14, { lower: 0.13, upper: 0.15 }, gt)).toBe('missed');
  });
});

describe('judgeTarget', () => {
  it('reaches, with evidence that leans the same way', () => {
    const found = judge(share(0.185, 0.012));
    expect(found.verdict).toBe('reached');
    expect(found.plainStatementHolds).toBe(true);
    expect(found.evidence?.lean).toBe('likelyReached');
    expect(found.evidence?.confidenceMass).toBeCloseTo(0.998936488714231, 12);
  });

  it('does not decide without a probability sample, and says which sample size question has no answer', () => {
    const found = judge(share(0.185, 0.012), gte, { basis: 'nonprobability' });
    expect(found).toMatchObject({
      verdict: 'undecidable',
      undecidableReason: 'nonprobability',
      evidence: null,
    });
    expect(found.sampleSizeToSettle).toEqual({ respondentCount: null, reason: 'nonprobability' });
    expect(found.plainStatementHolds).toBe(true);
  });

  it('does not decide on a suppressed figure, on two PSUs, or without an interval', () => {
    expect(judge(share(0.2, 0.01), gte, { suppressed: true }).undecidableReason).toBe('suppressed');
    expect(judge(share(0.2, 0.01, { psuCount: 2, degreesOfFreedom: 1 })).undecidableReason).toBe(
      'tooFewPsus',
    );
    expect(judge(share(0.2, null)).undecidableReason).toBe('noInterval');
  });

  it('judges a share of zero by its Korn-Graubard interval', () => {
    const found = judge(share(0, 0));
    expect(found.verdict).toBe('missed');
    expect(found.evidence?.interval.method).toBe('korn-graubard');
    expect(found.evidence?.confidenceMass).toBeNull();
  });
});

describe('the sample size that settles the question', () => {
  it('follows the formula at a worked example', () => {
    // p = .5, T = .4: distance of logits = .405465; simple random sampling, n V = p(1-p) = .25.
    // n = 1.959964^2 / (.25 * .405465^2) = 93.46 -> 94.
    const srs = { estimate: 0.5, variance: 0.25 / 400, respondentCount: 400 };
    expect(sampleSizeToSettle(srs, 0.4)).toEqual({ respondentCount: 94, reason: null });
    expect(sampleSizeToSettle({ ...srs, variance: 0.5 / 400 }, 0.4).respondentCount).toBe(187);
  });

  it('does not exist when the estimate equals the target or has no variance', () => {
    expect(sampleSizeToSettle({ estimate: 0.15, variance: 0.01, respondentCount: 9 }, 0.15).reason).toBe(
      'equalsTarget',
    );
    expect(sampleSizeToSettle({ estimate: 0.15, variance: null, respondentCount: 9 }, 0.2).reason).toBe(
      'noVariance',
    );
  });
});
