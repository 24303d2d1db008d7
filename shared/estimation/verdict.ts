/**
 * Has a region met its plan's target? Read off the 95 % interval [L, U] and the point estimate.
 * reached: the whole interval satisfies the target; missed: none of it does; else inconclusive, told apart by
 * the point estimate. A nonprobability sample, too few PSUs, a suppressed or interval-less figure: undecidable.
 * For 超过 (`gt`) the target itself does not satisfy the goal, for 达到/不低于/力争达到 (`gte`) it does.
 * False "reached" at a truth equal to the target happens at most about 2.5 % of the time.
 */
import { normalQuantile, studentCdf, studentQuantile } from '../numeric/distributions';
import type { Estimate } from './estimateRecord';
import { proportionInterval, type Interval } from './intervals';

export interface TargetGoal {
  /** 超过 is `gt`; 达到, 不低于 and 力争达到 are `gte`. */
  readonly operator: 'gt' | 'gte';
  /** Target share, 0..1 exclusive. */
  readonly value: number;
  /** 力争达到: shown as aspirational, judged the same. */
  readonly aspirational: boolean;
}

export type SampleBasis = 'probability' | 'nonprobability';

export type UndecidableReason = 'nonprobability' | 'tooFewPsus' | 'suppressed' | 'noInterval';

export type Verdict =
  'reached' | 'pointReachedInconclusive' | 'pointMissedInconclusive' | 'missed' | 'undecidable';

/** How the confidence mass above the target leans: at least .90, at most .10, or between. */
export type Lean = 'likelyReached' | 'open' | 'likelyMissed';

export interface TargetEvidence {
  /** Logit interval with t(df); Korn-Graubard where the share is 0 or 1. */
  readonly interval: Interval;
  /** P(t_df <= (logit p - logit T) / se_logit); null where the share is 0 or 1. */
  readonly confidenceMass: number | null;
  readonly lean: Lean | null;
  /** Smallest distance from the target this survey shows with 80 % probability: (t_.975 + t_.80) x se. */
  readonly smallestDetectableDifference: number | null;
}

export interface SampleSizeToSettle {
  /** Respondents with which the interval would exclude the target; null with a reason. */
  readonly respondentCount: number | null;
  readonly reason: 'equalsTarget' | 'noVariance' | 'nonprobability' | null;
}

export interface TargetJudgement {
  readonly verdict: Verdict;
  readonly undecidableReason: UndecidableReason | null;
  readonly goal: TargetGoal;
  /** The plain official statement, point estimate only: p >= T, or p > T. */
  readonly plainStatementHolds: boolean;
  /** Null for an undecidable verdict. */
  readonly evidence: TargetEvidence | null;
  readonly sampleSizeToSettle: SampleSizeToSettle;
}

export interface TargetQuestion {
  readonly estimate: Estimate;
  readonly goal: TargetGoal;
  readonly basis: SampleBasis;
  /** The survey's publishing rule withholds this figure. */
  readonly suppressed?: boolean;
  /** Fewest PSUs a verdict may rest on; default 3. */
  readonly minimumPsuCount?: number;
  /** Default 0.95. */
  readonly confidenceLevel?: number;
}

const logit = (p: number): number => Math.log(p / (1 - p));

const satisfies = (value: number, goal: TargetGoal): boolean =>
  goal.operator === 'gt' ? value > goal.value : value >= goal.value;

/** What the design says about the distance to the target. `standardError` is that of the share. */
export function targetEvidence(facts: {
  readonly estimate: number;
  readonly standardError: number;
  readonly respondentCount: number;
  readonly degreesOfFreedom: number;
  readonly target: number;
  readonly confidenceLevel: number;
}): TargetEvidence | null {
  const { estimate: p, standardError, degreesOfFreedom } = facts;
  const interval = proportionInterval('logit', { ...facts, variance: standardError ** 2 });
  if (interval === null) return null;
  if (interval.method !== 'logit') {
    return { interval, confidenceMass: null, lean: null, smallestDetectableDifference: null };
  }
  const distance = ((logit(p) - logit(facts.target)) * p * (1 - p)) / standardError;
  const confidenceMass = studentCdf(distance, degreesOfFreedom);
  const t = studentQuantile((1 + facts.confidenceLevel) / 2, degreesOfFreedom);
  return {
    interval,
    confidenceMass,
    lean: confidenceMass >= 0.9 ? 'likelyReached' : confidenceMass <= 0.1 ? 'likelyMissed' : 'open',
    smallestDetectableDifference: (t + studentQuantile(0.8, degreesOfFreedom)) * standardError,
  };
}

/** The four values from the interval and the point estimate. */
export function verdictOf(
  estimate: number,
  interval: Pick<Interval, 'lower' | 'upper'>,
  goal: TargetGoal,
): Exclude<Verdict, 'undecidable'> {
  if (satisfies(interval.lower, goal)) return 'reached';
  if (!satisfies(interval.upper, goal)) return 'missed';
  return satisfies(estimate, goal) ? 'pointReachedInconclusive' : 'pointMissedInconclusive';
}

function undecidable(question: TargetQuestion, evidence: TargetEvidence | null): UndecidableReason | null {
  if (question.basis === 'nonprobability') return 'nonprobability';
  if (question.suppressed === true) return 'suppressed';
  if (evidence === null) return 'noInterval';
  return question.estimate.psuCount < (question.minimumPsuCount ?? 3) ? 'tooFewPsus' : null;
}

/** Judges an estimated share against a goal. Thresholds and terms: statistics.md section 8, reference case P13. */
export function judgeTarget(question: TargetQuestion): TargetJudgement {
  const { estimate, goal } = question;
  const confidenceLevel = question.confidenceLevel ?? 0.95;
  const evidence =
    estimate.standardError === null
      ? null
      : targetEvidence({
          estimate: estimate.estimate,
          standardError: estimate.standardError,
          respondentCount: estimate.respondentCount,
          degreesOfFreedom: estimate.degreesOfFreedom,
          target: goal.value,
          confidenceLevel,
        });
  const reason = undecidable(question, evidence);
  const decided = reason === null ? evidence : null;
  return {
    verdict: decided === null ? 'undecidable' : verdictOf(estimate.estimate, decided.interval, goal),
    undecidableReason: reason,
    goal,
    plainStatementHolds: satisfies(estimate.estimate, goal),
    evidence: decided,
    sampleSizeToSettle:
      question.basis === 'nonprobability'
        ? { respondentCount: null, reason: 'nonprobability' }
        : sampleSizeToSettle(estimate, goal.value, confidenceLevel),
  };
}

/**
 * Respondents with which the logit interval of the same share and the same design effect D = n V / (p(1-p))
 * would just exclude the target: n = D z^2 / (p (1-p) (logit p - logit T)^2), rounded up, z the normal quantile
 * (a sample that large has many PSUs). Solves |logit p - logit T| = z sqrt(D / (n p (1-p))).
 */
export function sampleSizeToSettle(
  estimate: Pick<Estimate, 'estimate' | 'variance' | 'respondentCount'>,
  target: number,
  confidenceLevel = 0.95,
): SampleSizeToSettle {
  const p = estimate.estimate;
  const spread = p * (1 - p);
  if (estimate.variance === null || !(estimate.variance > 0) || !(spread > 0)) {
    return { respondentCount: null, reason: 'noVariance' };
  }
  const distance = logit(p) - logit(target);
  if (distance === 0) return { respondentCount: null, reason: 'equalsTarget' };
  const effect = (estimate.respondentCount * estimate.variance) / spread;
  const z = normalQuantile((1 + confidenceLevel) / 2);
  return { respondentCount: Math.ceil((effect * z * z) / (spread * distance ** 2)), reason: null };
}
