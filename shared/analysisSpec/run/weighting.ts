/**
 * Weighting steps of a specification, made ready once and then done for the base weights and for every replicate of
 * them: what does not depend on the weights (respondents, cells, margins) is read and checked here.
 */
import { fail, ok, unreachable, type Result } from '../../domain/result';
import type { CalibrationInfo } from '../../estimation/design/calibrationInfo';
import { pick } from '../../estimation/domainRows';
import type { CellReweighting } from '../../estimation/replicateEstimate';
import { at } from '../../numeric/typedArray';
import { calibrate, type CalibrationOptions, type CalibrationResult } from '../../weighting/calibrate';
import {
  auxiliarySpace,
  type AuxiliaryVariable,
  type CalibrationSpace,
} from '../../weighting/calibrationSpace';
import type { CalibrationDiagnostics } from '../../weighting/diagnostics';
import type { MarginTable } from '../../weighting/margins';
import { adjustForNonresponse, type ResponseClass } from '../../weighting/nonresponse';
import { postStratify } from '../../weighting/postStratify';
import { adjustByPropensity } from '../../weighting/propensity';
import { medianWeight, trimWeights } from '../../weighting/trim';
import { trimAndCalibrate } from '../../weighting/trimAndCalibrate';
import type { DataTables } from '../dataTable';
import type { WeightingStep } from '../schema/weighting';
import {
  calibrationOptions,
  cellsOf,
  marginTables,
  spaceOfMargins,
  type StepContext,
  type StepOf,
} from './calibrationSteps';
import type { Columns } from './columns';
import { wholeNumbers } from './columns';
import { membersOf } from './conditions';
import { categoriesAt, marginTable } from './marginTables';
import { modelTerms } from './modelTerms';
import { refuse } from './refusal';

/** What a step found, beside the weights. */
export interface StepFindings {
  readonly classes?: readonly ResponseClass[];
  readonly propensityModel?: { readonly names: readonly string[]; readonly coefficients: readonly number[] };
  readonly calibration?: CalibrationDiagnostics;
  readonly cap?: number;
  readonly cutCount?: number;
}

export interface StepResult {
  readonly step: WeightingStep['step'];
  readonly weights: Float64Array;
  readonly findings: StepFindings;
}

export interface Weighted {
  readonly weights: Float64Array;
  /** The last calibration, which linearised errors must know about. */
  readonly info: CalibrationInfo | null;
  readonly steps: readonly StepResult[];
}

export interface Weighting {
  /** Final weights from base weights; failures carry the path of the step. */
  readonly run: (baseWeights: Float64Array) => Result<Weighted>;
  /** The same by cells, where one calibration to margins is all there is; null where rows are needed. */
  readonly cells: CellReweighting | null;
}

interface Done {
  readonly weights: Float64Array;
  readonly findings: StepFindings;
  /** Undefined: the step leaves the knowledge about an earlier calibration as it is. */
  readonly info?: CalibrationInfo | null;
}

type Act = (weights: Float64Array) => Result<Done>;

function classAdjustment(step: StepOf<'nonresponseClasses'>, context: StepContext): Act {
  const { columns, path } = context;
  const responded = respondents(step.responded, context);
  const names = step.variables.map((name, k): [string, readonly string[]] => [
    name,
    columns.texts(name, `${path}.variables[${k}]`),
  ]);
  const spec = { columns: Object.fromEntries(names), variables: step.variables };
  return (weights) => {
    const found = adjustForNonresponse(weights, responded, spec);
    if (!found.ok) return found;
    return ok({ weights: found.value.weights, findings: { classes: found.value.classes }, info: null });
  };
}

function propensityAdjustment(step: StepOf<'responsePropensity'>, context: StepContext): Act {
  const responded = respondents(step.responded, context);
  const terms = modelTerms(context.columns, step.terms, `${context.path}.terms`);
  const spec = step.classes === null ? { terms } : { terms, classCount: step.classes };
  return (weights) => {
    const found = adjustByPropensity(weights, responded, spec);
    if (!found.ok) return found;
    const { names, coefficients, classes } = found.value;
    const propensityModel = { names, coefficients: [...coefficients] };
    return ok({ weights: found.value.weights, findings: { propensityModel, classes }, info: null });
  };
}

const respondents = (
  condition: StepOf<'nonresponseClasses'>['responded'],
  context: StepContext,
): Uint8Array => membersOf(context.columns, condition, `${context.path}.responded`) ?? new Uint8Array(0);

/** A calibration of the rows that have a weight; the others keep 0. */
function calibrationOf(context: StepContext, act: (weights: Float64Array) => Result<CalibrationResult>): Act {
  const { rows, columns } = context;
  const isWhole = rows.length === columns.rowCount;
  return (weights) => {
    const found = act(isWhole ? weights : pick(weights, rows));
    if (!found.ok) return found;
    const { diagnostics, info } = found.value;
    const findings = { calibration: diagnostics, ...capOf(found.value) };
    if (isWhole) return ok({ weights: found.value.weights, info, findings });
    const cellOfRow = new Int32Array(columns.rowCount);
    rows.forEach((row, i) => (cellOfRow[row] = at(info.cellOfRow, i)));
    const spread = (values: Float64Array): Float64Array => {
      const whole = new Float64Array(columns.rowCount);
      rows.forEach((row, i) => (whole[row] = at(values, i)));
      return whole;
    };
    return ok({
      weights: spread(found.value.weights),
      info: { ...info, cellOfRow, baseWeights: spread(info.baseWeights) },
      findings,
    });
  };
}

const capOf = (
  found: CalibrationResult & { readonly cap?: number; readonly cutCount?: number },
): StepFindings => (found.cap === undefined ? {} : { cap: found.cap, cutCount: found.cutCount ?? 0 });

function poststratification(step: StepOf<'postStratification'>, context: StepContext): Act {
  const path = `${context.path}.margin`;
  const margin = marginTable(step.margin, context.tables, path);
  const columns = categoriesAt(context.columns, new Set(margin.variables), { rows: context.rows, path });
  return calibrationOf(context, (weights) => postStratify(weights, margin, columns));
}

const capped = (
  space: CalibrationSpace,
  options: CalibrationOptions,
  timesMedian: number | null,
): ((weights: Float64Array) => Result<CalibrationResult>) =>
  timesMedian === null
    ? (weights) => calibrate(weights, space, options)
    : (weights) => trimAndCalibrate(weights, space, options, { timesMedian });

function raking(step: StepOf<'raking'>, context: StepContext): Act {
  const space = spaceOfMargins(marginTables(step, context), context);
  return calibrationOf(context, capped(space, calibrationOptions(step), step.capTimesMedian));
}

/** Indicators of the margins' cells and the numeric columns, row by row. */
function mixedSpace(
  step: StepOf<'calibration'>,
  margins: readonly MarginTable[],
  context: StepContext,
): CalibrationSpace {
  const { rows } = context;
  const totals = step.totals.map(({ column, total }, k): AuxiliaryVariable => {
    const place = { column, path: `${context.path}.totals[${k}].column` };
    return {
      name: column,
      values: pick(
        wholeNumbers(context.columns, place, () => true),
        rows,
      ),
      total,
    };
  });
  if (margins.length === 0) return auxiliarySpace(totals);
  const cells = spaceOfMargins(margins, context);
  const indicators = cells.names.map((name, k): AuxiliaryVariable => ({
    name,
    values: Float64Array.from(cells.cellOfRow, (cell) => at(cells.variables, cell * cells.variableCount + k)),
    total: at(cells.totals, k),
  }));
  return auxiliarySpace([...indicators, ...totals]);
}

function calibration(step: StepOf<'calibration'>, context: StepContext): Act {
  const margins = marginTables(step, context);
  const space =
    step.totals.length === 0 ? spaceOfMargins(margins, context) : mixedSpace(step, margins, context);
  return calibrationOf(context, capped(space, calibrationOptions(step), step.capTimesMedian));
}

function trimming(step: StepOf<'trimming'>): Act {
  const { cap } = step;
  return (weights) => {
    const limit = cap.kind === 'weight' ? cap.weight : cap.factor * medianWeight(weights);
    const found = trimWeights(weights, limit);
    if (!found.ok) return found;
    return ok({ weights: found.value.weights, findings: { cap: limit, cutCount: found.value.cutCount } });
  };
}

function actOf(step: WeightingStep, context: StepContext): Act {
  switch (step.step) {
    case 'nonresponseClasses':
      return classAdjustment(step, context);
    case 'responsePropensity':
      return propensityAdjustment(step, context);
    case 'postStratification':
      return poststratification(step, context);
    case 'raking':
      return raking(step, context);
    case 'calibration':
      return calibration(step, context);
    case 'trimming':
      return trimming(step);
    default:
      return unreachable(step);
  }
}

/** Rows that have a weight after the step. */
function rowsAfter(step: WeightingStep, context: StepContext): Int32Array {
  if (step.step !== 'nonresponseClasses' && step.step !== 'responsePropensity') return context.rows;
  const responded = respondents(step.responded, context);
  return context.rows.filter((row) => responded[row] === 1);
}

/** Reads and checks all steps. Refused: failures of columns, margins and conditions, at the path of the step. */
export function prepareWeighting(
  steps: readonly WeightingStep[],
  columns: Columns,
  tables: DataTables,
): Weighting {
  let rows: Int32Array = Int32Array.from({ length: columns.rowCount }, (_, row) => row);
  const cells = cellsOf(steps, { columns, tables, rows, path: 'weighting[0]' });
  const acts = steps.map((step, index) => {
    const context = { columns, tables, rows, path: `weighting[${index}]` };
    const act = actOf(step, context);
    rows = rowsAfter(step, context);
    if (rows.length === 0) refuse('NO_RESPONDENTS', context.path, { class: '' });
    return { step: step.step, act, path: context.path };
  });
  return { run: (baseWeights) => runSteps(acts, baseWeights), cells };
}

interface PreparedStep {
  readonly step: WeightingStep['step'];
  readonly act: Act;
  readonly path: string;
}

function runSteps(acts: readonly PreparedStep[], baseWeights: Float64Array): Result<Weighted> {
  let weights = baseWeights;
  let info: CalibrationInfo | null = null;
  const steps: StepResult[] = [];
  for (const { step, act, path } of acts) {
    const found = act(weights);
    if (!found.ok) return fail(found.failure.code, { path, ...found.failure.params });
    ({ weights } = found.value);
    if (found.value.info !== undefined) ({ info } = found.value);
    steps.push({ step, weights, findings: found.value.findings });
  }
  return ok({ weights, info, steps });
}
