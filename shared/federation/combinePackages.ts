/** Counties' packages to the city's figures: checked against each other first, combined whole or not at all. */
import type { DisclosureThresholds } from '../analysis/disclosureRule';
import { disclosureTable } from '../analysis/disclosureTable';
import type { DomainSums } from '../analysis/domainSums';
import { everyCategory, totalId } from '../analysis/domainSums';
import { toFigure } from '../analysis/figures';
import { protectTable } from '../disclosure/protect';
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { SinglePsuRule } from '../estimation/design/designSpec';
import type { DomainEstimate } from '../estimation/estimate';
import type { Figure } from '../results/surveyResults';
import type { FederationAspect } from '../texts/federationTexts';
import { aspectText, federationAspects } from '../texts/federationTexts';
import type { MarginTable } from '../weighting/margins';
import { combineCounties } from './combine';
import type { CountyExport } from './countyExport';
import type { CountyPackage } from './countyPackage';
import type { FederatedResults } from './federatedResults';

export interface CombineOptions {
  readonly singlePsuRule: SinglePsuRule;
  readonly thresholds: DisclosureThresholds;
  readonly confidenceLevel: number;
  /** The city's population, for packages that wait for it; else empty. */
  readonly margins: readonly MarginTable[];
}

const aspectsOf = ({
  survey,
  literate,
}: CountyPackage): Record<FederationAspect, string | number | boolean> => ({
  planId: survey.planId,
  year: survey.year,
  instrumentId: survey.instrumentId,
  instrumentVersion: survey.instrumentVersion,
  formBlueprintId: survey.formBlueprintId,
  maximumScore: survey.maximumScore,
  isDemo: survey.isDemo,
  calibration: literate.calibration,
  cellVariables: literate.cellVariables.join(' x '),
});

/** The first county that does not fit to the first package, by name. */
function checkTogether(packages: readonly CountyPackage[], options: CombineOptions): Result<CountyPackage> {
  const [first] = packages;
  if (first === undefined) return fail('NO_RESPONDENTS');
  const expected = aspectsOf(first);
  const seen = new Set<string>();
  for (const each of packages) {
    const county = each.county.name;
    if (seen.has(each.county.code)) return fail('FEDERATION_COUNTY_TWICE', { county });
    seen.add(each.county.code);
    const own = aspectsOf(each);
    for (const aspect of Object.keys(federationAspects) as FederationAspect[])
      if (own[aspect] !== expected[aspect])
        return fail('FEDERATION_DIFFERS', {
          county,
          what: federationAspects[aspect],
          first: first.county.name,
          own: aspectText(aspect, own[aspect]),
          expected: aspectText(aspect, expected[aspect]),
        });
  }
  const isForCity = first.literate.calibration === 'city';
  if (isForCity && options.margins.length === 0) return fail('FEDERATION_MARGINS_NEEDED');
  if (!isForCity && options.margins.length > 0) return fail('FEDERATION_MARGINS_NOT_NEEDED');
  return ok(first);
}

const hasDomain = (sent: CountyExport, id: string): boolean =>
  sent.domains.some((domain) => domain.id === id);

/** The domains every county sent, and each county as a domain of the city. */
function withCounty(sent: CountyExport, common: ReadonlySet<string>): CountyExport {
  const own = sent.domains.filter(({ id }) => common.has(id));
  const whole = own.filter(({ id }) => id === totalId).map((domain) => ({ ...domain, id: sent.county }));
  return { ...sent, domains: [...own, ...whole] };
}

interface Combined {
  readonly literate: ReadonlyMap<string, DomainEstimate>;
  readonly score: ReadonlyMap<string, DomainEstimate>;
}

function estimates(
  packages: readonly CountyPackage[],
  measure: 'literate' | 'score',
  common: ReadonlySet<string>,
  options: CombineOptions,
): Result<ReadonlyMap<string, DomainEstimate>> {
  const found = combineCounties(
    packages.map((each) => withCounty(each[measure], common)),
    {
      singlePsuRule: options.singlePsuRule,
      margins: options.margins,
      interval: { method: 'logit', confidenceLevel: options.confidenceLevel },
    },
  );
  return found.ok ? ok(new Map(found.value.map((each) => [each.id, each]))) : found;
}

/** The combined figures as an additive table: counties and groups, no crossing. */
function sumsOf(packages: readonly CountyPackage[], { literate, score }: Combined): Map<string, DomainSums> {
  const sums = new Map<string, DomainSums>();
  const units = new Set(packages.map(({ county }) => county.code));
  for (const [id, found] of literate) {
    const points = score.get(id);
    if (found.status === 'empty' || points?.status !== 'estimated') continue;
    const { estimate } = found;
    const group = everyCategory.find((each) => each.id === id);
    sums.set(id, {
      id,
      regionCode: units.has(id) ? id : null,
      grouping: group?.grouping ?? null,
      category: group?.category ?? null,
      respondents: estimate.respondentCount,
      weight: estimate.weightTotal,
      passed: estimate.estimate * estimate.weightTotal,
      points: points.estimate.estimate * estimate.weightTotal,
      psuCount: estimate.psuCount,
      degreesOfFreedom: estimate.degreesOfFreedom,
    });
  }
  return sums;
}

interface Pair {
  readonly literate: Figure;
  readonly meanScore: Figure;
}

/** Figures by the publishing rules, by domain id. */
function figuresOf(
  packages: readonly CountyPackage[],
  combined: Combined,
  options: CombineOptions,
): (id: string) => Pair {
  const rules = { thresholds: options.thresholds, hasPsu: true, hasPopulation: true };
  const byRule = (found: DomainEstimate | undefined, isShare: boolean): Figure =>
    found === undefined ? { state: 'notSurveyed' } : toFigure(found, rules, isShare);
  const { hidden } = protectTable(
    disclosureTable({
      sums: sumsOf(packages, combined),
      unitCodes: packages.map(({ county }) => county.code),
      same: [],
      isPrimary: ({ id }) => byRule(combined.literate.get(id), true).state === 'suppressed',
      minimumRespondents: options.thresholds.minimumRespondents,
      maximumScore: packages[0]?.survey.maximumScore ?? 0,
    }),
  );
  const complementary: Figure = { state: 'suppressed', reasons: ['complementary'], respondentCount: null };
  return (id) => {
    const literate = byRule(combined.literate.get(id), true);
    if (literate.state !== 'shown') return { literate, meanScore: literate };
    if (hidden.has(id)) return { literate: complementary, meanScore: complementary };
    return { literate, meanScore: byRule(combined.score.get(id), false) };
  };
}

function groupParts(
  packages: readonly CountyPackage[],
  figures: (id: string) => Pair,
): Pick<FederatedResults, 'groups' | 'withheldGroups'> {
  const asked = everyCategory.filter(({ grouping }) =>
    packages.every((each) => each.groupings.includes(grouping)),
  );
  const parts = asked.map(({ id, grouping, category }) => {
    const missing = packages.filter(({ literate }) => !hasDomain(literate, id));
    return { id, grouping, category, counties: missing.map(({ county }) => county.name) };
  });
  return {
    groups: parts.flatMap(({ id, grouping, category, counties }) =>
      counties.length === 0 ? [{ grouping, category, ...figures(id) }] : [],
    ),
    withheldGroups: parts.flatMap(({ grouping, category, counties }) =>
      counties.length > 0 ? [{ grouping, category, counties }] : [],
    ),
  };
}

/**
 * The city's results; the order of the packages does not matter.
 * Failures: FEDERATION_COUNTY_TWICE, FEDERATION_DIFFERS {county, what, first, own, expected},
 * FEDERATION_MARGINS_NEEDED, FEDERATION_MARGINS_NOT_NEEDED; those of `combineCounties`.
 */
export function combinePackages(
  given: readonly CountyPackage[],
  options: CombineOptions,
): Result<FederatedResults> {
  const packages = [...given].sort((left, right) => (left.county.code < right.county.code ? -1 : 1));
  const checked = checkTogether(packages, options);
  if (!checked.ok) return checked;
  const first = checked.value;
  const common = new Set(
    first.literate.domains
      .map(({ id }) => id)
      .filter((id) =>
        packages.every(({ literate, score }) => hasDomain(literate, id) && hasDomain(score, id)),
      ),
  );
  const literate = estimates(packages, 'literate', common, options);
  if (!literate.ok) return literate;
  const score = estimates(packages, 'score', common, options);
  if (!score.ok) return score;
  const figures = figuresOf(packages, { literate: literate.value, score: score.value }, options);
  const psus = packages.flatMap((each) => each.literate.psus);
  return ok({
    year: first.survey.year,
    planId: first.survey.planId,
    instrumentId: first.survey.instrumentId,
    instrumentVersion: first.survey.instrumentVersion,
    isDemo: first.survey.isDemo,
    calibration: first.literate.calibration,
    confidenceLevel: options.confidenceLevel,
    counties: packages.map(({ county, survey, literate: sent, createdAt }) => ({
      ...county,
      surveyName: survey.name,
      respondentCount: sent.rows.reduce((sum, row) => sum + row.respondents, 0),
      psuCount: sent.psus.length,
      createdAt,
      ...figures(county.code),
    })),
    headline: figures(totalId),
    ...groupParts(packages, figures),
    stratumCount: new Set(psus.map(({ stratum }) => stratum)).size,
    psuCount: psus.length,
  });
}
