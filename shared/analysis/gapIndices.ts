/** Gap indices from joint estimates: urban minus rural, the weakest part, dispersion between units. */
import { betweenDispersion, type Dispersion } from '../estimation/dispersion';
import { gapToWhole, rangeGap, type GapEstimate } from '../estimation/gaps';
import { contrast, differenceOf, ratioOf, type JointEstimates } from '../estimation/jointEstimates';
import type { DispersionMeasure, GapIndices, PickedGap } from '../results/comparisonResults';
import type { UnitResult } from '../results/surveyResults';
import { comparablePositions, selectEstimates, wholeId } from './jointParts';

type Joint = JointEstimates | null | undefined;

/** Urban minus rural; null unless both are shown and have an error. Urban / rural on the log scale. */
export function residenceGapOf(joint: Joint, confidenceLevel: number): GapIndices['residence'] {
  if (joint === null || joint === undefined) return null;
  const positions = comparablePositions(joint);
  const [urban, rural] = [joint.ids.indexOf('urban'), joint.ids.indexOf('rural')];
  if (!positions.includes(urban) || !positions.includes(rural)) return null;
  const found = contrast(joint, differenceOf(joint, rural, urban), confidenceLevel);
  const { estimate, standardError, interval, pValue } = found;
  if (standardError === null || interval === null || pValue === null) return null;
  return {
    difference: estimate,
    standardError,
    interval: limitsOf(interval),
    pValue,
    ratio: residenceRatio(joint, { first: rural, second: urban }, confidenceLevel),
  };
}

function residenceRatio(
  joint: JointEstimates,
  pair: { readonly first: number; readonly second: number },
  confidenceLevel: number,
): NonNullable<GapIndices['residence']>['ratio'] {
  const ratio = ratioOf(joint, pair, confidenceLevel);
  if (!ratio.ok || ratio.value.interval === null) return null;
  return { estimate: ratio.value.estimate, interval: limitsOf(ratio.value.interval) };
}

const limitsOf = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => ({ lower, upper });

function pickedGap(joint: JointEstimates, gap: GapEstimate | null): PickedGap | null {
  if (gap === null) return null;
  const best = joint.ids[gap.best] ?? null;
  return {
    best: best === wholeId ? null : best,
    weakest: joint.ids[gap.weakest] ?? '',
    estimate: gap.estimate,
    interval: limitsOf(gap.interval),
  };
}

/** Gap between the best and the weakest part, and from the whole to the weakest. */
export function gapPairOf(joint: Joint, confidenceLevel: number): GapIndices['units'] {
  if (joint === null || joint === undefined) return { spread: null, toWhole: null };
  const usable = selectEstimates(joint, comparablePositions(joint));
  const whole = usable.ids.indexOf(wholeId);
  const parts = selectEstimates(
    usable,
    usable.ids.map((_, k) => k).filter((k) => k !== whole),
  );
  return {
    spread: pickedGap(parts, rangeGap(parts, confidenceLevel)),
    toWhole: whole < 0 ? null : pickedGap(usable, gapToWhole(usable, whole, confidenceLevel)),
  };
}

function measureOf({ mean, ...found }: Dispersion): DispersionMeasure {
  const between = Math.sqrt(found.betweenVariance);
  const interval = {
    lower: Math.sqrt(found.interval.lower),
    upper: Math.sqrt(found.interval.upper),
  };
  return {
    mean,
    observedDeviation: Math.sqrt(found.observedVariance),
    samplingDeviation: Math.sqrt(Math.max(0, found.samplingVariance)),
    betweenDeviation: between,
    interval,
    coefficient: between / mean,
    coefficientInterval: { lower: interval.lower / mean, upper: interval.upper / mean },
  };
}

/** Fewer units say nothing of their spread. */
const fewestUnits = 3;

/** Dispersion of the shown units, each counting alike and by the population it stands for. */
export function dispersionOf(
  units: readonly UnitResult[],
  joint: JointEstimates | null,
  confidenceLevel: number,
): GapIndices['dispersion'] {
  if (joint === null) return null;
  const positions = comparablePositions(joint).filter((k) => joint.ids[k] !== wholeId);
  if (positions.length < fewestUnits) return null;
  const parts = selectEstimates(joint, positions);
  const populations = positions.flatMap((k) => {
    const literate = units.find(({ regionCode }) => regionCode === joint.ids[k])?.literate;
    return literate?.state === 'shown' && literate.weightTotal !== null ? [literate.weightTotal] : [];
  });
  const equal = betweenDispersion(parts, { confidenceLevel });
  if (equal === null) return null;
  const weighted =
    populations.length === positions.length
      ? betweenDispersion(parts, { confidenceLevel, weights: Float64Array.from(populations) })
      : null;
  return {
    unitCount: positions.length,
    equalWeights: measureOf(equal),
    byPopulation: weighted === null ? null : measureOf(weighted),
  };
}
