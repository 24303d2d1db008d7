/** One way to estimate for all methods of sampling errors: linearised, replicates, model-based bootstrap. */
import { fail, ok, type Result } from '../../domain/result';
import { designEffect } from '../../estimation/designEffect';
import type { ComparedEstimates } from '../../estimation/comparisons';
import type { SurveyDesign } from '../../estimation/design/surveyDesign';
import { domainRows, pick } from '../../estimation/domainRows';
import {
  estimateByDomain,
  type Domain,
  type DomainEstimate,
  type EstimateRequest,
} from '../../estimation/estimate';
import { commonDiagnostics, type Estimate, type VarianceMethod } from '../../estimation/estimateRecord';
import { estimateJointly } from '../../estimation/jointEstimates';
import { estimateJointlyWithModelReplicates } from '../../estimation/modelJointEstimates';
import type { ModelReplicates } from '../../estimation/modelReplicates';
import { estimateWithModelReplicates } from '../../estimation/nonprobability';
import {
  estimateWithReplicates,
  replicateCovarianceMatrix,
  type CellReweighting,
  type ReplicateEstimate,
} from '../../estimation/replicateEstimate';
import type { ReplicateCentre, ReplicateWeights } from '../../estimation/variance/replicates';

export type Request = Omit<EstimateRequest, 'domain'>;

/** Replicates with the weighting repeated where it should be: in the factors already, or by cells as they are used. */
export interface FinalReplicates {
  /** The units the factors belong to and the weights they multiply: final ones, or base weights with `reweigh`. */
  readonly design: SurveyDesign;
  readonly weights: ReplicateWeights;
  /** Null: the factors lead to final weights. */
  readonly reweigh: CellReweighting | null;
  readonly centre: ReplicateCentre;
}

export interface SamplingErrors {
  readonly method: VarianceMethod;
  /** Final weights, strata and PSUs: sizes and degrees of freedom come from here. */
  readonly design: SurveyDesign;
  readonly replicates: FinalReplicates | null;
  readonly byDomain: (request: Request, domains: readonly Domain[]) => Result<readonly DomainEstimate[]>;
  /** Failures: EMPTY_DOMAIN, TOO_FEW_PSUS; SPEC_NOT_SUPPORTED for the model-based bootstrap. */
  readonly joint: (request: Request, domains: readonly Domain[]) => Result<ComparedEstimates>;
}

export const linearisedErrors = (design: SurveyDesign): SamplingErrors => ({
  method: 'linearised',
  design,
  replicates: null,
  byDomain: (request, domains) => estimateByDomain(design, request, domains),
  joint: (request, domains) => estimateJointly(design, request, domains),
});

/** Only rows with a final weight: the replicates' own design may know more rows. */
const weightedOnly = (design: SurveyDesign, request: Request): Request => ({
  ...request,
  outcome: request.outcome.map((value, row) => (design.weights[row] === 0 ? NaN : value)),
});

function replicateEstimates(
  design: SurveyDesign,
  replicates: FinalReplicates,
  request: Request,
  domains: readonly Domain[],
): Result<readonly ReplicateEstimate[]> {
  const { weights, centre, reweigh } = replicates;
  return estimateWithReplicates(
    replicates.design,
    { ...weightedOnly(design, request), centre, ...(reweigh === null ? {} : { reweigh }) },
    weights,
    domains,
  );
}

export const replicateErrors = (design: SurveyDesign, replicates: FinalReplicates): SamplingErrors => ({
  method: 'replicates',
  design,
  replicates,
  byDomain: (request, domains) => {
    const sizes = estimateByDomain(design, request, domains);
    if (!sizes.ok) return sizes;
    const filled = domains.filter((_, index) => sizes.value[index]?.status === 'estimated');
    const found = replicateEstimates(design, replicates, request, filled);
    if (!found.ok) return found;
    const variances = new Map(found.value.map((each) => [each.id, each.variance]));
    return ok(
      sizes.value.map((each, index): DomainEstimate => {
        const domain = domains[index];
        if (each.status === 'empty' || domain === undefined) return each;
        const variance = variances.get(each.id) ?? 0;
        return { ...each, estimate: withVariance(design, { ...each, variance, domain }, request) };
      }),
    );
  },
  joint: (request, domains) => {
    const found = replicateEstimates(design, replicates, request, domains);
    if (!found.ok) return found;
    const degreesOfFreedom = design.psuCount - design.stratumCount;
    if (degreesOfFreedom <= 0) return fail('TOO_FEW_PSUS', { psuCount: design.psuCount });
    return ok({
      ids: domains.map(({ id }) => id),
      estimates: Float64Array.from(found.value, ({ estimate }) => estimate),
      covariance: replicateCovarianceMatrix(found.value, replicates.weights, replicates.centre),
      degreesOfFreedom,
    });
  },
});

interface Revalued {
  readonly estimate: Estimate;
  readonly variance: number;
  readonly domain: Domain;
}

const sizeDiagnostics: readonly string[] = ['MISSING_OUTCOMES', 'NEGATIVE_WEIGHTS'];

/** The estimate with the replicates' variance in place of the linearised one. */
function withVariance(design: SurveyDesign, found: Revalued, request: Request): Estimate {
  const { estimate: whole, variance, domain } = found;
  const standardError = Math.sqrt(variance);
  const numbers = {
    ...whole,
    variance,
    standardError,
    coefficientOfVariation: whole.estimate === 0 ? null : standardError / Math.abs(whole.estimate),
    ...effectOf(design, { variance, domain, weightTotal: whole.weightTotal }, request),
    method: 'replicates' as const,
    interval: null,
  };
  const kept = whole.diagnostics.filter(({ code }) => sizeDiagnostics.includes(code));
  return { ...numbers, diagnostics: [...commonDiagnostics(numbers), ...kept] };
}

function effectOf(
  design: SurveyDesign,
  found: { readonly variance: number; readonly domain: Domain; readonly weightTotal: number },
  request: Request,
): Pick<Estimate, 'designEffect' | 'effectiveSampleSize'> {
  if (request.statistic === 'ratio') return { designEffect: null, effectiveSampleSize: null };
  const { rows } = domainRows(design, request, found.domain.member);
  const effect = designEffect({
    statistic: request.statistic === 'total' ? 'total' : 'mean',
    outcome: pick(request.outcome, rows),
    weights: pick(design.weights, rows),
    weightTotal: found.weightTotal,
    variance: found.variance,
    reference: request.designEffectReference ?? 'withoutReplacement',
  });
  return { designEffect: effect.designEffect, effectiveSampleSize: effect.effectiveSampleSize };
}

const isModelStatistic = ({ statistic }: Request): boolean =>
  statistic === 'mean' || statistic === 'proportion';

export const modelErrors = (design: SurveyDesign, replicates: ModelReplicates): SamplingErrors => ({
  method: 'model-based-bootstrap',
  design,
  replicates: null,
  byDomain: (request, domains) =>
    isModelStatistic(request)
      ? ok(estimateWithModelReplicates(replicates, request, domains))
      : fail('SPEC_NOT_SUPPORTED', { with: request.statistic }),
  joint: (request, domains) =>
    isModelStatistic(request)
      ? estimateJointlyWithModelReplicates(replicates, request, domains)
      : fail('SPEC_NOT_SUPPORTED', { with: request.statistic }),
});
