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
import { addAt, at } from '../../numeric/typedArray';

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
    const row = at(rows, i);
    const unit = at(finest.unitOfRow, row);
    addAt(totals, unit, at(weights, row) * at(influence, i));
  }
  if (calibration === null) return totals;
  const cellSums = new Float64Array(calibration.cellCount);
  for (let i = 0; i < rows.length; i++) {
    const row = at(rows, i);
    const cell = at(calibration.cellOfRow, row);
    addAt(cellSums, cell, at(calibration.baseWeights, row) * at(influence, i));
  }
  subtractCalibrationFit(calibration, cellSums, totals);
  return totals;
}

/** Variance of a statistic from its influence totals per finest unit. */
export const linearisedVariance = (design: SurveyDesign, totals: Float64Array): number =>
  linearisedCovariance(design, totals, totals);

/** Covariance of two statistics of the same design from their influence totals per finest unit. */
export function linearisedCovariance(design: SurveyDesign, left: Float64Array, right: Float64Array): number {
  let covariance = 0;
  let [leftTotals, rightTotals] = [left, right];
  for (let index = design.stages.length - 1; index >= 0; index--) {
    const stage = design.stages[index];
    if (stage === undefined) break;
    covariance += stageCovariance(design, stage, leftTotals, rightTotals);
    if (index === 0) break;
    const aboveCount = design.stages[index - 1]?.unitCount ?? 0;
    leftTotals = rollUp(stage, leftTotals, aboveCount);
    rightTotals = left === right ? leftTotals : rollUp(stage, rightTotals, aboveCount);
  }
  return covariance;
}

function finestStage(design: SurveyDesign): DesignStage {
  const finest = design.stages[design.stages.length - 1];
  if (finest === undefined) throw new Error('a design has at least one stage');
  return finest;
}

function rollUp(stage: DesignStage, totals: Float64Array, aboveCount: number): Float64Array {
  const sums = new Float64Array(aboveCount);
  for (let unit = 0; unit < totals.length; unit++) {
    const parent = at(stage.parentOfUnit, unit);
    addAt(sums, parent, at(totals, unit));
  }
  return sums;
}

/** Mean of the unit totals in every stratum; a single unit under `adjust` is centred at the mean of all units. */
function centres(design: SurveyDesign, stage: DesignStage, totals: Float64Array): Float64Array {
  const means = new Float64Array(stage.stratumCount);
  let grandTotal = 0;
  for (let unit = 0; unit < totals.length; unit++) {
    const stratum = at(stage.stratumOfUnit, unit);
    addAt(means, stratum, at(totals, unit));
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

function stageCovariance(
  design: SurveyDesign,
  stage: DesignStage,
  left: Float64Array,
  right: Float64Array,
): number {
  const leftCentres = centres(design, stage, left);
  const rightCentres = left === right ? leftCentres : centres(design, stage, right);
  const products = new Float64Array(stage.stratumCount);
  for (let unit = 0; unit < left.length; unit++) {
    const stratum = at(stage.stratumOfUnit, unit);
    const leftDeviation = at(left, unit) - at(leftCentres, stratum);
    const rightDeviation = at(right, unit) - at(rightCentres, stratum);
    addAt(products, stratum, leftDeviation * rightDeviation);
  }
  let covariance = 0;
  for (let stratum = 0; stratum < products.length; stratum++) {
    covariance += at(stage.scale, stratum) * at(products, stratum);
  }
  return design.singlePsuRule === 'average' ? covariance * averageFactor(stage) : covariance;
}

/** Strata / strata with several units: what the missing strata would have added on average. */
function averageFactor(stage: DesignStage): number {
  const singles = stage.isSingle.reduce((sum, single) => sum + single, 0);
  return singles < stage.stratumCount ? stage.stratumCount / (stage.stratumCount - singles) : 1;
}
