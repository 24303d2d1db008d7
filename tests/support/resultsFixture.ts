/**
 * TEST DATA, invented: a believable results document for component and sentence tests. No figure here is a
 * survey result. Intervals are logit-t limits from the given estimate, standard error and degrees of freedom.
 */
import { groupingCategories, groupings } from '@shared/domain/groups';
import { studentQuantile } from '@shared/numeric/distributions';
import type { ModelBasedResults } from '@shared/results/modelBasedResults';
import type { Figure, ShownFigure, SurveyResults, Verdict } from '@shared/results/surveyResults';
import { comparisonSections } from './comparisonFixture';

export const unitNames: Readonly<Record<string, string>> = {
  '320500': '苏州市',
  '320505': '虎丘区（苏州高新区）',
  '320506': '吴中区',
  '320507': '相城区',
  '320508': '姑苏区',
  '320509': '吴江区',
  '320576': '苏州工业园区',
  '320581': '常熟市',
  '320582': '张家港市',
  '320583': '昆山市',
  '320585': '太仓市',
  '320590': '江北新区管委会直管区',
  '320591': '太湖国家旅游度假区',
};

interface FigureSeed {
  readonly estimate: number;
  readonly n: number;
  readonly effect?: number;
  readonly degreesOfFreedom?: number;
  readonly psuCount?: number;
}

export function shareFigure(seed: FigureSeed): ShownFigure {
  const { estimate, n, effect = 1.8, degreesOfFreedom = 90, psuCount = 100 } = seed;
  const standardError = Math.sqrt((effect * estimate * (1 - estimate)) / n);
  const half = (studentQuantile(0.975, degreesOfFreedom) * standardError) / (estimate * (1 - estimate));
  const centre = Math.log(estimate / (1 - estimate));
  const limit = (value: number): number => 1 / (1 + Math.exp(-value));
  return {
    state: 'shown',
    estimate,
    standardError,
    interval: { lower: limit(centre - half), upper: limit(centre + half), level: 0.95, method: 'logit' },
    respondentCount: n,
    psuCount,
    weightTotal: n * 2300,
    designEffect: effect,
    effectiveSampleSize: n / effect,
    degreesOfFreedom,
    coefficientOfVariation: standardError / estimate,
    cautions: degreesOfFreedom < 8 ? ['lowDegreesOfFreedom'] : [],
  };
}

export function scoreFigure(estimate: number, n: number, deviation = 14): ShownFigure {
  const standardError = (deviation * Math.sqrt(1.8)) / Math.sqrt(n);
  const half = studentQuantile(0.975, 90) * standardError;
  return {
    ...shareFigure({ estimate: 0.5, n }),
    estimate,
    standardError,
    interval: { lower: estimate - half, upper: estimate + half, level: 0.95, method: 'student-t' },
    coefficientOfVariation: standardError / estimate,
  };
}

export const suppressedFigure: Figure = {
  state: 'suppressed',
  reasons: ['fewRespondents'],
  respondentCount: 18,
};
export const notSurveyedFigure: Figure = { state: 'notSurveyed' };

export const verdictOf = (value: Verdict['value'], rest: Partial<Verdict> = {}): Verdict => ({
  value,
  undecidableReason: null,
  target: 0.23,
  operator: 'gte',
  aspirational: true,
  confidenceAbove: 0.17,
  sampleSizeToSettle: 12_400,
  smallestDetectable: 0.027,
  ...rest,
});

const unitSeeds: readonly (readonly [string, number, number])[] = [
  ['320505', 0.262, 396],
  ['320506', 0.217, 402],
  ['320507', 0.178, 388],
  ['320508', 0.244, 411],
  ['320509', 0.181, 405],
  ['320576', 0.312, 421],
  ['320581', 0.196, 399],
  ['320582', 0.209, 386],
  ['320583', 0.257, 408],
  ['320585', 0.224, 352],
];

function unitVerdict(figure: ShownFigure): Verdict {
  const { lower, upper } = figure.interval ?? { lower: 0, upper: 1 };
  if (lower >= 0.23) return verdictOf('reached');
  if (upper < 0.23) return verdictOf('missed');
  return verdictOf(figure.estimate >= 0.23 ? 'pointReachedInconclusive' : 'pointMissedInconclusive');
}

const noVerdict = (undecidableReason: NonNullable<Verdict['undecidableReason']>): Verdict =>
  verdictOf('undecidable', {
    undecidableReason,
    confidenceAbove: null,
    sampleSizeToSettle: null,
    smallestDetectable: null,
  });

export const demoUnits = (): SurveyResults['units'] => [
  ...unitSeeds.map(([regionCode, estimate, n]) => {
    const literate = shareFigure({ estimate, n, degreesOfFreedom: 9, psuCount: 10 });
    return {
      regionCode,
      literate,
      meanScore: scoreFigure(40 + estimate * 80, n),
      verdict: unitVerdict(literate),
    };
  }),
  {
    regionCode: '320590',
    literate: suppressedFigure,
    meanScore: suppressedFigure,
    verdict: noVerdict('suppressed'),
  },
  {
    regionCode: '320591',
    literate: notSurveyedFigure,
    meanScore: notSurveyedFigure,
    verdict: noVerdict('notSurveyed'),
  },
];

const groupShares: Readonly<Record<string, number>> = {
  male: 0.238,
  female: 0.203,
  '18-29': 0.312,
  '30-39': 0.281,
  '40-49': 0.205,
  '50-59': 0.142,
  '60-69': 0.083,
  primary: 0.031,
  junior: 0.112,
  senior: 0.214,
  college: 0.318,
  bachelor: 0.437,
  urban: 0.248,
  rural: 0.141,
  youth: 0.402,
  farmer: 0.064,
  worker: 0.187,
  elder: 0.083,
};

const demoGroups = (): SurveyResults['groups'] =>
  groupings.flatMap((grouping) =>
    groupingCategories[grouping].map((category, index) => {
      const estimate = groupShares[category];
      const n = 1900 - index * 310;
      if (estimate === undefined)
        return { grouping, category, literate: suppressedFigure, meanScore: suppressedFigure };
      return {
        grouping,
        category,
        literate: shareFigure({ estimate, n }),
        meanScore: scoreFigure(40 + estimate * 80, n),
      };
    }),
  );

const demoCross = (): SurveyResults['cross'] =>
  demoUnits().flatMap((unit, row) =>
    demoGroups().map(({ grouping, category, literate }, column) => {
      const cell = { regionCode: unit.regionCode, grouping, category };
      if (unit.literate.state !== 'shown') return { ...cell, literate: unit.literate };
      if (literate.state !== 'shown' || (row + column) % 11 === 0)
        return { ...cell, literate: suppressedFigure };
      const estimate = Math.min(0.6, literate.estimate * (unit.literate.estimate / 0.22));
      return { ...cell, literate: shareFigure({ estimate, n: 60 + column * 7, degreesOfFreedom: 9 }) };
    }),
  );

const point = (year: number, value: number, regime: string, confidence = 'A') => ({
  year,
  value,
  regime,
  source: '测试资料',
  confidence,
  isOwn: false,
  lower: null,
  upper: null,
});

export const demoTrend = (): SurveyResults['trend'] => [
  {
    regionCode: '320500',
    regionName: '苏州市',
    points: [
      point(2015, 11, 'miller', 'B'),
      point(2016, 12.1, 'unknown', 'B'),
      point(2017, 13.1, 'unknown', 'C'),
      point(2018, 14.4, 'cast', 'B'),
      point(2020, 16.7, 'cast'),
      {
        ...point(2025, 22.1, 'cast-2024', 'own'),
        source: '苏州市 2025 年调查',
        isOwn: true,
        lower: 20.3,
        upper: 24,
      },
    ],
  },
  {
    regionCode: '320000',
    regionName: '江苏省',
    points: [
      point(2015, 8.25, 'miller'),
      point(2016, 9.5, 'unknown'),
      point(2018, 11.51, 'cast', 'C'),
      point(2020, 13.84, 'cast'),
      point(2022, 15.89, 'cast'),
    ],
  },
  {
    regionCode: '000000',
    regionName: '全国',
    points: [
      point(2010, 3.27, 'miller'),
      point(2015, 6.2, 'miller'),
      point(2018, 8.47, 'cast'),
      point(2020, 10.56, 'cast'),
      point(2022, 12.93, 'cast'),
      point(2023, 14.14, 'cast'),
      point(2024, 15.37, 'cast'),
    ],
  },
];

/** In the target year: a path from the published start, and nothing to judge on the way. */
const demoProgress = (): SurveyResults['progress'] => ({
  target: 0.23,
  targetYear: 2025,
  regions: [
    {
      regionCode: '320500',
      start: {
        year: 2020,
        value: 0.167,
        standardError: null,
        source: 'published',
        name: '“十三五”期末，苏州市公民具备科学素质的比例达 16.7%',
      },
      paths: (['logit', 'linear'] as const).map((scale) => ({
        scale,
        points: [0.167, 0.1796, 0.1922, 0.2048, 0.2174, 0.23].map((required, index) => ({
          year: 2020 + index,
          required,
        })),
        required: 0.23,
        judgement: null,
      })),
      reason: 'targetYear',
      achievedYearly: null,
      achievedYearlyError: null,
      neededYearly: null,
    },
  ],
});

const overallResponse: SurveyResults['response'][number] = {
  regionCode: null,
  issued: 5400,
  complete: 3968,
  partial: 82,
  refusal: 610,
  breakOff: 95,
  nonContact: 388,
  unable: 60,
  unknownEligibility: 77,
  ineligible: 112,
  voided: 8,
  responseRate: 3968 / 5280,
};

/** The overall line and, for the shape of the table only, a tenth of it for each district. */
const demoResponse = (): SurveyResults['response'] => [
  overallResponse,
  ...unitSeeds.map(([regionCode, , complete]) => ({
    ...overallResponse,
    regionCode,
    issued: 540,
    complete,
    partial: 8,
    refusal: 61,
    breakOff: 9,
    nonContact: 39,
    unable: 6,
    unknownEligibility: 8,
    ineligible: 12,
    voided: 1,
    responseRate: complete / (complete + 131),
  })),
];

const margin = (variables: string[], categories: string[], target: number, before: number) => ({
  variables,
  categories,
  target,
  before,
  after: target,
});

export function demoResults(overrides: Partial<SurveyResults> = {}): SurveyResults {
  const base = withoutComparison(overrides);
  const sections = { ...comparisonSections(base), modelBased: modelBasedSection(base) };
  return { ...base, ...sections, ...overrides };
}

/** Model-based shares a little below every shown raw share. */
function modelBasedSection({
  headline,
  units,
  groups,
}: Pick<SurveyResults, 'headline' | 'units' | 'groups'>): ModelBasedResults {
  const below = (raw: Figure) =>
    raw.state === 'shown'
      ? {
          figure: shareFigure({ estimate: 0.85 * raw.estimate, n: raw.respondentCount, effect: 2 }),
          missingInformation: 0.3,
        }
      : { figure: raw, missingInformation: null };
  return {
    state: 'estimated',
    calibrationId: 'calibration-1',
    calibratedAt: '2025-10-07T03:00:00.000Z',
    model: '2PL',
    scaleId: 'calibration-0',
    isLinked: true,
    theta: 0.82,
    instrumentCut: 70,
    cut: 68.4,
    setCount: 20,
    seed: 'survey-test-0001:3f9a:calibration-1',
    conditioning: ['unit', ...groupings],
    regressorCount: 24,
    residualSd: 0.81,
    population: { mean: 0.04, standardDeviation: 0.97 },
    headline: below(headline.literate),
    units: units.map(({ regionCode, literate }) => ({ regionCode, ...below(literate) })),
    groups: groups.map(({ grouping, category, literate }) => ({ grouping, category, ...below(literate) })),
  };
}

function withoutComparison(
  overrides: Partial<SurveyResults>,
): Omit<SurveyResults, 'comparison' | 'smallArea' | 'modelBased'> {
  const literate = shareFigure({ estimate: 0.2213, n: 3968 });
  return {
    surveyId: 'survey-test-0001',
    surveyName: '苏州市 2025 年公民科学素质调查',
    planId: 'suzhou',
    instrumentId: 'cast-2024',
    instrumentVersion: '1.0.0',
    year: 2025,
    basis: 'probability',
    isDemo: true,
    confidenceLevel: 0.95,
    dataFingerprint: '3f9a1c5e7b2d4088a6c1e90d5f7b3a2190c4d8e6f1a2b3c4d5e6f708192a3b4c',
    applicationVersion: '0.1.0',
    computedAt: '2025-10-08T06:21:00.000Z',
    headline: {
      regionCode: '320500',
      literate,
      meanScore: scoreFigure(57.6, 3968),
      verdict: verdictOf('pointMissedInconclusive'),
    },
    dimensions: [
      { dimensionId: 'knowledge', maximum: 40, figure: scoreFigure(23.4, 3968, 7) },
      { dimensionId: 'method', maximum: 20, figure: scoreFigure(10.9, 3968, 4) },
      { dimensionId: 'spirit', maximum: 20, figure: scoreFigure(12.8, 3968, 4) },
      { dimensionId: 'application', maximum: 20, figure: scoreFigure(10.5, 3968, 4) },
    ],
    tiers: (
      [
        ['advanced', 0.042, 0.042],
        ['literate', 0.179, 0.2213],
        ['basic', 0.331, 0.552],
        ['low', 0.448, 0.9999],
      ] as const
    ).map(([tierId, exclusive, atLeast]) => ({
      tierId,
      exclusive: shareFigure({ estimate: exclusive, n: 3968 }),
      atLeast: shareFigure({ estimate: atLeast, n: 3968 }),
    })),
    units: demoUnits(),
    groups: demoGroups(),
    cross: demoCross(),
    trend: demoTrend(),
    progress: demoProgress(),
    change: null,
    sensitivity: null,
    response: demoResponse(),
    weighting: {
      recipe: 'raking',
      respondentCount: 3968,
      weightTotal: 9_126_400,
      minimum: 612.4,
      maximum: 9120.2,
      kishDesignEffect: 1.31,
      iterations: 7,
      minimumAdjustment: 0.62,
      maximumAdjustment: 2.18,
      marginSource: '测试边际（非真实人口数）',
      margins: [
        margin(['sex'], ['male'], 4_712_000, 4_401_000),
        margin(['sex'], ['female'], 4_414_400, 4_725_400),
        margin(['residence'], ['urban'], 7_483_600, 7_210_900),
        margin(['residence'], ['rural'], 1_642_800, 1_915_500),
        margin(['ageBand', 'education'], ['18-29', 'bachelor'], 812_000, 700_300),
      ],
    },
    design: {
      stratumCount: 10,
      psuCount: 100,
      stageCount: 3,
      finitePopulationCorrection: false,
      singlePsuRule: 'fail',
      degreesOfFreedom: 90,
    },
    warnings: [
      { code: 'TRIAL_BANK', params: {} },
      { code: 'LOCAL_INSTRUMENT', params: {} },
      { code: 'YOUTH_NOT_IN_RATE', params: {} },
      { code: 'UNITS_NOT_SURVEYED', params: { count: 1 } },
    ],
    ...overrides,
  };
}
