/**
 * A sample before fieldwork, district by district: how many completes each gets, what they can and cannot show, how
 * many villages and addresses that takes and what it costs. Arithmetic only; assumptions are the caller's.
 */
import { ok, type Result } from '../domain/result';
import { allocateWithMinimum, type AllocationRule } from './allocation';
import {
  detectableAboveTarget,
  detectableDifference,
  marginOfSample,
  optimalRespondentsPerPsu,
  planningDesignEffect,
  powerForTarget,
  sampleSizeForDifference,
  sampleSizeForMargin,
  sampleSizeForTarget,
} from './sampleSize';

export interface PlannedDistrict {
  readonly id: string;
  /** Persons aged 18–69. */
  readonly populationCount: number;
  /** Assumed share of the district; null: the assumed share of the whole. */
  readonly share: number | null;
}

export interface SamplePlanQuestion {
  readonly districts: readonly PlannedDistrict[];
  /** Completed interviews over all districts. */
  readonly total: number;
  readonly rule: AllocationRule;
  /** Exponent of the power allocation, 0..1. */
  readonly exponent: number;
  readonly minimumPerDistrict: number;
  /** Assumed true share and the target it is held against, 0..1 exclusive. */
  readonly share: number;
  readonly target: number;
  /** Half width asked of every district, in shares. */
  readonly margin: number;
  /** Change since the last wave that should be found, in shares. */
  readonly change: number;
  readonly significanceLevel: number;
  readonly power: number;
  readonly confidenceLevel: number;
  readonly respondentsPerPsu: number;
  readonly intraclassCorrelation: number;
  /** Coefficient of variation of the weights. */
  readonly weightVariation: number;
  readonly responseRate: number;
  readonly costPerPsu: number;
  readonly costPerRespondent: number;
}

export interface SampleReading {
  readonly completes: number;
  readonly psuCount: number;
  readonly issued: number;
  readonly cost: number;
  /** Half width these completes give. */
  readonly margin: number;
  /** Chance to confirm the target if the assumed share is true; null when that share is not above the target. */
  readonly powerForTarget: number | null;
  /** How far above the target the truth must lie to be confirmed; null when no share does. */
  readonly detectableAboveTarget: number | null;
  /** Smallest change between two such waves that is found. */
  readonly detectableChange: number;
  /** Completes that would be needed; null where no sample is large enough (share at or below the target). */
  readonly neededForMargin: number;
  readonly neededForTarget: number | null;
  readonly neededForChange: number;
}

export interface PlannedSample extends SampleReading {
  readonly id: string;
  readonly populationCount: number;
  readonly share: number;
  /** Fewer than 10 villages: too few degrees of freedom to publish the district with confidence. */
  readonly hasFewPsus: boolean;
}

export interface SamplePlan {
  readonly designEffect: number;
  /** Respondents per village that cost least for the given costs and correlation. */
  readonly optimalRespondentsPerPsu: number;
  readonly districts: readonly PlannedSample[];
  /**
   * All districts together. Its design effect also carries the unequal sampling fractions of the allocation:
   * sum(W_h^2 / n_h) x n, W_h share of the population (Kish 1965, section 3.5).
   */
  readonly whole: SampleReading & { readonly designEffect: number };
}

/** A district needs this many villages for 8 or more degrees of freedom (statistics.md section 10). */
export const fewestPsus = 10;

interface Domain {
  readonly completes: number;
  readonly populationCount: number;
  readonly share: number;
  readonly designEffect: number;
  readonly psuCount: number;
}

function read(question: SamplePlanQuestion, domain: Domain): SampleReading {
  const { completes, populationCount, share, designEffect, psuCount } = domain;
  const { target, significanceLevel, power, confidenceLevel, responseRate } = question;
  const isAbove = share > target;
  const test = { target, designEffect, significanceLevel, power };
  const margin = { share, designEffect, populationCount, confidenceLevel };
  const difference = { share, designEffect, significanceLevel, power };
  return {
    completes,
    psuCount,
    issued: Math.ceil(completes / responseRate),
    cost: psuCount * question.costPerPsu + completes * question.costPerRespondent,
    margin: marginOfSample({ ...margin, completes }),
    powerForTarget: isAbove ? powerForTarget({ ...test, share, completes }) : null,
    detectableAboveTarget: detectableAboveTarget({ ...test, completes }),
    detectableChange: detectableDifference({ ...difference, firstCount: completes, secondCount: completes }),
    neededForMargin: sampleSizeForMargin({ ...margin, margin: question.margin, responseRate }).completes,
    neededForTarget: isAbove ? sampleSizeForTarget({ ...test, share }).completes : null,
    neededForChange: sampleSizeForDifference({
      first: share,
      second: changedShare(share, question.change),
      designEffect,
      significanceLevel,
      power,
    }).completes,
  };
}

/** The share after the change, kept inside 0..1. */
const changedShare = (share: number, change: number): number =>
  share + change < 1 ? share + change : share - change;

/**
 * Plans a sample. Failure: INVALID_INPUT {field: 'total', needed | possible} of `allocateWithMinimum`.
 * Agrees with the numbers of statistics.md section 10 and R power.prop.test (two groups).
 */
export function planSample(question: SamplePlanQuestion): Result<SamplePlan> {
  const { districts, total, rule, exponent, minimumPerDistrict, respondentsPerPsu } = question;
  const shareOf = (district: PlannedDistrict): number => district.share ?? question.share;
  const counts = allocateWithMinimum(
    districts.map((district) => ({
      populationCount: district.populationCount,
      standardDeviation: Math.sqrt(shareOf(district) * (1 - shareOf(district))),
      costPerRespondent: question.costPerRespondent,
    })),
    { total, rule, exponent, minimum: minimumPerDistrict },
  );
  if (!counts.ok) return counts;
  const designEffect = planningDesignEffect(question);
  const planned = districts.map((district, h): PlannedSample => {
    const completes = counts.value[h] ?? 0;
    const psuCount = Math.ceil(completes / respondentsPerPsu);
    const { id, populationCount } = district;
    const share = shareOf(district);
    const domain = { completes, populationCount, share, designEffect, psuCount };
    return { id, populationCount, share, hasFewPsus: psuCount < fewestPsus, ...read(question, domain) };
  });
  return ok({
    designEffect,
    optimalRespondentsPerPsu: optimalRespondentsPerPsu({
      perPsu: question.costPerPsu,
      perRespondent: question.costPerRespondent,
      intraclassCorrelation: question.intraclassCorrelation,
    }),
    districts: planned,
    whole: readWhole(question, planned, designEffect),
  });
}

function readWhole(
  question: SamplePlanQuestion,
  planned: readonly PlannedSample[],
  designEffect: number,
): SamplePlan['whole'] {
  const sum = (value: (district: PlannedSample) => number): number =>
    planned.reduce((total, district) => total + value(district), 0);
  const populationCount = sum((district) => district.populationCount);
  const completes = sum((district) => district.completes);
  const unequal =
    completes *
    sum((district) =>
      district.completes === 0 ? 0 : (district.populationCount / populationCount) ** 2 / district.completes,
    );
  const share = sum((district) => district.populationCount * district.share) / Math.max(1, populationCount);
  const wholeEffect = designEffect * unequal;
  const domain = {
    completes,
    populationCount,
    share,
    designEffect: wholeEffect,
    psuCount: sum((district) => district.psuCount),
  };
  return { designEffect: wholeEffect, ...read(question, domain) };
}
