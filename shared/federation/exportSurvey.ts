/**
 * A county's survey as a package: the share of literate citizens and the mean score, for everybody and by group, as
 * sums per PSU. PSUs are numbered, never named. No sum stands for fewer persons than the smallest count.
 */
import type { AnalysisInput } from '../analysis/analysisInput';
import { isAnalysed } from '../analysis/analysisInput';
import { groupDomains } from '../analysis/domains';
import { totalId } from '../analysis/domainSums';
import { categoryColumns, sampleDesign } from '../analysis/sampleDesign';
import type { SampleDesign } from '../analysis/sampleDesign';
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Domain } from '../estimation/estimate';
import { federationReasons } from '../texts/federationTexts';
import type { CellColumns, CountyExport } from './countyExport';
import { exportCounty } from './countyExport';
import type { CountyPackage } from './countyPackage';
import { packageFormat, packageVersion } from './countyPackage';

export const cityCellVariables = ['sex', 'ageBand', 'education', 'residence'] as const;
export type CityCellVariable = (typeof cityCellVariables)[number];

export interface SurveyExportOptions {
  readonly county: { readonly code: string; readonly name: string };
  /** Variables the city will calibrate by; empty = the survey's own weighting is final. */
  readonly cityCells: readonly CityCellVariable[];
  readonly minimumCellCount: number;
}

/** The county may have one PSU of a stratum that the city has several of: the city's rule decides. */
function countyInput(input: AnalysisInput, isForCity: boolean): AnalysisInput {
  const { settings } = input.survey;
  const weighting = isForCity ? ({ kind: 'given' } as const) : settings.weighting;
  const county = { ...settings, weighting, singlePsuRule: 'certainty' as const };
  return { ...input, survey: { ...input.survey, settings: county } };
}

function unsupported(input: AnalysisInput, sample: SampleDesign): Result<never> | null {
  const refuse = (reason: string): Result<never> => fail('FEDERATION_DESIGN_NOT_SUPPORTED', { reason });
  if (input.survey.settings.basis !== 'probability') return refuse(federationReasons.nonprobability);
  if (!sample.hasPsu) return refuse(federationReasons.noPsu);
  return sample.design.stages.length > 1 ? refuse(federationReasons.severalStages) : null;
}

interface Exporting {
  readonly input: AnalysisInput;
  readonly rows: readonly Parameters<typeof categoryColumns>[0][number][];
  readonly sample: SampleDesign;
  readonly options: SurveyExportOptions;
}

function cellsOf({ rows, options }: Exporting): Result<CellColumns | null> {
  if (options.cityCells.length === 0) return ok(null);
  const columns = categoryColumns(rows);
  for (const variable of options.cityCells) {
    const row = columns[variable]?.indexOf('') ?? -1;
    const caseCode = rows[row]?.respondent.caseCode ?? '';
    const count = columns[variable]?.filter((category) => category === '').length ?? 0;
    if (row >= 0) return fail('MARGIN_VALUE_MISSING', { variable, count, caseCode });
  }
  return ok(Object.fromEntries(options.cityCells.map((variable) => [variable, columns[variable] ?? []])));
}

const numbered = (sent: CountyExport): CountyExport => ({
  ...sent,
  psus: sent.psus.map((psu, index) => ({ ...psu, label: `P${index + 1}` })),
});

function exportMeasure(
  work: Exporting,
  statistic: 'proportion' | 'mean',
  domains: readonly Domain[],
): Result<CountyExport> {
  const cells = cellsOf(work);
  if (!cells.ok) return cells;
  const counts = work.rows.map(({ respondent }) => respondent.design.populationPsuCount ?? NaN);
  const sent = exportCounty(work.sample.design, {
    county: work.options.county.code,
    statistic,
    outcome: Float64Array.from(work.rows, ({ score }) =>
      statistic === 'mean' ? score.total : score.passed ? 1 : 0,
    ),
    domains,
    populationCount: work.sample.hasFinitePopulation ? counts : null,
    cells: cells.value,
    minimumCellCount: work.options.minimumCellCount,
  });
  return sent.ok ? ok(numbered(sent.value)) : sent;
}

/** Domains that may leave the county, and the ids of those that may not. */
function sendable(
  work: Exporting,
): Result<{ readonly domains: readonly Domain[]; readonly withheld: string[] }> {
  const everyone: Domain = { id: totalId, member: new Uint8Array(work.rows.length).fill(1) };
  const whole = exportMeasure(work, 'proportion', [everyone]);
  if (!whole.ok) return whole;
  const domains: Domain[] = [everyone];
  const withheld: string[] = [];
  for (const group of groupDomains(work.rows, work.input.survey.settings.groupings)) {
    const tried = exportMeasure(work, 'proportion', [group]);
    if (tried.ok) domains.push(group);
    else withheld.push(group.id);
  }
  return ok({ domains, withheld });
}

/**
 * Failures: FEDERATION_DESIGN_NOT_SUPPORTED {reason}; FEDERATION_CELLS_SMALL when a whole PSU, or a calibration cell of
 * one, has too few persons; MARGIN_VALUE_MISSING; those of `sampleDesign`. Groups with too few persons in some PSU are
 * left out and named in `withheld`.
 */
export function exportSurvey(source: AnalysisInput, options: SurveyExportOptions): Result<CountyPackage> {
  const input = countyInput(source, options.cityCells.length > 0);
  const rows = input.rows.filter(isAnalysed);
  const sample = sampleDesign(rows, input);
  if (!sample.ok) return sample;
  const refused = unsupported(input, sample.value);
  if (refused !== null) return refused;
  const work: Exporting = { input, rows, sample: sample.value, options };
  const chosen = sendable(work);
  if (!chosen.ok) return chosen;
  const literate = exportMeasure(work, 'proportion', chosen.value.domains);
  if (!literate.ok) return literate;
  const score = exportMeasure(work, 'mean', chosen.value.domains);
  if (!score.ok) return score;
  const { settings } = input.survey;
  return ok({
    format: packageFormat,
    version: packageVersion,
    county: options.county,
    survey: {
      name: settings.name,
      planId: settings.planId,
      year: settings.year,
      instrumentId: input.instrument.id,
      instrumentVersion: input.instrument.version,
      formBlueprintId: settings.formBlueprintId,
      maximumScore: input.instrument.maximum,
      samplingDesign: settings.samplingDesign,
      isDemo: input.survey.isDemo,
    },
    minimumCellCount: options.minimumCellCount,
    groupings: [...settings.groupings],
    withheld: chosen.value.withheld,
    dataFingerprint: input.dataFingerprint,
    applicationVersion: input.applicationVersion,
    createdAt: input.computedAt,
    literate: literate.value,
    score: score.value,
  });
}
