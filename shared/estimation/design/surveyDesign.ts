/**
 * The design of a survey sample: who was drawn with whom, from which stratum, with which weight.
 * Every statistic takes a design; no statistic takes loose weight columns. A design is immutable and carries
 * the choices R keeps in global options.
 */
import { fail, ok, type Result } from '../../domain/result';
import { prepareCalibration, type CalibrationInfo, type PreparedCalibration } from './calibrationInfo';
import type { SinglePsuRule, SurveyDesignSpec } from './designSpec';
import { buildStages, type DesignStage } from './stages';
import { prepareUnequalProbabilities, type PreparedUnequalProbabilities } from './unequalProbabilities';

export type {
  FinitePopulation,
  SinglePsuRule,
  StageSpec,
  SurveyDesignSpec,
  UnequalProbabilities,
} from './designSpec';
export type { CalibrationInfo } from './calibrationInfo';

export interface SurveyDesign {
  readonly rowCount: number;
  readonly weights: Float64Array;
  readonly stages: readonly DesignStage[];
  readonly singlePsuRule: SinglePsuRule;
  readonly psuCount: number;
  readonly stratumCount: number;
  readonly calibration: PreparedCalibration | null;
  readonly unequalProbabilities: PreparedUnequalProbabilities | null;
}

/**
 * Checks and builds a design.
 * Failures: NO_RESPONDENTS; WEIGHT_NOT_POSITIVE {row} (negative, missing or infinite, or all zero);
 * DESIGN_VARIABLE_MISSING {variable, row}; PSU_IN_TWO_STRATA {psu, stratum, otherStratum};
 * FPC_INVALID {stage, stratum}; SINGLE_PSU_STRATUM {stratum, stage, count}; INVALID_INPUT {field:
 * 'unequalProbabilities'} with several stages or a finite population beside them, {field: 'jointProbabilities', psu}.
 * Rows are counted from 1.
 * Agrees with R: survey::svydesign(ids, strata, weights, fpc, nest).
 */
export function createSurveyDesign(spec: SurveyDesignSpec): Result<SurveyDesign> {
  const rowCount = spec.weights.length;
  if (rowCount === 0) return fail('NO_RESPONDENTS');
  const badRow = spec.weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (badRow >= 0) return fail('WEIGHT_NOT_POSITIVE', { row: badRow + 1 });
  if (!spec.weights.some((weight) => weight > 0)) return fail('WEIGHT_NOT_POSITIVE', { row: 1 });

  const singlePsuRule = spec.singlePsuRule ?? 'fail';
  const stages = buildStages(spec, rowCount, singlePsuRule);
  if (!stages.ok) return stages;
  const first = stages.value[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  const finest = stages.value[stages.value.length - 1] ?? first;
  const unequal = unequalProbabilitiesOf(spec, first);
  if (!unequal.ok) return unequal;

  return ok({
    rowCount,
    weights: spec.weights.slice(),
    stages: stages.value,
    singlePsuRule,
    psuCount: first.unitCount,
    stratumCount: first.stratumCount,
    calibration: spec.calibration ? prepareCalibration(spec.calibration, spec.weights, finest) : null,
    unequalProbabilities: unequal.value,
  });
}

function unequalProbabilitiesOf(
  spec: SurveyDesignSpec,
  first: DesignStage,
): Result<PreparedUnequalProbabilities | null> {
  if (!spec.unequalProbabilities) return ok(null);
  return spec.stages.length > 1 || spec.stages[0]?.finitePopulation
    ? fail('INVALID_INPUT', { field: 'unequalProbabilities', stages: spec.stages.length })
    : prepareUnequalProbabilities(spec.unequalProbabilities, first);
}

/** The same sample with calibrated weights; its variances use residuals from the calibration variables. */
export function withCalibration(
  design: SurveyDesign,
  calibrated: { readonly weights: Float64Array; readonly info: CalibrationInfo },
): SurveyDesign {
  const finest = design.stages[design.stages.length - 1];
  if (finest === undefined) throw new Error('a design has at least one stage');
  return {
    ...design,
    weights: calibrated.weights.slice(),
    calibration: prepareCalibration(calibrated.info, calibrated.weights, finest),
  };
}
