/**
 * The answer to an analysis specification: plain values at full precision, with the methods that made them.
 * Shares are 0..1; null stands where a number does not exist and is never a zero that means "unknown".
 */
import type { Diagnostic, VarianceMethod } from '../estimation/estimateRecord';
import type { DomainEstimate } from '../estimation/estimate';
import type { Interval } from '../estimation/intervals';
import type { SinglePsuRule } from '../estimation/design/surveyDesign';
import type { StatisticId } from '../estimation/estimators/registry';
import type { ReplicateCentre, ReplicationMethod } from '../estimation/variance/replicates';
import type { DataTable } from './dataTable';
import type { StepFindings } from './run/weighting';
import type { WeightingStep } from './schema/weighting';

/** Categories of a domain by column; empty: everyone (or everyone inside the filter). */
export type DomainKeys = Readonly<Record<string, string>>;

export interface NumberLine {
  readonly outcome: string;
  readonly domain: DomainKeys;
  readonly status: 'estimated';
  readonly estimate: number;
  readonly variance: number | null;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number;
  readonly coefficientOfVariation: number | null;
  readonly designEffect: number | null;
  readonly effectiveSampleSize: number | null;
  /** Empty without a usable variance. */
  readonly intervals: readonly Interval[];
  readonly respondentCount: number;
  readonly psuCount: number;
  readonly stratumCount: number;
  readonly weightTotal: number;
  readonly method: VarianceMethod;
  readonly diagnostics: readonly Diagnostic[];
}

export interface EmptyLine {
  readonly outcome: string;
  readonly domain: DomainKeys;
  readonly status: 'empty';
  readonly reason: Extract<DomainEstimate, { status: 'empty' }>['reason'];
}

export interface QuantileLine {
  readonly outcome: string;
  readonly domain: DomainKeys;
  readonly probability: number;
  readonly estimate: number;
  readonly standardError: number | null;
  readonly interval: Interval | null;
  readonly degreesOfFreedom: number;
  readonly respondentCount: number;
  readonly psuCount: number;
  readonly method: VarianceMethod;
}

export interface ContrastLine {
  readonly name: string;
  /** The two domains of a difference or ratio. */
  readonly first: DomainKeys | null;
  readonly second: DomainKeys | null;
  readonly estimate: number;
  readonly standardError: number | null;
  /** Null where there is none, as for ratios. */
  readonly t: number | null;
  readonly degreesOfFreedom: number;
  readonly pValue: number | null;
  /** After the adjustment for several comparisons; null where none is made. */
  readonly adjustedPValue: number | null;
  readonly interval: Interval | null;
}

export interface TestLine {
  readonly name: string;
  /** Null when the covariance came out negative (joint probabilities). */
  readonly statistic: number | null;
  /** One number for chi-square, numerator and denominator for F. */
  readonly degreesOfFreedom: readonly number[];
  readonly pValue: number | null;
}

export interface CoefficientLine {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number | null;
  readonly t: number | null;
  readonly pValue: number | null;
  readonly interval: Interval | null;
  /** exp(estimate) of a logistic regression. */
  readonly oddsRatio: number | null;
}

export interface MarginLine {
  readonly column: string;
  readonly category: string;
  readonly estimate: number;
  readonly standardError: number | null;
  readonly interval: Interval | null;
}

export type AnalysisAnswer =
  | {
      readonly id: string;
      readonly kind: 'estimates';
      readonly statistic: StatisticId;
      readonly lines: readonly (NumberLine | EmptyLine)[];
    }
  | {
      readonly id: string;
      readonly kind: 'quantiles';
      readonly rule: string;
      readonly lines: readonly (QuantileLine | EmptyLine)[];
    }
  | {
      readonly id: string;
      readonly kind: 'contrasts';
      readonly statistic: StatisticId;
      readonly outcome: string;
      readonly method: VarianceMethod;
      readonly adjustment: string;
      readonly domains: readonly { readonly domain: DomainKeys; readonly estimate: number }[];
      /** Of the domains, row by row. */
      readonly covariance: readonly (readonly number[])[];
      readonly lines: readonly ContrastLine[];
    }
  | {
      readonly id: string;
      readonly kind: 'tTest';
      readonly outcome: string;
      readonly method: VarianceMethod;
      readonly estimate: number;
      readonly standardError: number | null;
      readonly t: number | null;
      readonly degreesOfFreedom: number;
      readonly pValue: number | null;
      readonly interval: Interval | null;
    }
  | {
      readonly id: string;
      readonly kind: 'chiSquare';
      readonly rows: string;
      readonly columns: string;
      readonly method: 'linearised';
      /** True when the specification asked for replicates, which are not used here. */
      readonly replacesReplicates: boolean;
      readonly tests: readonly TestLine[];
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly id: string;
      readonly kind: 'regression';
      readonly family: 'linear' | 'logistic';
      readonly outcome: string;
      readonly method: 'linearised';
      /** True when the specification asked for replicates, which are not used here. */
      readonly replacesReplicates: boolean;
      readonly coefficients: readonly CoefficientLine[];
      readonly covariance: readonly (readonly number[])[];
      readonly degreesOfFreedom: number;
      readonly waldTests: readonly TestLine[];
      readonly predictiveMargins: readonly MarginLine[];
      readonly diagnostics: readonly Diagnostic[];
    };

export interface DesignSummary {
  readonly rowCount: number;
  /** Rows with a final weight. */
  readonly respondentCount: number;
  readonly stageCount: number;
  readonly stratumCount: number;
  readonly psuCount: number;
  readonly degreesOfFreedom: number;
  readonly finitePopulationCorrection: boolean;
  readonly unequalProbabilities: string | null;
  readonly singlePsuRule: SinglePsuRule;
  /** Strata of the first stage with one PSU, which the rule was applied to. */
  readonly singlePsuStrata: readonly string[];
}

/** Weights before the first step (`base`) and after every step. */
export interface WeightStage extends StepFindings {
  readonly step: 'base' | WeightingStep['step'];
  readonly rowCount: number;
  readonly total: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly kishDesignEffect: number;
  /** Smallest and largest weight / weight of the stage before; null for base weights. */
  readonly minimumAdjustment: number | null;
  readonly maximumAdjustment: number | null;
}

export type VarianceSummary =
  | { readonly method: 'linearised' }
  | {
      readonly method: 'replicates';
      readonly replication: ReplicationMethod | 'file';
      readonly replicateCount: number;
      readonly reweighed: boolean;
      readonly centre: ReplicateCentre;
    }
  | { readonly method: 'model-based-bootstrap'; readonly replicateCount: number; readonly redrawn: number };

export interface AnalysisResult {
  readonly formatVersion: 1;
  readonly title: string;
  readonly level: number;
  readonly design: DesignSummary;
  readonly weighting: readonly WeightStage[];
  readonly variance: VarianceSummary;
  readonly analyses: readonly AnalysisAnswer[];
}

/** What a run gives: the document, and the tables a statistician may want to keep. */
export interface AnalysisRun {
  readonly result: AnalysisResult;
  /** One row per row of the data: base weight and the weight after every step. */
  readonly weights: DataTable;
  /** Factors per PSU with their scales (`toReplicateTable`); null without replicates of PSUs. */
  readonly replicates: {
    readonly header: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
  } | null;
}
