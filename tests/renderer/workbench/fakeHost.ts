/** A host made of the shipped seeds: what the workbench screens would get from a real one. */
import { instrumentSchema } from '@shared/assessment/instrument';
import type { SurveyDraft } from '@shared/contract/areas/surveys';
import { publishedFiguresSchema } from '@shared/domain/publishedFigure';
import { loadPlan, loadPlans, loadRegionTree, readJson, readText } from './seedFiles';

export interface FakeHost {
  readonly calls: { readonly name: string; readonly input: Record<string, unknown> }[];
  readonly answer: (name: string, input: Record<string, unknown>) => Promise<unknown>;
}

const regions = loadRegionTree().regions;
const { figures } = publishedFiguresSchema.parse(readJson('seeds/published-figures.json'));
const ok = (value: unknown): unknown => ({ ok: true, value });

const registry: Readonly<Record<string, (input: Record<string, unknown>) => unknown>> = {
  'plan/list': () => loadPlans(),
  'plan/get': ({ planId }) => {
    const plan = loadPlan(String(planId));
    return {
      plan,
      sourceText: readText(`seeds/plans/texts/${plan.sourceText ?? ''}.txt`),
      figures: figures.filter((figure) => figure.regionCode === plan.regionCode),
      regionNames: Object.fromEntries(regions.map((region) => [region.code, region.name])),
    };
  },
  'region/list': ({ rootCode }) =>
    regions.filter((region) => region.code === rootCode || region.parent === rootCode),
  'instrument/list': () =>
    ['benchmark-2016', 'cast-2024', 'miller-3'].map((id) =>
      instrumentSchema.parse(readJson(`seeds/instruments/${id}.json`)),
    ),
  'bank/get': () => ({
    id: 'trial',
    title: '公开试用题库',
    version: '1.0.0',
    statusNote: '只用于试用和培训。',
    isTrial: true,
    itemCount: 150,
    countsByDimension: {},
    countsByType: {},
    countsByStatus: {},
    blueprints: [
      { id: 'cast-2024-50', title: '百分制50题卷', instrumentId: 'cast-2024', itemCount: 50 },
      { id: 'benchmark-2016-50', title: '基准50题卷', instrumentId: 'benchmark-2016', itemCount: 50 },
    ],
  }),
  'form/getPreview': () => ({
    itemCount: 50,
    expectedMinutes: 20,
    meanDifficulty: 0.53,
    byDimension: { K: 20 },
    byArea: { LH: 13 },
    byType: { tf: 15 },
    byBenchmark: { '1': 2 },
    violations: [],
  }),
  'form/list': () => [],
  'questionnaire/get': () => ({ version: '1.0.0', title: '问卷', modules: [], keyGroups: [] }),
  'draft/update': (input): SurveyDraft => ({
    id: 'draft-1',
    step: Number(input['step']),
    settings: input['settings'] as SurveyDraft['settings'],
    updatedAt: '2025-06-30T08:00:00.000Z',
  }),
  'survey/create': () => ({ surveyId: 'survey-1' }),
};

/** @param others answers of channels that differ from the seeds'. */
export function createFakeHost(others: typeof registry = {}): FakeHost {
  const calls: FakeHost['calls'] = [];
  return {
    calls,
    answer: async (name, input) => {
      calls.push({ name, input });
      const reply = others[name] ?? registry[name];
      return reply === undefined
        ? { ok: false, failure: { code: 'NOT_FOUND', params: {} } }
        : ok(reply(input));
    },
  };
}
