/** A few items as the host would hand them to the pages. */
import type { BankItem } from '@shared/assessment/bank';
import type { ItemRow, ItemView } from '@shared/contract/areas/items';

export const bank = {
  id: 'trial-2026',
  title: '公开试用题库',
  version: '2.0.0',
  statusNote: '题目和答案公开，只用于试用和培训。',
  isPublic: true,
  keys: 'present',
  mayEdit: true,
} as const;

export const item: BankItem = {
  id: 'K-12-ME-001',
  version: '1.0.0',
  status: 'review',
  dimension: 'K',
  benchmark: { doc: '2016', no: 12 },
  area: 'ME',
  topics: ['化学'],
  type: 'single',
  stem: '水在什么时候会烧开？',
  options: [
    { id: 'A', text: '到了沸点', misconception: '' },
    { id: 'B', text: '到了冰点', misconception: '混淆' },
    { id: 'C', text: '加了盐', misconception: '习惯' },
    { id: 'D', text: '盖上锅盖', misconception: '习惯' },
  ],
  key: ['A'],
  dk: true,
  scoring: { points: 2, rule: 'all_or_none' },
  rationale: '水到沸点沸腾。',
  references: [{ ref: 'REF-1', fact: '水的沸点' }],
  difficulty: { p_prior: 0.8, se: 0.1, basis: 'angoff' },
  irt: { model: 'Rasch', a: 1, b: 0, c: 0, source: 'prior' },
  time_sec: 22,
  authors: ['知衡命题组'],
};

export function row(number: number, changes: Partial<ItemRow> = {}): ItemRow {
  return {
    itemId: `K-12-ME-${String(number).padStart(3, '0')}`,
    version: '1.0.0',
    stem: `第 ${number} 道题的题干`,
    dimension: 'K',
    benchmark: 12,
    area: 'ME',
    type: 'single',
    status: 'review',
    holdReason: null,
    topics: ['化学'],
    expectedShare: 0.6,
    rules: [],
    isBlocked: false,
    reviewCount: 0,
    responseCount: 0,
    isWithdrawn: false,
    ...changes,
  };
}

export function view(changes: Partial<ItemView> = {}): ItemView {
  return {
    item,
    bank,
    hasKey: true,
    setStatus: item.status,
    holdReason: null,
    versions: [
      { version: '1.0.0', item, origin: 'shipped', author: '知衡命题组', note: '', recordedAt: null },
    ],
    statuses: [],
    reviews: [],
    transitions: [
      { to: 'draft', problems: [] },
      { to: 'pilot', problems: ['检查清单有必须改的问题（R06）'] },
    ],
    findings: [],
    exposure: {
      formCount: 1,
      surveyCount: 1,
      demoSurveyCount: 0,
      responseCount: 1000,
      lastUsedAt: null,
      rules: {
        state: {
          formsWithItem: 1,
          waveCount: 1,
          responseCount: 1000,
          anchorFormCount: 0,
          anchorResponseCount: 0,
          limits: ['useRate'],
        },
        year: 2025,
        formCount: 1,
        allowedForms: 1,
        limitTexts: ['今年已在 1 份试卷上，每题最多 1 份'],
      },
    },
    sharedWith: [],
    keyChanges: [],
    ...changes,
  };
}
