/**
 * The model-based 达标率 of a survey (question-bank-spec §3.7 d): twenty plausible values per person by latent regression
 * on the survey's units and groupings under the stored calibration of its form, the share of theta >= theta_c of every
 * published domain by the survey's own way of estimating, pooled by Rubin's rules.
 */
import type { Domain, DomainEstimate } from '../estimation/estimate';
import { ok, type Result } from '../domain/result';
import { choleskyFactor } from '../numeric/linearAlgebra';
import { at, floatAt } from '../numeric/typedArray';
import { ownTheta, type CalibrationRecord } from '../psychometrics/calibrationRecord';
import { drawPlausibleValues, type PlausibleValues } from '../psychometrics/irt/plausibleValues';
import { modelBasedShares, type ModelBasedShare } from '../psychometrics/modelBasedShare';
import { weightAt, type ResponseMatrix } from '../psychometrics/responses';
import type { EstimatedModelShares, ModelBasedResults } from '../results/modelBasedResults';
import type { Figure, SurveyResults } from '../results/surveyResults';
import type { AnalysedRow, AnalysisInput } from './analysisInput';
import type { ReportDomain } from './domains';
import { groupDomains, unitDomains } from './domains';
import type { Estimating } from './estimating';
import type { FigureRules } from './figures';
import { shownFigure } from './figures';
import type { SampleDesign } from './sampleDesign';
import { scoredMatrix } from './scoredMatrix';

/** Draws per person; five to twenty are usual. */
export const plausibleValueCount = 20;
/** A category of fewer persons, or left out by fewer, is no regressor. */
const fewestInCategory = 10;

type Published = Pick<SurveyResults, 'headline' | 'units' | 'groups'>;

export interface ModelBasedWork {
  readonly input: AnalysisInput;
  readonly rows: readonly AnalysedRow[];
  readonly sample: SampleDesign;
  readonly estimating: Estimating;
  readonly rules: FigureRules;
  readonly everyone: Domain;
}

const unavailable = (
  reason: Extract<ModelBasedResults, { state: 'unavailable' }>['reason'],
): ModelBasedResults => ({ state: 'unavailable', reason });

function countOf(member: Uint8Array): number {
  return member.reduce((sum, flag) => sum + flag, 0);
}

/** One column per unit and category that is neither rare nor a sum of the columns before it. */
function regressorsOf(domains: readonly ReportDomain[], matrix: ResponseMatrix): readonly ReportDomain[] {
  const count = matrix.personCount;
  const usable = domains.filter(({ member }) => {
    const inside = countOf(member);
    return inside >= fewestInCategory && count - inside >= fewestInCategory;
  });
  const size = usable.length + 1;
  const cross = new Float64Array(size * size);
  const row = new Float64Array(size);
  for (let person = 0; person < count; person++) {
    row[0] = 1;
    usable.forEach(({ member }, k) => (row[k + 1] = at(member, person)));
    const weight = weightAt(matrix, person);
    for (let i = 0; i < size; i++) {
      const left = weight * floatAt(row, i);
      if (left === 0) continue;
      for (let j = 0; j <= i; j++)
        cross[i * size + j] = floatAt(cross, i * size + j) + left * floatAt(row, j);
    }
  }
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) cross[j * size + i] = floatAt(cross, i * size + j);
  const { kept } = choleskyFactor(cross, size);
  return usable.filter((_, k) => kept[k + 1] === 1);
}

interface Drawn {
  readonly values: PlausibleValues;
  readonly regressors: readonly ReportDomain[];
  readonly matrix: ResponseMatrix;
  readonly seed: string;
}

function draw(
  work: ModelBasedWork,
  domains: readonly ReportDomain[],
  progress: (fraction: number) => void,
): Result<Drawn | null> {
  const { input, rows, sample } = work;
  if (input.ability?.state !== 'available') return ok(null);
  const { calibration } = input.ability;
  const byId = new Map(calibration.items.map((item) => [item.itemId, item]));
  const items = input.ability.items.filter(({ id }) => byId.has(id));
  const scored = scoredMatrix(items, rows, sample.design.weights);
  if (!scored.ok) return scored;
  const parameters = items.flatMap(({ id }) => byId.get(id) ?? []).map(({ a, b }) => ({ a, b, c: 0 }));
  const regressors = regressorsOf(domains, scored.value);
  const seed = `${input.survey.id}:${input.dataFingerprint}:${calibration.calibrationId}`;
  const drawn = drawPlausibleValues(
    scored.value,
    parameters,
    { columns: regressors.map(({ member }) => Float64Array.from(member)) },
    { setCount: plausibleValueCount, seed, progress },
  );
  if (!drawn.ok) return drawn;
  return ok({ values: drawn.value, regressors, matrix: scored.value, seed });
}

/** Hidden where the raw figure is hidden, so that the pair tells nothing the raw figure does not. */
function modelFigure(
  raw: Figure,
  share: ModelBasedShare | null | undefined,
  rules: FigureRules,
): EstimatedModelShares['headline'] {
  if (raw.state !== 'shown') return { figure: raw, missingInformation: null };
  if (share === null || share === undefined)
    return {
      figure: { state: 'suppressed', reasons: ['fewPsus'], respondentCount: raw.respondentCount },
      missingInformation: null,
    };
  return {
    figure: shownFigure(share.estimate, rules, true),
    missingInformation: share.pooled.missingInformation,
  };
}

/** Mean and spread of the drawn abilities on the common scale. */
function populationOf({ values, matrix }: Drawn, { scale }: CalibrationRecord) {
  let [total, sum, squares] = [0, 0, 0];
  for (const set of values.sets) {
    set.forEach((theta, person) => {
      const weight = weightAt(matrix, person);
      total += weight;
      sum += weight * theta;
      squares += weight * theta * theta;
    });
  }
  const mean = sum / total;
  const deviation = Math.sqrt(Math.max(0, squares / total - mean * mean));
  return { mean: scale.slope * mean + scale.shift, standardDeviation: scale.slope * deviation };
}

function sectionOf(
  work: ModelBasedWork,
  drawn: Drawn,
  calibration: CalibrationRecord & { readonly cut: NonNullable<CalibrationRecord['cut']> },
): Omit<EstimatedModelShares, 'headline' | 'units' | 'groups'> {
  const { regressors, values, seed } = drawn;
  const { settings } = work.input.survey;
  const hasUnits = regressors.some(({ grouping }) => grouping === null);
  const groupings = settings.groupings.filter((grouping) =>
    regressors.some((regressor) => regressor.grouping === grouping),
  );
  return {
    state: 'estimated',
    calibrationId: calibration.calibrationId,
    calibratedAt: calibration.at,
    model: calibration.model,
    scaleId: calibration.scaleId,
    isLinked: calibration.scaleId !== calibration.calibrationId,
    ...calibration.cut,
    setCount: plausibleValueCount,
    seed,
    conditioning: [...(hasUnits ? (['unit'] as const) : []), ...groupings],
    regressorCount: regressors.length,
    residualSd: calibration.scale.slope * values.residualSd,
    population: populationOf(drawn, calibration),
  };
}

/**
 * Model-based shares of the headline, every unit and every group. Failures: those of scoring and estimating; what merely
 * is not there (calibration, keys, cut) is an `unavailable` section, not a failure.
 */
export function modelBasedOf(
  work: ModelBasedWork,
  published: Published,
  progress: (fraction: number) => void,
): Result<ModelBasedResults> {
  const { ability, survey, confidenceLevel } = work.input;
  if (ability === undefined) return ok(unavailable('notCalibrated'));
  if (ability.state === 'unavailable') return ok(unavailable(ability.reason));
  const { calibration } = ability;
  const { cut } = calibration;
  if (cut === null) return ok(unavailable('noCut'));
  const units = unitDomains(work.rows, survey.settings.unitCodes);
  const groups = groupDomains(work.rows, survey.settings.groupings);
  const drawn = draw(work, [...units, ...groups], progress);
  if (!drawn.ok) return drawn;
  if (drawn.value === null || !drawn.value.values.hasConverged) return ok(unavailable('notFitted'));
  const domains: readonly Domain[] = [work.everyone, ...units, ...groups];
  const shares = (values: Float64Array): Result<readonly DomainEstimate[]> =>
    work.estimating({ statistic: 'proportion', values }, domains);
  const found = modelBasedShares(drawn.value.values.sets, ownTheta(calibration, cut.theta), {
    shares,
    confidenceLevel,
  });
  if (!found.ok) return found;
  const [headline, ...rest] = found.value;
  const byId = new Map([...units, ...groups].map(({ id }, place) => [id, rest[place] ?? null]));
  const figureOf = (raw: Figure, id: string) => modelFigure(raw, byId.get(id), work.rules);
  return ok({
    ...sectionOf(work, drawn.value, { ...calibration, cut }),
    headline: modelFigure(published.headline.literate, headline, work.rules),
    units: published.units.map(({ regionCode, literate }) => ({
      regionCode,
      ...figureOf(literate, regionCode),
    })),
    groups: published.groups.map(({ grouping, category, literate }) => ({
      grouping,
      category,
      ...figureOf(literate, `${grouping}:${category}`),
    })),
  });
}
