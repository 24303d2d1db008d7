/** What a reader must know before using a figure, as codes; the Chinese sentences live in shared/texts. */
import type { Figure, ResultWarning } from '../results/surveyResults';
import type { AnalysedRow, AnalysisInput } from './analysisInput';
import type { SampleDesign } from './sampleDesign';

interface Findings {
  readonly input: AnalysisInput;
  readonly analysed: readonly AnalysedRow[];
  readonly sample: SampleDesign;
  readonly headline: Figure;
  readonly notSurveyedUnits: number;
  /** Hidden cells that printed totals alone leave less open than the disclosure rule asks. */
  readonly limitedCount: number;
}

type Params = ResultWarning['params'];
type Line = readonly [boolean, ResultWarning['code'], Params?];

const fewDegreesOfFreedom = 8;

function planLines({ input }: Findings): readonly Line[] {
  const { plan } = input;
  return [
    [input.isTrialBank, 'TRIAL_BANK'],
    [true, 'LOCAL_INSTRUMENT'],
    [plan.status === 'draftForComment', 'DRAFT_PLAN'],
    [plan.missingBaseline, 'MISSING_BASELINE'],
    [
      plan.baselines.some((each) => each.flags.includes('suspectedParentFigure')),
      'SUSPECTED_PARENT_BASELINE',
    ],
    [true, 'YOUTH_NOT_IN_RATE'],
  ];
}

function sampleLines({ input, sample, headline }: Findings): readonly Line[] {
  const isProbability = input.survey.settings.basis === 'probability';
  const degreesOfFreedom = headline.state === 'shown' ? headline.degreesOfFreedom : 0;
  const { psuCount } = sample.design;
  return [
    [!isProbability, 'NONPROBABILITY'],
    [input.survey.settings.weighting.kind === 'equal', 'EQUAL_WEIGHTS'],
    [isProbability && !sample.hasStratum, 'NO_STRATUM'],
    [isProbability && !sample.hasPsu, 'NO_PSU'],
    [
      isProbability && sample.hasPsu && degreesOfFreedom < fewDegreesOfFreedom,
      'FEW_PSUS',
      { count: psuCount, degreesOfFreedom },
    ],
  ];
}

function rowLines({ input, analysed, notSurveyedUnits, limitedCount }: Findings): readonly Line[] {
  const complete = input.rows.filter((row) => row.respondent.disposition === 'complete').length;
  const withoutScore = complete - analysed.length;
  const withoutRegion = analysed.filter((row) => row.respondent.regionCode === null).length;
  return [
    [withoutScore > 0, 'ROWS_WITHOUT_SCORE', { count: withoutScore }],
    [withoutRegion > 0, 'ROWS_WITHOUT_REGION', { count: withoutRegion }],
    [notSurveyedUnits > 0, 'UNITS_NOT_SURVEYED', { count: notSurveyedUnits }],
    [limitedCount > 0, 'PROTECTION_LIMITED', { count: limitedCount }],
  ];
}

export const warningsOf = (findings: Findings): readonly ResultWarning[] =>
  [...sampleLines(findings), ...planLines(findings), ...rowLines(findings)].flatMap(
    ([holds, code, params = {}]) => (holds ? [{ code, params }] : []),
  );
