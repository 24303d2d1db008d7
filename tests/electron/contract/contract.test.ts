/** The door of every host: pinned channels, refused inputs, roles, and a locked data folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlers } from '@electron/backend/handlers/handlers';
import type { Reply } from '@shared/contract/channel';
import type { Channel } from '@shared/contract/channel';
import type { ChannelName } from '@shared/contract/contract';
import { channelNames, contract } from '@shared/contract/contract';
import type { Role } from '@shared/domain/role';
import { roles } from '@shared/domain/role';
import { failureText } from '@shared/texts/failureTexts';
import { fieldsOf, malformedInputs } from '../../support/malformed';
import type { HostFixture } from './host';
import { openHost } from './host';

/** Adding, renaming or removing a channel is a decision: change this list with it. */
const pinnedChannels = [
  'analysis/createFile',
  'analysis/getSpec',
  'analysis/run',
  'app/getStatus',
  'app/runLock',
  'app/runUnlock',
  'app/updatePassphrase',
  'app/updateRole',
  'bank/create',
  'bank/createFiles',
  'bank/get',
  'bank/getLogCheck',
  'bank/getPackage',
  'bank/list',
  'bank/listKeyEvents',
  'bank/runClosing',
  'bank/runInstallation',
  'bank/runOpening',
  'bank/runScoring',
  'bank/updateInUse',
  'calibration/create',
  'calibration/get',
  'calibration/getItem',
  'calibration/list',
  'calibration/run',
  'calibration/updateLink',
  'demo/create',
  'draft/get',
  'draft/runDiscard',
  'draft/update',
  'federation/exportPackage',
  'federation/listPackages',
  'federation/runCombine',
  'file/runOpenDialog',
  'file/runSaveDialog',
  'form/createRecords',
  'form/get',
  'form/getAssembly',
  'form/getPreview',
  'form/getSetup',
  'form/list',
  'form/runAssembly',
  'form/updateStatus',
  'handIn/createFile',
  'handIn/get',
  'handIn/getFile',
  'handIn/runReceipt',
  'import/createErrorList',
  'import/createTemplate',
  'import/getCheck',
  'import/getInspection',
  'import/list',
  'import/run',
  'import/runVoid',
  'instrument/list',
  'interview/create',
  'interview/get',
  'interview/getScore',
  'interview/list',
  'interview/runBreakOff',
  'interview/runFinish',
  'interview/runVoid',
  'interview/updateAnswer',
  'interview/updateCurrent',
  'item/createReview',
  'item/get',
  'item/getCheck',
  'item/getChoices',
  'item/getImpact',
  'item/list',
  'item/listFindings',
  'item/runCorrection',
  'item/runWithdrawal',
  'item/update',
  'item/updateStatus',
  'itemAnalysis/createFile',
  'itemAnalysis/get',
  'itemAnalysis/run',
  'itemTransfer/createErrorList',
  'itemTransfer/createQtiPackage',
  'itemTransfer/createTemplate',
  'itemTransfer/createWorkbook',
  'itemTransfer/list',
  'itemTransfer/run',
  'itemTransfer/runCheck',
  'itemTransfer/runUndo',
  'job/getProgress',
  'job/runCancel',
  'margin/createTemplate',
  'margin/get',
  'margin/import',
  'paper/createEntry',
  'paper/createRun',
  'paper/getForm',
  'paper/getKeySheet',
  'paper/getReview',
  'paper/list',
  'paper/runEndEntry',
  'paper/runFile',
  'paper/runVoid',
  'paper/updateField',
  'paper/updateRuling',
  'plan/get',
  'plan/list',
  'practice/get',
  'practice/getFeedback',
  'questionnaire/get',
  'reference/get',
  'reference/list',
  'reference/update',
  'reference/updateStatus',
  'region/list',
  'report/create',
  'report/list',
  'results/get',
  'results/run',
  'samplePlan/createWorkbook',
  'survey/create',
  'survey/get',
  'survey/list',
  'survey/update',
];

/** Who may do what, written out by hand; a channel that is not here is open to every role. */
const restrictedTo: Partial<Record<ChannelName, readonly Role[]>> = {
  'analysis/createFile': ['statistician', 'administrator'],
  'analysis/getSpec': ['statistician', 'administrator'],
  'analysis/run': ['statistician', 'administrator'],
  'itemAnalysis/createFile': ['statistician', 'administrator', 'itemEditor'],
  'itemAnalysis/get': ['statistician', 'administrator', 'itemEditor'],
  'itemAnalysis/run': ['statistician', 'administrator', 'itemEditor'],
  'calibration/run': ['statistician', 'administrator'],
  'calibration/updateLink': ['statistician', 'administrator'],
  'calibration/create': ['statistician', 'administrator'],
  'calibration/list': ['statistician', 'administrator', 'itemEditor'],
  'calibration/get': ['statistician', 'administrator', 'itemEditor'],
  'calibration/getItem': ['statistician', 'administrator', 'itemEditor'],
  'federation/exportPackage': ['statistician', 'administrator'],
  'federation/listPackages': ['statistician', 'administrator'],
  'federation/runCombine': ['statistician', 'administrator'],
  'app/updatePassphrase': ['statistician', 'administrator'],
  'survey/update': ['supervisor', 'statistician', 'administrator'],
  'interview/runVoid': ['supervisor', 'statistician', 'administrator'],
  'import/getInspection': ['supervisor', 'statistician', 'administrator'],
  'import/getCheck': ['supervisor', 'statistician', 'administrator'],
  'import/run': ['supervisor', 'statistician', 'administrator'],
  'import/createErrorList': ['supervisor', 'statistician', 'administrator'],
  'import/runVoid': ['supervisor', 'statistician', 'administrator'],
  'margin/import': ['statistician', 'administrator'],
  'paper/list': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'paper/getForm': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'paper/createRun': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'paper/createEntry': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'paper/updateField': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'paper/runEndEntry': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'paper/getReview': ['supervisor', 'statistician', 'administrator'],
  'paper/updateRuling': ['supervisor', 'statistician', 'administrator'],
  'paper/runFile': ['supervisor', 'statistician', 'administrator'],
  'paper/runVoid': ['supervisor', 'statistician', 'administrator'],
  'paper/getKeySheet': ['itemEditor', 'administrator'],
  'itemTransfer/createErrorList': ['itemEditor', 'administrator'],
  'itemTransfer/createQtiPackage': ['itemEditor', 'administrator'],
  'itemTransfer/createTemplate': ['itemEditor', 'administrator'],
  'itemTransfer/createWorkbook': ['itemEditor', 'administrator'],
  'itemTransfer/list': ['itemEditor', 'administrator'],
  'itemTransfer/run': ['itemEditor', 'administrator'],
  'itemTransfer/runCheck': ['itemEditor', 'administrator'],
  'itemTransfer/runUndo': ['itemEditor', 'administrator'],
  'reference/get': ['itemEditor', 'administrator'],
  'reference/list': ['itemEditor', 'administrator'],
  'reference/update': ['itemEditor', 'administrator'],
  'reference/updateStatus': ['itemEditor', 'administrator'],
  'item/list': ['itemEditor', 'administrator', 'statistician'],
  'item/get': ['itemEditor', 'administrator', 'statistician'],
  'item/getCheck': ['itemEditor', 'administrator'],
  'item/getChoices': ['itemEditor', 'administrator'],
  'item/getImpact': ['itemEditor', 'administrator'],
  'item/update': ['itemEditor', 'administrator'],
  'item/updateStatus': ['itemEditor', 'administrator'],
  'item/createReview': ['itemEditor', 'administrator'],
  'item/listFindings': ['itemEditor', 'administrator'],
  'item/runCorrection': ['itemEditor', 'administrator'],
  'item/runWithdrawal': ['itemEditor', 'administrator'],
  'form/getSetup': ['itemEditor', 'administrator', 'statistician'],
  'form/getAssembly': ['itemEditor', 'administrator', 'statistician'],
  'form/get': ['itemEditor', 'administrator', 'statistician'],
  'form/runAssembly': ['itemEditor', 'administrator'],
  'form/createRecords': ['itemEditor', 'administrator'],
  'form/updateStatus': ['itemEditor', 'administrator'],
  'bank/list': ['itemEditor', 'administrator'],
  'bank/updateInUse': ['itemEditor', 'administrator'],
  'bank/getPackage': ['itemEditor', 'administrator'],
  'bank/runInstallation': ['itemEditor', 'administrator'],
  'bank/create': ['itemEditor', 'administrator'],
  'bank/runOpening': ['itemEditor', 'administrator'],
  'bank/runClosing': ['itemEditor', 'administrator'],
  'bank/runScoring': ['itemEditor', 'administrator'],
  'bank/createFiles': ['itemEditor', 'administrator'],
  'bank/listKeyEvents': ['itemEditor', 'administrator'],
  'bank/getLogCheck': ['itemEditor', 'administrator'],
  'handIn/get': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'handIn/createFile': ['enumerator', 'supervisor', 'statistician', 'administrator'],
  'handIn/getFile': ['supervisor', 'statistician', 'administrator'],
  'handIn/runReceipt': ['supervisor', 'statistician', 'administrator'],
  'samplePlan/createWorkbook': ['supervisor', 'statistician', 'evaluator', 'administrator'],
};

const beforeUnlock: readonly ChannelName[] = ['app/getStatus', 'app/runUnlock'];

const hasChinese = (text: string): boolean => /[一-鿿]/.test(text);
const isFailure = (reply: Reply<unknown>, code: string): boolean => !reply.ok && reply.failure.code === code;

let fixture: HostFixture;
beforeAll(async () => {
  fixture = await openHost();
  // The one role that may call everything: what is refused below is refused for its input.
  await fixture.host.dispatch('app/updateRole', { role: 'administrator' });
});
afterAll(() => fixture.close());

const dispatch = (name: string, input: unknown): Promise<Reply<unknown>> =>
  fixture.host.dispatch(name, input);

describe('the contract', () => {
  it('has exactly the pinned channels, each with a handler', () => {
    expect([...channelNames].sort()).toEqual(pinnedChannels);
    expect(Object.keys(handlers).sort()).toEqual(pinnedChannels);
  });

  it('names every channel area/verb', () => {
    const verbs = /^\w+\/(get|list|create|update|run|import|export)[A-Z]?\w*$/;
    expect(channelNames.filter((name) => !verbs.test(name))).toEqual([]);
  });

  it('takes no path from a screen: no field is called path, file or folder', () => {
    const fields = channelNames.flatMap((name) => fieldsOf(name));
    expect(fields.filter((field) => /path|folder|directory|^file$/i.test(field))).toEqual([]);
  });
});

describe('a call with a broken input', () => {
  describe.each(channelNames)('%s', (name) => {
    it.each(Object.keys(malformedInputs))(
      'refuses %s with a Chinese sentence and nothing else',
      async (kind) => {
        const reply = await dispatch(name, malformedInputs[kind]);
        expect(isFailure(reply, 'INVALID_INPUT')).toBe(true);
        if (reply.ok) return;
        expect(hasChinese(failureText(reply.failure))).toBe(true);
        expect(JSON.stringify(reply)).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|Zod|SQLITE/);
      },
    );
  });

  it('has not polluted any prototype', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['', 'survey/delete', '__proto__', 'constructor', 'toString', 'x'.repeat(5000)])(
    'an unknown channel %.20s is refused',
    async (name) => {
      expect(isFailure(await dispatch(name, {}), 'INVALID_INPUT')).toBe(true);
    },
  );
});

describe('roles', () => {
  it('the table of the contract is the table written here', () => {
    const actual = channelNames.flatMap((name) => {
      const channel: Channel = contract[name];
      return channel.roles === undefined ? [] : [[name, [...channel.roles].sort()]];
    });
    const expected = Object.entries(restrictedTo).map(([name, allowed]) => [name, [...allowed].sort()]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });

  it.each(roles)('%s is refused exactly what is not theirs, before the input is looked at', async (role) => {
    await dispatch('app/updateRole', { role });
    const forbidden: string[] = [];
    for (const name of channelNames) {
      if (isFailure(await dispatch(name, null), 'FORBIDDEN')) forbidden.push(name);
    }
    const expected = Object.entries(restrictedTo)
      .filter(([, allowed]) => !allowed.includes(role))
      .map(([name]) => name);
    expect(forbidden.sort()).toEqual(expected.sort());
    await dispatch('app/updateRole', { role: 'administrator' });
  });
});

describe('an id that names nothing', () => {
  const absent = 'no-such-id';
  const mapping = { sheet: '答卷', headerRow: 1, columns: [] };
  const calls: Partial<Record<ChannelName, unknown>> = {
    'analysis/createFile': { surveyId: absent, spec: {} },
    'analysis/getSpec': { surveyId: absent },
    'analysis/run': { surveyId: absent, jobId: 'job', spec: {} },
    'itemAnalysis/run': { surveyId: absent, jobId: 'job' },
    'form/get': { formId: absent },
    'form/updateStatus': { formId: absent, status: 'retired', by: '李编辑', reason: '不再使用' },
    'survey/get': { surveyId: absent },
    'draft/get': { draftId: absent },
    'interview/get': { interviewId: absent },
    'interview/getScore': { interviewId: absent },
    'interview/runFinish': { interviewId: absent },
    'interview/runVoid': { interviewId: absent, reason: '重复录入' },
    'interview/updateCurrent': { interviewId: absent, questionId: 'S0' },
    'item/get': { itemId: absent },
    'item/getImpact': { itemId: absent },
    'item/updateStatus': { itemId: absent, status: 'review', by: '王主管', reason: '按流程' },
    'item/runCorrection': { itemId: absent, newKey: ['A'], by: '李编辑', reason: '答案错', jobId: 'job' },
    'item/runWithdrawal': { itemId: absent, by: '李编辑', reason: '有歧义', jobId: 'job' },
    'import/getInspection': { surveyId: absent, token: absent },
    'import/getCheck': { surveyId: absent, token: absent, mapping },
    'import/run': { surveyId: absent, token: absent, mapping },
    'import/createTemplate': { surveyId: absent },
    'import/runVoid': { batchId: absent, reason: '重复录入' },
    'margin/createTemplate': { surveyId: absent },
    'paper/getForm': { surveyId: absent, mode: 'interviewer' },
    'paper/getKeySheet': { surveyId: absent },
    'paper/createRun': { surveyId: absent, mode: 'interviewer', copies: 1, printedBy: '王督导' },
    'paper/runEndEntry': { entryId: absent },
    'paper/getReview': { paperNumber: 1 },
    'paper/runFile': { paperNumber: 1, filedBy: '王督导' },
    'plan/get': { planId: absent },
    'report/create': { surveyId: absent, jobId: 'job', audience: 'evaluator' },
    'report/list': { surveyId: absent },
    'results/run': { surveyId: absent, jobId: 'job' },
    'demo/create': { planId: absent, jobId: 'job' },
    'file/runSaveDialog': { token: absent },
  };
  it.each(Object.keys(calls) as ChannelName[])('%s says that it was not found', async (name) => {
    expect(await dispatch(name, calls[name])).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
  });
});

describe('a data folder with a passphrase', () => {
  const passphrase = '纸上写好的一句长口令 2025';
  let locked: HostFixture;
  beforeAll(async () => {
    locked = await openHost();
    await locked.host.dispatch('app/updatePassphrase', { current: '', next: passphrase });
    await locked.host.dispatch('app/runLock', {});
  });
  afterAll(() => locked.close());

  it('refuses everything but status and unlocking while it is locked', async () => {
    const open: string[] = [];
    for (const name of channelNames)
      if (!isFailure(await locked.host.dispatch(name, null), 'STORAGE_LOCKED')) open.push(name);
    expect(open.sort()).toEqual([...beforeUnlock].sort());
  });

  it('stays locked for a wrong passphrase and opens for the right one', async () => {
    const wrong = await locked.host.dispatch('app/runUnlock', { passphrase: '不是这一句' });
    expect(isFailure(wrong, 'WRONG_PASSPHRASE')).toBe(true);
    expect(isFailure(await locked.host.dispatch('survey/list', {}), 'STORAGE_LOCKED')).toBe(true);
    expect((await locked.host.dispatch('app/runUnlock', { passphrase })).ok).toBe(true);
    expect((await locked.host.dispatch('survey/list', {})).ok).toBe(true);
  });

  it('writes neither the passphrase nor any input into the log', () => {
    const log = readFileSync(join(locked.dataDir, 'logs', 'zhiheng.log'), 'utf8');
    expect(log).not.toContain(passphrase);
    expect(log).not.toContain('不是这一句');
  });
});
