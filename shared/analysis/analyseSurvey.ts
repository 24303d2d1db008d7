/**
 * The whole analysis of one survey: design and weights, headline, dimensions, tiers, units, groups, crossing,
 * verdicts, trend, response. Pure: the same input gives the same document in a worker, the CLI and a test.
 */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Domain, DomainEstimate } from '../estimation/estimate';
import type { Figure, SurveyResults } from '../results/surveyResults';
import type { AnalysedRow, AnalysisInput } from './analysisInput';
import { changeOf } from './change';
import { comparisonOf } from './comparison';
import type { ComparisonInput } from './comparison';
import { isAnalysed } from './analysisInput';
import type { ReportDomain } from './domains';
import { crossDomains, groupDomains, unitDomains } from './domains';
import type { Estimating } from './estimating';
import { estimatingFor } from './estimating';
import type { FigureRules } from './figures';
import { toFigure } from './figures';
import { modelBasedOf } from './modelBased';
import { progressOf } from './progress';
import { responseSummaries } from './response';
import { sampleDesign } from './sampleDesign';
import type { SampleDesign } from './sampleDesign';
import { protectTables } from './protection';
import { sensitivityOf } from './sensitivity';
import { smallAreaOf } from './smallArea';
import { trendOf } from './trend';
import { verdictFor } from './verdicts';
import { warningsOf } from './warnings';
import { weightingSummaryOf } from './weightingSummary';

export type AnalysisProgress = (stage: string, fraction: number) => void;

interface Work {
  readonly input: AnalysisInput;
  readonly rows: readonly AnalysedRow[];
  readonly sample: SampleDesign;
  readonly estimating: Estimating;
  readonly rules: FigureRules;
  readonly everyone: Domain;
}

const outcomeOf = (rows: readonly AnalysedRow[], value: (row: AnalysedRow) => number): Float64Array =>
  Float64Array.from(rows, value);

/** Shares (0/1 outcomes) or mean points of many domains, in their order. */
function estimates(
  work: Work,
  statistic: 'proportion' | 'mean',
  values: Float64Array,
  domains: readonly Domain[],
): readonly DomainEstimate[] {
  const result = work.estimating({ statistic, values }, domains);
  if (!result.ok) throw new AnalysisRefusedError(result.failure);
  return result.value;
}

/** Carries a failure out of nested estimation; turned back into a value by `analyseSurvey`. */
class AnalysisRefusedError extends Error {
  override readonly name = 'AnalysisRefusedError';
  constructor(readonly failure: Extract<Result<never>, { ok: false }>['failure']) {
    super(failure.code);
  }
}

function figureOf(work: Work, statistic: 'proportion' | 'mean', values: Float64Array): Figure {
  const [first] = estimates(work, statistic, values, [work.everyone]);
  return first === undefined
    ? { state: 'notSurveyed' }
    : toFigure(first, work.rules, statistic === 'proportion');
}

function dimensionsOf(work: Work): SurveyResults['dimensions'] {
  return work.input.instrument.dimensions.map((dimension) => ({
    dimensionId: dimension.id,
    maximum: dimension.maximum,
    figure: figureOf(
      work,
      'mean',
      outcomeOf(work.rows, (row) => row.score.dimensions[dimension.id] ?? 0),
    ),
  }));
}

function tiersOf(work: Work): SurveyResults['tiers'] {
  const { tiers } = work.input.instrument;
  const rank = new Map(tiers.map((tier, index) => [tier.id, index]));
  return tiers.map((tier, index) => ({
    tierId: tier.id,
    exclusive: figureOf(
      work,
      'proportion',
      outcomeOf(work.rows, (row) => (row.score.tier === tier.id ? 1 : 0)),
    ),
    atLeast: figureOf(
      work,
      'proportion',
      outcomeOf(work.rows, (row) => ((rank.get(row.score.tier) ?? tiers.length) <= index ? 1 : 0)),
    ),
  }));
}

interface Reported {
  readonly domain: ReportDomain;
  readonly estimate: DomainEstimate;
  readonly literate: Figure;
  readonly meanScore: Figure;
}

/** Literate share and mean score of the domains; a withheld share withholds the mean as well. */
function reportDomains(
  work: Work,
  domains: readonly ReportDomain[],
  withMeans: boolean,
): readonly Reported[] {
  const passed = outcomeOf(work.rows, (row) => (row.score.passed ? 1 : 0));
  const totals = outcomeOf(work.rows, (row) => row.score.total);
  const shares = estimates(work, 'proportion', passed, domains);
  const means = withMeans ? estimates(work, 'mean', totals, domains) : [];
  return domains.flatMap((domain, index) => {
    const estimate = shares[index];
    if (estimate === undefined) return [];
    const literate = toFigure(estimate, work.rules, true);
    const mean = means[index];
    const meanScore = mean === undefined ? literate : toFigure(mean, work.rules, false);
    return [{ domain, estimate, literate, meanScore }];
  });
}

interface PublishedDomains {
  readonly reported: readonly Reported[];
  readonly limitedCount: number;
}

/** A figure the disclosure gate hides takes its mean score with it. */
function protect(work: Work, reported: readonly Reported[]): PublishedDomains {
  const { rows, sample, input } = work;
  const { unitCodes, disclosure } = input.survey.settings;
  const { publish, limitedCount } = protectTables(
    { rows, sample, unitCodes, thresholds: disclosure, maximumScore: input.instrument.maximum },
    new Map(reported.map((each) => [each.domain.id, each.literate])),
  );
  const published = reported.map((each) => {
    const literate = publish(each.domain, each.literate);
    return { ...each, literate, meanScore: literate.state === 'shown' ? each.meanScore : literate };
  });
  return { reported: published, limitedCount };
}

function designOf({ sample }: Work): SurveyResults['design'] {
  const { design } = sample;
  return {
    stratumCount: design.stratumCount,
    psuCount: design.psuCount,
    stageCount: design.stages.length,
    finitePopulationCorrection: sample.hasFinitePopulation,
    singlePsuRule: design.singlePsuRule,
    degreesOfFreedom: design.psuCount - design.stratumCount,
  };
}

function prepare(input: AnalysisInput): Result<Work> {
  const rows = input.rows.filter(isAnalysed);
  const sample = sampleDesign(rows, input);
  if (!sample.ok) return sample;
  const { settings } = input.survey;
  const estimating = estimatingFor(rows, sample.value, input);
  if (!estimating.ok) return estimating;
  return ok({
    input,
    rows,
    sample: sample.value,
    estimating: estimating.value,
    rules: {
      thresholds: settings.disclosure,
      hasPsu: sample.value.hasPsu,
      hasPopulation: settings.weighting.kind !== 'equal',
    },
    everyone: { id: 'everyone', member: new Uint8Array(rows.length).fill(1) },
  });
}

function headlineOf(work: Work): SurveyResults['headline'] {
  const { regionCode } = work.input.survey.settings;
  const domain = { id: 'everyone', regionCode, grouping: null, category: null, member: work.everyone.member };
  const [reported] = reportDomains(work, [domain], true);
  if (reported === undefined) throw new AnalysisRefusedError({ code: 'NO_RESPONDENTS', params: {} });
  const { literate, meanScore, estimate } = reported;
  return { regionCode, literate, meanScore, verdict: verdictFor(estimate, literate, work.input) };
}

type Tables = Pick<SurveyResults, 'units' | 'groups' | 'cross'> & { readonly limitedCount: number };

function tablesOf(work: Work): Tables {
  const { settings } = work.input.survey;
  const units = unitDomains(work.rows, settings.unitCodes);
  const groups = groupDomains(work.rows, settings.groupings);
  const { reported, limitedCount } = protect(work, [
    ...reportDomains(work, [...units, ...groups], true),
    ...reportDomains(work, crossDomains(units, groups), false),
  ]);
  const result: Tables = { units: [], groups: [], cross: [], limitedCount };
  for (const { domain, literate, meanScore, estimate } of reported) {
    const { regionCode, grouping, category } = domain;
    if (grouping === null || category === null) {
      const verdict = verdictFor(estimate, literate, work.input);
      result.units.push({ regionCode: regionCode ?? '', literate, meanScore, verdict });
    } else if (regionCode === null) result.groups.push({ grouping, category, literate, meanScore });
    else result.cross.push({ regionCode, grouping, category, literate });
  }
  return result;
}

function comparisonsOf(
  work: Work,
  published: Pick<SurveyResults, 'headline' | 'units' | 'groups'>,
): Pick<SurveyResults, 'comparison' | 'smallArea'> {
  const { rows, input, estimating } = work;
  const { confidenceLevel } = input;
  const { basis } = input.survey.settings;
  const passed = outcomeOf(rows, (row) => (row.score.passed ? 1 : 0));
  const outcome = { statistic: 'proportion', values: passed } as const;
  const jointly: ComparisonInput['jointly'] = (domains) => estimating.jointly(outcome, domains);
  return {
    comparison: comparisonOf({ rows, basis, confidenceLevel, jointly, ...published }),
    smallArea: smallAreaOf({ basis, confidenceLevel, units: published.units }),
  };
}

function assemble(work: Work, progress: AnalysisProgress): SurveyResults {
  const { input, rows, sample } = work;
  const { survey, instrument } = input;
  const headline = headlineOf(work);
  progress('tables', 0.3);
  const { limitedCount, ...tables } = tablesOf(work);
  progress('details', 0.5);
  const modelBased = modelBasedOf(work, { headline, ...tables }, (share) =>
    progress('modelBased', 0.5 + 0.4 * share),
  );
  if (!modelBased.ok) throw new AnalysisRefusedError(modelBased.failure);
  progress('details', 0.9);
  const notSurveyedUnits = tables.units.filter((unit) => unit.literate.state === 'notSurveyed').length;
  return {
    surveyId: survey.id,
    surveyName: survey.settings.name,
    planId: input.plan.id,
    instrumentId: instrument.id,
    instrumentVersion: instrument.version,
    year: survey.settings.year,
    basis: survey.settings.basis,
    isDemo: survey.isDemo,
    confidenceLevel: input.confidenceLevel,
    dataFingerprint: input.dataFingerprint,
    applicationVersion: input.applicationVersion,
    computedAt: input.computedAt,
    headline,
    dimensions: dimensionsOf(work),
    tiers: tiersOf(work),
    ...tables,
    trend: [...trendOf(input, headline.literate)],
    progress: progressOf(input, { headline, units: tables.units }),
    change: changeOf(input, { headline, units: tables.units, modelBased: modelBased.value }),
    sensitivity: sensitivityOf(input, rows, { sample, headline: headline.literate }),
    ...comparisonsOf(work, { headline, ...tables }),
    modelBased: modelBased.value,
    response: [...responseSummaries(input.rows, survey.settings.unitCodes)],
    weighting: weightingSummaryOf(input, sample),
    design: designOf(work),
    warnings: [
      ...warningsOf({
        input,
        analysed: rows,
        sample,
        headline: headline.literate,
        notSurveyedUnits,
        limitedCount,
      }),
    ],
  };
}

/**
 * Analyses a survey. Failures: NO_RESPONDENTS, those of the sample design, calibration and estimation –
 * a figure that cannot be defended refuses the analysis instead of being guessed.
 */
export function analyseSurvey(
  input: AnalysisInput,
  progress: AnalysisProgress = () => undefined,
): Result<SurveyResults> {
  const work = prepare(input);
  if (!work.ok) return work;
  progress('headline', 0.1);
  try {
    return ok(assemble(work.value, progress));
  } catch (error) {
    if (error instanceof AnalysisRefusedError) return fail(error.failure.code, error.failure.params);
    throw error;
  }
}
