/** The city's design from the counties' rows of sums: one row per PSU, or per PSU and calibration cell. */
import { ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import { calibrate, type CalibrationResult } from '../weighting/calibrate';
import { marginSpace, type MarginTable } from '../weighting/margins';
import type { CountyExport } from './countyExport';
import type { SinglePsuRule } from '../estimation/design/designSpec';
import { createSurveyDesign, type SurveyDesign } from '../estimation/design/surveyDesign';

export interface City {
  readonly design: SurveyDesign;
  /** First position of every county's rows. */
  readonly offsets: readonly number[];
  /** Weight of every row as sent. */
  readonly sentWeights: Float64Array;
  /** Final weight / sent weight of every row; 1 without a calibration of the city. */
  readonly factors: Float64Array;
}

interface CityRow {
  readonly psu: string;
  readonly stratum: string;
  readonly populationCount: number | null;
  readonly weight: number;
  readonly categories: Readonly<Record<string, string>>;
}

function cityRows(exports: readonly CountyExport[]): readonly CityRow[] {
  return exports.flatMap(({ county, psus, rows, cells, cellVariables }) =>
    rows.map(({ psu, cell, weight }) => {
      const own = psus[psu];
      const categories = cellVariables.map((name, index) => [name, cells[cell]?.[index] ?? ''] as const);
      return {
        psu: JSON.stringify([county, own?.label ?? '']),
        stratum: own?.stratum ?? '',
        populationCount: own?.populationCount ?? null,
        weight,
        categories: Object.fromEntries(categories),
      };
    }),
  );
}

/** Rakes the rows to the city's margins: every person of a cell has the cell's factor. */
function calibrated(
  rows: readonly CityRow[],
  sent: Float64Array,
  margins: readonly MarginTable[],
): Result<CalibrationResult | null> {
  if (margins.length === 0) return ok(null);
  const variables = new Set(margins.flatMap((margin) => margin.variables));
  const columns = Object.fromEntries(
    [...variables].map((name) => [name, rows.map(({ categories }) => categories[name] ?? '')]),
  );
  const space = marginSpace(margins, columns, rows.length);
  return space.ok ? calibrate(sent, space.value, { distance: 'raking' }) : space;
}

/** Failures: those of `marginSpace`, `calibrate` and `createSurveyDesign`. */
export function cityDesign(
  exports: readonly CountyExport[],
  singlePsuRule: SinglePsuRule,
  margins: readonly MarginTable[],
): Result<City> {
  const rows = cityRows(exports);
  const sentWeights = Float64Array.from(rows, ({ weight }) => weight);
  const calibration = calibrated(rows, sentWeights, margins);
  if (!calibration.ok) return calibration;
  const weights = calibration.value?.weights ?? sentWeights;
  const isFinite = rows.some(({ populationCount }) => populationCount !== null);
  const values = rows.map(({ populationCount }) => populationCount ?? NaN);
  const strata = rows.every(({ stratum }) => stratum === '') ? null : rows.map(({ stratum }) => stratum);
  const design = createSurveyDesign({
    stages: [
      {
        units: rows.map(({ psu }) => psu),
        strata,
        finitePopulation: isFinite ? { kind: 'populationCount', values } : null,
      },
    ],
    weights,
    singlePsuRule,
    calibration: calibration.value?.info ?? null,
  });
  if (!design.ok) return design;
  const starts = exports.map(({ rows: own }) => own.length);
  const offsets = starts.map((_length, county) =>
    starts.slice(0, county).reduce((sum, length) => sum + length, 0),
  );
  const factors = weights.map((weight, row) =>
    at(sentWeights, row) === 0 ? 1 : weight / at(sentWeights, row),
  );
  return ok({ design: design.value, offsets, sentWeights, factors });
}
