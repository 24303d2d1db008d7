/**
 * Report inputs with real numbers: a small generated 苏州 survey run through `analyseSurvey`, so that the sheets
 * are tested on what the engine really returns (hidden cells, an unsurveyed unit, calibration margins).
 */
import { readFileSync } from 'node:fs';
import { parseInstrument, tierOf } from '@shared/assessment/instrument';
import type { Instrument } from '@shared/assessment/instrument';
import type { AnalysisInput, AnalysisRow } from '@shared/analysis/analysisInput';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { MarginSet } from '@shared/contract/areas/results';
import type { Disposition } from '@shared/domain/disposition';
import { ageBands, educationLevels, sexes } from '@shared/domain/groups';
import { planSchema } from '@shared/domain/plan';
import { publishedFiguresSchema } from '@shared/domain/publishedFigure';
import { regionTreeSchema } from '@shared/domain/region';
import { survey as surveySchema } from '@shared/domain/survey';
import type { Survey } from '@shared/domain/survey';
import { createRandom } from '@shared/numeric/seededRandom';
import type { SeededRandom } from '@shared/numeric/seededRandom';
import { keyGroupDefinitionsSchema } from '@shared/questionnaire/keyGroupDefinitions';
import type { ReportAudience, ReportInput } from '@shared/reports/reportInput';
import { analysis } from './itemAnalysisSample';

const seed = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../seeds/${path}`, import.meta.url), 'utf8'));

function must<T>(result: { readonly ok: boolean; readonly value?: T; readonly failure?: unknown }): T {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

export interface FixtureOptions {
  readonly basis?: 'probability' | 'nonprobability';
  readonly isDemo?: boolean;
  readonly audience?: ReportAudience;
  readonly planId?: string;
  /** Replaces the survey's name, e.g. by a text that looks like a formula. */
  readonly name?: string;
}

/** Surveyed units: the first is too small to be published, the last has no respondents at all. */
export const unitSizes: Readonly<Record<string, number>> = {
  '320505': 22,
  '320506': 130,
  '320507': 120,
  '320508': 140,
  '320509': 130,
  '320576': 110,
  '320581': 130,
  '320582': 120,
  '320583': 150,
  '320585': 0,
};

const outcomes: readonly (readonly [number, Disposition])[] = [
  [0.7, 'complete'],
  [0.84, 'refusal'],
  [0.94, 'nonContact'],
  [0.96, 'breakOff'],
  [0.97, 'partial'],
  [0.98, 'unable'],
  [0.99, 'ineligibleAge'],
  [1, 'voided'],
];

function pick<T>(random: SeededRandom, values: readonly T[]): T {
  const value = values[random.int(values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function scoreOf(instrument: Instrument, ability: number, random: SeededRandom): AnalysisRow['score'] {
  const dimensions = Object.fromEntries(
    instrument.dimensions.map(({ id, maximum }) => {
      const share = 1 / (1 + Math.exp(-(ability + 0.5 * random.normal())));
      return [id, Math.round(share * maximum * 2) / 2];
    }),
  );
  const total = Object.values(dimensions).reduce((sum, points) => sum + points, 0);
  const tier = tierOf(instrument, total, dimensions);
  const items = { answeredItems: 50, dontKnowItems: 0, refusedItems: 0, blankItems: 0 };
  const { id, version } = instrument;
  return {
    instrumentId: id,
    instrumentVersion: version,
    total,
    dimensions,
    tier: tier.id,
    passed: tier.passes,
    ...items,
  };
}

interface Place {
  readonly unit: string;
  readonly psu: string;
  readonly ability: number;
}

function rowOf(place: Place, index: number, random: SeededRandom, instrument: Instrument): AnalysisRow {
  const draw = random.next();
  const disposition = outcomes.find(([limit]) => draw <= limit)?.[1] ?? 'complete';
  const education = pick(random, educationLevels);
  const ageBand = pick(random, ageBands);
  const rural = random.next() < 0.3;
  const ability = place.ability + 0.35 * educationLevels.indexOf(education) + 0.4 * random.normal();
  return {
    respondent: {
      caseCode: `${place.psu}-${index}`,
      regionCode: place.unit,
      disposition,
      mode: 'interviewer',
      design: {
        stratum: place.unit,
        psu: place.psu,
        ssu: null,
        baseWeight: 900 + 400 * random.next(),
        populationPsuCount: null,
        populationSsuCount: null,
      },
      background: {
        sex: pick(random, sexes),
        ageYears: 18 + ageBands.indexOf(ageBand) * 10,
        ageBand,
        education,
        residence: rural ? 'rural' : 'urban',
        keyGroups: {
          youth: ageBand === '18-29' && random.next() < 0.2,
          farmer: rural && random.next() < 0.4,
          worker: random.next() < 0.3,
          elder: ageBand === '60-69',
          cadre: random.next() < 0.04,
        },
      },
      answers: {},
    },
    score: disposition === 'complete' ? scoreOf(instrument, ability, random) : null,
  };
}

function rowsOf(instrument: Instrument): readonly AnalysisRow[] {
  const random = createRandom('report-fixture');
  return Object.entries(unitSizes).flatMap(([unit, size]) => {
    const level = -0.55 + 0.25 * random.normal();
    const places = Array.from({ length: 8 }, (_unused, index) => ({
      unit,
      psu: `${unit}-${index}`,
      ability: level + 0.2 * random.normal(),
    }));
    return Array.from({ length: Math.round(size / 0.7) }, (_unused, index) => {
      const place = places[index % places.length];
      if (place === undefined) throw new Error('no place');
      return rowOf(place, index, random, instrument);
    });
  });
}

const margins: MarginSet = {
  source: '测试用总体数据（虚构）',
  importedAt: '2025-05-01T00:00:00.000Z',
  margins: [
    {
      variables: ['sex'],
      cells: [
        { categories: ['male'], total: 560_000 },
        { categories: ['female'], total: 540_000 },
      ],
    },
    {
      variables: ['ageBand'],
      cells: ageBands.map((band, index) => ({ categories: [band], total: 260_000 - 20_000 * index })),
    },
  ],
};

function surveyOf(options: FixtureOptions): Survey {
  const basis = options.basis ?? 'probability';
  return surveySchema.parse({
    id: 'survey-fixture',
    status: 'closed',
    isDemo: options.isDemo ?? false,
    settings: {
      name: options.name ?? '苏州市2025年公民科学素质调查',
      planId: options.planId ?? 'suzhou',
      regionCode: '320500',
      unitCodes: Object.keys(unitSizes),
      year: 2025,
      basis,
      samplingDesign: basis === 'probability' ? 'stratifiedMultistage' : 'none',
      instrumentId: 'cast-2024',
      formBlueprintId: 'cast-2024-50',
      formSeed: 1,
      formId: null,
      trialBankConfirmed: true,
      groupings: ['sex', 'ageBand', 'education', 'residence', 'keyGroup'],
      modules: [],
      header: {
        formNumber: '苏科协调〔2025〕1号表',
        issuingBody: '苏州市科学技术协会',
        approvalNumber: '苏统备〔2025〕3号',
        validUntil: '2026-12-31',
      },
      showScoreToEnumerator: false,
      showScoreToRespondent: false,
      weighting: { kind: 'calibrated', method: 'raking' },
      singlePsuRule: 'fail',
      disclosure: { minimumRespondents: 30, minimumPsus: 3 },
    },
    formId: null,
    revision: 1,
    createdAt: '2025-05-01T00:00:00.000Z',
    updatedAt: '2025-05-01T00:00:00.000Z',
  });
}

const codebook: ReportInput['codebook'] = [
  {
    variable: 'B1',
    label: '性别',
    type: 'numeric',
    values: [
      { code: 1, label: '男' },
      { code: 2, label: '女' },
    ],
    missing: [{ code: 99, meaning: 'refused' }],
  },
  { variable: 'K-001', label: '测评第 1 题（题面保密）', type: 'text', values: [], missing: [] },
];

/** A whole report input. Deterministic: the same options give the same figures. */
export function reportFixture(options: FixtureOptions = {}): ReportInput {
  const survey = surveyOf(options);
  const plan = planSchema.parse(seed(`plans/${survey.settings.planId}.json`));
  const regions = regionTreeSchema.parse(seed('regions/regions.json'));
  const instrument = must(parseInstrument(seed('instruments/cast-2024.json')));
  const input: AnalysisInput = {
    survey,
    plan,
    regions,
    instrument,
    rows: rowsOf(instrument),
    margins,
    figures: publishedFiguresSchema.parse(seed('published-figures.json')),
    isTrialBank: true,
    isShortForm: false,
    dataFingerprint: '5f2c9a7be01d44c8a3b6e7f90812cd34aa55be01774f2b6690de13c8f4a2b7e1',
    applicationVersion: '0.1.0',
    computedAt: '2025-06-30T01:05:00.000Z',
    confidenceLevel: 0.95,
  };
  return {
    results: must(analyseSurvey(input)),
    survey,
    plan,
    instrument,
    regionNames: Object.fromEntries(regions.regions.map((region) => [region.code, region.name])),
    keyGroupDefinitions: keyGroupDefinitionsSchema.parse(seed('key-groups.json')),
    codebook,
    bankTitle: '知衡公开试用题库',
    keyChanges: [],
    isPublicBank: true,
    itemAnalysis: { state: 'analysed', results: analysis, isStale: false },
    audience: options.audience ?? 'statistician',
    generatedAt: '2025-06-30T02:00:00.000Z',
  };
}
