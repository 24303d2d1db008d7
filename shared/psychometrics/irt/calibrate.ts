/**
 * Calibration of a 2PL or Rasch model by marginal maximum likelihood (EM of Bock & Aitkin 1981, extrapolated by
 * SQUAREM, Varadhan & Roland 2008) with items missing by design, optional weights and a log-normal prior of the slopes.
 * theta ~ N(0, 1) in every booklet: booklets are linked by random assignment or common items.
 * Weights enter as a pseudo-likelihood; standard errors come from the observed information and know nothing of strata
 * and PSUs. Agrees with R: mirt(data, 1, "2PL" | "Rasch"), TAM::tam.mml, TAM::tam.mml.2pl.
 */
import { fail, ok, type Result } from '../../domain/result';
import { choleskyFactor, invertCholesky } from '../../numeric/linearAlgebra';
import { at } from '../../numeric/typedArray';
import type { ResponseMatrix } from '../responses';
import { parameterInformation, type InformationKind } from './information';
import { equallySpacedGrid, type LatentGrid } from './latentGrid';
import {
  expectation,
  prepareMarginal,
  type Expectation,
  type MarginalData,
  type SlopeIntercept,
} from './marginal';
import { logPriorOf, maximiseRasch, maximiseTwoParameter, type SlopePrior } from './maximisation';
import type { ItemParameters } from './responseFunction';

export type { SlopePrior } from './maximisation';

export interface CalibrationSettings {
  readonly model: '2PL' | 'Rasch';
  /** Ability grid; default 61 nodes from -6 to 6, N(0, 1). */
  readonly grid?: LatentGrid;
  /** 2PL only; null estimates slopes without a prior. Default log a ~ N(0, .5^2) (question-bank-spec §3.2). */
  readonly slopePrior?: SlopePrior | null;
  /** Largest change of a parameter in one EM step at which the fit stops. Default 1e-7. */
  readonly tolerance?: number;
  /** Largest number of extrapolated cycles of three EM steps. Default 500. */
  readonly mostCycles?: number;
  /** Share of the work done, 0..1. */
  readonly progress?: (fraction: number) => void;
}

/** The prior of question-bank-spec §3.2. */
export const defaultSlopePrior: SlopePrior = { meanLog: 0, standardDeviationLog: 0.5 };

export interface CalibratedItem extends ItemParameters {
  readonly itemId: string;
  /** Intercept of a theta + d; b = -d / a. */
  readonly d: number;
  /** Null where the information is singular. Rasch: se of a is that of the common slope. */
  readonly standardErrors: {
    readonly a: number | null;
    readonly b: number | null;
    readonly d: number | null;
  };
  /** Weighted persons who were presented the item (weights scaled to the number of persons). */
  readonly personCount: number;
  readonly shareRight: number;
}

export interface ConvergenceReport {
  readonly hasConverged: boolean;
  readonly cycles: number;
  /** Largest change of a parameter in the last EM step. */
  readonly largestChange: number;
  readonly tolerance: number;
}

export interface Calibration {
  readonly model: '2PL' | 'Rasch';
  readonly items: readonly CalibratedItem[];
  readonly logLikelihood: number;
  readonly parameterCount: number;
  readonly aic: number;
  readonly bic: number;
  readonly personCount: number;
  readonly bookletCount: number;
  readonly slopePrior: SlopePrior | null;
  readonly convergence: ConvergenceReport;
  readonly information: InformationKind;
}

interface Model {
  readonly data: MarginalData;
  readonly prior: SlopePrior | null;
  readonly maximise: (found: Expectation, start: SlopeIntercept) => SlopeIntercept;
}

function startOf(data: MarginalData): SlopeIntercept {
  const intercepts = data.rightTotals.map((right, item) => {
    const total = at(data.presentedTotals, item);
    return 1.2 * Math.log((right + 0.5) / (total - right + 0.5));
  });
  return { slopes: intercepts.map(() => 1), intercepts };
}

const objectiveOf = ({ prior }: Model, parameters: SlopeIntercept, found: Expectation): number =>
  prior === null
    ? found.logLikelihood
    : parameters.slopes.reduce((sum, a) => sum + logPriorOf(prior, a).value, found.logLikelihood);

const zip = (
  parameters: readonly SlopeIntercept[],
  combine: (values: readonly number[]) => number,
): SlopeIntercept => {
  const column = (of: (each: SlopeIntercept) => Float64Array): Float64Array =>
    Float64Array.from({ length: parameters[0] === undefined ? 0 : of(parameters[0]).length }, (_, k) =>
      combine(parameters.map((each) => at(of(each), k))),
    );
  return { slopes: column((each) => each.slopes), intercepts: column((each) => each.intercepts) };
};

const fold = (parameters: SlopeIntercept, combine: (sum: number, value: number) => number): number =>
  parameters.intercepts.reduce(combine, parameters.slopes.reduce(combine, 0));

const squares = (parameters: SlopeIntercept): number => fold(parameters, (sum, value) => sum + value * value);

/** Extrapolation along the last two EM steps (SQUAREM, scheme S3). */
function extrapolate(start: SlopeIntercept, first: SlopeIntercept, second: SlopeIntercept): SlopeIntercept {
  const step = zip([start, first], ([x0 = 0, x1 = 0]) => x1 - x0);
  const bend = zip([start, first, second], ([x0 = 0, x1 = 0, x2 = 0]) => x2 - 2 * x1 + x0);
  const length = -Math.sqrt(squares(step) / squares(bend));
  const alpha = Number.isFinite(length) ? Math.min(-1, length) : -1;
  return zip([start, step, bend], ([x0 = 0, r = 0, v = 0]) => x0 - 2 * alpha * r + alpha * alpha * v);
}

const largestGap = (one: SlopeIntercept, other: SlopeIntercept): number =>
  fold(
    zip([one, other], ([x0 = 0, x1 = 0]) => Math.abs(x1 - x0)),
    (most, value) => Math.max(most, value),
  );

interface State {
  readonly parameters: SlopeIntercept;
  readonly found: Expectation;
}

/** One cycle: two EM steps, an extrapolation that is kept only when it is at least as likely. */
function cycle(
  model: Model,
  { parameters, found }: State,
): { readonly state: State; readonly change: number } {
  const first = model.maximise(found, parameters);
  const change = largestGap(parameters, first);
  const firstFound = expectation(model.data, first);
  const second = model.maximise(firstFound, first);
  const jump = extrapolate(parameters, first, second);
  const jumpFound = expectation(model.data, jump);
  if (objectiveOf(model, jump, jumpFound) >= objectiveOf(model, first, firstFound))
    return { state: { parameters: jump, found: jumpFound }, change };
  return { state: { parameters: second, found: expectation(model.data, second) }, change };
}

interface Fitted extends State {
  readonly convergence: ConvergenceReport;
}

/** Share of the progress bar the iterations get; the rest is the information matrix. */
const FITTING_SHARE = 0.7;

function iterate(model: Model, settings: CalibrationSettings): Fitted {
  const { tolerance = 1e-7, mostCycles = 500, progress = () => undefined } = settings;
  const start = startOf(model.data);
  let state: State = { parameters: start, found: expectation(model.data, start) };
  let [cycles, largestChange, shown] = [0, Infinity, 0];
  while (cycles < mostCycles && largestChange > tolerance) {
    const next = cycle(model, state);
    state = next.state;
    largestChange = next.change;
    cycles += 1;
    // EM gains about the same number of digits per cycle: digits won are the best clock there is.
    const digits = Math.log10(Math.max(largestChange, tolerance)) / Math.log10(tolerance);
    shown = Math.max(shown, Math.min(1, digits));
    progress(FITTING_SHARE * shown);
  }
  return {
    ...state,
    convergence: { hasConverged: largestChange <= tolerance, cycles, largestChange, tolerance },
  };
}

const rootOf = (variance: number): number | null => (variance > 0 ? Math.sqrt(variance) : null);

interface Covariances {
  readonly slope: (item: number) => number;
  readonly cross: (item: number) => number;
  readonly intercept: (item: number) => number;
}

/** Covariances of the 2PL: prior curvature added, whole matrix inverted. */
function twoParameterCovariances(
  information: Float64Array,
  model: Model,
  { slopes }: SlopeIntercept,
): Covariances {
  const count = slopes.length;
  const size = 2 * count;
  slopes.forEach((a, item) => {
    const place = item * size + item;
    information[place] = at(information, place) - logPriorOf(model.prior, a).curvature;
  });
  const inverse = invertCholesky(choleskyFactor(information, size));
  return {
    slope: (item) => at(inverse, item * size + item),
    cross: (item) => at(inverse, item * size + count + item),
    intercept: (item) => at(inverse, (count + item) * size + count + item),
  };
}

/** The Rasch slope is the same for all items: its rows and columns add. */
function raschCovariances(information: Float64Array, count: number): Covariances {
  const [full, size] = [2 * count, count + 1];
  const reduced = new Float64Array(size * size);
  const place = (k: number): number => (k < count ? 0 : k - count + 1);
  for (let i = 0; i < full; i++) {
    for (let j = 0; j < full; j++) {
      const target = place(i) * size + place(j);
      reduced[target] = at(reduced, target) + at(information, i * full + j);
    }
  }
  const inverse = invertCholesky(choleskyFactor(reduced, size));
  return {
    slope: () => at(inverse, 0),
    cross: (item) => at(inverse, item + 1),
    intercept: (item) => at(inverse, (item + 1) * size + item + 1),
  };
}

function calibratedItem(
  itemId: string,
  item: number,
  { model, fitted, covariances }: { model: Model; fitted: Fitted; covariances: Covariances },
): CalibratedItem {
  const [a, d] = [at(fitted.parameters.slopes, item), at(fitted.parameters.intercepts, item)];
  const b = -d / a;
  const [va, vad, vd] = [covariances.slope(item), covariances.cross(item), covariances.intercept(item)];
  const personCount = at(model.data.presentedTotals, item);
  return {
    itemId,
    a,
    b,
    c: 0,
    d,
    standardErrors: { a: rootOf(va), b: rootOf((vd + b * b * va + 2 * b * vad) / (a * a)), d: rootOf(vd) },
    personCount,
    shareRight: at(model.data.rightTotals, item) / personCount,
  };
}

/** Items all or none of whose persons were right (or that nobody was presented) have no finite difficulty. */
function itemsWithoutVariation(matrix: ResponseMatrix, data: MarginalData): readonly string[] {
  return matrix.itemIds.filter((_, item) => {
    const right = at(data.rightTotals, item);
    return !(right > 0 && right < at(data.presentedTotals, item) * (1 - 1e-12));
  });
}

/**
 * Fits the model. Failures: NO_RESPONDENTS; ITEM_WITHOUT_VARIATION {items}.
 * A fit that stopped early is returned with `convergence.hasConverged` false.
 */
export function calibrateItems(matrix: ResponseMatrix, settings: CalibrationSettings): Result<Calibration> {
  const data = prepareMarginal(matrix, settings.grid ?? equallySpacedGrid());
  if (data.booklets.length === 0) return fail('NO_RESPONDENTS');
  const constant = itemsWithoutVariation(matrix, data);
  if (constant.length > 0) return fail('ITEM_WITHOUT_VARIATION', { items: constant.join('、') });
  const isRasch = settings.model === 'Rasch';
  const prior = isRasch ? null : settings.slopePrior === undefined ? defaultSlopePrior : settings.slopePrior;
  const maximise: Model['maximise'] = isRasch
    ? (found, start) => maximiseRasch(data, found, start)
    : (found, start) => maximiseTwoParameter(data, found, start, prior);
  const model: Model = { data, prior, maximise };
  const fitted = iterate(model, settings);
  const { progress = () => undefined } = settings;
  const information = parameterInformation(data, fitted.parameters, (fraction) =>
    progress(FITTING_SHARE + (1 - FITTING_SHARE) * fraction),
  );
  const covariances = isRasch
    ? raschCovariances(information.matrix, data.itemCount)
    : twoParameterCovariances(information.matrix, model, fitted.parameters);
  const parameterCount = isRasch ? data.itemCount + 1 : 2 * data.itemCount;
  const personCount = data.booklets.reduce((sum, { persons }) => sum + persons.length, 0);
  const { logLikelihood } = fitted.found;
  progress(1);
  return ok({
    model: settings.model,
    items: matrix.itemIds.map((itemId, item) => calibratedItem(itemId, item, { model, fitted, covariances })),
    logLikelihood,
    parameterCount,
    aic: 2 * parameterCount - 2 * logLikelihood,
    bic: Math.log(personCount) * parameterCount - 2 * logLikelihood,
    personCount,
    bookletCount: data.booklets.length,
    slopePrior: prior,
    convergence: fitted.convergence,
    information: information.kind,
  });
}
