/** Verdict of one region against the plan's goal, from the engine's estimate and its published figure. */
import type { Plan } from '../domain/plan';
import type { DomainEstimate } from '../estimation/estimate';
import { judgeTarget } from '../estimation/verdict';
import type { Figure, Verdict } from '../results/surveyResults';
import type { AnalysisInput } from './analysisInput';
import { goalFor } from './analysisInput';

type Goal = Plan['headlineGoals'][number];

function withoutEvidence(goal: Goal, reason: NonNullable<Verdict['undecidableReason']>): Verdict {
  return {
    value: 'undecidable',
    undecidableReason: reason,
    target: goal.value / 100,
    operator: goal.operator,
    aspirational: goal.aspirational,
    confidenceAbove: null,
    sampleSizeToSettle: null,
    smallestDetectable: null,
  };
}

/** Judges one region; what is not published is not judged. */
export function verdictFor(domain: DomainEstimate, figure: Figure, input: AnalysisInput): Verdict {
  const goal = goalFor(input.plan, input.survey.settings.year);
  if (domain.status === 'empty') return withoutEvidence(goal, 'notSurveyed');
  if (input.isShortForm) return withoutEvidence(goal, 'shortForm');
  const judged = judgeTarget({
    estimate: domain.estimate,
    goal: { operator: goal.operator, value: goal.value / 100, aspirational: goal.aspirational },
    basis: input.survey.settings.basis,
    suppressed: figure.state !== 'shown',
    minimumPsuCount: input.survey.settings.disclosure.minimumPsus,
    confidenceLevel: input.confidenceLevel,
  });
  const isDecidable = judged.verdict !== 'undecidable';
  return {
    ...withoutEvidence(goal, 'noInterval'),
    value: judged.verdict,
    undecidableReason: judged.undecidableReason,
    confidenceAbove: judged.evidence?.confidenceMass ?? null,
    sampleSizeToSettle: isDecidable ? judged.sampleSizeToSettle.respondentCount : null,
    smallestDetectable: judged.evidence?.smallestDetectableDifference ?? null,
  };
}
