/** The disclosure gate of the tables: figures that must be hidden, and those hidden with them. */
import { protectTable } from '../disclosure/protect';
import type { Figure } from '../results/surveyResults';
import type { AnalysedRow } from './analysisInput';
import { disclosureTable } from './disclosureTable';
import type { DisclosureThresholds } from './disclosureRule';
import { primaryReasons } from './disclosureRule';
import type { ReportDomain } from './domains';
import type { DomainSums } from './domainSums';
import { domainSums, sameGroups } from './domainSums';
import type { SampleDesign } from './sampleDesign';

export interface ProtectionInput {
  readonly rows: readonly AnalysedRow[];
  readonly sample: SampleDesign;
  readonly unitCodes: readonly string[];
  readonly thresholds: DisclosureThresholds;
  readonly maximumScore: number;
}

export interface Protection {
  /** Figure as it may be printed, from the domain and its figure by the primary rule. */
  readonly publish: (domain: ReportDomain, figure: Figure) => Figure;
  /** Hidden cells that other figures leave less open than the rule asks. */
  readonly limitedCount: number;
}

/** The crossing does not say which cells are small and which were hidden with them, nor how many answered. */
const hiddenCrossing: Figure = { state: 'suppressed', reasons: ['protected'], respondentCount: null };
const complementary: Figure = { state: 'suppressed', reasons: ['complementary'], respondentCount: null };

function hiddenFigure(domain: ReportDomain, figure: Figure): Figure {
  if (figure.state === 'notSurveyed') return figure;
  if (domain.regionCode !== null && domain.grouping !== null) return hiddenCrossing;
  return figure.state === 'suppressed' ? figure : complementary;
}

/**
 * Suppression of a survey's tables.
 * @param figures figures of the report's own domains by the primary rule; other groupings follow the rule by count
 */
export function protectTables(input: ProtectionInput, figures: ReadonlyMap<string, Figure>): Protection {
  const { rows, sample, thresholds } = input;
  const isPrimary = ({ id, respondents, psuCount, degreesOfFreedom }: DomainSums): boolean => {
    const figure = figures.get(id);
    if (figure !== undefined) return figure.state === 'suppressed';
    const size = { respondentCount: respondents, psuCount: sample.hasPsu ? psuCount : null };
    return degreesOfFreedom <= 0 || primaryReasons(size, thresholds).length > 0;
  };
  const { hidden, limited } = protectTable(
    disclosureTable({
      sums: domainSums(rows, sample, input.unitCodes),
      unitCodes: input.unitCodes,
      same: sameGroups(rows),
      isPrimary,
      minimumRespondents: thresholds.minimumRespondents,
      maximumScore: input.maximumScore,
    }),
  );
  return {
    publish: (domain, figure) => (hidden.has(domain.id) ? hiddenFigure(domain, figure) : figure),
    limitedCount: limited.length,
  };
}
