/** A browser-mode host with one survey: answers by channel, every call kept, every file accepted. */
import type { ImportCheck, Inspection } from '@shared/contract/areas/imports';
import type { SurveySummary } from '@shared/contract/areas/surveys';
import { surveySettings } from '@shared/domain/survey';
import { formId, surveyId } from '@shared/domain/ids';

type Answer = (input: Record<string, unknown>) => unknown;

export interface FakeHost {
  readonly calls: { readonly name: string; readonly input: Record<string, unknown> }[];
  readonly answers: Record<string, Answer>;
}

const failed = (code: string): unknown => ({ ok: false, failure: { code, params: {} } });

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
}

/** Replaces `fetch`; a channel without an answer fails with NOT_FOUND. */
export function createFakeHost(answers: Record<string, Answer>): FakeHost {
  const host: FakeHost = { calls: [], answers };
  globalThis.fetch = (async (url: string, init: { readonly body: string }) => {
    if (url === '/files') return json({ ok: true, value: { token: 'file-1', name: '答卷.xlsx', size: 9 } });
    const name = decodeURIComponent(url.replace('/call/', ''));
    const input = JSON.parse(init.body) as Record<string, unknown>;
    host.calls.push({ name, input });
    const answer = host.answers[name];
    return json(answer === undefined ? failed('NOT_FOUND') : { ok: true, value: answer(input) });
  }) as unknown as typeof fetch;
  return host;
}

const settings = surveySettings.parse({
  name: '苏州市2025年公民科学素质调查',
  planId: 'suzhou',
  regionCode: '320500',
  unitCodes: ['320505', '320506'],
  year: 2025,
  basis: 'probability',
  samplingDesign: 'stratifiedMultistage',
  instrumentId: 'cast-2024',
  formBlueprintId: 'cast-2024-50',
  formSeed: 1,
  formId: null,
  trialBankConfirmed: true,
  groupings: ['sex'],
  modules: [],
  header: { formNumber: '', issuingBody: '', approvalNumber: '', validUntil: null },
  showScoreToEnumerator: false,
  showScoreToRespondent: false,
  weighting: { kind: 'given' },
  singlePsuRule: 'fail',
  disclosure: { minimumRespondents: 30, minimumPsus: 3 },
});

export const summary: SurveySummary = {
  survey: {
    id: surveyId.parse('survey-1'),
    status: 'fielding',
    isDemo: false,
    settings,
    formId: formId.parse('form-1'),
    revision: 1,
    createdAt: '2025-06-01T00:00:00.000Z',
    updatedAt: '2025-06-01T00:00:00.000Z',
  },
  planShortName: '苏州',
  counts: { complete: 0, open: 0, imported: 0, issued: 0, unscored: 0 },
  bank: { title: '知衡公开试用题库', isPublic: true },
  lastActivityAt: null,
  headline: null,
};

type Column = Inspection['sheets'][number]['columns'][number];

const column = (
  index: number,
  meaning: Pick<Column, 'letter' | 'header' | 'role' | 'confidence' | 'reason'>,
): Column => ({ column: index, target: null, samples: ['甲', '乙'], ...meaning });

export const inspection: Inspection = {
  fileName: '答卷.xlsx',
  contentHash: 'a'.repeat(64),
  sheets: [
    {
      name: '答卷',
      headerRow: 1,
      rowCount: 120,
      alreadyImportedAt: null,
      columns: [
        column(0, {
          letter: 'A',
          header: '编号',
          role: 'caseCode',
          confidence: 0.6,
          reason: '表头名称相近，请核对',
        }),
        column(1, {
          letter: 'B',
          header: '区县',
          role: 'region',
          confidence: 0.95,
          reason: '表头名称一致',
        }),
        column(2, {
          letter: 'C',
          header: '系数',
          role: 'ignore',
          confidence: 0,
          reason: '没有认出，请指定或不导入',
        }),
      ],
      preview: [['001', '虎丘区', '1.5']],
    },
  ],
  targets: [
    { role: 'caseCode', target: null, label: '样本编号' },
    { role: 'region', target: null, label: '区县' },
    { role: 'weight', target: null, label: '权重' },
    { role: 'ignore', target: null, label: '不导入' },
    { role: 'item', target: 'K-001', label: '第 1 题（作答）' },
  ],
};

export const goodCheck: ImportCheck = {
  rowCount: 120,
  completeCount: 100,
  nonresponseCount: 20,
  errorCount: 0,
  warningCount: 0,
  errors: [],
  warnings: [],
  hasDesign: { stratum: true, psu: true, weight: true },
};

export const badCheck: ImportCheck = {
  ...goodCheck,
  errorCount: 1,
  errors: [
    {
      sheet: '答卷',
      row: 9,
      column: 'C',
      header: '系数',
      value: 'abc',
      code: 'WEIGHT_NOT_NUMBER',
      problem: '权重不是数字。',
      remedy: '请填大于 0 的数字，不带单位和文字。',
    },
  ],
};

export const batch = {
  batchId: 'batch-1',
  fileName: '第一批.xlsx',
  contentHash: 'b'.repeat(64),
  rowCount: 4000,
  importedAt: '2025-06-30T06:05:00.000Z',
  voidedAt: null,
  voidReason: null,
};
