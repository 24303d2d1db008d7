/**
 * Linearised variance of a stratified multi-stage sample (Binder 1983; Sarndal, Swensson & Wretman 1992, ch. 4).
 * V = sum over stages and strata of  F (1-f) n/(n-1) sum (z - zbar)^2,  z = totals of weight x influence per unit,
 * F = product of the sampling fractions of the stages above, n = units of the whole design.
 * Units without rows in the domain count with z = 0.
 * Agrees with R: survey::svyrecvar, and after calibration with calibrate(), not with rake() (whose SE projects
 * on the margins with unweighted means).
 */
import { subtractCalibrationFit } from '../design/calibrationInfo';
import type { DesignStage } from '../design/stages';
import type { SurveyDesign } from '../design/surveyDesign';
import { compensatedDot } from '../../numeric/compensatedSum';
import { addAt, at, floatAt, intAt } from '../../numeric/typedArray';
import { quadraticProduct, unsampledShare } from './pps';

/** Totals of weight x influence in every unit of the finest stage, after removing the calibration fit. */
export function influenceTotals(
  design: SurveyDesign,
  rows: Int32Array,
  influence: Float64Array,
): Float64Array {
  const finest = finestStage(design);
  const totals = new Float64Array(finest.unitCount);
  const { calibration, weights } = design;
  for (let i = 0; i < rows.length; i++) {
    const row = intAt(rows, i);
    const unit = intAt(finest.unitOfRow, row);
    totals[unit] = floatAt(totals, unit) + floatAt(weights, row) * floatAt(influence, i);
  }
  if (calibration === null) return totals;
  const cellSums = new Float64Array(calibration.cellCount);
  for (let i = 0; i < rows.length; i++) {
    const row = intAt(rows, i);
    const cell = intAt(calibration.cellOfRow, row);
    cellSums[cell] = floatAt(cellSums, cell) + floatAt(calibration.baseWeights, row) * floatAt(influence, i);
  }
  subtractCalibrationFit(calibration, cellSums, totals);
  return totals;
}

/** Variance of a statistic from its influence totals per finest unit. */
export function linearisedVariance(design: SurveyDesign, totals: Float64Array): number {
  const contributions = varianceContributions(design, totals);
  return contributionProduct(design, contributions, contributions);
}

/** Covariance of two statistics from their contributions. */
export function contributionProduct(design: SurveyDesign, left: Float64Array, right: Float64Array): number {
  const pps = design.unequalProbabilities;
  return pps?.kind === 'quadratic' ? quadraticProduct(pps.matrix, left, right) : compensatedDot(left, right);
}

/**
 * Deviations of unit totals from their stratum centre times the root of the stratum's factor, all stages in a row:
 * the covariance of two statistics is the dot product of their contributions, the variance a sum of squares.
 * Designs with joint probabilities keep the totals as they are: `contributionProduct` knows their quadratic form.
 */
export function varianceContributions(design: SurveyDesign, finestTotals: Float64Array): Float64Array {
  if (design.unequalProbabilities?.kind === 'quadratic') return finestTotals;
  const count = design.stages.reduce((sum, stage) => sum + stage.unitCount, 0);
  const contributions = new Float64Array(count);
  let totals = finestTotals;
  let end = count;
  for (let index = design.stages.length - 1; index >= 0; index--) {
    const stage = design.stages[index];
    if (stage === undefined) break;
    const start = end - stage.unitCount;
    fillContributions({ design, stage, index, totals }, contributions.subarray(start, end));
    end = start;
    totals = rollUp(stage, totals, design.stages[index - 1]?.unitCount ?? 0);
  }
  return contributions;
}

function finestStage(design: SurveyDesign): DesignStage {
  const finest = design.stages[design.stages.length - 1];
  if (finest === undefined) throw new Error('a design has at least one stage');
  return finest;
}

function rollUp(stage: DesignStage, totals: Float64Array, aboveCount: number): Float64Array {
  const sums = new Float64Array(aboveCount);
  if (aboveCount === 0) return sums;
  for (let unit = 0; unit < totals.length; unit++)
    addAt(sums, at(stage.parentOfUnit, unit), at(totals, unit));
  return sums;
}

interface StageTotals {
  readonly design: SurveyDesign;
  readonly stage: DesignStage;
  readonly index: number;
  readonly totals: Float64Array;
}

function fillContributions(input: StageTotals, contributions: Float64Array): void {
  const { design, stage, index, totals } = input;
  const stratumCentres = centres(input);
  const average = design.singlePsuRule === 'average' ? averageFactor(stage) : 1;
  const roots = stage.scale.map((scale) => Math.sqrt(scale * average));
  for (let unit = 0; unit < totals.length; unit++) {
    const stratum = at(stage.stratumOfUnit, unit);
    const root = at(roots, stratum) * Math.sqrt(unsampledShare(design, index, unit));
    contributions[unit] = root * (at(totals, unit) - at(stratumCentres, stratum));
  }
}

/** Mean of the unit totals in every stratum; a single unit under `adjust` is centred at the mean of all units. */
function centres({ design, stage, totals }: StageTotals): Float64Array {
  const means = new Float64Array(stage.stratumCount);
  let grandTotal = 0;
  for (let unit = 0; unit < totals.length; unit++) {
    addAt(means, at(stage.stratumOfUnit, unit), at(totals, unit));
    grandTotal += at(totals, unit);
  }
  for (let stratum = 0; stratum < means.length; stratum++) {
    means[stratum] = at(means, stratum) / at(stage.sampledUnitCount, stratum);
    if (stage.isSingle[stratum] === 1 && design.singlePsuRule === 'adjust') {
      means[stratum] = grandTotal / stage.unitCount;
    }
  }
  return means;
}

/** Strata / strata with several units: what the missing strata would have added on average. */
function averageFactor(stage: DesignStage): number {
  const singles = stage.isSingle.reduce((sum, single) => sum + single, 0);
  return singles < stage.stratumCount ? stage.stratumCount / (stage.stratumCount - singles) : 1;
}
