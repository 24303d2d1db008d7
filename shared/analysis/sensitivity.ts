/**
 * How far the answer of a non-probability sample hangs on its weighting: the share again with every margin left out in
 * turn and with equal weights, and the participation ratio that would move it to the target. It tests the weighting's
 * choices, not the assumption that people of the same sex, age, education and residence are alike: nothing can.
 */
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import { compensatedDot, compensatedSum } from '../numeric/compensatedSum';
import type { SensitivityResults, SensitivityVariant } from '../results/progressResults';
import type { Figure } from '../results/surveyResults';
import { isShown } from '../texts/format';
import { calibrateToMargins } from '../weighting/calibrate';
import type { MarginTable } from '../weighting/margins';
import type { AnalysedRow, AnalysisInput } from './analysisInput';
import { goalFor } from './analysisInput';
import { categoryColumns, settledMargins } from './sampleDesign';
import type { SampleDesign } from './sampleDesign';

const odds = (share: number): number => share / (1 - share);

interface Weighted {
  readonly kind: SensitivityVariant['kind'];
  readonly variables: readonly string[];
  readonly weights: Result<Float64Array>;
}

function variantsOf(
  input: AnalysisInput,
  rows: readonly AnalysedRow[],
  sample: SampleDesign,
): readonly Weighted[] {
  const base = sample.calibration?.info.baseWeights ?? sample.design.weights;
  const margins = sample.calibration === null ? [] : settledMargins(input.margins?.margins ?? []);
  const columns = categoryColumns(rows);
  const calibrated = (kept: readonly MarginTable[]): Result<Float64Array> => {
    if (kept.length === 0) return ok(base);
    const found = calibrateToMargins(base, kept, columns, { distance: 'raking' });
    return found.ok ? ok(found.value.weights) : found;
  };
  return [
    { kind: 'main', variables: [], weights: ok(sample.design.weights) },
    ...margins.map((left) => ({
      kind: 'without' as const,
      variables: left.variables,
      weights: calibrated(margins.filter((margin) => margin !== left)),
    })),
    { kind: 'equalWeights', variables: [], weights: ok(new Float64Array(rows.length).fill(1)) },
  ];
}

/** Null unless the sample is a non-probability one with a published headline. */
export function sensitivityOf(
  input: AnalysisInput,
  rows: readonly AnalysedRow[],
  work: { readonly sample: SampleDesign; readonly headline: Figure },
): SensitivityResults | null {
  if (input.survey.settings.basis !== 'nonprobability' || !isShown(work.headline)) return null;
  const main = work.headline.estimate;
  const passed = Float64Array.from(rows, (row) => (row.score.passed ? 1 : 0));
  const variants = variantsOf(input, rows, work.sample).map(({ kind, variables, weights }) => {
    const estimate = weights.ok
      ? compensatedDot(weights.value, passed) / compensatedSum(weights.value)
      : null;
    const difference = estimate === null ? null : estimate - main;
    return { kind, variables: [...variables], estimate, difference };
  });
  const found = variants.flatMap(({ estimate }) => (estimate === null ? [] : [estimate]));
  const target = goalFor(input.plan, input.survey.settings.year).value / 100;
  return {
    variants,
    lowest: Math.min(...found),
    highest: Math.max(...found),
    tippingRatio: main > 0 && main < 1 ? odds(main) / odds(target) : null,
    target,
  };
}
