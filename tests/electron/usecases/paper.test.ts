/** Paper questionnaires through the contract, on real SQLite files: two blind entries, comparison, rulings, filing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput, ChannelName, Output } from '@shared/contract/contract';
import type { PaperEntryView, PaperFormView } from '@shared/contract/areas/paper';
import type { SurveyId } from '@shared/domain/ids';
import type { Role } from '@shared/domain/role';
import { readKeyed, writeKeyed } from '@shared/paper/keyedText';
import { formatPaperNumber } from '@shared/paper/paperNumber';
import { reviewPaper } from '@shared/paper/paperReview';
import { buildScript } from '@shared/questionnaire/script';
import type { Script } from '@shared/questionnaire/script';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';
import { loadRespondents } from '@electron/backend/database/repositories/respondents';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

let app: TestHost;
let surveyId: SurveyId;

beforeEach(async () => {
  app = await openTestHost();
  surveyId = (await app.value('survey/create', { settings: app.settings(), draftId: null })).surveyId;
  await print();
});
afterEach(() => {
  app.close();
  removeFolder(app.dataDir);
});

const failureOf = async <C extends ChannelName>(channel: C, input: CallInput<C>): Promise<string> => {
  const reply = await app.call(channel, input);
  return reply.ok ? 'ok' : reply.failure.code;
};
const print = (copies = 5): Promise<Output<'paper/createRun'>> =>
  app.value('paper/createRun', { surveyId, mode: 'selfAdministered', copies, printedBy: '王督导' });
const formOf = (): Promise<PaperFormView> =>
  app.value('paper/getForm', { surveyId, mode: 'selfAdministered' });
const entryInput = (number: number, typist: string, samePersonReason: string | null = null) => ({
  surveyId,
  paperNumber: formatPaperNumber(number),
  typist,
  samePersonReason,
});
const open = (number: number, typist: string): Promise<PaperEntryView> =>
  app.value('paper/createEntry', entryInput(number, typist));
const setRole = (role: Role): Promise<unknown> => app.value('app/updateRole', { role });

const cover: Readonly<Record<string, string>> = {
  'cover.date': '20251001',
  'cover.enumerator': '赵一',
  'cover.caseCode': 'Z-1',
  'cover.region': '320508',
  'cover.residence': '1',
  'cover.stratum': '320508',
  'cover.psu': '320508-01',
  'cover.baseWeight': '120',
};
const chosen: Readonly<Record<string, string>> = { S1: '198003', S2: '1', S3: '2', B8: '种地' };

const listOf = (codes: readonly string[]): string => codes.join(',');
const firstAnswers: {
  readonly [K in Question['kind']]: (question: Extract<Question, { kind: K }>) => string;
} = {
  yearMonth: () => '198003',
  number: ({ minimum }) => String(minimum),
  text: () => '种地',
  trueFalse: () => '1',
  single: ({ options }) => options[0]?.code ?? '',
  multi: ({ options }) => options[0]?.code ?? '',
  scale: ({ rows, options }) => listOf(rows.map(() => options[0]?.code ?? '')),
  ordering: ({ options, pick = options.length }) => listOf(options.slice(0, pick).map(({ code }) => code)),
  matching: ({ rows, options }) =>
    listOf(rows.map(({ code }, index) => `${code}-${options[index]?.code ?? ''}`)),
};
const firstAnswer = (question: Question): string =>
  (firstAnswers[question.kind] as (asked: Question) => string)(question);

const scriptOfForm = (form: PaperFormView): Script =>
  buildScript({
    definition: form.definition,
    modules: form.modules,
    formQuestions: form.formQuestions,
    mode: form.mode,
    seed: 0,
    onPaper: true,
  });

/** A paper answered with the first option everywhere, only where it applies. */
function wholePaper(form: PaperFormView): Record<string, string> {
  const script = scriptOfForm(form);
  const keyed = new Map<string, string>();
  const day = { year: 2025, month: 10, day: 1 };
  for (const step of script.steps) {
    const state = reviewPaper(script, keyed, day).state.steps.find((entry) => entry.step.id === step.id);
    if (state === undefined || state.status === 'inactive') continue;
    // Rows that do not apply stay empty, as a person leaves them.
    const { question } = step;
    const asked = state.question.kind === 'scale' ? state.question.rows.map(({ code }) => code) : [];
    const text =
      question.kind === 'scale'
        ? question.rows
            .map(({ code }) => (asked.includes(code) ? (question.options[0]?.code ?? '') : '-'))
            .join(',')
        : (chosen[step.id] ?? firstAnswer(state.question));
    keyed.set(step.id, text);
  }
  return { ...cover, ...Object.fromEntries(keyed) };
}

async function keyAll(entry: PaperEntryView, keyed: Readonly<Record<string, string>>): Promise<void> {
  for (const [fieldId, text] of Object.entries(keyed))
    await app.value('paper/updateField', {
      entryId: entry.entryId,
      fieldId,
      keyed: text,
      strokes: text.length + 1,
    });
}
async function enter(number: number, typist: string, keyed: Readonly<Record<string, string>>): Promise<void> {
  const entry = await open(number, typist);
  await keyAll(entry, keyed);
  await app.value('paper/runEndEntry', { entryId: entry.entryId });
}
const statusOf = async (number: number): Promise<string> =>
  (await app.value('paper/list', { surveyId })).rows.find(({ paperNumber }) => paperNumber === number)
    ?.status ?? 'none';
const rule = (number: number, fieldId: string, choice: 'first' | 'second' | 'other', keyed = '') =>
  app.value('paper/updateRuling', {
    paperNumber: number,
    fieldId,
    choice,
    keyed,
    ruledBy: '王督导',
    reason: '看过原卷',
  });

describe('printing', () => {
  test('gives out running numbers of the folder, never one twice', async () => {
    expect(await print(3)).toMatchObject({ firstNumber: 6, copies: 3 });
    const other = (
      await app.value('survey/create', { settings: app.settings({ name: '另一个' }), draftId: null })
    ).surveyId;
    const run = await app.value('paper/createRun', {
      surveyId: other,
      mode: 'interviewer',
      copies: 1,
      printedBy: '李四',
    });
    expect(run.firstNumber).toBe(9);
    expect(await failureOf('paper/createEntry', { ...entryInput(9, '张三'), surveyId })).toBe(
      'PAPER_OTHER_SURVEY',
    );
  });

  test('carries no key, and the key sheet is for the roles of the bank alone and leaves a mark in the log', async () => {
    const form = await formOf();
    const text = JSON.stringify(form);
    for (const word of ['"key"', '"rationale"', '"misconception']) expect(text).not.toContain(word);
    await setRole('enumerator');
    expect(await failureOf('paper/getKeySheet', { surveyId })).toBe('FORBIDDEN');
    await setRole('supervisor');
    expect(await failureOf('paper/getKeySheet', { surveyId })).toBe('FORBIDDEN');
    await setRole('administrator');
    const sheet = await app.value('paper/getKeySheet', { surveyId });
    expect(sheet.rows).toHaveLength(form.formQuestions.length);
    expect(sheet.versionMark).toBe(form.versionMark);
    const logged = app.host.context.vault
      .storage()
      .db.connection.prepare("SELECT count(*) AS n FROM audit_event WHERE action = 'paper.keySheetViewed'")
      .get();
    expect(logged).toEqual({ n: 1 });
  });

  test('is refused once the form is past its date', async () => {
    const header = { ...app.settings().header, validUntil: '2025-01-01' };
    const late = (await app.value('survey/create', { settings: app.settings({ header }), draftId: null }))
      .surveyId;
    expect(
      await failureOf('paper/createRun', {
        surveyId: late,
        mode: 'interviewer',
        copies: 1,
        printedBy: '李四',
      }),
    ).toBe('FORM_HEADER_EXPIRED');
  });
});

describe('opening a paper', () => {
  test('refuses a mistyped number, one that was never printed, and a voided one', async () => {
    const input = entryInput(1, '张三');
    expect(await failureOf('paper/createEntry', { ...input, paperNumber: '000001-0' })).toBe(
      'PAPER_NUMBER_WRONG',
    );
    expect(await failureOf('paper/createEntry', entryInput(6, '张三'))).toBe('PAPER_NOT_PRINTED');
    await app.value('paper/runVoid', { paperNumber: 2, voidedBy: '王督导', reason: '印坏了' });
    expect(await failureOf('paper/createEntry', entryInput(2, '张三'))).toBe('PAPER_VOIDED');
    expect(await statusOf(2)).toBe('voided');
  });

  test('goes on with what the same person had keyed, also after the program ended', async () => {
    const entry = await open(1, '张三');
    await keyAll(entry, { 'cover.date': '20251001', S0: '1', S1: '198003' });
    app.close();
    app = await openTestHost(app.dataDir);
    const again = await open(1, ' 张 三');
    expect(again).toMatchObject({ entryId: entry.entryId, round: 1 });
    expect(again.keyed).toEqual({ 'cover.date': '20251001', S0: '1', S1: '1980-03' });
    expect(await failureOf('paper/createEntry', entryInput(1, '李四'))).toBe('PAPER_IN_WORK');
  });

  test('a second time is for another person, or with a reason of whoever may rule', async () => {
    await enter(1, '张三', { S0: '1' });
    expect(await statusOf(1)).toBe('awaitingSecond');
    expect(await failureOf('paper/createEntry', entryInput(1, '张三'))).toBe('PAPER_SAME_PERSON');
    await setRole('enumerator');
    expect(await failureOf('paper/createEntry', entryInput(1, '张三', '人手不够'))).toBe('PAPER_SAME_PERSON');
    await setRole('supervisor');
    const second = await app.value('paper/createEntry', entryInput(1, '张三', '人手不够'));
    expect(second.round).toBe(2);
    const { rows } = await app.value('paper/list', { surveyId });
    expect(rows[0]?.second?.samePersonReason).toBe('人手不够');
  });

  test('an ended entry cannot be changed, and there is no third one', async () => {
    const entry = await open(1, '张三');
    await app.value('paper/runEndEntry', { entryId: entry.entryId });
    const input = { entryId: entry.entryId, fieldId: 'S0', keyed: '1', strokes: 2 };
    expect(await failureOf('paper/updateField', input)).toBe('PAPER_ENTRY_CLOSED');
    await enter(1, '李四', {});
    expect(await failureOf('paper/createEntry', entryInput(1, '周五'))).toBe('PAPER_ENTERED_TWICE');
  });
});

describe('the second entry is blind', () => {
  test('no reply to the second person holds anything the first one keyed', async () => {
    const secret = '只有第一个人知道的字';
    await enter(1, '张三', { B8: secret, 'cover.enumerator': secret });
    await setRole('enumerator');
    const heard: string[] = [];
    const listen = async <C extends ChannelName>(
      channel: C,
      input: CallInput<C>,
    ): Promise<Output<C> | null> => {
      const reply = await app.call(channel, input);
      heard.push(JSON.stringify(reply));
      return reply.ok ? reply.value : null;
    };
    await listen('paper/list', { surveyId });
    await listen('paper/getForm', { surveyId, mode: 'selfAdministered' });
    const entry = await listen('paper/createEntry', entryInput(1, '李四'));
    if (entry === null) throw new Error('the second entry opens');
    expect(entry.keyed).toEqual({});
    await listen('paper/updateField', {
      entryId: entry.entryId,
      fieldId: 'B8',
      keyed: '另一种写法',
      strokes: 6,
    });
    await listen('paper/createEntry', entryInput(1, '李四'));
    await listen('paper/getReview', { paperNumber: 1 });
    await listen('paper/runEndEntry', { entryId: entry.entryId });
    await listen('paper/list', { surveyId });
    await listen('paper/getReview', { paperNumber: 1 });
    await listen('interview/list', { surveyId, origin: 'all', search: '', offset: 0, limit: 50 });
    expect(heard).toHaveLength(10);
    expect(heard.filter((reply) => reply.includes(secret))).toEqual([]);
  });

  test('also a supervisor sees no comparison before both have ended', async () => {
    await enter(1, '张三', { S0: '1' });
    await open(1, '李四');
    expect(await failureOf('paper/getReview', { paperNumber: 1 })).toBe('PAPER_NOT_COMPARABLE');
  });
});

describe('from two entries to an interview', () => {
  test('differences are listed with both values, ruled on, counted, and the paper is filed and scored', async () => {
    const keyed = wholePaper(await formOf());
    await enter(1, '张三', { ...keyed, B14: '4', T4: '2,1' });
    await enter(1, '李四', { ...keyed, B14: '3', T4: '1 2', I6: '2' });
    expect(await statusOf(1)).toBe('differences');
    const review = await app.value('paper/getReview', { paperNumber: 1 });
    expect(review.fields).toEqual([
      { fieldId: 'I6', first: '1', second: '2', ruling: null },
      { fieldId: 'B14', first: '4', second: '3', ruling: null },
    ]);
    expect(await failureOf('paper/runFile', { paperNumber: 1, filedBy: '王督导' })).toBe('PAPER_NOT_SETTLED');
    await rule(1, 'I6', 'first');
    const settled = await rule(1, 'B14', 'other', '5');
    expect(settled.row.status).toBe('settled');
    expect(settled.violations).toEqual([]);
    expect(settled.disposition).toBe('complete');
    const list = await app.value('paper/list', { surveyId });
    const filled = new Set([...Object.keys(keyed)]).size;
    expect(list.agreement).toMatchObject({ fields: filled, differences: 2 });
    expect(list.typists.map(({ typist, errors }) => [typist, errors])).toEqual(
      expect.arrayContaining([
        ['张三', 1],
        ['李四', 2],
      ]),
    );

    const filed = await app.value('paper/runFile', { paperNumber: 1, filedBy: '王督导' });
    expect(await statusOf(1)).toBe('filed');
    const { rows } = await app.value('interview/list', {
      surveyId,
      origin: 'live',
      search: '',
      offset: 0,
      limit: 9,
    });
    expect(rows).toEqual([
      expect.objectContaining({
        interviewId: filed.interviewId,
        mode: 'paper',
        state: 'closed',
        caseCode: 'Z-1',
        regionCode: '320508',
      }),
    ]);
    const [row] = loadRespondents(app.host.context.vault.storage().db, surveyId);
    expect(row?.respondent).toMatchObject({
      mode: 'paper',
      design: { stratum: '320508', psu: '320508-01', baseWeight: 120 },
      // Born March 1980, interviewed on 1 October 2025.
      background: { sex: 'male', ageYears: 45, residence: 'urban' },
      answers: { B14: { kind: 'number', value: 5 }, I6: { kind: 'single', code: '1' } },
    });
    expect(row?.score).not.toBeNull();
    expect(await failureOf('paper/runFile', { paperNumber: 1, filedBy: '王督导' })).toBe('PAPER_FILED');
    expect(await failureOf('paper/runVoid', { paperNumber: 1, voidedBy: '王督导', reason: '试试' })).toBe(
      'PAPER_FILED',
    );
  });

  test('the same answers give the same score and background as in an interview on screen', async () => {
    const form = await formOf();
    const keyed = wholePaper(form);
    await enter(1, '张三', keyed);
    await enter(1, '李四', keyed);
    const filed = await app.value('paper/runFile', { paperNumber: 1, filedBy: '王督导' });

    const script = scriptOfForm(form);
    const view = await app.value('interview/create', {
      surveyId,
      mode: 'selfAdministered',
      caseCode: 'Z-2',
      regionCode: '320508',
      residence: 'urban',
      stratum: '320508',
      psu: '320508-01',
      baseWeight: 120,
    });
    const { interviewId } = view;
    for (let progress = view.progress; progress.currentQuestion !== null && progress.state === 'open';) {
      const asked = progress.currentQuestion;
      const printed = script.steps.find(({ id }) => id === asked.code)?.question;
      if (printed === undefined) throw new Error(`${asked.code} is not on paper`);
      const reading = readKeyed(printed, keyed[asked.code] ?? '');
      if (reading.kind !== 'answer') throw new Error(`${asked.code} was not keyed`);
      const answer = asRows(asked, reading.answer);
      progress = await app.value('interview/updateAnswer', {
        interviewId,
        questionId: asked.code,
        answer,
        elapsedMs: 1,
        confirmed: true,
      });
    }
    const onScreen = await app.value('interview/runFinish', { interviewId });
    const onPaper = await app.value('interview/getScore', { interviewId: filed.interviewId });
    expect(onScreen.score?.total).toBeGreaterThan(0);
    expect(onPaper.score).toEqual(onScreen.score);
    const rows = loadRespondents(app.host.context.vault.storage().db, surveyId);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.respondent.background).toEqual(rows[1]?.respondent.background);
  });

  test('what breaks a rule is said and has to be settled first; left-empty questions need nothing', async () => {
    const form = await formOf();
    const whole = wholePaper(form);
    const item = form.formQuestions.find(({ kind }) => kind === 'single')?.code ?? '';
    const keyed = { ...whole, I4: '4', I5: '2', B14: '77', [item]: 'A,B', B15: '' };
    await enter(1, '张三', keyed);
    await enter(1, '李四', keyed);
    expect(await statusOf(1)).toBe('agreed');
    const review = await app.value('paper/getReview', { paperNumber: 1 });
    expect(review.violations.map(({ fieldId, problem }) => [fieldId, problem])).toEqual([
      [item, 'severalMarks'],
      ['I5', 'skipped'],
      ['B14', 'outOfRange'],
    ]);
    expect(review.violations.every(({ text }) => text.length > 5)).toBe(true);
    expect(await failureOf('paper/runFile', { paperNumber: 1, filedBy: '王督导' })).toBe('PAPER_NOT_SETTLED');
    await rule(1, 'I5', 'other', '');
    await rule(1, 'B14', 'other', '7');
    const settled = await rule(1, item, 'other', '');
    expect(settled.violations).toEqual([]);
    const { interviewId } = await app.value('paper/runFile', { paperNumber: 1, filedBy: '王督导' });
    const { score } = await app.value('interview/getScore', { interviewId });
    expect(score?.blankItems).toBe(1);
    const [row] = loadRespondents(app.host.context.vault.storage().db, surveyId);
    expect(row?.respondent.answers['B15']).toEqual({ kind: 'missing', reason: 'noAnswer' });
    expect(row?.respondent.answers['I5']).toBeUndefined();
  });

  test('a case code in use keeps the paper where it is', async () => {
    const keyed = wholePaper(await formOf());
    for (const number of [1, 2]) {
      await enter(number, '张三', keyed);
      await enter(number, '李四', keyed);
    }
    await app.value('paper/runFile', { paperNumber: 1, filedBy: '王督导' });
    expect(await failureOf('paper/runFile', { paperNumber: 2, filedBy: '王督导' })).toBe('CASE_CODE_TAKEN');
    await rule(2, 'cover.caseCode', 'other', '');
    await app.value('paper/runFile', { paperNumber: 2, filedBy: '王督导' });
    const { rows } = await app.value('interview/list', {
      surveyId,
      origin: 'live',
      search: '',
      offset: 0,
      limit: 9,
    });
    expect(rows.map(({ caseCode }) => caseCode).sort()).toEqual([formatPaperNumber(2), 'Z-1'].sort());
  });
});

describe('roles', () => {
  test.each([
    ['evaluator', 'paper/list', 'FORBIDDEN'],
    ['itemEditor', 'paper/list', 'FORBIDDEN'],
    ['enumerator', 'paper/list', 'ok'],
    ['statistician', 'paper/list', 'ok'],
  ] as const)('%s, %s: %s', async (role, channel, outcome) => {
    await setRole(role);
    expect(await failureOf(channel, { surveyId })).toBe(outcome);
  });

  test('an enumerator keys, but neither compares, rules, files nor voids', async () => {
    await setRole('enumerator');
    const by = { paperNumber: 1, reason: '试试看' };
    expect(await failureOf('paper/getReview', { paperNumber: 1 })).toBe('FORBIDDEN');
    expect(
      await failureOf('paper/updateRuling', {
        ...by,
        fieldId: 'S0',
        choice: 'other',
        keyed: '1',
        ruledBy: '赵一',
      }),
    ).toBe('FORBIDDEN');
    expect(await failureOf('paper/runFile', { paperNumber: 1, filedBy: '赵一' })).toBe('FORBIDDEN');
    expect(await failureOf('paper/runVoid', { ...by, voidedBy: '赵一' })).toBe('FORBIDDEN');
  });
});

describe('storage', () => {
  test('nothing of a paper can be changed or deleted, and the journal alone rebuilds it', async () => {
    const keyed = wholePaper(await formOf());
    await enter(1, '张三', keyed);
    await enter(1, '李四', { ...keyed, I6: '2' });
    await rule(1, 'I6', 'second');
    await app.value('paper/runFile', { paperNumber: 1, filedBy: '王督导' });
    const { connection } = app.host.context.vault.storage().db;
    for (const table of [
      'paper_run',
      'paper_entry',
      'paper_keyed',
      'paper_entry_end',
      'paper_ruling',
      'paper_filing',
    ])
      expect(() => connection.prepare(`DELETE FROM ${table}`).run()).toThrow('append-only');
    const before = await app.value('paper/list', { surveyId });
    app.close();
    expect(existsSync(join(app.dataDir, 'database', 'zhiheng.db'))).toBe(true);
    removeFolder(join(app.dataDir, 'database'));
    app = await openTestHost(app.dataDir);
    expect(await app.value('paper/list', { surveyId })).toEqual(before);
    expect(before.rows[0]?.status).toBe('filed');
  });
});

/** The answer to a scale as it is asked on screen: only the rows drawn there. */
function asRows(asked: Question, answer: Answer): Answer {
  if (asked.kind !== 'scale' || answer.kind !== 'scale') return answer;
  return {
    kind: 'scale',
    rows: Object.fromEntries(asked.rows.map(({ code }) => [code, answer.rows[code] ?? ''])),
  };
}

/** Keeps the import honest: what is keyed is what an answer is written as. */
test('a keyed answer is written back as it was keyed', async () => {
  const form = await formOf();
  const script = scriptOfForm(form);
  for (const [id, text] of Object.entries(wholePaper(form))) {
    const question = script.steps.find((step) => step.id === id)?.question;
    if (question === undefined) continue;
    const reading = readKeyed(question, text);
    if (reading.kind === 'answer') expect(writeKeyed(question, reading.answer)).toBe(reading.text);
  }
});
