/**
 * Fay-Herriot model of the units beside their direct estimates, on the arcsine scale, benchmarked to the direct
 * estimate of the region. Only units whose direct estimate is shown take part. Sampling variances are smoothed by one
 * pooled design effect (D = deff / 4n), so a unit without spread has an error like everybody else. The region register
 * holds no covariates: the model has a mean only, and the results say so. Never ranked.
 */
import { benchmark } from '../estimation/smallArea/benchmark';
import { fitArcsineFayHerriot, type ArcsineAreaEstimate } from '../estimation/smallArea/arcsine';
import type { AreaEstimate, AreaModelFit } from '../estimation/smallArea/fayHerriot';
import { at } from '../numeric/typedArray';
import type { SmallAreaEstimate, SmallAreaResults } from '../results/comparisonResults';
import type { ShownFigure, SurveyResults } from '../results/surveyResults';

export interface SmallAreaInput {
  readonly basis: SurveyResults['basis'];
  readonly confidenceLevel: number;
  readonly units: SurveyResults['units'];
}

/** A model of fewer areas knows too little of how areas differ (statistics.md §7). */
export const fewestAreas = 12;

interface Area {
  readonly regionCode: string;
  readonly figure: ShownFigure;
}

type Reason = Extract<SmallAreaResults, { state: 'refused' }>['reason'];
const refused = (reason: Reason, areaCount: number): SmallAreaResults => ({
  state: 'refused',
  reason,
  areaCount,
  needed: fewestAreas,
});

/** Small-area section of the results document, or why there is none. */
export function smallAreaOf(input: SmallAreaInput): SmallAreaResults {
  const areas = input.units.flatMap(({ regionCode, literate }): readonly Area[] =>
    literate.state === 'shown' ? [{ regionCode, figure: literate }] : [],
  );
  if (input.basis === 'nonprobability') return refused('nonprobability', areas.length);
  if (areas.length < fewestAreas) return refused('fewAreas', areas.length);
  const designEffect = pooledDesignEffect(areas);
  if (designEffect === null) return refused('notFitted', areas.length);
  const sizes = Float64Array.from(areas, ({ figure }) => figure.respondentCount / designEffect);
  const shares = Float64Array.from(areas, ({ figure }) => figure.estimate);
  const fitWith = (method: 'reml' | 'adjustedReml') =>
    fitArcsineFayHerriot(
      { shares, effectiveSampleSizes: sizes, covariates: [] },
      input.confidenceLevel,
      method,
    );
  const plain = fitWith('reml');
  const method = plain.ok && plain.value.model.isSynthetic ? 'adjustedReml' : 'reml';
  const fitted = method === 'reml' ? plain : fitWith(method);
  if (!fitted.ok) return refused('notFitted', areas.length);
  const populations = Float64Array.from(areas, ({ figure }) => figure.weightTotal ?? figure.respondentCount);
  const before = Float64Array.from(fitted.value.areas, ({ share }) => share);
  const target = weightedMean(shares, populations);
  const moved = benchmark({ estimates: before, populations, target }, 'ratio');
  if (!moved.ok) return refused('notFitted', areas.length);
  const { model } = fitted.value;
  return {
    state: 'fitted',
    confidenceLevel: input.confidenceLevel,
    method,
    modelVariance: model.modelVariance,
    pooledDesignEffect: designEffect,
    covariates: [],
    benchmark: {
      before: moved.value.sumBefore,
      target,
      isWholeRegion: areas.length === input.units.length,
    },
    areas: fitted.value.areas.flatMap((transformed, k): readonly SmallAreaEstimate[] => {
      const [area, fit] = [areas[k], model.areas[k]];
      if (area === undefined || fit === undefined) return [];
      const factor = target / moved.value.sumBefore;
      return [areaEstimate({ area, fit, transformed, model, size: at(sizes, k), factor })];
    }),
    leftOut: input.units.length - areas.length,
  };
}

const weightedMean = (values: Float64Array, weights: Float64Array): number =>
  values.reduce((sum, value, k) => sum + value * at(weights, k), 0) /
  weights.reduce((sum, weight) => sum + weight, 0);

/** Mean of the areas' design effects V n / (p (1 - p)), weighted by n; null when no area has one. */
function pooledDesignEffect(areas: readonly Area[]): number | null {
  let [products, count] = [0, 0];
  for (const { figure } of areas) {
    const { estimate, standardError, respondentCount } = figure;
    const simple = (estimate * (1 - estimate)) / respondentCount;
    if (!(simple > 0) || standardError === 0) continue;
    products += (respondentCount * standardError ** 2) / simple;
    count += respondentCount;
  }
  return products > 0 ? products / count : null;
}

interface AreaParts {
  readonly area: Area;
  readonly fit: AreaEstimate;
  readonly transformed: ArcsineAreaEstimate;
  readonly model: AreaModelFit;
  readonly size: number;
  /** Benchmarking multiplies estimate, error and limits alike. */
  readonly factor: number;
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

function areaEstimate({ area, fit, transformed, model, size, factor }: AreaParts): SmallAreaEstimate {
  const { interval, estimate } = area.figure;
  // d sin^2(z) / dz = sin(2z).
  const slope = Math.abs(Math.sin(2 * transformed.transformed));
  return {
    regionCode: area.regionCode,
    direct: estimate,
    directInterval: interval === null ? null : { lower: interval.lower, upper: interval.upper },
    effectiveSampleSize: size,
    directWeight: fit.directWeight,
    synthetic: Math.sin(fit.synthetic) ** 2,
    model: clamp(transformed.share * factor),
    rootMeanSquaredError: slope * Math.sqrt(transformed.transformedMeanSquaredError) * factor,
    interval: { lower: clamp(transformed.lower * factor), upper: clamp(transformed.upper * factor) },
    residual: (fit.direct - fit.synthetic) / Math.sqrt(model.modelVariance + 1 / (4 * size)),
  };
}
