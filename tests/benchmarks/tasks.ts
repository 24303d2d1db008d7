/** The timed tasks A-E of the large survey (reference/public/large), and the check that their numbers are right. */
import { readFileSync } from 'node:fs';
import type { SurveyDesign } from '../../shared/estimation/design/surveyDesign';
import { createSurveyDesign, withCalibration } from '../../shared/estimation/design/surveyDesign';
import { estimateByDomain, type CodedDomains, type DomainEstimate } from '../../shared/estimation/estimate';
import { estimateWithReplicates, type ReplicateEstimate } from '../../shared/estimation/replicateEstimate';
import { subbootstrapReplicates } from '../../shared/estimation/variance/bootstrapReplicates';
import type { ReplicateWeights } from '../../shared/estimation/variance/replicates';
import type { Result } from '../../shared/domain/result';
import { createRandom } from '../../shared/numeric/seededRandom';
import {
  calibrateToMargins,
  cellCalibration,
  type CalibrationResult,
} from '../../shared/weighting/calibrate';
import { auxiliarySpace, type CalibrationSpace } from '../../shared/weighting/calibrationSpace';
import { marginSpace, type MarginTable } from '../../shared/weighting/margins';
import { largeSurvey } from '../reference/support/largeSurvey';

export const PUBLIC_SEED = 20260101;
export const REPLICATES = 500;
const POPULATION = 500_000_000;
const REGIONS = 20;
const GROUPS = 5;

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const shares = (variable: string, values: readonly number[]): MarginTable => ({
  variables: [variable],
  cells: values.map((share, index) => ({ categories: [String(index + 1)], total: share * POPULATION })),
});

const margins = [
  shares('sex', [0.51, 0.49]),
  shares('group', [0.2, 0.22, 0.22, 0.2, 0.16]),
  shares('education', [0.3, 0.34, 0.2, 0.16]),
];

export interface Inputs {
  readonly rows: number;
  readonly psu: readonly string[];
  readonly stratum: readonly string[];
  readonly weight: Float64Array;
  readonly literate: Float64Array;
  readonly columns: Readonly<Record<'sex' | 'group' | 'education', readonly string[]>>;
  readonly domains: CodedDomains;
}

/** Columns as an import leaves them: identifiers and categories are texts. */
export function inputsOf(rows: number): Inputs {
  const survey = largeSurvey(PUBLIC_SEED, rows / 100);
  const texts = (codes: Int32Array): string[] => Array.from(codes, String);
  const ids = Array.from(
    { length: REGIONS * GROUPS },
    (_, domain) => `${Math.floor(domain / GROUPS) + 1}/${(domain % GROUPS) + 1}`,
  );
  return {
    rows,
    psu: Array.from(survey.psu, (psu) => `P${psu}`),
    stratum: Array.from(survey.stratum, (stratum) => `H${stratum}`),
    weight: survey.weight,
    literate: survey.literate,
    columns: { sex: texts(survey.sex), group: texts(survey.group), education: texts(survey.education) },
    domains: {
      ids,
      domainOfRow: survey.region.map((region, row) => (region - 1) * GROUPS + (survey.group[row] ?? 0) - 1),
    },
  };
}

export const buildDesign = ({ psu, stratum, weight }: Inputs): SurveyDesign =>
  valueOf(createSurveyDesign({ stages: [{ units: psu, strata: stratum }], weights: weight }));

export const rake = ({ weight, columns }: Inputs): CalibrationResult =>
  valueOf(calibrateToMargins(weight, margins, columns, { distance: 'raking' }));

export const linearisedDomains = (
  inputs: Inputs,
  design: SurveyDesign,
  raked: CalibrationResult,
): readonly DomainEstimate[] =>
  valueOf(
    estimateByDomain(
      withCalibration(design, raked),
      { statistic: 'proportion', outcome: inputs.literate },
      inputs.domains,
    ),
  );

export const drawReplicates = (design: SurveyDesign): ReplicateWeights =>
  valueOf(subbootstrapReplicates(design, { seed: PUBLIC_SEED, replicateCount: REPLICATES }));

/** `margins`: 40 cells; the two others calibrate to continuous auxiliaries, where every row is a cell of its own. */
export type ReplicateWeighting = 'margins' | 'greg' | 'rakedAuxiliaries';

function spaceOf(inputs: Inputs, weighting: ReplicateWeighting): CalibrationSpace {
  if (weighting === 'margins') return valueOf(marginSpace(margins, inputs.columns, inputs.rows));
  const random = createRandom('auxiliaries');
  const size = inputs.weight.reduce((sum, weight) => sum + weight, 0);
  const column = (value: (row: number) => number): Float64Array =>
    Float64Array.from(inputs.weight.keys(), value);
  return auxiliarySpace([
    { name: 'size', values: column(() => 1), total: size },
    { name: 'sex', values: column((row) => (inputs.columns.sex[row] === '1' ? 1 : 0)), total: 0.51 * size },
    { name: 'income', values: column(() => random.normal()), total: 0.01 * size },
  ]);
}

export function replicateDomains(
  inputs: Inputs,
  design: SurveyDesign,
  replicates: ReplicateWeights,
  weighting: ReplicateWeighting = 'margins',
): readonly ReplicateEstimate[] {
  const distance = weighting === 'greg' ? 'linear' : 'raking';
  const start = weighting === 'margins' ? null : inputs.weight;
  const reweigh = valueOf(cellCalibration(spaceOf(inputs, weighting), { distance }, start));
  const request = { statistic: 'proportion', outcome: inputs.literate, reweigh } as const;
  return valueOf(estimateWithReplicates(design, request, replicates, inputs.domains));
}

interface ExpectedDomain {
  readonly region: number;
  readonly group: number;
  readonly n: number;
  readonly est: number;
  readonly se: number;
  readonly df: number;
  readonly lo: number;
  readonly hi: number;
}

/** Largest relative difference from R's 100 raked domains (share, error, both limits); n and df must be equal. */
export function differenceFromR(found: readonly DomainEstimate[]): number {
  const file = new URL('../reference/data/large_expected.json', import.meta.url);
  const expected = JSON.parse(readFileSync(file, 'utf8')) as { raked_region_group: ExpectedDomain[] };
  const byId = new Map(found.map((domain) => [domain.id, domain]));
  return Math.max(
    ...expected.raked_region_group.map((row) => rowDifference(byId.get(`${row.region}/${row.group}`), row)),
  );
}

function rowDifference(domain: DomainEstimate | undefined, row: ExpectedDomain): number {
  if (domain?.status !== 'estimated') return Infinity;
  const { estimate } = domain;
  if (estimate.respondentCount !== row.n || estimate.degreesOfFreedom !== row.df) return Infinity;
  const ours = [
    estimate.estimate,
    estimate.standardError,
    estimate.interval?.lower,
    estimate.interval?.upper,
  ];
  const theirs = [row.est, row.se, row.lo, row.hi];
  return Math.max(
    ...theirs.map((value, index) => Math.abs((ours[index] ?? Infinity) - value) / Math.abs(value)),
  );
}

/** Mean ratio of replicate to linearised standard errors; 1 up to the Monte-Carlo error of the replicates. */
export function meanErrorRatio(
  replicated: readonly ReplicateEstimate[],
  linearised: readonly DomainEstimate[],
): number {
  const ratios = replicated.map(({ standardError }, index) => {
    const other = linearised[index];
    return other?.status === 'estimated' ? standardError / (other.estimate.standardError ?? NaN) : NaN;
  });
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}
