import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InterviewProgress, InterviewView } from '@shared/contract/areas/interviews';
import type { SurveyId } from '@shared/domain/ids';
import type { Answer } from '@shared/questions/answer';
import { chosen, firstAnswer } from '../../support/firstAnswer';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

describe('an interview through the contract', () => {
  let app: TestHost;
  let surveyId: SurveyId;

  beforeEach(async () => {
    app = await openTestHost();
    surveyId = (await app.value('survey/create', { settings: app.settings(), draftId: null })).surveyId;
  });
  afterEach(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  const start = (mode: 'interviewer' | 'selfAdministered'): Promise<InterviewView> =>
    app.value('interview/create', {
      surveyId: surveyId,
      mode,
      caseCode: 'A-1',
      regionCode: '320508',
      residence: 'urban',
      stratum: '320508',
      psu: '320508-01',
      baseWeight: 120,
    });

  async function answer(
    view: InterviewView,
    progress: InterviewProgress,
    others: Readonly<Record<string, Answer>> = {},
  ): Promise<InterviewProgress> {
    const question = progress.currentQuestion;
    if (question === null) throw new Error('no current question');
    return app.value('interview/updateAnswer', {
      interviewId: view.interviewId,
      questionId: question.code,
      answer: others[question.code] ?? chosen[question.code] ?? firstAnswer(question),
      elapsedMs: 1200,
      confirmed: true,
    });
  }

  async function answerAll(view: InterviewView): Promise<InterviewProgress> {
    let { progress } = view;
    for (let step = 0; progress.state === 'open' && step < 200; step++)
      progress = await answer(view, progress);
    return progress;
  }

  test.each(['interviewer', 'selfAdministered'] as const)(
    'a %s interview reaches its end, is scored, and its score equals the key',
    async (mode) => {
      const view = await start(mode);
      const progress = await answerAll(view);
      expect(progress.state).toBe('readyToFinish');
      expect(progress.disposition).toBe('complete');
      const finished = await app.value('interview/runFinish', { interviewId: view.interviewId });
      expect(finished.disposition).toBe('complete');
      expect(finished.score?.total).toBeGreaterThan(0);
      expect(finished.score?.answeredItems).toBe(50);
      const stored = await app.value('interview/list', {
        surveyId: surveyId,
        origin: 'live',
        search: '',
        offset: 0,
        limit: 10,
      });
      expect(stored.rows[0]?.disposition).toBe('complete');
    },
  );

  test('never sends a key, a rationale or a misconception to the page', async () => {
    const text = JSON.stringify(await start('selfAdministered'));
    for (const item of app.host.context.registry.bank.items) expect(text).not.toContain(item.rationale);
    expect(text).not.toContain('misconception');
    expect(text).not.toContain('"key"');
  });

  test('resumes at the same question with the same answers on a new host over the same folder', async () => {
    const view = await start('selfAdministered');
    let { progress } = view;
    for (let step = 0; step < 20; step++) progress = await answer(view, progress);
    app.close();
    app = await openTestHost(app.dataDir);
    const again = await app.value('interview/get', { interviewId: view.interviewId });
    expect(again.progress.currentQuestionId).toBe(progress.currentQuestionId);
    expect(again.progress.answers).toEqual(progress.answers);
    expect(again.steps.map(({ question }) => question)).toEqual(view.steps.map(({ question }) => question));
  });

  test('goes back, changes an answer and returns to where it was', async () => {
    const view = await start('selfAdministered');
    let { progress } = view;
    for (let step = 0; step < 14; step++) progress = await answer(view, progress);
    const open = progress.currentQuestionId;
    const earlier = Object.keys(progress.answers).at(-2) ?? '';
    const back = await app.value('interview/updateCurrent', {
      interviewId: view.interviewId,
      questionId: earlier,
    });
    expect(back.currentQuestionId).toBe(earlier);
    let forward = await answer(view, back);
    for (let step = 0; forward.currentQuestionId !== open && step < 5; step++)
      forward = await answer(view, forward);
    expect(forward.currentQuestionId).toBe(open);
  });

  test('an ineligible age ends the interview with its disposition and without a score', async () => {
    const view = await start('interviewer');
    const young: Answer = { kind: 'yearMonth', year: 2010, month: 1 };
    let { progress } = view;
    for (let step = 0; progress.state === 'open' && step < 20; step++)
      progress = await answer(view, progress, { S1: young });
    expect(progress.disposition).toBe('ineligibleAge');
    const finished = await app.value('interview/runFinish', { interviewId: view.interviewId });
    expect(finished).toEqual({ disposition: 'ineligibleAge', score: null, hidden: false, pending: false });
  });

  test('the enumerator does not see a score unless the survey says so', async () => {
    const view = await start('selfAdministered');
    await answerAll(view);
    await app.value('app/updateRole', { role: 'enumerator' });
    const finished = await app.value('interview/runFinish', { interviewId: view.interviewId });
    expect(finished).toMatchObject({ score: null, hidden: true });
    const asked = await app.call('interview/getScore', { interviewId: view.interviewId });
    expect(asked).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
    await app.value('app/updateRole', { role: 'statistician' });
    const shown = await app.value('interview/getScore', { interviewId: view.interviewId });
    expect(shown.score).not.toBeNull();
  });

  test('refuses a jump ahead, an answer of the wrong kind, and any answer after the end', async () => {
    const view = await start('selfAdministered');
    const last = view.steps.at(-1)?.question.code ?? '';
    const give = (questionId: string, given: Answer): Promise<unknown> =>
      app.call('interview/updateAnswer', {
        interviewId: view.interviewId,
        questionId,
        answer: given,
        elapsedMs: 1,
        confirmed: false,
      });
    expect(await give(last, { kind: 'single', code: '1' })).toMatchObject({
      failure: { code: 'ANSWER_OUT_OF_ORDER' },
    });
    expect(await give(view.progress.currentQuestionId ?? '', { kind: 'number', value: 3 })).toMatchObject({
      failure: { code: 'ANSWER_NOT_VALID' },
    });
    await answerAll(view);
    await app.value('interview/runFinish', { interviewId: view.interviewId });
    expect(await give('S0', { kind: 'single', code: '1' })).toMatchObject({
      failure: { code: 'INTERVIEW_CLOSED' },
    });
  });
});
