/** P12: scoring, calibration, classical statistics, DIF, linking and cuts. */
import { classicalStatistics } from '@shared/psychometrics/classical';
import { rudnerClassification } from '@shared/psychometrics/classification/rudner';
import { logisticDif } from '@shared/psychometrics/dif/logisticDif';
import { mantelHaenszel, type DifData } from '@shared/psychometrics/dif/mantelHaenszel';
import {
  expectedAPosteriori,
  maximumAPosteriori,
  posteriorAbove,
  weightedLikelihood,
} from '@shared/psychometrics/irt/ability';
import { calibrateItems } from '@shared/psychometrics/irt/calibrate';
import { equallySpacedGrid } from '@shared/psychometrics/irt/latentGrid';
import { raschConditional } from '@shared/psychometrics/irt/raschConditional';
import {
  expectedScore,
  fromNormalMetric,
  testInformation,
  thetaAtScore,
  type ItemParameters,
} from '@shared/psychometrics/irt/responseFunction';
import { poolEstimates } from '@shared/psychometrics/irt/rubin';
import {
  linkScales,
  type AnchorItem,
  type LinkingMethod,
} from '@shared/psychometrics/linking/transformation';
import { rawScores, type ResponseMatrix } from '@shared/psychometrics/responses';
import { angoffCut, bookmarkOrder, responseProbabilityTheta } from '@shared/psychometrics/standardSetting';
import type { Check, Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { itemIds, patternMatrix, referenceItems, responseMatrix } from './irtData';

interface ScoringArguments {
  readonly D: number;
  readonly model: '2PL' | '3PL';
  readonly prior_mean: number;
  readonly prior_sd: number;
  readonly cuts: readonly number[];
}

function scoring(check: Check): unknown {
  const { D, model, prior_mean: mean, prior_sd: standardDeviation, cuts } = check.args as ScoringArguments;
  const items = referenceItems(model).map((item) => fromNormalMetric(item, D));
  const matrix = patternMatrix();
  const population = { mean, standardDeviation };
  const wide = expectedAPosteriori(
    matrix,
    items,
    equallySpacedGrid(population, {
      from: mean - 10 * standardDeviation,
      to: mean + 10 * standardDeviation,
      count: 8001,
    }),
  );
  const standard = expectedAPosteriori(matrix, items, equallySpacedGrid(population));
  const above = cuts.map((cut) => posteriorAbove(matrix, items, cut, population));
  const raw = rawScores(matrix);
  // The normal-metric check was computed for five of the patterns.
  const persons = check.id === 'eap2_D17' ? [0, 1, 12, 13, 14] : raw.keys();
  const scores = Array.from(persons, (person, index) => {
    const row = matrix.values.subarray(person * items.length, (person + 1) * items.length);
    const warm = weightedLikelihood(items, row);
    return {
      pattern: index + 1,
      n_answered: row.reduce((sum, value) => sum + (value < 2 ? 1 : 0), 0),
      raw: raw[person],
      eap: wide.eap[person],
      psd: wide.posteriorSd[person],
      log_marginal: wide.logMarginal[person],
      map: maximumAPosteriori(items, row, population),
      wle: warm?.theta ?? NaN,
      wle_roots: warm?.rootCount ?? 0,
      wle_se: warm?.standardError,
      p_above: above.map((each) => each[person]),
      eap61: standard.eap[person],
      psd61: standard.posteriorSd[person],
    };
  });
  return { scores };
}

function curves(check: Check): unknown {
  const { D } = check.args as ScoringArguments;
  const model = check.id.startsWith('eap3') ? '3PL' : '2PL';
  const items = referenceItems(model).map((item) => ({ ...fromNormalMetric(item, D), points: 1 }));
  return (check.values as { readonly theta: number }[]).map(({ theta }) => ({
    theta,
    tcc: expectedScore(items, theta),
    info: testInformation(items, theta),
  }));
}

function raschCml(): unknown {
  const found = raschConditional(responseMatrix(false));
  if (!found.ok) return found;
  const { difficulties, standardErrors, logLikelihood, personCount } = found.value;
  return { difficulty: difficulties, se: standardErrors, loglik: logLikelihood, n_used: personCount };
}

function marginalTwoParameter(): unknown {
  const found = calibrateItems(responseMatrix(false), { model: '2PL', slopePrior: null, tolerance: 1e-11 });
  if (!found.ok) return found;
  const { items, logLikelihood } = found.value;
  return {
    a: items.map(({ a }) => a),
    b: items.map(({ b }) => b),
    d: items.map(({ d }) => d),
    se_a: items.map(({ standardErrors }) => standardErrors.a),
    se_d: items.map(({ standardErrors }) => standardErrors.d),
    loglik: logLikelihood,
  };
}

function classical(matrix: ResponseMatrix): unknown {
  const found = classicalStatistics(matrix);
  if (!found.ok) return found;
  const { alpha, kr21, standardErrorOfMeasurement, mean, standardDeviation, items } = found.value;
  return {
    alpha,
    kr20_n: alpha,
    kr21_n: kr21,
    sem: standardErrorOfMeasurement,
    mean_total: mean,
    sd_total: standardDeviation,
    p: items.map(({ difficulty }) => difficulty),
    item_total_r: items.map(({ itemTotalCorrelation }) => itemTotalCorrelation),
    item_rest_r: items.map(({ itemRestCorrelation }) => itemRestCorrelation),
    biserial: items.map(({ biserial }) => biserial),
    alpha_if_deleted: items.map(({ alphaIfDeleted }) => alphaIfDeleted),
    disc27: items.map(({ discriminationIndex }) => discriminationIndex),
  };
}

function difData(check: Check): DifData {
  const { item } = check.args as { readonly item: number };
  const matrix = responseMatrix(false);
  const groups = readTable('irt_responses.csv').text('group');
  return {
    responses: Uint8Array.from(groups, (_, person) => matrix.values[person * itemIds.length + item - 1] ?? 2),
    groups: Uint8Array.from(groups, (group) => (group === 'F' ? 1 : 0)),
    matching: rawScores(matrix),
  };
}

function mantelHaenszelCheck(check: Check): unknown {
  const found = mantelHaenszel(difData(check));
  if (found === null) return null;
  return {
    strata_used: found.stratumCount,
    odds_ratio: found.oddsRatio,
    log_or: found.logOddsRatio,
    se_log_or_rbg: found.standardError,
    chisq_cc: found.chiSquare,
    p_cc: found.pValue,
    chisq_nocc: found.chiSquareUncorrected,
    mh_d_dif: found.delta,
    se_d_dif: found.deltaStandardError,
    std_p_dif: found.standardisedDifference,
    ets_class: found.etsClass,
  };
}

function logisticCheck(check: Check): unknown {
  const found = logisticDif(difData(check));
  return {
    uniform_lr: found?.uniform.statistic,
    nonuniform_lr: found?.nonuniform.statistic,
    both_lr: found?.both.statistic,
    coef: found?.coefficients,
    delta_r2_nagelkerke: found?.rSquaredGain,
  };
}

function linking(): unknown {
  const table = readTable('irt_anchor.csv');
  const column = (name: string): Float64Array => table.numbers(name);
  const item = (scale: 'base' | 'new', k: number): ItemParameters => ({
    a: column(`a_${scale}`)[k] ?? NaN,
    b: column(`b_${scale}`)[k] ?? NaN,
    c: 0,
  });
  const anchors = table
    .text('item')
    .map((itemId, k): AnchorItem => ({ itemId, base: item('base', k), fresh: item('new', k) }));
  const pair = (method: LinkingMethod): readonly number[] => {
    const { slope, shift } = linkScales(anchors, method);
    return [slope, shift];
  };
  return {
    mean_sigma: pair('meanSigma'),
    mean_mean: pair('meanMean'),
    haebara: pair('haebara'),
    stocking_lord: pair('stockingLord'),
  };
}

function angoff(): unknown {
  const table = readTable('angoff.csv');
  const columns = itemIds.map((_, k) => table.numbers(`X${k + 1}`));
  const found = angoffCut(
    Array.from({ length: table.rowCount }, (_, judge) => columns.map((each) => each[judge] ?? NaN)),
  );
  if (!found.ok) return found;
  const { judgeTotals, cut, standardDeviation, standardError } = found.value;
  const items = referenceItems('2PL').map((item) => ({ ...item, points: 1 }));
  return {
    judge_totals: judgeTotals,
    cut,
    sd: standardDeviation,
    se: standardError,
    cut_percent: (100 * cut) / itemIds.length,
    cut_theta_2pl: thetaAtScore(items, cut),
  };
}

function bookmark(): unknown {
  const items = referenceItems('2PL');
  const thetas = items.map((item) => responseProbabilityTheta(item));
  const order = bookmarkOrder(items);
  return { rp67_theta: thetas, order: order.map((k) => k + 1), cut_bookmark_12: thetas[order[11] ?? -1] };
}

function rudner(): unknown {
  const table = readTable('classif.csv');
  const abilities = { theta: table.numbers('theta'), standardError: table.numbers('se'), weights: null };
  return { cut: 0.3, ...rudnerClassification(abilities, 0.3) };
}

function rubin(check: Check): unknown {
  const {
    est,
    var: variances,
    df_complete,
  } = check.args as { est: number[]; var: number[]; df_complete: number };
  const found = poolEstimates(est, variances, df_complete);
  if (!found.ok) return found;
  const { estimate, within, between, total, standardError, rubinDegreesOfFreedom } = found.value;
  return {
    est: estimate,
    within,
    between,
    total,
    se: standardError,
    df_rubin: rubinDegreesOfFreedom,
    df_barnard_rubin: found.value.degreesOfFreedom,
    fmi: found.value.missingInformation,
    mitools_df: rubinDegreesOfFreedom,
    mitools_se: standardError,
  };
}

const answers: Readonly<Record<string, Handler>> = {
  rasch_cml: raschCml,
  mml2pl: marginalTwoParameter,
  ctt: () => classical(responseMatrix(false)),
  ctt_weighted: () => classical(responseMatrix(true)),
  linking,
  angoff,
  bookmark,
  rudner,
  mi_combine: rubin,
};

export const irt: Handler = (check) => {
  if (check.id.endsWith('_curves')) return curves(check);
  if (check.id.startsWith('eap')) return scoring(check);
  if (check.id.endsWith('_lr')) return logisticCheck(check);
  if (check.id.startsWith('mh_')) return mantelHaenszelCheck(check);
  return answers[check.id]?.(check);
};
