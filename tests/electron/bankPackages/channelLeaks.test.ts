/**
 * Every channel of the contract, called by every role that does not keep banks, on a folder whose private bank is open
 * in this session: no reply and no file tells a key. 试题分析 is the one named exception, and leaves its trace.
 */
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Reply } from '@shared/contract/channel';
import type { ChannelName } from '@shared/contract/contract';
import { channelNames, contract } from '@shared/contract/contract';
import type { FormId, SurveyId } from '@shared/domain/ids';
import type { Role } from '@shared/domain/role';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { fileForms } from '@electron/backend/usecases/forms/formLibrary';
import { runAssembly } from '@electron/backend/usecases/forms/runAssembly';
import { chosen, firstAnswer } from '../../support/firstAnswer';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { installBank, openBank, protectFolder, secretWords } from '../../support/privateBank';
import { privateBank, privateBankId, sealed } from './sealedBank';

vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return { runWorkerTask: (name: 'assembleForms', payload: never) => tasks[name](payload, () => undefined) };
});

const job = { signal: new AbortController().signal, report: () => undefined };
let app: TestHost;
let formId: FormId;
let surveyId: SurveyId;
let interviewId = '';
let itemId = '';

const value = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

async function takeInterview(caseCode: string): Promise<string> {
  const psu = `320508-${caseCode}`;
  const place = { regionCode: '320508', residence: 'urban', stratum: '320508', psu } as const;
  const started = { surveyId, mode: 'selfAdministered', caseCode, baseWeight: 120, ...place } as const;
  const view = await app.value('interview/create', started);
  let { progress } = view;
  for (let step = 0; progress.state === 'open' && step < 200; step += 1) {
    const question = progress.currentQuestion;
    if (question === null) break;
    const answer = chosen[question.code] ?? firstAnswer(question);
    const given = {
      interviewId: view.interviewId,
      questionId: question.code,
      answer,
      elapsedMs: 900,
      confirmed: true,
    };
    progress = await app.value('interview/updateAnswer', given);
  }
  await app.value('interview/runFinish', { interviewId: view.interviewId });
  return view.interviewId;
}

beforeAll(async () => {
  app = await openTestHost();
  const { context } = app.host;
  await protectFolder(app);
  const blueprints = context.registry.blueprints.map((each) => ({ ...each, bankId: privateBankId }));
  const bankId = await installBank(app, sealed({ bank: privateBank(), blueprints }));
  value(await openBank(app, bankId));
  const request = { blueprintId: 'short-2024-20', count: 1, seed: 7, anchors: 'none' } as const;
  const { set, forms } = value(
    await runAssembly(context, { ...request, excluded: [], forced: [], waiver: '练习' }, job),
  );
  if (forms[0] === undefined) throw new Error('one form was assembled');
  ({ formId } = forms[0]);
  value(fileForms(context, { setId: set.setId, by: '王编辑', forms: [{ formId, title: '甲卷' }] }));
  const settings = app.settings({
    formId,
    formBlueprintId: 'short-2024-20',
    basis: 'nonprobability',
    samplingDesign: 'none',
    weighting: { kind: 'equal' },
  });
  ({ surveyId } = await app.value('survey/create', { settings, draftId: null }));
  for (const caseCode of ['P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6'])
    interviewId = await takeInterview(caseCode);
  itemId = (await app.value('item/list', {})).items[0]?.itemId ?? '';
}, 240_000);
afterAll(() => {
  app.close();
  removeFolder(app.dataDir);
});

/** Values by the name of a field, where any would do but one is known to lead somewhere. */
const known = (field: string): unknown =>
  ({
    surveyId,
    surveyIds: [surveyId],
    formId,
    interviewId,
    itemId,
    itemIds: [itemId],
    bankId: privateBankId,
    planId: 'suzhou',
    rootCode: '320500',
    regionCode: '320508',
    blueprintId: 'cast-2024-50',
    jobId: 'walk',
    limit: 50,
    offset: 0,
    search: '',
    origin: 'all',
    audience: 'statistician',
  })[field];

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly format?: string;
  readonly minLength?: number;
}

const texts: Readonly<Record<string, string>> = {
  date: '2025-10-15',
  'date-time': '2025-10-15T01:00:00.000Z',
};

const simple: Readonly<Record<string, (schema: Schema) => unknown>> = {
  object: ({ properties = {} }) =>
    Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, sample(each, name)])),
  array: ({ items, minItems = 0 }) => (items === undefined || minItems === 0 ? [] : [sample(items)]),
  integer: ({ minimum = 1 }) => Math.max(1, minimum),
  number: ({ minimum = 1 }) => minimum,
  boolean: () => true,
  string: ({ format = '', minLength = 2 }) =>
    texts[format] ?? '示例'.repeat(Math.max(1, Math.ceil(minLength / 2))),
};

const choiceOf = ({ anyOf, oneOf }: Schema): Schema | undefined => (anyOf ?? oneOf ?? [])[0];

/** Some input the schema takes, leading to what is stored here wherever a field is known. */
function sample(schema: Schema, field = ''): unknown {
  const own = known(field) ?? schema.const ?? schema.enum?.[0];
  if (own !== undefined) return own;
  const choice = choiceOf(schema);
  return choice === undefined ? (simple[schema.type ?? '']?.(schema) ?? null) : sample(choice, field);
}

const inputOf = (name: ChannelName): unknown =>
  sample(z.toJSONSchema(contract[name].input, { unrepresentable: 'any', io: 'input' }) as Schema);

/** Texts inside a file: as they are, and those a zip of a workbook or package holds. */
function textOf(bytes: Buffer): string {
  const parts = [bytes.toString('utf8')];
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) !== 8) continue;
    try {
      parts.push(inflateRawSync(bytes.subarray(start), { finishFlush: 2 }).toString('utf8'));
    } catch {
      continue;
    }
  }
  return parts.join('\n');
}

/** What a text tells of a private bank: a mark that stands in secrets only, or a key beside a private number. */
function leaks(text: string): readonly string[] {
  const isOfPrivateItem = /-P\d{3,4}/.test(text);
  const keyed = isOfPrivateItem && /"(key|newKey|oldKey|keys)":\s*(\["|"[A-D对错])/.test(text);
  return [...secretWords.filter((word) => text.includes(word)), ...(keyed ? ['key'] : [])];
}

/** Locks, roles and passphrases would end the walk. */
const leftOut: readonly ChannelName[] = [
  'app/runLock',
  'app/runUnlock',
  'app/updateRole',
  'app/updatePassphrase',
];
/** Statisticians cannot judge distractors without the key; every view of it is recorded. */
const shownToStatisticians = (name: ChannelName): boolean => name.startsWith('itemAnalysis/');

async function walk(
  role: Role,
): Promise<ReadonlyMap<ChannelName, { readonly ok: boolean; readonly text: string }>> {
  const files = vi.spyOn(app.host.context.files, 'put');
  const replies = new Map<ChannelName, { ok: boolean; text: string }>();
  for (const name of channelNames.filter((each) => !leftOut.includes(each))) {
    files.mockClear();
    const reply: Reply<unknown> = await app.host.dispatch(name, inputOf(name));
    const made = files.mock.calls.map(([, bytes]) => textOf(bytes));
    replies.set(name, { ok: reply.ok, text: [JSON.stringify(reply), ...made].join('\n') });
  }
  files.mockRestore();
  await app.value('app/updateRole', { role });
  return replies;
}

const keyViews = (): number =>
  listAudit(app.host.context.vault.storage().db, 100_000).filter(({ action }) => action === 'item.keyViewed')
    .length;

describe('an open private bank', () => {
  test('the search notices a key: the page of an item shows it to whoever keeps the bank', async () => {
    await app.value('app/updateRole', { role: 'itemEditor' });
    const view = await app.value('item/get', { itemId });
    expect(leaks(JSON.stringify(view))).toEqual([...secretWords, 'key']);
  });

  test.each(['enumerator', 'supervisor', 'evaluator', 'statistician'] as const)(
    'tells %s nothing on any channel',
    async (role) => {
      await app.value('app/updateRole', { role });
      const before = keyViews();
      const replies = await walk(role);
      const answered = [...replies].filter(([, { ok }]) => ok).map(([name]) => name);
      expect(answered).toEqual(
        expect.arrayContaining(['survey/list', 'interview/get', 'form/list', 'bank/get', 'report/create']),
      );
      const telling = [...replies].flatMap(([name, { text }]) =>
        leaks(text).map((what) => `${name}: ${what}`),
      );
      expect(telling.filter((each) => !shownToStatisticians(each.split(':')[0] as ChannelName))).toEqual([]);
      if (role !== 'statistician') expect(keyViews()).toBe(before);
    },
    120_000,
  );

  test('leaves exactly one record an item wherever a role that keeps the bank is given keys', async () => {
    await app.value('app/updateRole', { role: 'itemEditor' });
    const traced = async (call: () => Promise<Reply<unknown>>): Promise<number> => {
      const before = keyViews();
      const reply = await call();
      expect(reply).toMatchObject({ ok: true });
      return keyViews() - before;
    };
    expect(await traced(() => app.call('item/get', { itemId }))).toBe(1);
    expect(await traced(() => app.call('paper/getKeySheet', { surveyId }))).toBe(20);
    expect(await traced(() => app.call('item/list', {}))).toBe(0);
    expect(await traced(() => app.call('form/get', { formId }))).toBe(0);
    await app.value('bank/runClosing', { bankId: privateBankId });
    expect(await traced(() => app.call('item/get', { itemId }))).toBe(0);
    expect(await app.call('paper/getKeySheet', { surveyId })).toMatchObject({
      ok: false,
      failure: { code: 'BANK_KEYS_CLOSED' },
    });
  });
});
