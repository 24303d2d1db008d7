import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { useSurveyStore } from '@renderer/stores/survey';

type Input = Readonly<Record<string, string>>;
interface Host {
  readonly asked: string[];
  stored: unknown;
  planFails: boolean;
  wait: Record<string, () => void>;
}
const host = vi.hoisted((): Host => ({ asked: [], stored: null, planFails: false, wait: {} }));

vi.mock('../../../renderer/api/client', () => ({
  call: async (name: string, input: Input) => {
    const id = input['surveyId'] ?? '';
    if (name === 'survey/get') {
      if (host.wait[id] !== undefined) await new Promise<void>((go) => (host.wait[id] = go));
      return { ok: true, value: { survey: { id, settings: { planId: `plan-${id}` } } } };
    }
    if (name === 'plan/get')
      return host.planFails
        ? { ok: false, failure: { code: 'NOT_FOUND', params: {} } }
        : { ok: true, value: { plan: { id: input['planId'] }, regionNames: {} } };
    if (name === 'results/get') return { ok: true, value: host.stored };
    if (name !== 'results/run') return { ok: true, value: [] };
    host.asked.push(id);
    if (id === 'a') await new Promise<void>((go) => (host.wait['run'] = go));
    return { ok: true, value: { surveyName: id } };
  },
}));

beforeEach(() => {
  setActivePinia(createPinia());
  Object.assign(host, { asked: [], stored: null, planFails: false, wait: {} });
});

it('computes for the survey now open when the one left behind is done', async () => {
  const store = useSurveyStore();
  await store.open('a');
  void store.ensureResults();
  await store.open('b');
  await store.ensureResults();
  expect(host.asked).toEqual(['a']);
  host.wait['run']?.();
  await flushPromises();
  expect(host.asked).toEqual(['a', 'b']);
  expect(store.results?.surveyName).toBe('b');
});

it('computes nothing when fresh results are stored', async () => {
  host.stored = { results: { surveyName: 'b' }, isStale: false };
  const store = useSurveyStore();
  await store.open('b');
  await store.ensureResults();
  expect(host.asked).toEqual([]);
});

it('drops a late reply for a survey that was left meanwhile', async () => {
  const store = useSurveyStore();
  host.wait['a'] = () => undefined;
  const late = store.open('a');
  await store.open('b');
  host.wait['a']();
  await late;
  expect(store.summary?.survey.id).toBe('b');
  expect(store.plan?.id).toBe('plan-b');
});

it('says so when the plan cannot be read', async () => {
  host.planFails = true;
  const store = useSurveyStore();
  await store.open('b');
  expect(store.failure?.code).toBe('NOT_FOUND');
  expect(store.summary).toBeNull();
});
