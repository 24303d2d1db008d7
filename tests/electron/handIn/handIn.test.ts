/** Interviews of a station reach the office in a sealed file: once, unchanged, all of them or none. */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { FileToken, SurveyId } from '@shared/domain/ids';
import { interviewId } from '@shared/domain/ids';
import type { SurveySettings } from '@shared/domain/survey';
import { listAnswerEvents, verifyAnswerChain } from '@electron/backend/database/repositories/answerChain';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { getInterview } from '@electron/backend/database/repositories/interviewQueries';
import { getScore } from '@electron/backend/database/repositories/scores';
import { signingKeyOf } from '@electron/backend/federation/signingKey';
import { openHandIn, readHandIn, sealHandIn } from '@electron/backend/handIn/handInPackage';
import type { HandInContent } from '@electron/backend/handIn/handInPackage';
import { recordHash } from '@electron/backend/handIn/interviewRecord';
import { chosen, firstAnswer } from '../../support/firstAnswer';
import { openTestHost, removeFolder, testClock } from '../../support/host';
import type { TestHost } from '../../support/host';

const passphrase = '交数口令 山高 水长 路远';

interface Place {
  readonly app: TestHost;
  readonly surveyId: SurveyId;
}

const opened: TestHost[] = [];
afterEach(() => {
  for (const app of opened.splice(0)) {
    app.close();
    removeFolder(app.dataDir);
  }
});

async function place(changes: Partial<SurveySettings> = {}): Promise<Place> {
  const app = await openTestHost();
  opened.push(app);
  const settings = app.settings({ formBlueprintId: 'short-2024-20', ...changes });
  const { surveyId } = await app.value('survey/create', { settings, draftId: null });
  await app.value('app/updateRole', { role: 'supervisor' });
  return { app, surveyId };
}

async function begin({ app, surveyId }: Place, caseCode: string) {
  return app.value('interview/create', {
    surveyId,
    mode: 'interviewer',
    caseCode,
    regionCode: '320508',
    residence: 'urban',
    stratum: '320508',
    psu: '320508-01',
    baseWeight: 120,
  });
}

async function complete(at: Place, caseCode: string): Promise<string> {
  const view = await begin(at, caseCode);
  let { progress } = view;
  for (let step = 0; progress.state === 'open' && step < 200; step += 1) {
    const question = progress.currentQuestion;
    if (question === null) throw new Error('no current question');
    progress = await at.app.value('interview/updateAnswer', {
      interviewId: view.interviewId,
      questionId: question.code,
      answer: chosen[question.code] ?? firstAnswer(question),
      elapsedMs: 1200 + step,
      confirmed: true,
    });
  }
  await at.app.value('interview/runFinish', { interviewId: view.interviewId });
  return view.interviewId;
}

async function refuse(at: Place, caseCode: string): Promise<string> {
  const { interviewId: id } = await begin(at, caseCode);
  await at.app.value('interview/runBreakOff', { interviewId: id, disposition: 'refusal', note: '' });
  return id;
}

/** Writes a package at the station and carries it over. */
async function send(at: Place, what: 'new' | 'all' = 'new', station = '虎丘采集点'): Promise<Buffer> {
  const made = await at.app.value('handIn/createFile', {
    surveyId: at.surveyId,
    station,
    what,
    passphrase,
  });
  const file = at.app.host.context.files.get(made.token);
  if (file === null) throw new Error('the file is on the shelf');
  return file.bytes;
}

const shelve = ({ app }: Place, bytes: Buffer): FileToken =>
  app.host.context.files.put('交数.zhanswers', bytes).token;

/** Somebody at the office compared whatever fingerprint the file has. */
async function receive(at: Place, bytes: Buffer, given: { passphrase?: string; confirm?: boolean } = {}) {
  const token = shelve(at, bytes);
  const head = await at.app.call('handIn/getFile', { token });
  return at.app.call('handIn/runReceipt', {
    surveyId: at.surveyId,
    token,
    passphrase: given.passphrase ?? passphrase,
    confirmedSigner: head.ok && given.confirm !== false ? head.value.signer : '',
  });
}

const code = (reply: { ok: boolean; failure?: { code: string } }): string =>
  reply.ok ? 'ok' : (reply.failure?.code ?? '');

function rows({ app }: Place, sql: string): unknown[] {
  return app.host.context.vault.storage().db.connection.prepare(sql).raw().all();
}
const facts = (at: Place): unknown[] =>
  ['interview', 'answer_event', 'score', 'hand_in'].map((table) =>
    rows(at, `SELECT * FROM ${table} ORDER BY 1`),
  );
const everything = (at: Place): string =>
  JSON.stringify([facts(at), rows(at, 'SELECT * FROM audit_event ORDER BY 1')]);

/** The station's own package with something changed, sealed and signed by the station again. */
function resealed({ app }: Place, bytes: Buffer, change: (content: HandInContent) => HandInContent): Buffer {
  const read = readHandIn('x', bytes);
  const content = read.ok ? openHandIn(read.value, passphrase) : read;
  if (!content.ok) throw new Error(content.failure.code);
  const changed = change(content.value);
  const sealed = sealHandIn({
    content: {
      ...changed,
      interviews: changed.interviews.map((each) => ({ ...each, hash: recordHash(each.record) })),
    },
    surveyName: '测试调查',
    passphrase,
    signingKey: signingKeyOf(app.host.context.vault.storage().dataKey),
    createdAt: testClock().toISOString(),
  });
  if (!sealed.ok) throw new Error(sealed.failure.code);
  return sealed.value.bytes;
}

describe('handing in', () => {
  test('ended interviews arrive with every answer and time; open ones stay; nothing leaves the station', async () => {
    const [station, office] = [await place(), await place()];
    const done = await complete(station, 'A-1');
    const refused = await refuse(station, 'A-2');
    const voided = await refuse(station, 'A-3');
    await station.app.value('interview/runVoid', { interviewId: voided, reason: '重复访问' });
    await begin(station, 'A-4');
    await station.app.value('app/updateRole', { role: 'enumerator' });
    const overview = await station.app.value('handIn/get', { surveyId: station.surveyId });
    expect(overview).toMatchObject({ newCount: 3, allCount: 3, openCount: 1, openCases: ['A-4'] });
    const before = JSON.stringify(rows(station, 'SELECT * FROM interview ORDER BY 1'));
    const bytes = await send(station);
    expect(JSON.stringify(rows(station, 'SELECT * FROM interview ORDER BY 1'))).toBe(before);

    const reply = await receive(office, bytes);
    expect(reply).toMatchObject({
      ok: true,
      value: { addedCount: 3, presentCount: 0, conflictCount: 0, unscoredCount: 0, seq: 1, missing: [] },
    });
    const [from, to] = [station, office].map(({ app }) => app.host.context.vault.storage().db);
    if (from === undefined || to === undefined) throw new Error('two places');
    for (const id of [done, refused, voided].map((each) => interviewId.parse(each))) {
      const [sent, stored] = [getInterview(from, id), getInterview(to, id)];
      expect(stored).toEqual({ ...sent, surveyId: office.surveyId, currentQuestionId: null });
      expect(listAnswerEvents(to, id)).toEqual(listAnswerEvents(from, id));
    }
    expect(listAnswerEvents(to, interviewId.parse(done)).length).toBeGreaterThan(20);
    expect(getInterview(to, interviewId.parse(voided))?.voidReason).toBe('重复访问');
    expect(verifyAnswerChain(to).brokenAt).toBeNull();
    // Public bank: both sides have the keys; the office's own score has an id of its own.
    const score = getScore(from, interviewId.parse(done));
    expect(score?.total).toBeGreaterThan(0);
    expect(getScore(to, interviewId.parse(done))).toEqual(score);
    expect(getScore(to, interviewId.parse(refused))).toBeNull();
    const ids = (at: Place): unknown => rows(at, 'SELECT score_id FROM score');
    expect(ids(office)).not.toEqual(ids(station));
    expect(listAudit(from, 1)[0]?.action).toBe('handIn.sent');
    expect(listAudit(to, 1)[0]?.action).toBe('handIn.received');
  });

  test('the file holds neither a score nor a readable answer', async () => {
    const station = await place();
    await complete(station, 'A-1');
    const bytes = await send(station);
    for (const text of ['A-1', 'answers":[', 'baseWeight', '320508'])
      expect(bytes.includes(text), text).toBe(false);
    const read = readHandIn('x', bytes);
    const content = read.ok ? openHandIn(read.value, passphrase) : read;
    expect(JSON.stringify(content)).not.toMatch(/"(score|total|key|points)":/);
  });

  test('the same package again changes nothing, and an interview handed in twice is counted once', async () => {
    const [station, office] = [await place(), await place()];
    await refuse(station, 'A-1');
    const first = await send(station);
    expect(code(await receive(office, first))).toBe('ok');
    const before = everything(office);
    expect(await receive(office, first)).toMatchObject({
      value: { isRepeated: true, addedCount: 0, presentCount: 1 },
    });
    expect(everything(office)).toBe(before);
    await refuse(station, 'A-2');
    expect(await receive(office, await send(station, 'all'))).toMatchObject({
      value: { isRepeated: false, addedCount: 1, presentCount: 1, conflictCount: 0 },
    });
    expect(rows(office, 'SELECT 1 FROM interview')).toHaveLength(2);
    const empty = { surveyId: station.surveyId, station: '虎丘采集点', what: 'new', passphrase } as const;
    expect(code(await station.app.call('handIn/createFile', empty))).toBe('HAND_IN_EMPTY');
  });

  test('the office names the package that never came', async () => {
    const [station, office] = [await place(), await place()];
    const packages: Buffer[] = [];
    for (const caseCode of ['A-1', 'A-2', 'A-3']) {
      await refuse(station, caseCode);
      packages.push(await send(station));
    }
    const [first, second, third] = packages;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three packages');
    await receive(office, first);
    expect(await receive(office, third)).toMatchObject({
      value: { missing: [{ station: '虎丘采集点', seqs: [2], count: 1 }] },
    });
    expect(await receive(office, second)).toMatchObject({ value: { addedCount: 1, missing: [] } });
    const overview = await office.app.value('handIn/get', { surveyId: office.surveyId });
    expect(overview.received.map(({ seq }) => seq)).toEqual([1, 3, 2]);
  });
});

test('what was taken in comes back from the journal alone', async () => {
  const [station, office] = [await place(), await place()];
  await complete(station, 'A-1');
  expect(code(await receive(office, await send(station)))).toBe('ok');
  const before = facts(office);
  const { dataDir } = office.app;
  const { databaseFile, backup } = office.app.host.context.vault.storage().folder;
  office.app.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(`${databaseFile}${ending}`, { force: true });
  rmSync(backup, { recursive: true, force: true });
  const app = await openTestHost(dataDir);
  opened[opened.indexOf(office.app)] = app;
  expect(facts({ ...office, app })).toEqual(before);
});

test('an interview that was answered on paper is still one at the office', async () => {
  const [station, office] = [await place(), await place()];
  const id = await refuse(station, 'A-1');
  const onPaper = resealed(station, await send(station), (content) => ({
    ...content,
    interviews: content.interviews.map((each) => ({
      ...each,
      record: { ...each.record, medium: 'paper' as const },
    })),
  }));
  expect(await receive(office, onPaper)).toMatchObject({ value: { addedCount: 1 } });
  const { db } = office.app.host.context.vault.storage();
  expect(getInterview(db, interviewId.parse(id))?.medium).toBe('paper');
  expect(await receive(office, onPaper)).toMatchObject({ value: { presentCount: 1, isRepeated: true } });
});

describe('what is already at the office', () => {
  test('stays as it is when the package has it differently; both sides are named', async () => {
    const [station, office] = [await place(), await place()];
    const id = await refuse(station, 'A-1');
    const bytes = await send(station);
    await receive(office, bytes);
    const before = JSON.stringify(rows(office, 'SELECT * FROM interview'));
    const forged = resealed(station, bytes, (content) => ({
      ...content,
      seq: 2,
      interviews: content.interviews.map((each) => ({
        ...each,
        record: { ...each.record, caseCode: 'A-9' },
      })),
    }));
    expect(await receive(office, forged)).toMatchObject({
      value: {
        addedCount: 0,
        presentCount: 0,
        conflicts: [{ reason: 'content', here: { caseCode: 'A-1' }, sent: { caseCode: 'A-9' } }],
      },
    });
    await station.app.value('interview/runVoid', { interviewId: id, reason: '不是本人' });
    expect(await receive(office, await send(station))).toMatchObject({
      value: { addedCount: 0, conflicts: [{ reason: 'voided', here: { isVoided: false } }] },
    });
    expect(JSON.stringify(rows(office, 'SELECT * FROM interview'))).toBe(before);
  });

  test('a typed case number belongs to one interview; numbers the product gave may repeat between stations', async () => {
    const [north, south, office] = [await place(), await place(), await place()];
    for (const station of [north, south]) {
      await refuse(station, 'A-1');
      await refuse(station, '');
    }
    expect(await receive(office, await send(north, 'new', '北站'))).toMatchObject({
      value: { addedCount: 2 },
    });
    expect(await receive(office, await send(south, 'new', '南站'))).toMatchObject({
      value: { addedCount: 1, conflicts: [{ reason: 'caseCode', here: { caseCode: 'A-1' } }] },
    });
  });
});

describe('refused without a trace', () => {
  test('another form, another year, and demonstration data', async () => {
    const station = await place();
    await refuse(station, 'A-1');
    const bytes = await send(station);
    const others: readonly (readonly [Partial<SurveySettings>, string])[] = [
      [{ formSeed: 4711 }, '试卷'],
      [{ year: 2024 }, '年度'],
      [{ modules: [] }, '模块'],
    ];
    for (const [changes, problem] of others) {
      const office = await place(changes);
      const before = everything(office);
      const reply = await receive(office, bytes);
      expect(code(reply)).toBe('HAND_IN_OTHER_SURVEY');
      expect(JSON.stringify(reply)).toContain(problem);
      expect(everything(office)).toBe(before);
    }
    const office = await place();
    const demo = resealed(station, bytes, (content) => ({
      ...content,
      survey: { ...content.survey, isDemo: true },
    }));
    const reply = await receive(office, demo);
    expect(JSON.stringify(reply)).toContain('演示数据');
    const otherHash = resealed(station, bytes, (content) => ({
      ...content,
      survey: { ...content.survey, formHash: 'f'.repeat(64) },
    }));
    expect(code(await receive(office, otherHash))).toBe('HAND_IN_OTHER_SURVEY');
    expect(rows(office, 'SELECT 1 FROM interview')).toEqual([]);
  });

  test('a wrong passphrase is told from damage, and every changed byte is damage', async () => {
    const [station, office] = [await place(), await place()];
    await refuse(station, 'A-1');
    const bytes = await send(station);
    const before = everything(office);
    expect(code(await receive(office, bytes, { passphrase: '别的口令 不对 不是 它' }))).toBe(
      'WRONG_PASSPHRASE',
    );
    const codes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
      codes.add(code(readHandIn('x', changed)));
    }
    for (let length = 0; length < bytes.length; length += 97)
      codes.add(code(readHandIn('x', bytes.subarray(0, length))));
    codes.delete('PACKAGE_VERSION_UNKNOWN');
    expect([...codes].sort()).toEqual(['PACKAGE_DAMAGED', 'PACKAGE_SIGNATURE_WRONG']);
    expect(everything(office)).toBe(before);
  });

  test('cut off in the middle, nothing of the package is stored; afterwards it goes in whole', async () => {
    const [station, office] = [await place(), await place()];
    for (const caseCode of ['A-1', 'A-2', 'A-3']) await refuse(station, caseCode);
    const bytes = await send(station);
    const before = everything(office);
    const { connection } = office.app.host.context.vault.storage().db;
    connection.exec(`CREATE TEMP TRIGGER cut BEFORE INSERT ON main.interview
      WHEN (SELECT count(*) FROM interview) = 2 BEGIN SELECT RAISE(ABORT, 'cut off'); END`);
    expect(code(await receive(office, bytes))).toBe('INTERNAL_ERROR');
    connection.exec('DROP TRIGGER cut');
    expect(everything(office)).toBe(before);
    expect(await receive(office, bytes)).toMatchObject({ value: { addedCount: 3, isRepeated: false } });
  });

  test('a fingerprint nobody compared, and another key under the name of a known station', async () => {
    const [station, other, office] = [await place(), await place(), await place()];
    await refuse(station, 'A-1');
    await refuse(other, 'B-1');
    const bytes = await send(station);
    expect(code(await receive(office, bytes, { confirm: false }))).toBe('HAND_IN_SIGNER_UNKNOWN');
    expect(code(await receive(office, bytes))).toBe('ok');
    expect(code(await receive(office, bytes, { confirm: false }))).toBe('ok');
    expect(code(await receive(office, await send(other)))).toBe('HAND_IN_SIGNER_CHANGED');
    expect(rows(office, 'SELECT 1 FROM interview')).toHaveLength(1);
  });

  test('a weak passphrase, and the roles that may not', async () => {
    const station = await place();
    await refuse(station, 'A-1');
    const request = { surveyId: station.surveyId, station: '虎丘采集点', what: 'new' } as const;
    const weak = await station.app.call('handIn/createFile', { ...request, passphrase: '12345' });
    expect(code(weak)).toBe('BANK_PASSPHRASE_WEAK');
    const token = shelve(station, await send(station));
    await station.app.value('app/updateRole', { role: 'enumerator' });
    expect(code(await station.app.call('handIn/getFile', { token }))).toBe('FORBIDDEN');
    await station.app.value('app/updateRole', { role: 'evaluator' });
    expect(code(await station.app.call('handIn/createFile', { ...request, passphrase }))).toBe('FORBIDDEN');
  });

  test('the ledger cannot be edited', async () => {
    const station = await place();
    await refuse(station, 'A-1');
    await send(station);
    const { connection } = station.app.host.context.vault.storage().db;
    expect(() => connection.exec("UPDATE hand_in SET station = 'x'")).toThrow('append-only');
    expect(() => connection.exec('DELETE FROM hand_in')).toThrow('append-only');
  });
});
