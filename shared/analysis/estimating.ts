/**
 * One way to estimate for both bases: design-based with linearised errors, or model-based for a non-probability
 * sample. Callers see domain estimates and never which engine made them, except through `method`.
 */
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Basis } from '../domain/survey';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import { estimateByDomain } from '../estimation/estimate';
import type { Domain, DomainEstimate } from '../estimation/estimate';
import { modelBasedEstimateByDomain } from '../estimation/nonprobability';
import type { NonprobabilitySample } from '../estimation/nonprobability';
import { calibrateToMargins } from '../weighting/calibrate';
import type { AnalysedRow, AnalysisInput } from './analysisInput';
import { categoryColumns } from './sampleDesign';
import type { SampleDesign } from './sampleDesign';

export interface Outcome {
  readonly statistic: 'proportion' | 'mean';
  /** One value per analysed row. */
  readonly values: Float64Array;
}

export type Estimating = (outcome: Outcome, domains: readonly Domain[]) => Result<readonly DomainEstimate[]>;

/** Bootstrap draws of the model-based interval: 200 keep a whole report within seconds. */
const modelReplicates = 200;

function designBased(design: SurveyDesign, confidenceLevel: number): Estimating {
  return (outcome, domains) =>
    estimateByDomain(
      design,
      {
        statistic: outcome.statistic,
        outcome: outcome.values,
        interval: { method: 'logit', confidenceLevel },
      },
      domains,
    );
}

function modelSample(
  rows: readonly AnalysedRow[],
  sample: SampleDesign,
  input: AnalysisInput,
): NonprobabilitySample {
  const margins = input.margins?.margins ?? [];
  const columns = categoryColumns(rows);
  const isCalibrated = input.survey.settings.weighting.kind === 'calibrated' && margins.length > 0;
  return {
    baseWeights: sample.calibration?.info.baseWeights ?? sample.design.weights,
    sites: sample.hasPsu ? rows.map((row) => row.respondent.design.psu) : null,
    seed: `${input.survey.id}:${input.dataFingerprint}`,
    replicateCount: modelReplicates,
    ...(isCalibrated
      ? {
          calibrate: (weights: Float64Array) =>
            calibrateToMargins(weights, margins, columns, { distance: 'raking' as const }),
        }
      : {}),
  };
}

/** The survey's way of estimating; the basis decides, nothing else. */
export function estimatingFor(
  basis: Basis,
  rows: readonly AnalysedRow[],
  sample: SampleDesign,
  input: AnalysisInput,
): Estimating {
  if (basis === 'probability') return designBased(sample.design, input.confidenceLevel);
  const model = modelSample(rows, sample, input);
  return (outcome, domains) =>
    domains.length === 0
      ? ok([])
      : modelBasedEstimateByDomain(
          model,
          {
            statistic: outcome.statistic,
            outcome: outcome.values,
            interval: { confidenceLevel: input.confidenceLevel },
          },
          domains,
        );
}
