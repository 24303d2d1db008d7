/** P23: what P12 does not hold - form outlook, calibration over booklets, item fit, dependence, drift, classification. */
import { livingstonLewis, type ScoreSummary } from '@shared/psychometrics/classification/livingstonLewis';
import { itemFit } from '@shared/psychometrics/fit/itemFit';
import { localDependence } from '@shared/psychometrics/fit/localDependence';
import { summedScoreFit } from '@shared/psychometrics/fit/summedScoreFit';
import { expectedAPosteriori } from '@shared/psychometrics/irt/ability';
import { calibrateItems, type CalibrationSettings } from '@shared/psychometrics/irt/calibrate';
import { raschConditional } from '@shared/psychometrics/irt/raschConditional';
import { anchorDrift, linkingError } from '@shared/psychometrics/linking/drift';
import { notPresented, rawScores, type ResponseMatrix } from '@shared/psychometrics/responses';
import type { Check, Handler } from '../support/referenceCase';
import { formOutlook } from './formOutlook';
import { itemIds, referenceItems, responseMatrix } from './irtData';

/** Persons 1, 4, .. were not shown items 1-7, persons 2, 5, .. items 8-14, persons 3, 6, .. items 15-20. */
function bookletData(isWeighted: boolean): ResponseMatrix {
  const matrix = responseMatrix(isWeighted);
  const hidden = [
    [0, 7],
    [7, 14],
    [14, 20],
  ] as const;
  const values = matrix.values.map((value, cell) => {
    const [from, to] = hidden[Math.floor(cell / itemIds.length) % 3] ?? [0, 0];
    const item = cell % itemIds.length;
    return item >= from && item < to ? notPresented : value;
  });
  return { ...matrix, values };
}

function marginal(matrix: ResponseMatrix, settings: CalibrationSettings): unknown {
  const found = calibrateItems(matrix, { ...settings, tolerance: 1e-11 });
  if (!found.ok) return found;
  const { items, logLikelihood } = found.value;
  return {
    a: items.map(({ a }) => a),
    b: items.map(({ b }) => b),
    d: items.map(({ d }) => d),
    se_a: items.map(({ standardErrors }) => standardErrors.a),
    se_b: items.map(({ standardErrors }) => standardErrors.b),
    se_d: items.map(({ standardErrors }) => standardErrors.d),
    loglik: logLikelihood,
  };
}

function conditional(): unknown {
  const found = raschConditional(bookletData(false));
  if (!found.ok) return found;
  const { difficulties, standardErrors, logLikelihood, personCount } = found.value;
  return { difficulty: difficulties, se: standardErrors, loglik: logLikelihood, n_used: personCount };
}

function fit(check: Check): unknown {
  const { difficulty, theta_by_score } = check.args as { difficulty: number[]; theta_by_score: number[] };
  const matrix = responseMatrix(false);
  const abilities = Float64Array.from(rawScores(matrix), (score) => theta_by_score[score - 1] ?? NaN);
  const found = itemFit(
    matrix,
    difficulty.map((b) => ({ a: 1, b, c: 0 })),
    abilities,
  );
  return {
    infit: found.map(({ infit }) => infit),
    outfit: found.map(({ outfit }) => outfit),
    infit_t: found.map(({ infitT }) => infitT),
    outfit_t: found.map(({ outfitT }) => outfitT),
    n_used: found[0]?.personCount,
  };
}

function dependence(): unknown {
  const [matrix, items] = [responseMatrix(false), referenceItems('2PL')];
  const { pairs, meanQ3 } = localDependence(matrix, items, expectedAPosteriori(matrix, items).eap);
  return {
    first_row: pairs.slice(0, itemIds.length - 1).map(({ q3 }) => q3),
    mean: meanQ3,
    largest: Math.max(...pairs.map(({ q3 }) => q3)),
    largest_star: Math.max(...pairs.map(({ q3Star }) => q3Star)),
  };
}

const summedScores = (): unknown =>
  summedScoreFit(responseMatrix(false), referenceItems('2PL'), 2).map((found) => ({
    statistic: found?.statistic,
    df: found?.degreesOfFreedom,
    p: found?.pValue,
    rmsea: found?.rmsea,
  }));

function robustZ(check: Check): unknown {
  const { shifts } = check.args as { shifts: number[] };
  const anchors = shifts.map((shift, k) => ({
    itemId: String(k),
    base: { a: 1, b: 0, c: 0 },
    fresh: { a: 1, b: shift, c: 0 },
  }));
  const drift = anchorDrift(anchors, { slope: 1, shift: 0 });
  return { z: drift.map((each) => each.robustZ), linking_error: linkingError(shifts) };
}

interface ScoreArguments {
  readonly reliability: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly cuts: readonly number[];
  readonly counts?: readonly number[];
}

function classification(check: Check): unknown {
  const { reliability, minimum, maximum, cuts, counts } = check.args as ScoreArguments;
  const found = new Float64Array(maximum - minimum + 1);
  for (const score of rawScores(responseMatrix(false))) found[score] = (found[score] ?? 0) + 1;
  const summary: ScoreSummary = { counts: counts ?? found, minimum, maximum, reliability };
  return cuts.map((cut) => {
    const quality = livingstonLewis(summary, cut);
    return quality.ok ? quality.value : quality;
  });
}

const answers: Readonly<Record<string, Handler>> = {
  rasch_mml: () => marginal(responseMatrix(false), { model: 'Rasch' }),
  mml2pl_booklets: () => marginal(bookletData(true), { model: '2PL' }),
  rasch_cml_booklets: conditional,
  item_fit: fit,
  q3: dependence,
  s_x2: summedScores,
  robust_z: robustZ,
  livingston_lewis: classification,
  livingston_lewis_four: classification,
};

export const psychometrics: Handler = (check) =>
  check.id.startsWith('outlook_') ? formOutlook(check) : answers[check.id]?.(check);
