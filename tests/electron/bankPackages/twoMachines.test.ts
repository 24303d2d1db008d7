/**
 * Two machines: an office holds the whole private bank and seals a station pack; a station installs its questions only,
 * takes interviews to their end, and holds no answer anywhere; with the keys file the waiting cases get their scores.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BankItem } from '@shared/assessment/bank';
import { scoreInterview } from '@shared/assessment/scoring';
import type { InterviewProgress, InterviewView } from '@shared/contract/areas/interviews';
import { jobId } from '@shared/domain/ids';
import type { FormId, SurveyId } from '@shared/domain/ids';
import type { Answer } from '@shared/questions/answer';
import { installKeys, installQuestions } from '@electron/backend/bankPackages/installBank';
import { closeBankKeys, openBankKeys } from '@electron/backend/bankPackages/openKeys';
import { findPrivateBank } from '@electron/backend/bankPackages/privateBank';
import { sealInstalledBank } from '@electron/backend/bankPackages/sealInstalled';
import type { SealedBank } from '@electron/backend/bankPackages/sealPackage';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { loadRespondents } from '@electron/backend/database/repositories/respondents';
import { getScore, listScores } from '@electron/backend/database/repositories/scores';
import { readAfter } from '@electron/backend/journal/journal';
import { findInstrument } from '@electron/backend/registry/registry';
import { runItemAnalysis } from '@electron/backend/usecases/analyseSurveyItems';
import { analysisInput, estimateSurvey } from '@electron/backend/usecases/estimateSurvey';
import { fileForms } from '@electron/backend/usecases/forms/formLibrary';
import { runAssembly } from '@electron/backend/usecases/forms/runAssembly';
import { scoreRecord } from '@electron/backend/usecases/importAnswers';
import { importPlace } from '@electron/backend/usecases/importContext';
import { correctKey } from '@electron/backend/usecases/items/changeKey';
import { findBank } from '@electron/backend/usecases/items/currentBank';
import { setBankInUse } from '@electron/backend/usecases/items/bankSources';
import { scorePending, unscoredCount } from '@electron/backend/usecases/scorePending';
import { loadForm, scoringForm } from '@electron/backend/usecases/storedForm';
import { chosen, firstAnswer } from '../../support/firstAnswer';
import { openTestHost, removeFolder, testClock } from '../../support/host';
import type { TestHost } from '../../support/host';
import { newSigningKey, passphrases, privateBank, privateBankId, sealed } from './sealedBank';

/** The worker is a built file; here its tasks run in this thread, and what is sent to them is kept. */
const sentToWorkers = vi.hoisted((): string[] => []);
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: (name: 'assembleForms', payload: never) => {
      sentToWorkers.push(JSON.stringify(payload));
      return tasks[name](payload, () => undefined);
    },
  };
});

const job = { signal: new AbortController().signal, report: () => undefined };
const whole = privateBank();
const folderPassphrase = '采集点口令 很长 不外传';

function value<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

async function lockedHost(): Promise<TestHost> {
  const app = await openTestHost();
  value(app.host.context.vault.setPassphrase('', folderPassphrase));
  return app;
}

/** Every text and blob of every table, as a reader with the folder's passphrase would see it. */
function dump({ host }: TestHost): string {
  const { connection } = host.context.vault.storage().db;
  const tables = connection
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all();
  return tables
    .flatMap(({ name }) => connection.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][])
    .map((row) =>
      row.map((cell) => (Buffer.isBuffer(cell) ? cell.toString('latin1') : String(cell))).join('\t'),
    )
    .join('\n');
}

/** Every record of the journal in the clear. */
function journalText({ host }: TestHost): string {
  const { folder, dataKey } = host.context.vault.storage();
  const reading = readAfter({ directory: folder.journal, dataKey, clock: testClock }, 0);
  expect(reading.damaged).toBe(0);
  return reading.entries.map(({ text }) => text).join('\n');
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });

/** What a text that must not tell anything tells after all. */
function leaks(text: string, items: readonly BankItem[]): readonly string[] {
  const marks = ['保密解析', '保密依据', '保密误解'].filter((mark) => text.includes(mark));
  const keyed = /\\*"key\\*":\[\\*"/.test(text) ? ['a key that is not empty'] : [];
  const rationales = items.flatMap(({ rationale }) =>
    rationale !== undefined && text.includes(rationale) ? [rationale] : [],
  );
  return [...marks, ...keyed, ...rationales];
}

async function takeInterview(app: TestHost, surveyId: SurveyId, caseCode: string, shift: number) {
  const view: InterviewView = await app.value('interview/create', {
    surveyId,
    mode: 'selfAdministered',
    caseCode,
    regionCode: '320508',
    residence: 'urban',
    stratum: '320508',
    psu: '320508-01',
    baseWeight: 120,
  });
  let progress: InterviewProgress = view.progress;
  for (let step = 0; progress.state === 'open' && step < 200; step++) {
    const question = progress.currentQuestion;
    if (question === null) throw new Error('no current question');
    progress = await app.value('interview/updateAnswer', {
      interviewId: view.interviewId,
      questionId: question.code,
      answer: chosen[question.code] ?? varied(firstAnswer(question), shift + step),
      elapsedMs: 1200,
      confirmed: true,
    });
  }
  const finished = await app.value('interview/runFinish', { interviewId: view.interviewId });
  return { interviewId: view.interviewId, finished };
}

/** Respondents differ: letters and verdicts move on with the question. */
function varied(answer: Answer, shift: number): Answer {
  if (answer.kind === 'trueFalse') return { kind: 'trueFalse', value: shift % 2 === 0 };
  if (answer.kind === 'single' && /^[A-D]$/.test(answer.code))
    return { kind: 'single', code: ['A', 'B', 'C', 'D'][shift % 4] ?? 'A' };
  return answer;
}

describe('an office and a station', () => {
  let office: TestHost;
  let station: TestHost;
  let pack: SealedBank;
  let formId: FormId;
  let surveyId: SurveyId;
  const taken: Awaited<ReturnType<typeof takeInterview>>[] = [];

  beforeAll(async () => {
    office = await lockedHost();
    station = await lockedHost();
    const { context } = office.host;
    const blueprints = context.registry.blueprints.map((each) => ({ ...each, bankId: privateBankId }));
    const published = sealed({ bank: whole, blueprints, signingKey: newSigningKey() });
    value(
      installQuestions(context, { name: '题.zhbank', bytes: published.questions }, passphrases.questions),
    );
    value(installKeys(context, { name: '答.zhkeys', bytes: published.keys }));
    value(await openBankKeys(context, privateBankId, passphrases.keys, job));
    value(setBankInUse(context, privateBankId));
    await office.value('app/updateRole', { role: 'itemEditor' });
    const request = { blueprintId: 'short-2024-20', count: 1, seed: 7, anchors: 'none' } as const;
    const { set, forms } = value(
      await runAssembly(context, { ...request, excluded: [], forced: [], waiver: '练习' }, job),
    );
    const [form] = forms;
    if (form === undefined) throw new Error('one form was assembled');
    formId = form.formId;
    value(fileForms(context, { setId: set.setId, by: '王编辑', forms: [{ formId, title: '甲卷' }] }));
    pack = value(sealInstalledBank(context, privateBankId, { what: { formIds: [formId] }, passphrases }));

    sentToWorkers.length = 0;
    const install = { name: '采集点.zhbank', bytes: pack.questions };
    const installed = value(installQuestions(station.host.context, install, passphrases.questions));
    expect(installed).toMatchObject({ bankId: privateBankId, itemCount: 20, formIds: [formId] });
    const settings = station.settings({ formId, formBlueprintId: 'short-2024-20' });
    surveyId = (await station.value('survey/create', { settings, draftId: null })).surveyId;
    for (let person = 0; person < 4; person += 1)
      taken.push(await takeInterview(station, surveyId, `P-${person}`, person));
  }, 240_000);
  afterAll(() => {
    for (const app of [office, station]) {
      app.close();
      removeFolder(app.dataDir);
    }
  });

  test('the station ends every interview as complete, waiting for its score', async () => {
    for (const { finished } of taken)
      expect(finished).toEqual({ disposition: 'complete', score: null, hidden: false, pending: true });
    expect(unscoredCount(station.host.context, surveyId)).toBe(4);
    const shown = await station.value('interview/getScore', { interviewId: taken[0]?.interviewId ?? '' });
    expect(shown).toMatchObject({ score: null, pending: true });
  });

  test('the station knows the items of its form only, and nothing there holds an answer', () => {
    const bank = findBank(station.host.context, privateBankId);
    expect(bank?.bank.items).toHaveLength(20);
    expect(bank?.keys).toBe('closed');
    expect(findPrivateBank(station.host.context, privateBankId)?.keys).toBe('absent');
    const stored = value(loadForm(station.host.context.vault.storage().db, formId));
    expect(stored.keys).toBe('closed');
    expect(stored.items.every(({ key }) => key.length === 0)).toBe(true);
    expect(leaks(dump(station), whole.items)).toEqual([]);
    expect(leaks(journalText(station), whole.items)).toEqual([]);
    expect(sentToWorkers).toEqual([]);
    const asked = new Set(stored.items.map(({ id }) => id));
    const others = whole.items.filter(({ id, stimulus }) => !asked.has(id) && stimulus === undefined);
    const text = dump(station);
    expect(others.filter(({ stem }) => text.includes(stem))).toEqual([]);
    for (const path of filesIn(station.dataDir))
      expect(leaks(readFileSync(path).toString('latin1'), []), path).toEqual([]);
  });

  test('the test would notice an answer: the office form with open keys has them in memory, its database has not', () => {
    const { context } = office.host;
    expect(leaks(JSON.stringify(value(scoringForm(context, formId))), [])).not.toEqual([]);
    expect(leaks(dump(office), whole.items)).toEqual([]);
    expect(leaks(journalText(office), whole.items)).toEqual([]);
  });

  test('figures are refused while cases wait, and so are scoring and import of letters', async () => {
    const { context } = station.host;
    const waiting = { ok: false, failure: { code: 'UNSCORED_INTERVIEWS', params: { count: 4 } } };
    expect(analysisInput(context, surveyId)).toMatchObject(waiting);
    expect(await runItemAnalysis(context, surveyId, job)).toMatchObject(waiting);
    expect(await estimateSurvey(context, surveyId, job)).toMatchObject(waiting);
    const report = { surveyId, audience: 'statistician', jobId: jobId.parse('report-1') } as const;
    expect(await station.call('report/create', report)).toMatchObject(waiting);
    const closed = { ok: false, failure: { code: 'BANK_KEYS_CLOSED', params: { bank: '某市保密题库' } } };
    expect(sentToWorkers).toEqual([]);
    expect(scoringForm(context, formId)).toMatchObject(closed);
    expect(await scorePending(context, surveyId, job)).toMatchObject(closed);
    const place = value(importPlace(context, surveyId));
    const [row] = loadRespondents(context.vault.storage().db, surveyId);
    if (row === undefined) throw new Error('there are respondents');
    expect(scoreRecord(context, place, row.respondent)).toMatchObject(closed);
    const marks = place.stored.form.entries.map(
      ({ itemId }) => [itemId, { kind: 'number', value: 1 }] as const,
    );
    const marked = scoreRecord(context, place, { ...row.respondent, answers: Object.fromEntries(marks) });
    expect(value(marked)?.total).toBe(100);
  });

  test('the station hands its interviews in without a key, and the office scores them as an ordinary run would', async () => {
    const settings = office.settings({ formId, formBlueprintId: 'short-2024-20' });
    await office.value('app/updateRole', { role: 'statistician' });
    const { surveyId: atOffice } = await office.value('survey/create', { settings, draftId: null });
    const passphrase = '交数口令 山高 水长 路远';
    const made = await station.value('handIn/createFile', {
      surveyId,
      station: '虎丘采集点',
      what: 'new',
      passphrase,
    });
    expect(made).toMatchObject({ seq: 1, interviewCount: 4 });
    const bytes = station.host.context.files.get(made.token)?.bytes ?? Buffer.alloc(0);
    const { token } = office.host.context.files.put(made.fileName, bytes);
    const head = await office.value('handIn/getFile', { token });
    value(closeBankKeys(office.host.context, privateBankId));
    expect(head).toMatchObject({ standing: 'new', signer: made.signer, interviewCount: 4 });
    expect(
      await office.value('handIn/runReceipt', {
        surveyId: atOffice,
        token,
        passphrase,
        confirmedSigner: head.signer,
      }),
    ).toMatchObject({ addedCount: 4, presentCount: 0, conflictCount: 0, unscoredCount: 4, missing: [] });
    expect(
      value(await openBankKeys(office.host.context, privateBankId, passphrases.keys, job)).scoredCount,
    ).toBe(4);

    const { db } = office.host.context.vault.storage();
    const instrument = findInstrument(office.host.context.registry, 'cast-2024');
    const stored = value(loadForm(db, formId));
    if (instrument === null) throw new Error('the instrument is shipped');
    const items = whole.items.filter(({ id }) => stored.items.some((item) => item.id === id));
    const received = loadRespondents(db, atOffice);
    expect(received).toHaveLength(4);
    for (const { respondent, score } of received)
      expect(score).toEqual(value(scoreInterview(instrument, stored.form, items, respondent.answers)));
    const sent = loadRespondents(station.host.context.vault.storage().db, surveyId);
    expect(received.map(({ respondent }) => respondent)).toEqual(sent.map(({ respondent }) => respondent));
    expect(unscoredCount(station.host.context, surveyId)).toBe(4);
    expect(leaks(dump(station), whole.items)).toEqual([]);
    expect(leaks(journalText(station), whole.items)).toEqual([]);
  });

  test('parts of other packages, other signers and wrong passphrases change nothing', async () => {
    const { context } = station.host;
    const before = dump(station);
    const other = value(
      sealInstalledBank(office.host.context, privateBankId, { what: { formIds: [formId] }, passphrases }),
    );
    const code = (result: { ok: boolean; failure?: { code: string } }) =>
      result.ok ? 'ok' : result.failure?.code;
    expect(code(installKeys(context, { name: 'x', bytes: other.keys }))).toBe('BANK_PARTS_DIFFER');
    expect(code(installKeys(context, { name: 'x', bytes: pack.questions }))).toBe('BANK_PART_WRONG');
    expect(code(installQuestions(context, { name: 'x', bytes: pack.questions }, passphrases.questions))).toBe(
      'BANK_ALREADY_INSTALLED',
    );
    const stranger = sealed({ bank: whole });
    expect(
      code(installQuestions(context, { name: 'x', bytes: stranger.questions }, passphrases.questions)),
    ).toBe('BANK_SIGNER_CHANGED');
    expect(
      code(installQuestions(context, { name: 'x', bytes: other.questions }, '别的口令 不对 不是 它')),
    ).toBe('WRONG_PASSPHRASE');
    expect(code(await openBankKeys(context, privateBankId, passphrases.keys, job))).toBe('BANK_KEYS_CLOSED');
    expect(dump(station)).toBe(before);
  });

  test('cancelled or cut off while scores are stored, scoring leaves nothing behind', async () => {
    const { context } = station.host;
    value(installKeys(context, { name: '采集点.zhkeys', bytes: pack.keys }));
    const stopped = new AbortController();
    stopped.abort();
    const cancelled = await openBankKeys(context, privateBankId, passphrases.keys, {
      ...job,
      signal: stopped.signal,
    });
    expect(cancelled).toMatchObject({ ok: false, failure: { code: 'CANCELLED' } });
    expect(unscoredCount(context, surveyId)).toBe(4);
    const { db } = context.vault.storage();
    db.connection.exec(`CREATE TEMP TRIGGER cut BEFORE INSERT ON main.score
      WHEN (SELECT count(*) FROM score) = 2 BEGIN SELECT RAISE(ABORT, 'cut off'); END`);
    await expect(scorePending(context, surveyId, job)).rejects.toThrow('cut off');
    db.connection.exec('DROP TRIGGER cut');
    expect(unscoredCount(context, surveyId)).toBe(4);
    expect(journalText(station)).not.toContain('"scoreSaved"');
    value(closeBankKeys(context, privateBankId));
  });

  test('with the keys file opened, every waiting case gets the score an ordinary run would have given', async () => {
    const { context } = station.host;
    expect(unscoredCount(context, surveyId)).toBe(4);
    expect(leaks(dump(station), whole.items)).toEqual([]);
    expect(await openBankKeys(context, privateBankId, passphrases.questions, job)).toMatchObject({
      ok: false,
      failure: { code: 'WRONG_PASSPHRASE' },
    });
    expect(value(await openBankKeys(context, privateBankId, passphrases.keys, job))).toEqual({
      bankId: privateBankId,
      openedCount: 1,
      scoredCount: 4,
    });
    const { db } = context.vault.storage();
    const instrument = findInstrument(context.registry, 'cast-2024');
    const stored = value(loadForm(db, formId));
    if (instrument === null) throw new Error('the instrument is shipped');
    // The keys as the office wrote them, not as they came back from the files.
    const items = whole.items.filter(({ id }) => stored.items.some((item) => item.id === id));
    const totals = new Set<number>();
    for (const { interviewId, respondent, score } of loadRespondents(db, surveyId)) {
      const expected = value(scoreInterview(instrument, stored.form, items, respondent.answers));
      expect(score).toEqual(expected);
      expect(getScore(db, interviewId)).toEqual(expected);
      totals.add(expected.total);
    }
    expect(totals.size).toBeGreaterThan(1);
    expect(listAudit(db, 3).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['survey.scored', 'bank.keysOpened']),
    );
    expect(leaks(dump(station), whole.items)).toEqual([]);
    expect(leaks(journalText(station), whole.items)).toEqual([]);
  });

  test('scoring again scores nothing twice, and an interview taken with open keys is scored at once', async () => {
    const { context } = station.host;
    expect(value(await scorePending(context, surveyId, job))).toBe(0);
    const { finished, interviewId } = await takeInterview(station, surveyId, 'P-7', 3);
    expect(finished.pending).toBe(false);
    expect(finished.score?.total).toBeGreaterThan(0);
    expect(listScores(context.vault.storage().db, interviewId)).toHaveLength(1);
    expect(analysisInput(context, surveyId).ok).toBe(true);
  });

  test('closing wipes the keys: the next case waits again', async () => {
    const { context } = station.host;
    const [opened] = context.bankKeys.get(privateBankId);
    value(closeBankKeys(context, privateBankId));
    expect(opened?.key.every((byte) => byte === 0)).toBe(true);
    const { finished } = await takeInterview(station, surveyId, 'P-8', 2);
    expect(finished).toMatchObject({ score: null, pending: true });
    expect(unscoredCount(context, surveyId)).toBe(1);
  });

  test('a correction of a private item is sealed, re-scores where the keys are open and is refused where not', async () => {
    const { context } = station.host;
    await station.value('app/updateRole', { role: 'itemEditor' });
    const form = value(loadForm(context.vault.storage().db, formId));
    const item = form.items.find(({ type }) => type === 'single');
    const whatItWas = whole.items.find(({ id }) => id === item?.id);
    if (item === undefined || whatItWas === undefined) throw new Error('the form has a single-choice item');
    const newKey = ['A', 'B', 'C', 'D'].filter((letter) => !whatItWas.key.includes(letter)).slice(0, 1);
    const correction = { itemId: item.id, newKey, by: '王编辑', reason: '依据改版，答案应改', job };
    expect(await correctKey(context, correction)).toMatchObject({
      ok: false,
      failure: { code: 'BANK_KEYS_CLOSED' },
    });
    value(await openBankKeys(context, privateBankId, passphrases.keys, job));
    value(await correctKey(context, correction));
    const basis = value(scoringForm(context, formId));
    expect(basis.items.find(({ id }) => id === item.id)?.key).toEqual(newKey);
    const instrument = findInstrument(context.registry, 'cast-2024');
    if (instrument === null) throw new Error('the instrument is shipped');
    const items = whole.items
      .filter(({ id }) => form.items.some((each) => each.id === id))
      .map((each) => (each.id === item.id ? { ...each, key: newKey } : each));
    for (const { respondent, score } of loadRespondents(context.vault.storage().db, surveyId))
      expect(score).toEqual(value(scoreInterview(instrument, form.form, items, respondent.answers)));
    const text = dump(station);
    expect(leaks(text, whole.items)).toEqual([]);
    expect(text).not.toContain('答案应改');
    expect(leaks(journalText(station), whole.items)).toEqual([]);
    value(closeBankKeys(context, privateBankId));
    expect(scoringForm(context, formId)).toMatchObject({ failure: { code: 'BANK_KEYS_CLOSED' } });
  });

  test('锁定 wipes the keys, and the folder opens again with waiting cases and sealed answers', async () => {
    const { context } = station.host;
    value(await openBankKeys(context, privateBankId, passphrases.keys, job));
    const [opened] = context.bankKeys.get(privateBankId);
    await station.value('app/runLock', {});
    expect(opened?.key.every((byte) => byte === 0)).toBe(true);
    expect(context.bankKeys.isOpen(privateBankId)).toBe(false);
    await station.value('app/runUnlock', { passphrase: folderPassphrase });
    expect(findBank(context, privateBankId)?.keys).toBe('closed');
  });
});
