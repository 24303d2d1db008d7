/**
 * One way to estimate for both bases: design-based with linearised errors, or model-based for a non-probability
 * sample. Callers see domain estimates and never which engine made them, except through `method`.
 */
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import { estimateByDomain } from '../estimation/estimate';
import type { Domain, DomainEstimate } from '../estimation/estimate';
import type { JointEstimates } from '../estimation/jointEstimates';
import { estimateJointly } from '../estimation/jointEstimates';
import { estimateJointlyWithModelReplicates } from '../estimation/modelJointEstimates';
import type { ModelReplicates, NonprobabilitySample } from '../estimation/modelReplicates';
import { createModelReplicates } from '../estimation/modelReplicates';
import { estimateWithModelReplicates } from '../estimation/nonprobability';
import { calibrate } from '../weighting/calibrate';
import { marginSpace } from '../weighting/margins';
import type { AnalysedRow, AnalysisInput } from './analysisInput';
import { categoryColumns, settledMargins } from './sampleDesign';
import type { SampleDesign } from './sampleDesign';

export interface Outcome {
  readonly statistic: 'proportion' | 'mean';
  /** One value per analysed row. */
  readonly values: Float64Array;
}

export interface Estimating {
  (outcome: Outcome, domains: readonly Domain[]): Result<readonly DomainEstimate[]>;
  /** The same domains with their covariance, for whatever compares them. Fails when a domain is empty. */
  readonly jointly: (outcome: Outcome, domains: readonly Domain[]) => Result<JointEstimates>;
}

/** Bootstrap draws of the model-based interval: 200 keep a whole report within seconds. */
export const modelReplicateCount = 200;

/** The same answers of the same survey always draw the same replicates. */
export const modelSeed = ({ survey, dataFingerprint }: AnalysisInput): string =>
  `${survey.id}:${dataFingerprint}`;

function designBased(design: SurveyDesign, confidenceLevel: number): Estimating {
  const interval = { method: 'logit', confidenceLevel } as const;
  return Object.assign(
    ({ statistic, values }: Outcome, domains: readonly Domain[]) =>
      estimateByDomain(design, { statistic, outcome: values, interval }, domains),
    {
      jointly: ({ statistic, values }: Outcome, domains: readonly Domain[]) =>
        estimateJointly(design, { statistic, outcome: values }, domains),
    },
  );
}

function modelBased(replicates: ModelReplicates, confidenceLevel: number): Estimating {
  const interval = { confidenceLevel };
  return Object.assign(
    ({ statistic, values }: Outcome, domains: readonly Domain[]) =>
      ok(estimateWithModelReplicates(replicates, { statistic, outcome: values, interval }, domains)),
    {
      jointly: ({ statistic, values }: Outcome, domains: readonly Domain[]) =>
        estimateJointlyWithModelReplicates(replicates, { statistic, outcome: values }, domains),
    },
  );
}

/** The margins' cells are coded once; every replicate is calibrated to the same totals. */
function modelSample(
  rows: readonly AnalysedRow[],
  sample: SampleDesign,
  input: AnalysisInput,
): Result<NonprobabilitySample> {
  const margins = settledMargins(input.margins?.margins ?? []);
  const isCalibrated = input.survey.settings.weighting.kind === 'calibrated' && margins.length > 0;
  const plain: NonprobabilitySample = {
    baseWeights: sample.calibration?.info.baseWeights ?? sample.design.weights,
    sites: sample.hasPsu ? rows.map((row) => row.respondent.design.psu) : null,
    seed: modelSeed(input),
    replicateCount: modelReplicateCount,
  };
  if (!isCalibrated) return ok(plain);
  const space = marginSpace(margins, categoryColumns(rows), rows.length);
  if (!space.ok) return space;
  return ok({ ...plain, calibrate: (weights) => calibrate(weights, space.value, { distance: 'raking' }) });
}

/**
 * The survey's way of estimating; the basis decides, nothing else.
 * Failures: those of drawing the replicates of a non-probability sample.
 */
export function estimatingFor(
  rows: readonly AnalysedRow[],
  sample: SampleDesign,
  input: AnalysisInput,
): Result<Estimating> {
  const { confidenceLevel } = input;
  if (input.survey.settings.basis === 'probability') return ok(designBased(sample.design, confidenceLevel));
  const model = modelSample(rows, sample, input);
  if (!model.ok) return model;
  const replicates = createModelReplicates(model.value);
  return replicates.ok ? ok(modelBased(replicates.value, confidenceLevel)) : replicates;
}
