/**
 * Fay-Herriot model for shares on the arcsine scale z = asin(sqrt(p)), whose sampling variance 1/(4 n_eff) does not
 * depend on the unknown share: the choice for rare outcomes and small districts (Hadam, Wuerz & Kreutzmann 2020).
 */
import { fail, ok, type Result } from '../../domain/result';
import { normalQuantile } from '../../numeric/distributions';
import { at } from '../../numeric/typedArray';
import { fitFayHerriot, type AreaModelFit, type AreaVarianceMethod } from './fayHerriot';

export interface ArcsineInput {
  /** Direct share of every area, 0..1. */
  readonly shares: Float64Array;
  /** Respondents / design effect. */
  readonly effectiveSampleSizes: Float64Array;
  readonly covariates: readonly Float64Array[];
}

export interface ArcsineAreaEstimate {
  /** EBLUP and its mean squared error on the arcsine scale. */
  readonly transformed: number;
  readonly transformedMeanSquaredError: number;
  /** sin^2 of the EBLUP; slightly biased. */
  readonly naive: number;
  /** Mean of sin^2 over the predictive distribution: (1 - exp(-2 g1) cos(2 z)) / 2. The share to publish. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** Failures: INVALID_INPUT {field: 'shares' | 'effectiveSampleSizes', row} and those of `fitFayHerriot`. */
export function fitArcsineFayHerriot(
  input: ArcsineInput,
  confidenceLevel = 0.95,
  method: AreaVarianceMethod = 'reml',
): Result<{ readonly model: AreaModelFit; readonly areas: readonly ArcsineAreaEstimate[] }> {
  const { shares, effectiveSampleSizes, covariates } = input;
  const badShare = shares.findIndex((p) => !(p >= 0 && p <= 1));
  if (badShare >= 0) return fail('INVALID_INPUT', { field: 'shares', row: badShare + 1 });
  const badSize = shares.findIndex((_, area) => !(at(effectiveSampleSizes, area) > 0));
  if (badSize >= 0) return fail('INVALID_INPUT', { field: 'effectiveSampleSizes', row: badSize + 1 });
  const areas = {
    direct: shares.map((p) => Math.asin(Math.sqrt(p))),
    samplingVariances: effectiveSampleSizes.map((n) => 1 / (4 * n)),
    covariates,
  };
  const fitted = fitFayHerriot(areas, method);
  if (!fitted.ok) return fitted;
  const z = normalQuantile((1 + confidenceLevel) / 2);
  return ok({
    model: fitted.value,
    areas: fitted.value.areas.map(({ eblup, meanSquaredError, g1 }) => {
      const half = z * Math.sqrt(meanSquaredError);
      return {
        transformed: eblup,
        transformedMeanSquaredError: meanSquaredError,
        naive: Math.sin(eblup) ** 2,
        share: (1 - Math.exp(-2 * g1) * Math.cos(2 * eblup)) / 2,
        lower: Math.sin(Math.max(0, eblup - half)) ** 2,
        upper: Math.sin(Math.min(Math.PI / 2, eblup + half)) ** 2,
      };
    }),
  });
}
