/**
 * Unit nonresponse by response propensity: a weighted logistic regression of response on what is known of everyone
 * sampled (Little 1986); respondents take the inverse of their propensity, or classes of similar propensity take over
 * the weight of their silent members, which tolerates a wrong model better.
 */
import { fail, ok, type Result } from '../domain/result';
import { createSurveyDesign } from '../estimation/design/surveyDesign';
import { modelMatrix, type ModelMatrix, type ModelTerm } from '../estimation/models/modelMatrix';
import { fitRegression } from '../estimation/models/regression';
import { at } from '../numeric/typedArray';
import { adjustForNonresponse, type ResponseClass } from './nonresponse';

export interface PropensitySpec {
  /** Known of respondents and nonrespondents alike, one value per sampled person. */
  readonly terms: readonly ModelTerm[];
  /** Number of classes by quantiles of the propensity (five are usual); absent: inverse propensity. */
  readonly classCount?: number;
}

export interface PropensityAdjustment {
  /** Adjusted weights; nonrespondents get zero. */
  readonly weights: Float64Array;
  /** Fitted probability of response of every sampled person, 0..1. */
  readonly propensities: Float64Array;
  /** Names and values of the fitted coefficients, constant first. */
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  /** From the lowest propensity to the highest; empty without classes. */
  readonly classes: readonly ResponseClass[];
}

/**
 * Failures: CALIBRATION_NOT_CONVERGED {variable: 'logistic'} when a term predicts response perfectly (join categories);
 * CALIBRATION_SINGULAR {variable} when a term repeats others; INVALID_INPUT {field: 'terms'} when a category belongs only to
 * persons without a weight; NO_RESPONDENTS {class}; those of `createSurveyDesign`.
 * Agrees with R: glm(respond ~ terms, family = quasibinomial, weights = weight), then weight / fitted.
 */
export function adjustByPropensity(
  baseWeights: Float64Array,
  responded: Uint8Array,
  spec: PropensitySpec,
): Result<PropensityAdjustment> {
  if (!responded.includes(1)) return fail('NO_RESPONDENTS', { class: '' });
  const design = createSurveyDesign({ stages: [], weights: baseWeights });
  if (!design.ok) return design;
  const outcome = Float64Array.from(responded);
  const fit = fitRegression(design.value, { outcome, terms: spec.terms, family: 'logistic' });
  if (!fit.ok) return fit;
  const { names, coefficients } = fit.value;
  const everyone = modelMatrix(spec.terms, Int32Array.from(baseWeights.keys()));
  if (everyone.names.join() !== names.join()) return fail('INVALID_INPUT', { field: 'terms' });
  const propensities = fittedPropensities(everyone, coefficients);
  const fitted = { propensities, names, coefficients };
  if (spec.classCount === undefined) {
    const weights = baseWeights.map((weight, row) =>
      responded[row] === 1 ? weight / at(propensities, row) : 0,
    );
    return ok({ ...fitted, weights, classes: [] });
  }
  const classOf = propensityClasses(propensities, spec.classCount).map(String);
  const adjusted = adjustForNonresponse(baseWeights, responded, {
    columns: { propensity: classOf },
    variables: ['propensity'],
  });
  if (!adjusted.ok) return adjusted;
  const classes = [...adjusted.value.classes].sort(
    (a, b) => Number(a.categories[0]) - Number(b.categories[0]),
  );
  return ok({ ...fitted, weights: adjusted.value.weights, classes });
}

function fittedPropensities({ cells }: ModelMatrix, coefficients: Float64Array): Float64Array {
  const size = coefficients.length;
  return Float64Array.from({ length: cells.length / size }, (_, row) => {
    let predictor = 0;
    for (let k = 0; k < size; k++) predictor += at(cells, row * size + k) * at(coefficients, k);
    return 1 / (1 + Math.exp(-predictor));
  });
}

/** Class 1..count of every person by equal-count quantiles (R: quantile type 7); equal propensities stay together. */
function propensityClasses(propensities: Float64Array, count: number): readonly number[] {
  const sorted = Float64Array.from(propensities).sort();
  const cuts = Array.from({ length: count - 1 }, (_, k) => {
    const position = ((k + 1) / count) * (sorted.length - 1);
    const lower = at(sorted, Math.floor(position));
    return lower + (position - Math.floor(position)) * (at(sorted, Math.ceil(position)) - lower);
  });
  return Array.from(propensities, (p) => 1 + cuts.filter((cut) => p > cut * (1 + 1e-12)).length);
}
