/**
 * Tests of independence in a two-way table of a survey. Main result: Rao-Scott F with second-order correction
 * (Rao & Scott 1984; Thomas & Rao 1987); also the first-order chi-square and the Wald tests of Koch, Freeman &
 * Freeman (1975), plain and with adjusted degrees of freedom.
 * Agrees with R: survey::svychisq(statistic = "F" | "Chisq" | "Wald" | "adjWald").
 */
import { fail, ok, type Result } from '../../domain/result';
import { compensatedDot, compensatedSum } from '../../numeric/compensatedSum';
import { chiSquareTails, fTails } from '../../numeric/distributions';
import { choleskyFactor, solveCholesky } from '../../numeric/linearAlgebra';
import { addAt, at } from '../../numeric/typedArray';
import type { SurveyDesign } from '../design/surveyDesign';
import { domainSize, pick } from '../domainRows';
import { contributionProduct, influenceTotals, varianceContributions } from '../variance/linearised';
import type { Diagnostic } from '../estimateRecord';
import { levelsOf } from './modelMatrix';
import { negativeVariance } from './regression';

export interface FTest {
  readonly statistic: number;
  readonly numeratorDegreesOfFreedom: number;
  readonly denominatorDegreesOfFreedom: number;
  readonly pValue: number;
}

/** A test is null when its covariance came out negative (designs with joint probabilities): NEGATIVE_VARIANCE. */
export interface IndependenceTest {
  readonly raoScott: FTest | null;
  /** Pearson's chi-square of the weighted table scaled to the number of rows; p after first-order correction. */
  readonly chiSquare: {
    readonly statistic: number;
    readonly degreesOfFreedom: number;
    readonly pValue: number | null;
  };
  readonly wald: FTest | null;
  readonly adjustedWald: FTest | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface TableRequest {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** 1 = in the domain; an empty text in either variable leaves a row out. */
  readonly domain?: Uint8Array | null;
}

interface Table {
  readonly design: SurveyDesign;
  readonly at: Int32Array;
  readonly rowCode: Int32Array;
  readonly columnCode: Int32Array;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly weights: Float64Array;
  /** Weighted shares, row-major. */
  readonly shares: Float64Array;
  readonly rowShares: Float64Array;
  readonly columnShares: Float64Array;
}

/** Failures: EMPTY_DOMAIN when fewer than two rows or columns have respondents; TOO_FEW_PSUS without df. */
export function testIndependence(design: SurveyDesign, request: TableRequest): Result<IndependenceTest> {
  const table = buildTable(design, request);
  if (table.rowCount < 2 || table.columnCount < 2) return fail('EMPTY_DOMAIN', { missing: 0 });
  const { psuCount, stratumCount } = domainSize(design, table.at);
  const designDf = psuCount - stratumCount;
  const count = (table.rowCount - 1) * (table.columnCount - 1);
  if (designDf <= 0) return fail('TOO_FEW_PSUS', { psuCount });
  const pearson = pearsonStatistic(table);
  const effects = generalisedDesignEffects(table, count);
  const d0 = effects.trace ** 2 / effects.traceOfSquare;
  const wald = waldStatistic(table, count);
  const fOf = (statistic: number, numerator: number, denominator: number): FTest => ({
    statistic,
    numeratorDegreesOfFreedom: numerator,
    denominatorDegreesOfFreedom: denominator,
    pValue: fTails(statistic, numerator, denominator).upper,
  });
  const adjustedDf = designDf - count + 1;
  const isCorrected = effects.trace > 0 && effects.traceOfSquare > 0;
  return ok({
    raoScott: isCorrected ? fOf(pearson / effects.trace, d0, d0 * designDf) : null,
    chiSquare: {
      statistic: pearson,
      degreesOfFreedom: count,
      pValue: isCorrected ? chiSquareTails((pearson * count) / effects.trace, count).upper : null,
    },
    wald: wald === null ? null : fOf(wald / count, count, designDf),
    adjustedWald: wald === null ? null : fOf((wald * adjustedDf) / (count * designDf), count, adjustedDf),
    diagnostics: negativeVariance([isCorrected, wald !== null].filter((isUsable) => !isUsable).length),
  });
}

function buildTable(design: SurveyDesign, request: TableRequest): Table {
  const inside = (row: number): boolean =>
    design.weights[row] !== 0 &&
    request.domain?.[row] !== 0 &&
    request.rows[row] !== '' &&
    request.columns[row] !== '';
  const rows = Int32Array.from(design.weights.keys()).filter(inside);
  const code = (values: readonly string[]): { codes: Int32Array; count: number } => {
    const levels = levelsOf(values, rows);
    return { codes: rows.map((row) => levels.indexOf(values[row] ?? '')), count: levels.length };
  };
  const [rowCodes, columnCodes] = [code(request.rows), code(request.columns)];
  const weights = pick(design.weights, rows);
  const total = compensatedSum(weights);
  const shares = new Float64Array(rowCodes.count * columnCodes.count);
  const rowShares = new Float64Array(rowCodes.count);
  const columnShares = new Float64Array(columnCodes.count);
  weights.forEach((weight, i) => {
    const [row, column] = [at(rowCodes.codes, i), at(columnCodes.codes, i)];
    addAt(shares, row * columnCodes.count + column, weight / total);
    addAt(rowShares, row, weight / total);
    addAt(columnShares, column, weight / total);
  });
  return {
    design,
    at: rows,
    rowCode: rowCodes.codes,
    columnCode: columnCodes.codes,
    rowCount: rowCodes.count,
    columnCount: columnCodes.count,
    weights,
    shares,
    rowShares,
    columnShares,
  };
}

const expectedShare = (table: Table, cell: number): number =>
  at(table.rowShares, Math.floor(cell / table.columnCount)) *
  at(table.columnShares, cell % table.columnCount);

function pearsonStatistic(table: Table): number {
  const terms = table.shares.map(
    (share, cell) => (share - expectedShare(table, cell)) ** 2 / expectedShare(table, cell),
  );
  return table.at.length * compensatedSum(terms);
}

/** Variance contributions of a statistic that is linear in the rows, from its influence per table row. */
const contributionsOf = (table: Table, influence: (row: number, column: number) => number): Float64Array => {
  const values = Float64Array.from(table.at, (_, i) =>
    influence(at(table.rowCode, i), at(table.columnCode, i)),
  );
  return varianceContributions(table.design, influenceTotals(table.design, table.at, values));
};

/** Trace of Delta and of Delta squared: generalised design effects of the interaction contrasts. */
function generalisedDesignEffects(table: Table, count: number): { trace: number; traceOfSquare: number } {
  const { shares, columnCount } = table;
  const total = compensatedSum(table.weights);
  const inverseShare = (cell: number): number => (at(shares, cell) > 0 ? 1 / at(shares, cell) : 0);
  const contrasts = Array.from({ length: count }, (_, k) => interactionContrast(table, k));
  const simple = new Float64Array(count * count);
  const contributions = contrasts.map((contrast) => {
    const scaled = contrast.map((value, cell) => value * inverseShare(cell));
    const mean = compensatedDot(scaled, shares);
    return contributionsOf(table, (row, column) => (at(scaled, row * columnCount + column) - mean) / total);
  });
  const observed = new Float64Array(count * count);
  contrasts.forEach((left, i) => {
    contrasts.forEach((right, j) => {
      const products = left.map((value, cell) => value * at(right, cell) * inverseShare(cell));
      simple[i * count + j] = compensatedSum(products) / table.at.length;
      observed[i * count + j] = contributionProduct(
        table.design,
        contributions[i] ?? left,
        contributions[j] ?? right,
      );
    });
  });
  const factor = choleskyFactor(simple, count);
  const delta = Array.from({ length: count }, (_, j) =>
    solveCholesky(
      factor,
      Float64Array.from({ length: count }, (__, i) => at(observed, i * count + j)),
    ),
  );
  let trace = 0;
  let traceOfSquare = 0;
  delta.forEach((column, j) => {
    trace += at(column, j);
    column.forEach((value, i) => (traceOfSquare += value * at(delta[i] ?? column, j)));
  });
  return { trace, traceOfSquare };
}

/** k-th interaction contrast (row r and column c against the first of each); these span all that main effects leave. */
function interactionContrast(table: Table, k: number): Float64Array {
  const { rowCount, columnCount } = table;
  const row = 1 + Math.floor(k / (columnCount - 1));
  const column = 1 + (k % (columnCount - 1));
  const contrast = new Float64Array(rowCount * columnCount);
  contrast[0] = 1;
  contrast[column] = -1;
  contrast[row * columnCount] = -1;
  contrast[row * columnCount + column] = 1;
  return contrast;
}

/** Wald statistic of observed minus expected totals in all cells but the first row and column; null: no covariance. */
function waldStatistic(table: Table, count: number): number | null {
  const { columnCount, rowShares, columnShares } = table;
  const total = compensatedSum(table.weights);
  const cells = Array.from({ length: count }, (_, k) => ({
    row: 1 + Math.floor(k / (columnCount - 1)),
    column: 1 + (k % (columnCount - 1)),
  }));
  const differences = Float64Array.from(cells, ({ row, column }) => {
    const cell = row * columnCount + column;
    return total * (at(table.shares, cell) - expectedShare(table, cell));
  });
  const contributions = cells.map((cell) => {
    const [rowShare, columnShare] = [at(rowShares, cell.row), at(columnShares, cell.column)];
    return contributionsOf(table, (row, column) => {
      const inRow = row === cell.row ? 1 : 0;
      const inColumn = column === cell.column ? 1 : 0;
      return inRow * inColumn - inRow * columnShare - inColumn * rowShare + rowShare * columnShare;
    });
  });
  const covariance = new Float64Array(count * count);
  contributions.forEach((left, i) => {
    contributions.forEach(
      (right, j) => (covariance[i * count + j] = contributionProduct(table.design, left, right)),
    );
  });
  const factor = choleskyFactor(covariance, count);
  return factor.isIndefinite ? null : compensatedDot(differences, solveCholesky(factor, differences));
}
