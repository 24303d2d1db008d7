/** What a run says of its design, its weights and its errors, and the tables a statistician may keep. */
import { compensatedSum } from '../../numeric/compensatedSum';
import { at } from '../../numeric/typedArray';
import { kishDesignEffect } from '../../weighting/diagnostics';
import type { AnalysisSpec } from '../analysisSpec';
import type { DataColumn, DataTable } from '../dataTable';
import type { DesignSummary, WeightStage } from '../result';
import type { Sample } from './sample';
import type { StepFindings } from './weighting';

export function designSummary({ design }: Sample, spec: AnalysisSpec): DesignSummary {
  const first = design.stages[0];
  const { unequalProbabilities } = spec.design;
  return {
    rowCount: design.rowCount,
    respondentCount: design.weights.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0),
    stageCount: design.stages.length,
    stratumCount: design.stratumCount,
    psuCount: design.psuCount,
    degreesOfFreedom: design.psuCount - design.stratumCount,
    finitePopulationCorrection:
      unequalProbabilities === null &&
      design.stages.some(({ samplingFraction }) => samplingFraction.some((fraction) => fraction > 0)),
    unequalProbabilities: unequalProbabilities?.variance.kind ?? null,
    singlePsuRule: design.singlePsuRule,
    singlePsuStrata: first?.stratumLabels.filter((_, stratum) => first.isSingle[stratum] === 1) ?? [],
  };
}

interface Stage {
  readonly step: WeightStage['step'];
  readonly weights: Float64Array;
  readonly findings: StepFindings;
}

const stagesOf = (sample: Sample): readonly Stage[] => [
  { step: 'base', weights: sample.baseDesign.weights, findings: {} },
  ...sample.weighted.steps,
];

function adjustments(
  weights: Float64Array,
  before: Float64Array | undefined,
): Pick<WeightStage, 'minimumAdjustment' | 'maximumAdjustment'> {
  let minimum = Infinity;
  let maximum = -Infinity;
  weights.forEach((weight, row) => {
    const earlier = before?.[row] ?? 0;
    if (weight === 0 || earlier === 0) return;
    minimum = Math.min(minimum, weight / earlier);
    maximum = Math.max(maximum, weight / earlier);
  });
  return minimum > maximum
    ? { minimumAdjustment: null, maximumAdjustment: null }
    : { minimumAdjustment: minimum, maximumAdjustment: maximum };
}

/** One line per stage of the weights: how many, their sum, range and spread, and what the step found. */
export function weightStages(sample: Sample): readonly WeightStage[] {
  const stages = stagesOf(sample);
  return stages.map(({ step, weights, findings }, index) => {
    const used = weights.filter((weight) => weight !== 0);
    return {
      step,
      rowCount: used.length,
      total: compensatedSum(used),
      minimum: used.reduce((low, weight) => Math.min(low, weight), Infinity),
      maximum: used.reduce((high, weight) => Math.max(high, weight), -Infinity),
      kishDesignEffect: kishDesignEffect(weights),
      ...adjustments(weights, stages[index - 1]?.weights),
      ...findings,
    };
  });
}

/** Row number, base weight and the weight after every step (`w1_raking`, ...), the last one again as `finalWeight`. */
export function weightTable(sample: Sample): DataTable {
  const stages = stagesOf(sample);
  const { rowCount } = sample.design;
  const steps = stages.map(({ step, weights }, index): [string, DataColumn] => [
    index === 0 ? 'baseWeight' : `w${index}_${step}`,
    weights,
  ]);
  const rows = Float64Array.from({ length: rowCount }, (_, row) => row + 1);
  const final = Float64Array.from({ length: rowCount }, (_, row) => at(sample.design.weights, row));
  return { rowCount, columns: Object.fromEntries([['row', rows], ...steps, ['finalWeight', final]]) };
}
