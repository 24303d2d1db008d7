/** A statistician's own analysis through the contract: on the survey's own answers, and nothing stored. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Result } from '@shared/domain/result';
import { fail } from '@shared/domain/result';
import type { AnalysisSpecInput } from '@shared/analysisSpec/analysisSpec';
import type { Output } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import { failureText } from '@shared/texts/failureTexts';
import { getSurvey, saveSurveyRevision } from '@electron/backend/database/repositories/surveys';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

/** The worker is a built file; here its task runs in this thread and is cancelled before its first stage ends. */
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: async (
      name: 'runAnalysisSpec',
      payload: never,
      options: { signal?: AbortSignal; onProgress?: (stage: string, fraction: number) => void },
    ): Promise<Result<unknown>> => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      if (options.signal?.aborted === true) return fail('CANCELLED');
      return tasks[name](payload, options.onProgress ?? (() => undefined));
    },
  };
});

let test: TestHost;
let surveyId: SurveyId;
let own: Output<'analysis/getSpec'>;

beforeAll(async () => {
  test = await openTestHost();
  await test.value('app/updateRole', { role: 'statistician' });
  ({ surveyId } = await test.value('demo/create', { planId: 'suzhou', jobId: 'demo', respondents: 400 }));
  own = await test.value('analysis/getSpec', { surveyId });
}, 60_000);
afterAll(() => {
  test.close();
  removeFolder(test.dataDir);
});

const bySex: AnalysisSpecInput['analyses'] = [
  {
    kind: 'estimates',
    id: 'figures',
    statistic: 'proportion',
    outcomes: [{ kind: 'column', column: 'passed' }],
    by: [{ column: 'sex' }],
  },
];

const run = (changes: Record<string, unknown>) =>
  test.call('analysis/run', { surveyId, jobId: 'run', spec: { ...own.spec, analyses: bySex, ...changes } });

/** Entries of an uncompressed zip, read from its local headers (APPNOTE 4.3.7). */
function zipEntries(bytes: Buffer): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const size = bytes.readUInt32LE(at + 18);
    const start = at + 30 + bytes.readUInt16LE(at + 26);
    entries[bytes.toString('utf8', at + 30, start)] = bytes.toString('utf8', start, start + size);
    at = start + size;
  }
  return entries;
}

async function answers(): Promise<readonly Record<string, string>[]> {
  const { token, fileName } = await test.value('analysis/createFile', { surveyId, spec: { ...own.spec } });
  expect(fileName).toMatch(/分析规格与数据\.zip$/);
  const file = test.host.context.files.get(token);
  const entries = zipEntries(file?.bytes ?? Buffer.alloc(0));
  expect(Object.keys(entries)).toEqual(['SPEC.json', 'answers.csv']);
  expect(JSON.parse(entries['SPEC.json'] ?? '')).toMatchObject({
    files: { answers: { path: 'answers.csv' } },
  });
  const [header = [], ...rows] = (entries['answers.csv'] ?? '')
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header.map((name, k) => [name, row[k] ?? ''])));
}

describe("the survey's own specification", () => {
  it('comes with its columns in Chinese, without the case codes', () => {
    const column = (name: string) => own.columns.find((each) => each.name === name);
    expect(column('passed')).toMatchObject({ label: '具备科学素质', kind: 'flag' });
    expect(column('sex')).toMatchObject({
      label: '性别',
      categories: [
        { value: 'male', label: '男' },
        { value: 'female', label: '女' },
      ],
    });
    expect(column('unit')?.categories.map(({ label }) => label)).toContain('姑苏区');
    expect(column('psu')).toMatchObject({ label: '初级单元', kind: 'design' });
    expect(column('caseCode')).toBeUndefined();
  });
});

describe('a run', () => {
  it('gives the weighted shares of the exported answers', async () => {
    const rows = await answers();
    const reply = await run({ weighting: [] });
    if (!reply.ok) throw new Error(reply.failure.code);
    const [figures] = reply.value.analyses;
    if (figures?.kind !== 'estimates') throw new Error('estimates were asked for');
    for (const sex of ['male', 'female']) {
      const members = rows.filter((row) => row['sex'] === sex);
      const weight = (each: Record<string, string>): number => Number(each['baseWeight']);
      const total = members.reduce((sum, each) => sum + weight(each), 0);
      const passed = members.reduce((sum, each) => sum + weight(each) * Number(each['passed']), 0);
      const line = figures.lines.find(({ domain }) => domain['sex'] === sex);
      if (line?.status !== 'estimated') throw new Error(`no line of ${sex}`);
      expect(line.respondentCount).toBe(members.length);
      expect(line.estimate).toBeCloseTo(passed / total, 12);
    }
  });

  it('stores nothing: the results page still has none', async () => {
    await run({});
    expect((await test.value('results/get', { surveyId })).results).toBeNull();
  });

  it('that is cancelled answers so, and leaves nothing behind', async () => {
    const running = run({});
    await new Promise((resolve) => setTimeout(resolve, 5));
    await test.value('job/runCancel', { jobId: jobId.parse('run') });
    expect(await running).toMatchObject({ ok: false, failure: { code: 'CANCELLED' } });
    expect(await test.value('job/getProgress', { jobId: jobId.parse('run') })).toBeNull();
    expect((await test.value('results/get', { surveyId })).results).toBeNull();
  });

  it('of a broken document is refused with the place and what is allowed there', async () => {
    const reply = await run({ analyses: [{ ...bySex[0], statistic: 'share' }] });
    if (reply.ok) throw new Error('refused');
    expect(reply.failure).toMatchObject({
      code: 'SPEC_INVALID',
      params: { path: 'analyses[0].statistic' },
    });
    expect(failureText(reply.failure)).toContain('只能是');
  });

  it('reads no other file than the answers', async () => {
    const reply = await run({ files: { ...own.spec.files, margins: { path: '../margins.csv' } } });
    expect(reply).toMatchObject({
      ok: false,
      failure: { code: 'SPEC_OTHER_FILES', params: { files: 'margins' } },
    });
  });

  it('of a non-probability survey takes the model bootstrap only', async () => {
    const { db } = test.host.context.vault.storage();
    const survey = getSurvey(db, surveyId);
    if (survey === null) throw new Error('the demo survey exists');
    saveSurveyRevision(db, surveyId, { settings: { ...survey.settings, basis: 'nonprobability' } });
    expect(await run({ variance: { method: 'linearised' } })).toMatchObject({
      ok: false,
      failure: { code: 'SPEC_NOT_PROBABILITY' },
    });
    const model = { method: 'modelBootstrap', units: 'psu', count: 20, seed: 'x' };
    expect(await run({ variance: model })).toMatchObject({
      ok: true,
      value: { variance: { method: 'model-based-bootstrap' } },
    });
    saveSurveyRevision(db, surveyId, { settings: survey.settings });
  });
});

it('is for statisticians and administrators', async () => {
  await test.value('app/updateRole', { role: 'evaluator' });
  expect(await run({})).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
  await test.value('app/updateRole', { role: 'statistician' });
});
