/** Calibration to margins as a step of a specification: its space, its options, and the step by cells for replicates. */
import { fail } from '../../domain/result';
import type { CellReweighting } from '../../estimation/replicateEstimate';
import { cellCalibration, type CalibrationOptions } from '../../weighting/calibrate';
import type { CalibrationSpace } from '../../weighting/calibrationSpace';
import { marginSpace, type MarginTable } from '../../weighting/margins';
import { cellPostStratification } from '../../weighting/postStratify';
import type { DataTables } from '../dataTable';
import type { WeightingStep } from '../schema/weighting';
import type { Columns } from './columns';
import { categoriesAt, marginTable } from './marginTables';
import { need } from './refusal';

export interface StepContext {
  readonly columns: Columns;
  readonly tables: DataTables;
  /** Rows that still have a weight, in order. */
  readonly rows: Int32Array;
  readonly path: string;
}

export type StepOf<S extends WeightingStep['step']> = Extract<WeightingStep, { step: S }>;

export function spaceOfMargins(margins: readonly MarginTable[], context: StepContext): CalibrationSpace {
  const { rows } = context;
  const path = `${context.path}.margins`;
  const variables = new Set(margins.flatMap((margin) => margin.variables));
  return need(
    marginSpace(margins, categoriesAt(context.columns, variables, { rows, path }), rows.length),
    path,
  );
}

export function marginTables(
  step: StepOf<'raking'> | StepOf<'calibration'>,
  context: StepContext,
): readonly MarginTable[] {
  return step.margins.map((margin, k) =>
    marginTable(margin, context.tables, `${context.path}.margins[${k}]`),
  );
}

export function calibrationOptions(step: StepOf<'raking'> | StepOf<'calibration'>): CalibrationOptions {
  if (step.step === 'raking') return { distance: 'raking' };
  return { distance: step.distance, ...(step.bounds === null ? {} : { bounds: step.bounds }) };
}

/** Null for several steps, caps and totals of numbers: these need the rows. Refused as the step itself. */
export function cellsOf(steps: readonly WeightingStep[], context: StepContext): CellReweighting | null {
  const [step] = steps;
  if (step === undefined || steps.length > 1) return null;
  const found = cellStep(step, context);
  if (found === null) return null;
  return {
    ...found,
    ratios: (sums, nearby) => {
      const ratios = found.ratios(sums, nearby);
      return ratios.ok ? ratios : fail(ratios.failure.code, { path: context.path, ...ratios.failure.params });
    },
  };
}

function cellStep(step: WeightingStep, context: StepContext): CellReweighting | null {
  switch (step.step) {
    case 'postStratification': {
      const margin = marginTable(step.margin, context.tables, `${context.path}.margin`);
      return cellPostStratification(spaceOfMargins([margin], context), margin);
    }
    case 'raking':
    case 'calibration': {
      const isByMargins = step.step === 'raking' || step.totals.length === 0;
      if (!isByMargins || step.capTimesMedian !== null) return null;
      const space = spaceOfMargins(marginTables(step, context), context);
      return need(cellCalibration(space, calibrationOptions(step)), context.path);
    }
    default:
      return null;
  }
}
