/** P13: estimate against target. Our four verdicts fold into the three of the reference. */
import { targetEvidence, verdictOf, type TargetEvidence } from '@shared/estimation/verdict';
import { trendRow } from './planning';
import type { Handler } from '../support/referenceCase';

interface TargetRow {
  readonly id: number;
  readonly p: number;
  readonly se: number;
  readonly df: number;
  readonly target: number;
}

const verdicts = {
  reached: 'reached',
  missed: 'missed',
  pointReachedInconclusive: 'inconclusive',
  pointMissedInconclusive: 'inconclusive',
} as const;

const leans = { likelyReached: 'likely reached', open: 'open', likelyMissed: 'likely missed' } as const;

const logit = (p: number): number => Math.log(p / (1 - p));

function judge(row: TargetRow): object {
  const { p, se, df, target } = row;
  const evidence: TargetEvidence | null = targetEvidence({
    estimate: p,
    standardError: se,
    respondentCount: 1000,
    degreesOfFreedom: df,
    target,
    confidenceLevel: 0.95,
  });
  if (evidence === null) throw new Error('the row has an interval');
  const { confidenceMass, lean } = evidence;
  if (confidenceMass === null || lean === null) throw new Error('the row has a logit interval');
  const goal = { operator: 'gte', value: target, aspirational: false } as const;
  return {
    ...row,
    logit_lo: evidence.interval.lower,
    logit_hi: evidence.interval.upper,
    t: ((logit(p) - logit(target)) * p * (1 - p)) / se,
    conf_at_or_above: confidenceMass,
    p_one_sided_below: 1 - confidenceMass,
    verdict: verdicts[verdictOf(p, evidence.interval, goal)],
    lean: leans[lean],
    mdd_80: evidence.smallestDetectableDifference,
  };
}

export const targets: Handler = (check) =>
  check.id === 'target' ? { rows: (check.values as { rows: TargetRow[] }).rows.map(judge) } : trendRow(check);
