/** A set of forms as the host would send it, small enough to read. */
import type { FormReport } from '@shared/assessment/formReport';
import type { Assembly, FormItem, FormRecord } from '@shared/contract/areas/forms';
import { formId } from '@shared/domain/ids';

const cut = (id: string, score: number): FormReport['outlook']['cuts'][number] => ({
  id,
  cut: score,
  theta: 0.5,
  trueShare: 0.13,
  observedShare: 0.167,
  accuracy: 0.926,
  consistency: 0.896,
  kappa: 0.63,
  falsePositive: 0.05,
  falseNegative: 0.024,
  guessPassProbability: 0.0000004,
  conditionalStandardError: 6.2,
  livingstonLewis: { accuracy: 0.928, consistency: 0.898 },
});

export const report = (changes: Partial<FormReport> = {}): FormReport => ({
  itemCount: 50,
  method: 'integerProgram',
  producesRate: true,
  neededItems: 50,
  coverage: [
    { section: 'dimensions', subject: 'K', count: 20, min: 20, max: 20, met: true },
    { section: 'topicGroups', subject: '反诈', count: 0, min: 1, max: 1, met: false },
  ],
  bands: [],
  keyBalance: [{ section: 'statements', subject: '对', count: 8, min: 7, max: 9, met: true }],
  minutes: { selfRead: 19, readAloud: 28.5, elder: 30.4, elderReadAloud: 45.6 },
  meanDifficulty: 0.53,
  outlook: {
    itemCount: 50,
    maximumScore: 100,
    minutes: 19,
    population: { mean: -0.05, standardDeviation: 0.8 },
    expectedScore: { mean: 53, standardDeviation: 15.5 },
    scoreDistribution: [
      { score: 0, probability: 0.4, atOrAbove: 1 },
      { score: 100, probability: 0.6, atOrAbove: 0.6 },
    ],
    reliability: { kr20: 0.83, trueScoreReliability: 0.84, standardErrorOfMeasurement: 6.4 },
    cuts: [cut('basic', 55), cut('literate', 70)],
    overall: { accuracy: 0.85, consistency: 0.8, kappa: 0.6 },
    information: [],
  },
  levels: {
    basic: { label: '基本具备', passes: false },
    literate: { label: '具备', passes: true },
  },
  information: [],
  informationCurve: [
    { theta: -1, value: 6, target: 6.1 },
    { theta: 1, value: 8, target: 8.2 },
  ],
  enemyPairs: [],
  violations: [],
  ...changes,
});

const item = (position: number, itemId: string, key: readonly string[] | null): FormItem => ({
  position,
  itemId,
  version: '1.0.0',
  stem: `题干${itemId}`,
  dimension: 'K',
  benchmark: 1,
  type: 'tf',
  cognitive: '知道',
  expectedShare: 0.7,
  isAnchor: false,
  key: key === null ? null : [...key],
});

export const set: Assembly['set'] = {
  setId: 'set-1',
  bankId: 'trial',
  bankTitle: '公开试用题库',
  bankVersion: '2.0.0',
  isPublicBank: true,
  blueprintId: 'cast-2024-50',
  blueprintTitle: '百分制50题卷（公开试用题库）',
  instrumentId: 'cast-2024',
  instrumentTitle: '百分制分级口径',
  request: {
    blueprintId: 'cast-2024-50',
    count: 2,
    seed: 7,
    anchors: 'bank',
    excluded: [],
    forced: [],
    waiver: null,
  },
  anchorIds: ['K-1'],
  anchorSource: 'bank',
  restingItems: ['K-9'],
  timedOut: false,
  violations: [],
};

export const firstId = formId.parse('cast-2024-50.7-1.1a2b3c4d');
export const secondId = formId.parse('cast-2024-50.7-2.5e6f7a8b');

export const assembly = (key: readonly string[] | null = ['对']): Assembly => ({
  set,
  forms: [
    { formId: firstId, report: report(), items: [item(1, 'K-1', key), item(2, 'K-2', key)] },
    { formId: secondId, report: report(), items: [item(1, 'K-1', key), item(2, 'K-3', key)] },
  ],
  overlap: [
    [
      { shared: 2, anchors: 1 },
      { shared: 1, anchors: 1 },
    ],
    [
      { shared: 1, anchors: 1 },
      { shared: 2, anchors: 1 },
    ],
  ],
  filed: [],
});

export const record = (changes: Partial<FormRecord> = {}): FormRecord => ({
  formId: firstId,
  title: '2026年甲卷',
  status: 'available',
  statusReason: null,
  set,
  report: report(),
  filedBy: '李编辑',
  filedAt: '2026-03-01T08:00:00.000Z',
  surveys: [],
  restingCount: 0,
  ...changes,
});

export const setup = (mayAssemble = true) => ({
  bank: { id: 'trial', title: '公开试用题库', isPublic: true, keysClosed: false },
  mayAssemble,
  blueprints: [
    {
      id: 'cast-2024-50',
      title: '百分制50题卷',
      itemCount: 50,
      instrumentTitle: '百分制分级口径',
      producesRate: true,
      hasAnchors: true,
    },
    {
      id: 'short-2024-20',
      title: '20题短卷',
      itemCount: 20,
      instrumentTitle: '百分制分级口径',
      producesRate: false,
      hasAnchors: false,
    },
  ],
  markedAnchorCount: 12,
  items: [{ itemId: 'K-1', stem: '题干K-1' }],
  exposure: {
    year: 2026,
    formCount: 2,
    resting: [{ itemId: 'K-9', stem: '用过的题', texts: ['今年已在 1 份试卷上，每题最多 1 份'] }],
  },
});
