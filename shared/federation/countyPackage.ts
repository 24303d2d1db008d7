/** What a county's package says, without its signature: whose survey, made how, and the sums. */
import { z } from 'zod';
import { groupings } from '../domain/groups';
import { samplingDesign } from '../domain/survey';
import { statisticIds } from '../estimation/estimators/registry';
import type { StatisticId } from '../estimation/estimators/registry';
import type { CountyExport } from './countyExport';

export const packageFormat = 'zhiheng-county-totals';
export const packageVersion = 1;

const position = z.int().min(0);
const count = z.int().min(0);
const name = z.string().max(120);

const exportSchema = z.strictObject({
  county: z.string().min(1).max(20),
  statistic: z.enum(statisticIds as readonly [StatisticId, ...StatisticId[]]),
  calibration: z.enum(['none', 'county', 'city']),
  psus: z
    .array(z.strictObject({ label: name, stratum: name, populationCount: z.number().positive().nullable() }))
    .min(1)
    .max(20_000)
    .readonly(),
  cellVariables: z.array(name).max(8).readonly(),
  cells: z.array(z.array(name).max(8).readonly()).min(1).max(5000).readonly(),
  rows: z
    .array(z.strictObject({ psu: position, cell: position, respondents: count, weight: z.number().min(0) }))
    .max(200_000)
    .readonly(),
  domains: z
    .array(
      z.strictObject({
        id: name,
        sums: z
          .array(
            z.strictObject({
              row: position,
              respondents: count,
              missing: count,
              weight: z.number().min(0),
              outcome: z.number(),
              squaredOutcome: z.number().min(0),
              denominator: z.number(),
            }),
          )
          .readonly(),
        residuals: z
          .array(z.strictObject({ weight: z.number(), outcome: z.number(), denominator: z.number() }))
          .readonly()
          .nullable(),
      }),
    )
    .max(200)
    .readonly(),
});

/** Every position points at something, nothing is listed twice, a domain never exceeds its row. */
function isConsistent(sent: CountyExport): boolean {
  const { psus, cells, rows, domains, calibration } = sent;
  const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;
  const rowsFit =
    rows.every(({ psu, cell }) => psu < psus.length && cell < cells.length) &&
    isUnique(rows.map(({ psu, cell }) => `${psu}/${cell}`)) &&
    new Set(rows.map(({ psu }) => psu)).size === psus.length &&
    cells.every((categories) => categories.length === sent.cellVariables.length);
  const domainsFit = domains.every(
    ({ sums, residuals }) =>
      isUnique(sums.map(({ row }) => String(row))) &&
      sums.every((sum) => sum.respondents + sum.missing <= (rows[sum.row]?.respondents ?? -1)) &&
      (calibration === 'county' ? residuals?.length === psus.length : residuals === null),
  );
  return (
    rowsFit && domainsFit && isUnique(psus.map(({ label }) => label)) && isUnique(domains.map(({ id }) => id))
  );
}

const countyExport = exportSchema.refine(isConsistent, 'positions and counts do not fit together');

export const countyPackage = z.strictObject({
  format: z.literal(packageFormat),
  version: z.literal(packageVersion),
  county: z.strictObject({ code: z.string().min(1).max(20), name }),
  survey: z.strictObject({
    name,
    planId: name,
    year: z.int(),
    instrumentId: name,
    instrumentVersion: name,
    formBlueprintId: name,
    maximumScore: z.number().positive(),
    samplingDesign,
    isDemo: z.boolean(),
  }),
  /** Smallest number of persons a sum of the package stands for. */
  minimumCellCount: z.int().min(1).max(1000),
  groupings: z.array(z.enum(groupings)),
  /** Groups left out because a sum would stand for too few persons. */
  withheld: z.array(name),
  dataFingerprint: z.string().max(200),
  applicationVersion: name,
  createdAt: z.iso.datetime(),
  literate: countyExport,
  score: countyExport,
});
export type CountyPackage = z.infer<typeof countyPackage>;
