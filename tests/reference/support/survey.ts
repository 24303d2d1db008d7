/** The surveys of the reference set as designs, and our results in the field names of the reference. */
import {
  createSurveyDesign,
  type SurveyDesign,
  type SurveyDesignSpec,
} from '@shared/estimation/design/surveyDesign';
import { estimate, estimateByDomain, type Domain, type EstimateRequest } from '@shared/estimation/estimate';
import type { Estimate } from '@shared/estimation/estimateRecord';
import type { Result } from '@shared/domain/result';
import { readTable, type Table } from './referenceCase';

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** A sample with its design; columns are read from the sample's file or from files in the same row order. */
export interface Sample {
  readonly design: SurveyDesign;
  readonly text: (column: string) => string[];
  readonly numbers: (column: string) => Float64Array;
}

export const sampleOf = (table: Table, spec: SurveyDesignSpec): Sample => ({
  design: valueOf(createSurveyDesign(spec)),
  text: table.text,
  numbers: table.numbers,
});

let plainCity: Sample | undefined;

/** The city survey: PSUs in districts, with replacement unless `extra` says otherwise. */
export function citySample(file = 'city.csv', extra?: Partial<SurveyDesignSpec>): Sample {
  if (file !== 'city.csv' || extra !== undefined) return readCity(file, extra ?? {});
  plainCity ??= readCity(file, {});
  return plainCity;
}

function readCity(file: string, extra: Partial<SurveyDesignSpec>): Sample {
  const table = readTable(file);
  return sampleOf(table, {
    stages: [{ units: table.text('psu'), strata: table.text('stratum') }],
    weights: table.numbers('weight'),
    ...extra,
  });
}

/** The fields `one()` of the R generator writes. */
export const toRow = (found: Estimate): Record<string, unknown> => ({
  est: found.estimate,
  se: found.standardError,
  df: found.degreesOfFreedom,
  lo: found.interval?.lower,
  hi: found.interval?.upper,
  deff: found.designEffect,
  n: found.respondentCount,
  sumw: found.weightTotal,
});

export const estimated = (design: SurveyDesign, request: EstimateRequest): Estimate =>
  valueOf(estimate(design, request));

/** Domains by the observed combinations of columns, sorted by code point as R does with LC_COLLATE=C. */
export function domainsBy(columns: Readonly<Record<string, readonly string[]>>): {
  readonly domain: Domain;
  readonly keys: Record<string, string>;
}[] {
  const names = Object.keys(columns);
  const members = new Map<string, { keys: Record<string, string>; rows: number[] }>();
  const rowCount = columns[names[0] ?? '']?.length ?? 0;
  for (let row = 0; row < rowCount; row++) {
    const values = names.map((name) => columns[name]?.[row] ?? '');
    const id = [...values].reverse().join('|');
    const found = members.get(id) ?? {
      keys: Object.fromEntries(names.map((name, k) => [name, values[k] ?? ''])),
      rows: [],
    };
    found.rows.push(row);
    members.set(id, found);
  }
  return [...members.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { keys, rows }]) => {
      const member = new Uint8Array(rowCount);
      for (const row of rows) member[row] = 1;
      return { domain: { id, member }, keys };
    });
}

/** Rows of a domain table as the R generator writes them. */
export function domainTable(
  sample: Sample,
  request: Omit<EstimateRequest, 'domain'>,
  by: string | readonly string[],
): Record<string, unknown>[] {
  const names = typeof by === 'string' ? [by] : by;
  const groups = domainsBy(Object.fromEntries(names.map((name) => [name, sample.text(name)])));
  const results = valueOf(
    estimateByDomain(
      sample.design,
      request,
      groups.map(({ domain }) => domain),
    ),
  );
  return results.map((result, index) => ({
    ...groups[index]?.keys,
    ...(result.status === 'estimated' ? toRow(result.estimate) : { n: 0 }),
  }));
}
