/** From the design section to survey designs: stages, base weights, weighting, and the design with final weights. */
import {
  createSurveyDesign,
  withCalibration,
  type StageSpec,
  type SurveyDesign,
  type SurveyDesignSpec,
  type UnequalProbabilities,
} from '../../estimation/design/surveyDesign';
import { unreachable } from '../../domain/result';
import { at } from '../../numeric/typedArray';
import type { AnalysisSpec } from '../analysisSpec';
import type { DataTables } from '../dataTable';
import { tableOf } from './assembleData';
import { createColumns, wholeNumbers, wholeTexts, type Columns } from './columns';
import { membersOf } from './conditions';
import { need, refuse } from './refusal';
import { prepareWeighting, type Weighted, type Weighting } from './weighting';

export type DesignSection = Pick<AnalysisSpec, 'design' | 'weighting'>;
type Design = AnalysisSpec['design'];

export interface Sample {
  /** Everyone sampled with base weights: what replicates are made of. */
  readonly baseDesign: SurveyDesign;
  /** Final weights; knows about the last calibration. */
  readonly design: SurveyDesign;
  readonly weighting: Weighting;
  readonly weighted: Weighted;
}

const isProbability = (value: number): boolean => value > 0 && value <= 1 + 1e-12;

function stageColumns(columns: Columns, design: Design): StageSpec[] {
  return design.stages.map((stage, index) => {
    const path = `design.stages[${index}]`;
    const { population } = stage;
    const place = { column: population?.column ?? '', path: `${path}.population.column` };
    return {
      units: stage.units === null ? rowNumbers(columns) : wholeTexts(columns, stage.units, `${path}.units`),
      strata: stage.strata === null ? null : wholeTexts(columns, stage.strata, `${path}.strata`),
      finitePopulation:
        population === null
          ? null
          : {
              kind: population.kind === 'count' ? 'populationCount' : 'samplingFraction',
              values: wholeNumbers(columns, place, (value) => value > 0),
            },
    };
  });
}

const rowNumbers = ({ rowCount }: Columns): Int32Array =>
  Int32Array.from({ length: rowCount }, (_, row) => row);

/** PSUs drawn for certain become strata, their second-stage units (or rows) the PSUs. */
function certaintyStages(
  columns: Columns,
  design: Design,
  stages: readonly StageSpec[],
): readonly StageSpec[] {
  const isCertain = membersOf(columns, design.certainty, 'design.certainty');
  if (isCertain === null) return stages;
  const [first, second] = stages;
  if (first === undefined || first.finitePopulation) {
    return refuse('SPEC_NOT_SUPPORTED', 'design.certainty', { with: 'population' });
  }
  const stratumOf = (row: number): string => String(first.strata?.[row] ?? '');
  const psuOf = (row: number): string => `${stratumOf(row)}/${String(first.units[row])}`;
  const rows = Array.from({ length: columns.rowCount }, (_, row) => row);
  return [
    {
      strata: rows.map((row) =>
        isCertain[row] === 1 ? `certainty ${psuOf(row)}` : `stratum ${stratumOf(row)}`,
      ),
      units: rows.map((row) =>
        isCertain[row] === 1 ? `${psuOf(row)}/${String(second?.units[row] ?? row)}` : psuOf(row),
      ),
    },
  ];
}

function unequalProbabilities(
  columns: Columns,
  tables: DataTables,
  spec: Design['unequalProbabilities'],
): UnequalProbabilities | null {
  if (spec === null) return null;
  const path = 'design.unequalProbabilities';
  const place = { column: spec.probability, path: `${path}.probability` };
  const inclusionProbabilities = wholeNumbers(columns, place, isProbability);
  const { variance } = spec;
  switch (variance.kind) {
    case 'brewer':
      return { inclusionProbabilities, variance: { method: 'brewer' } };
    case 'hartleyRao': {
      const { squareSums } = variance;
      const sumPlace = { column: squareSums ?? '', path: `${path}.variance.squareSums` };
      const given =
        squareSums === null ? {} : { squareSums: wholeNumbers(columns, sumPlace, (sum) => sum > 0) };
      return { inclusionProbabilities, variance: { method: 'hartleyRao', ...given } };
    }
    case 'horvitzThompson':
    case 'yatesGrundy': {
      const joint = jointProbabilities(tables, variance.file, `${path}.variance.file`);
      return { inclusionProbabilities, variance: { method: variance.kind, joint } };
    }
    default:
      return unreachable(variance);
  }
}

/** Square table as a row-major matrix. */
function jointProbabilities(tables: DataTables, file: string, path: string): Float64Array {
  const columns = createColumns(tableOf(tables, file, path));
  const size = columns.rowCount;
  if (columns.names.length !== size) {
    refuse('SPEC_ROWS_DIFFER', path, { file, rows: size, expected: columns.names.length });
  }
  const joint = new Float64Array(size * size);
  columns.names.forEach((column, j) => {
    const values = wholeNumbers(columns, { column, path }, (value) => value >= 0 && value <= 1 + 1e-12);
    values.forEach((value, i) => (joint[i * size + j] = value));
  });
  return joint;
}

function product(
  columns: Columns,
  names: readonly string[],
  path: string,
  passes: (value: number) => boolean,
): Float64Array {
  const result = new Float64Array(columns.rowCount).fill(1);
  names.forEach((column, index) => {
    const values = wholeNumbers(columns, { column, path: `${path}[${index}]` }, passes);
    values.forEach((value, row) => (result[row] = at(result, row) * value));
  });
  return result;
}

/** Product over the stages of 1 / sampling fraction. */
function populationWeights(columns: Columns, spec: Omit<SurveyDesignSpec, 'weights'>): Float64Array {
  const path = 'design.weights';
  const open = spec.stages.findIndex((stage) => !stage.finitePopulation);
  if (open >= 0 || spec.stages.length === 0) refuse('SPEC_NOT_SUPPORTED', path, { with: 'population' });
  const ones = new Float64Array(columns.rowCount).fill(1);
  const { stages } = need(
    createSurveyDesign({ ...spec, ultimateCluster: false, singlePsuRule: 'certainty', weights: ones }),
    path,
  );
  return ones.map((_, row) =>
    stages.reduce((weight, stage) => weight / at(stage.samplingFraction, at(stage.stratumOfRow, row)), 1),
  );
}

function baseWeights(
  columns: Columns,
  design: Design,
  spec: Omit<SurveyDesignSpec, 'weights'>,
): Float64Array {
  const { weights } = design;
  const path = 'design.weights';
  switch (weights.kind) {
    case 'column': {
      const place = { column: weights.column, path: `${path}.column` };
      return wholeNumbers(columns, place, (value) => value >= 0);
    }
    case 'stages': {
      const counts = product(columns, weights.counts, `${path}.counts`, (value) => value > 0);
      const chances = product(columns, weights.probabilities, `${path}.probabilities`, isProbability);
      return counts.map((count, row) => count / at(chances, row));
    }
    case 'populations':
      return populationWeights(columns, spec);
    case 'equal':
      return new Float64Array(columns.rowCount).fill(1);
    default:
      return unreachable(weights);
  }
}

/** Refused: NO_RESPONDENTS, failures of columns, weighting and `createSurveyDesign`, at their path. */
export function buildSample(section: DesignSection, columns: Columns, tables: DataTables): Sample {
  if (columns.rowCount === 0) refuse('NO_RESPONDENTS', 'data');
  const { design } = section;
  const spec = {
    stages: certaintyStages(columns, design, stageColumns(columns, design)),
    singlePsuRule: design.singlePsuRule,
    nest: design.nested,
    ultimateCluster: design.firstStageOnly,
    unequalProbabilities: unequalProbabilities(columns, tables, design.unequalProbabilities),
  };
  const base = baseWeights(columns, design, spec);
  const weighting = prepareWeighting(section.weighting, columns, tables);
  const weighted = need(weighting.run(base), 'weighting');
  const baseDesign = need(createSurveyDesign({ ...spec, weights: base }), 'design');
  return { baseDesign, design: finalDesign(baseDesign, weighted), weighting, weighted };
}

function finalDesign(baseDesign: SurveyDesign, { weights, info }: Weighted): SurveyDesign {
  return info === null ? { ...baseDesign, weights } : withCalibration(baseDesign, { weights, info });
}

/** PSUs as replicate files name them. */
export function psuNames(
  design: SurveyDesign,
): readonly { readonly stratum: string; readonly psu: string }[] {
  const first = design.stages[0];
  if (first === undefined) return [];
  return first.unitLabels.map((psu, unit) => ({
    psu,
    stratum: first.stratumLabels[at(first.stratumOfUnit, unit)] ?? '',
  }));
}
