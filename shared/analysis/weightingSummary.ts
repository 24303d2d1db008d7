/** What was done to the weights, with the margins before and after. */
import type { SurveyResults } from '../results/surveyResults';
import type { CalibrationDiagnostics } from '../weighting/diagnostics';
import { kishDesignEffect } from '../weighting/diagnostics';
import type { AnalysisInput } from './analysisInput';
import type { SampleDesign } from './sampleDesign';

type Summary = SurveyResults['weighting'];

/** Calibration lines in the order of the margins' cells, with their variables and categories back. */
function marginLines(input: AnalysisInput, diagnostics: CalibrationDiagnostics): Summary['margins'] {
  const cells = (input.margins?.margins ?? []).flatMap((table) =>
    table.cells.map((cell) => ({ variables: [...table.variables], categories: [...cell.categories] })),
  );
  return diagnostics.margins.flatMap(({ before, after, target }, index) => {
    const cell = cells[index];
    return cell === undefined ? [] : [{ ...cell, before, after, target }];
  });
}

const notCalibrated = {
  iterations: null,
  minimumAdjustment: null,
  maximumAdjustment: null,
  marginSource: null,
  margins: [],
} satisfies Partial<Summary>;

function calibrationPart(
  input: AnalysisInput,
  calibration: SampleDesign['calibration'],
): Pick<Summary, keyof typeof notCalibrated> {
  if (calibration === null) return notCalibrated;
  const { diagnostics } = calibration;
  return {
    iterations: diagnostics.iterations,
    minimumAdjustment: diagnostics.minimumAdjustment,
    maximumAdjustment: diagnostics.maximumAdjustment,
    marginSource: input.margins?.source ?? null,
    margins: marginLines(input, diagnostics),
  };
}

export function weightingSummaryOf(input: AnalysisInput, sample: SampleDesign): Summary {
  const { weighting } = input.survey.settings;
  const { weights } = sample.design;
  return {
    recipe: weighting.kind === 'calibrated' ? weighting.method : weighting.kind,
    respondentCount: weights.length,
    weightTotal: weighting.kind === 'equal' ? null : weights.reduce((sum, weight) => sum + weight, 0),
    minimum: weights.reduce((low, weight) => Math.min(low, weight), Infinity),
    maximum: weights.reduce((high, weight) => Math.max(high, weight), 0),
    kishDesignEffect: kishDesignEffect(weights),
    ...calibrationPart(input, sample.calibration),
  };
}
