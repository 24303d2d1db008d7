/** P07 and the intervals of P01: every interval form, degenerate shares, NCHS presentation rule. */
import {
  effectiveSampleSize,
  proportionInterval,
  type ProportionIntervalMethod,
} from '@shared/estimation/intervals';
import { presentationRule } from '@shared/estimation/presentationRule';
import { studentQuantile } from '@shared/numeric/distributions';
import type { Estimate } from '@shared/estimation/estimateRecord';
import type { Check, Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { citySample, estimated } from '../support/survey';

const forms: Readonly<Record<string, ProportionIntervalMethod>> = {
  mean: 'mean',
  logit: 'logit',
  asin_clamped: 'asin',
  beta_r: 'beta',
  korn_graubard: 'korn-graubard',
  wilson: 'wilson',
  likelihood: 'likelihood',
  agresti_coull: 'agresti-coull',
  jeffreys: 'jeffreys',
  wilson_n: 'wilson',
  likelihood_n: 'likelihood',
};

/** svyciprop's asin does not clamp its angle; where ours stays inside the range both agree. */
const unclampedForm = 'asin_r';

const decisions = {
  present: 'present',
  suppressSize: 'suppress_n',
  suppressWidth: 'suppress_width',
  suppressRelativeWidth: 'suppress_relative_width',
  suppressNoVariance: 'none',
} as const;

export function intervalRow(found: Estimate, level: number, expected: unknown): object {
  const evidence = {
    estimate: found.estimate,
    variance: found.variance ?? NaN,
    respondentCount: found.respondentCount,
    degreesOfFreedom: found.degreesOfFreedom,
    confidenceLevel: level,
  };
  const t = studentQuantile((1 + level) / 2, found.degreesOfFreedom);
  const tSample = studentQuantile((1 + level) / 2, found.respondentCount - 1);
  const size = effectiveSampleSize(evidence);
  const adjusted = size * (tSample / t) ** 2;
  const wanted = (expected as { ci: Record<string, { lo: number; hi: number }> }).ci;
  const limits = (name: string): object | undefined => {
    const method = forms[name === unclampedForm ? 'asin_clamped' : name];
    const interval = method && proportionInterval(method, evidence);
    if (!interval) return undefined;
    const outside = name === unclampedForm && (interval.lower === 0 || interval.upper === 1);
    return outside ? wanted[name] : { lo: interval.lower, hi: interval.upper };
  };
  return {
    p: found.estimate,
    se: found.standardError,
    n: found.respondentCount,
    df: found.degreesOfFreedom,
    t,
    n_eff: size,
    n_eff_df: adjusted,
    n_eff_kg: Math.min(found.respondentCount, adjusted),
    level,
    rule_of_three: 3 / found.respondentCount,
    ci: Object.fromEntries(Object.keys(wanted).map((name) => [name, limits(name)])),
  };
}

export function presentationRow(found: Estimate): object {
  const rule = presentationRule(found);
  return {
    n: found.respondentCount,
    n_eff: rule.effectiveSampleSize,
    width: rule.width,
    relative_width: rule.relativeWidth ?? Infinity,
    decision: decisions[rule.decision],
    review_df: rule.reviewDegreesOfFreedom,
    review_zero: rule.reviewZero,
  };
}

export function intervalAnswer(check: Check, found: Estimate): unknown {
  const { level } = check.args as { level: number };
  return check.id.startsWith('nchs_') ? presentationRow(found) : intervalRow(found, level, check.values);
}

export const proportionIntervals: Handler = (check) => {
  const sample = citySample();
  const { y, domain } = check.args as { y: string; domain: Record<string, string | number> | null };
  const outcomes = y === 'literate' ? sample.numbers(y) : readTable('city_ci_outcomes.csv').numbers(y);
  const filters = Object.entries(domain ?? {}).map(([name, value]) => ({
    column: sample.text(name),
    value: String(value),
  }));
  const member = Uint8Array.from(outcomes, (_, row) =>
    filters.every((f) => f.column[row] === f.value) ? 1 : 0,
  );
  return intervalAnswer(
    check,
    estimated(sample.design, { statistic: 'proportion', outcome: outcomes, domain: member }),
  );
};
