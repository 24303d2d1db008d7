/** Replicates of a run: drawn from the design, or read from a file. */
import { fail, ok, unreachable, type Result } from '../../domain/result';
import { createSurveyDesign, type SurveyDesign } from '../../estimation/design/surveyDesign';
import { balancedReplicates } from '../../estimation/variance/balancedReplicates';
import {
  cantyDavisonReplicates,
  subbootstrapReplicates,
} from '../../estimation/variance/bootstrapReplicates';
import { fromReplicateTable, scaleMark, type ReplicateTable } from '../../estimation/variance/replicateTable';
import { jackknifeReplicates, type ReplicateWeights } from '../../estimation/variance/replicates';
import { at } from '../../numeric/typedArray';
import type { DataTable, DataTables } from '../dataTable';
import type { ReplicateSource } from '../schema/variance';
import { tableOf } from './assembleData';
import { createColumns, wholeNumbers, wholeTexts, type Columns } from './columns';
import { need, refuse } from './refusal';
import { psuNames } from './sample';

const path = 'variance.source';

export interface RunReplicates {
  /** Weights the factors multiply, and the units they belong to. */
  readonly design: SurveyDesign;
  readonly weights: ReplicateWeights;
}

type FileSource = Extract<ReplicateSource, { kind: 'file' }>;

/** `start` holds the weights that the factors multiply: base weights, or final ones when nothing is repeated. */
export function replicatesOf(
  source: ReplicateSource,
  start: SurveyDesign,
  tables: DataTables,
): RunReplicates {
  if (source.kind === 'file' && source.per === 'row') return rowReplicates(source, start, tables);
  return { design: start, weights: need(unitReplicates(source, start, tables), path) };
}

function unitReplicates(
  source: ReplicateSource,
  design: SurveyDesign,
  tables: DataTables,
): Result<ReplicateWeights> {
  switch (source.kind) {
    case 'jackknife':
      return jackknifeReplicates(design);
    case 'brr':
      return balancedReplicates(design, source.rho);
    case 'subbootstrap':
      return subbootstrapReplicates(design, { seed: source.seed, replicateCount: source.count });
    case 'bootstrap':
      return cantyDavisonReplicates(design, { seed: source.seed, replicateCount: source.count });
    case 'exported':
      return fromReplicateTable(design, exportedTable(tableOf(tables, source.file, `${path}.file`)));
    case 'file':
      return fromReplicateTable(design, foreignTable(source, design, tables));
    default:
      return unreachable(source);
  }
}

function exportedTable(table: DataTable): ReplicateTable {
  const columns = createColumns(table);
  const texts = columns.names.map((name) => columns.texts(name, `${path}.file`));
  return {
    header: columns.names,
    rows: Array.from({ length: table.rowCount }, (_, row) => texts.map((column) => column[row] ?? '')),
  };
}

/** Columns `prefix`1, `prefix`2, ... as far as they go. */
function replicateColumns(source: FileSource, columns: Columns): readonly Float64Array[] {
  const found: Float64Array[] = [];
  for (let name = `${source.prefix}1`; columns.has(name); name = `${source.prefix}${found.length + 1}`) {
    found.push(wholeNumbers(columns, { column: name, path: `${path}.file` }, (value) => value >= 0));
  }
  if (found.length < 2) {
    refuse('SPEC_COLUMN_MISSING', `${path}.prefix`, {
      column: `${source.prefix}1`,
      columns: columns.names.slice(0, 10).join('、'),
    });
  }
  return found;
}

function scalesOf(source: FileSource, count: number): Float64Array {
  const { replicateScales: scales } = source;
  if (typeof scales !== 'number' && scales.length !== count) {
    refuse('SPEC_LENGTHS_DIFFER', `${path}.replicateScales`, { expected: count });
  }
  return Float64Array.from({ length: count }, (_, index) =>
    typeof scales === 'number' ? scales : (scales[index] ?? NaN),
  );
}

/** The file in the form of our own exports: stratum, PSU, factors, and the scales as a row. */
function foreignTable(source: FileSource, design: SurveyDesign, tables: DataTables): ReplicateTable {
  const columns = createColumns(tableOf(tables, source.file, `${path}.file`));
  if (source.psu === null) return refuse('SPEC_COLUMN_MISSING', `${path}.psu`, { column: 'psu' });
  const psus = wholeTexts(columns, source.psu, `${path}.psu`);
  const stratumOfPsu = new Map(psuNames(design).map(({ psu, stratum }) => [psu, stratum]));
  const strata =
    source.stratum === null
      ? psus.map((psu) => stratumOfPsu.get(psu) ?? '')
      : wholeTexts(columns, source.stratum, `${path}.stratum`);
  const factors = replicateColumns(source, columns);
  const scales = scalesOf(source, factors.length);
  return {
    header: ['stratum', 'psu', ...factors.map((_, index) => `r${index + 1}`)],
    rows: [
      [scaleMark, 'bootstrap', ...scales.map((scale) => scale * source.overallScale)],
      ...psus.map((psu, row) => [strata[row] ?? '', psu, ...factors.map((column) => at(column, row))]),
    ],
  };
}

/** One line per row of the data: every row is a unit of its own. */
function rowReplicates(source: FileSource, start: SurveyDesign, tables: DataTables): RunReplicates {
  const columns = createColumns(tableOf(tables, source.file, `${path}.file`));
  const { rowCount } = start;
  if (columns.rowCount !== rowCount) {
    const { file } = source;
    refuse('SPEC_ROWS_DIFFER', `${path}.file`, { file, rows: columns.rowCount, expected: rowCount });
  }
  const given = replicateColumns(source, columns);
  const factorOf = (value: number, row: number): number => {
    const weight = at(start.weights, row);
    if (source.content === 'factors' || weight === 0) return value;
    return value / weight;
  };
  const factors = new Float64Array(given.length * rowCount);
  given.forEach((column, index) =>
    column.forEach((value, row) => (factors[index * rowCount + row] = factorOf(value, row))),
  );
  return {
    design: need(createSurveyDesign({ stages: [], weights: start.weights }), path),
    weights: {
      method: 'bootstrap',
      replicateCount: given.length,
      factors,
      overallScale: source.overallScale,
      replicateScales: scalesOf(source, given.length),
    },
  };
}

/** What the variance section says of replicates that cannot be. */
export function checkReplicateContent(source: ReplicateSource, hasWeighting: boolean): Result<null> {
  if (source.kind !== 'file' || source.content === 'factors') return ok(null);
  if (source.per === 'psu') return fail('SPEC_NOT_SUPPORTED', { path: `${path}.content`, with: 'per' });
  return hasWeighting ? fail('SPEC_NOT_SUPPORTED', { path: `${path}.content`, with: 'reweigh' }) : ok(null);
}
