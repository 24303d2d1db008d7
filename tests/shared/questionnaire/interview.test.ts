import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers } from '@shared/questions/answer';
import { applyAnswer } from '@shared/questionnaire/applyAnswer';
import { derivedValues, dispositionWhenStopped, finalAnswers } from '@shared/questionnaire/finalAnswers';
import { interviewState, nextStep, previousStep } from '@shared/questionnaire/interviewState';
import {
  born,
  missing,
  multi,
  number,
  seedScript,
  single,
  smallForm,
  stepOf,
  tell,
  text,
  today,
} from './support';

const consent = { S0: single(1), S2: single(1), S3: single(2), S4: single(1), S5: single(1), S6: single(1) };
const farmer: Answers = {
  ...consent,
  S1: born(1981, 3),
  B2: single(1),
  B5: single(3),
  B7: single(1),
  B8: text('种水稻'),
  B8c: single(5),
  B9: single(7),
  B12: single(3),
  B13: single(1),
};

const script = seedScript();
const failureOf = (answers: Answers, questionId: string, answer: Answers[string]) => {
  const result = applyAnswer(script, answers, { questionId, answer: answer ?? missing('refused') }, today);
  return result.ok ? null : { code: result.failure.code, ...result.failure.params };
};

describe('an eligible 45-year-old farmer', () => {
  const told = tell(script, farmer);

  it('completes the interview', () => {
    expect(told.state.status).toBe('complete');
    expect(told.disposition).toBe('complete');
    expect(told.state.progress.answered).toBe(told.state.progress.total);
  });

  it('is asked S, B1–B6, test, T, I, P, B7–B15 and the closing record in this order', () => {
    const sections = told.asked.map((id) => stepOf(told.state, id).step.sectionId);
    expect(sections.filter((section, at) => section !== sections[at - 1])).toEqual([
      'gate',
      'background',
      'test',
      'information',
      'interest',
      'activities',
      'work',
      'closing',
    ]);
  });

  it('is not asked about a degree, an industry, an office or old age', () => {
    for (const id of ['B6a', 'B10', 'B11', 'E0', 'E1', 'B4']) expect(told.asked).not.toContain(id);
  });

  it('leaves 88 for what was passed over, and the industry of a family farm', () => {
    const final = finalAnswers(told.state);
    expect(final.B11).toEqual(missing('notApplicable'));
    expect(final.E1).toEqual(missing('notApplicable'));
    expect(derivedValues(script, final, today)).toMatchObject({ industry: 'A', villageLeader: false });
  });

  it('is asked no more than six statements of I1, the same ones every time', () => {
    const asked = (): unknown => stepOf(interviewState(seedScript(), told.answers, today), 'I1').question;
    expect(asked()).toEqual(asked());
    const { question } = stepOf(told.state, 'I1');
    expect(question.kind === 'scale' && question.rows.length).toBe(6);
  });
});

describe('eligibility', () => {
  it.each<[string, Answers, string]>([
    ['one who turns 18 next month is 17', { S1: born(2008, 7) }, 'ineligibleAge'],
    ['one who turns 18 this month is 18', { S1: born(2008, 6) }, 'complete'],
    ['one who turned 70 this month is 70', { S1: born(1956, 6) }, 'ineligibleAge'],
    ['one who turns 70 next month is 69', { S1: born(1956, 7) }, 'complete'],
    ['a withheld month counts as July: still 17', { S1: born(2008, null) }, 'ineligibleAge'],
    ['a withheld month counts as July: still 69', { S1: born(1956, null) }, 'complete'],
    ['a visitor', { S2: single(2) }, 'ineligibleResidence'],
    ['a soldier', { S3: single(1) }, 'ineligibleMilitary'],
    ['one who cannot be interviewed', { S4: single(3) }, 'unable'],
    ['one who does not want to', { S0: single(2) }, 'refusal'],
  ])('%s', (_title, own, disposition) => {
    expect(tell(script, { ...farmer, ...own }).disposition).toBe(disposition);
  });

  it('ends at once: nothing is asked after the answer that decides', () => {
    const told = tell(script, { ...farmer, S3: single(1) });
    expect(told.asked).toEqual(['S0', 'S1', 'S2', 'S3']);
    expect(told.state).toMatchObject({ status: 'ended', currentId: null });
    expect(finalAnswers(told.state)).not.toHaveProperty('B1');
  });

  it('goes on when the deciding answer was a slip and is corrected', () => {
    const told = tell(script, { ...farmer, S3: single(1) });
    const corrected = applyAnswer(script, told.answers, { questionId: 'S3', answer: single(2) }, today);
    expect(corrected.ok && corrected.value.state.currentId).toBe('S4');
  });

  it('refuses a birthday in the future', () => {
    expect(failureOf({ S0: single(1) }, 'S1', born(2030, 1))).toMatchObject({ reason: 'check' });
  });
});

describe('a 62-year-old', () => {
  const elder = { ...farmer, S1: born(1964, 2), E1: single(2) };

  it('gets the elder module behind its own consent', () => {
    expect(tell(script, elder).asked).toEqual(expect.arrayContaining(['E0', 'E1', 'E2', 'E7']));
    const declined = tell(script, { ...elder, E0: single(2) });
    expect(declined.asked.filter((id) => id.startsWith('E'))).toEqual(['E0']);
    expect(finalAnswers(declined.state).E4).toEqual(missing('notApplicable'));
  });

  it('without a smart phone is only asked about the blood-pressure meter', () => {
    const { question } = stepOf(tell(script, elder).state, 'E2');
    expect(question.kind === 'scale' && question.rows.map((row) => row.code)).toEqual(['g']);
  });

  it('may say that they take no medicine', () => {
    expect(tell(script, { ...elder, E5: missing('notApplicable') }).disposition).toBe('complete');
  });

  it('is shown the 96110 card after a loss, and no amount is asked', () => {
    const { state } = tell(script, { ...elder, E4: single(4) });
    expect(stepOf(state, 'E4').notices.join()).toContain('96110');
  });

  it('is not asked when the survey left the module out', () => {
    const short = seedScript({ modules: ['information'] });
    expect(tell(short, elder).asked.filter((id) => /^[EIP]/.test(id))).toEqual([]);
  });
});

describe('a break after item 25', () => {
  const long = seedScript({ formQuestions: smallForm(50), modules: [] });
  const offers = (own: Answers): readonly (number | null)[] =>
    tell(long, { ...farmer, ...own })
      .state.steps.filter((entry) => entry.offerBreak)
      .map((entry) => entry.step.testPosition);

  it('is offered to elders and to people with little schooling only', () => {
    expect(offers({})).toEqual([]);
    expect(offers({ B5: single(2) })).toEqual([25]);
    expect(offers({ S1: born(1964, 2) })).toEqual([25]);
  });
});

describe('changing an earlier answer', () => {
  const official: Answers = {
    ...farmer,
    B9: single(1),
    B8c: single(3),
    B10: single('PQS'),
    B11: multi(1),
    B12: single(1),
  };

  it('makes later answers inactive but keeps them', () => {
    const told = tell(script, official);
    const changed = applyAnswer(script, told.answers, { questionId: 'B9', answer: single(5) }, today);
    if (!changed.ok) throw new Error('the change was refused');
    expect(changed.value.change).toBe('changed');
    expect(changed.value.answers.B11).toEqual(multi(1));
    expect(stepOf(changed.value.state, 'B11').status).toBe('inactive');
    expect(finalAnswers(changed.value.state).B11).toEqual(missing('notApplicable'));
    const back = applyAnswer(script, changed.value.answers, { questionId: 'B9', answer: single(1) }, today);
    expect(back.ok && stepOf(back.value.state, 'B11').answer).toEqual(multi(1));
  });

  it('reopens an answer that no longer fits the options on offer', () => {
    const told = tell(script, { ...farmer, T1: multi(1, 2) });
    const changed = applyAnswer(script, told.answers, { questionId: 'T1', answer: multi(2, 3) }, today);
    if (!changed.ok) throw new Error('the change was refused');
    expect(changed.value.state.currentId).toBe('T2');
    const { question } = stepOf(changed.value.state, 'T2');
    expect(question.kind === 'ordering' && question.options.map((option) => option.code)).toEqual(['2', '3']);
  });

  it('skips all questions about channels when there are none', () => {
    const asked = tell(script, { ...farmer, T1: multi(10) }).asked;
    expect(asked.filter((id) => id.startsWith('T'))).toEqual(['T1', 'T4']);
  });

  it('is possible while later questions are open, but nobody jumps ahead', () => {
    const answers = { S0: single(1), S1: born(1981, 3) };
    expect(failureOf(answers, 'S3', single(2))).toMatchObject({
      code: 'ANSWER_OUT_OF_ORDER',
      reason: 'jumped',
      expected: 'S2',
    });
    expect(failureOf(answers, 'S1', born(1990, 1))).toBeNull();
    expect(failureOf(answers, 'X9', single(1))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a passed-over question is refused', () => {
    const told = tell(script, farmer);
    expect(failureOf(told.answers, 'B11', multi(1))).toMatchObject({ reason: 'notRelevant' });
  });
});

describe('checks', () => {
  const told = tell(script, farmer);

  it('refuse what cannot be: someone at work who never worked', () => {
    expect(failureOf(told.answers, 'B8', missing('notApplicable'))).toMatchObject({
      code: 'ANSWER_NOT_VALID',
      reason: 'check',
    });
  });

  it.each<[string, Answers, string]>([
    ['a postgraduate of 19', { S1: born(2007, 1), B5: single(7) }, 'B5'],
    ['a student who is not enrolled', { B6: single(1), B7: single(3) }, 'B7'],
    ['a pensioner of 44', { S1: born(1981, 7), B7: single(4) }, 'B7'],
    ['a household of 13', { B14: number(13) }, 'B14'],
    ['60 visits in a year', { P2a: number(60) }, 'P2a'],
    ['an employee of the own farm', { B12: single(1) }, 'B12'],
    ['reading aloud against the record', { S6: single(3) }, 'S6'],
  ])('ask to look again at %s', (_title, own, questionId) => {
    const { answers, state } = tell(script, { ...farmer, ...own });
    expect(state.confirmations.map((entry) => entry.questionId)).toEqual([questionId]);
    expect(state.disposition).toBe('complete');
    const ids = state.confirmations.map((entry) => entry.id);
    expect(interviewState(script, answers, today, ids).confirmations).toEqual([]);
  });

  it('ask to look again at a farmer in a city centre', () => {
    const inCity = seedScript({ hostValues: { placeCode: '111' } });
    expect(tell(inCity, farmer).state.confirmations.map((entry) => entry.questionId)).toEqual(['B8c']);
    expect(tell(seedScript({ hostValues: { placeCode: '220' } }), farmer).state.confirmations).toEqual([]);
  });

  it('ask anew when a confirmed answer is changed', () => {
    const first = tell(script, { ...farmer, B14: number(13) });
    const ids = first.state.confirmations.map((entry) => entry.id);
    const later: Answers = { ...first.answers, B14: number(14) };
    expect(interviewState(script, later, today, ids).confirmations).toHaveLength(1);
  });
});

describe('one who refuses whatever may be refused', () => {
  const refusals = Object.fromEntries(
    script.steps.filter((step) => step.question.refuse === true).map((step) => [step.id, missing('refused')]),
  );
  const told = tell(script, { ...refusals, ...consent, S1: born(1981, 3) });

  it('reaches the end without being asked what depends on an unknown answer', () => {
    expect(told.disposition).toBe('complete');
    for (const id of ['B6', 'T2', 'I2', 'P3', 'B8', 'B11', 'B12']) expect(told.asked).not.toContain(id);
    expect(told.asked).toEqual(expect.arrayContaining(['B3', 'B13', 'B14', 'B15']));
  });
});

describe('the self-administered mode', () => {
  const self = seedScript({ mode: 'selfAdministered' });
  const told = tell(self, farmer);

  it('never shows what an interviewer records, and states what stands for it', () => {
    for (const id of ['S4', 'S5', 'Z3', 'Z4', 'Z5']) expect(told.asked).not.toContain(id);
    expect(finalAnswers(told.state)).toMatchObject({ S4: single(1), Z4: missing('notApplicable') });
    expect(told.disposition).toBe('complete');
  });

  it('speaks to the reader, not to an interviewer', () => {
    expect(stepOf(told.state, 'B1').question.text).toBe('您的性别是？');
    const spoken = told.state.steps.filter((entry) => entry.status !== 'inactive');
    const words = spoken.flatMap(({ question }) => [question.text, question.hint ?? '']).join('');
    expect(words).not.toMatch(/访员|读出|督导|逐项读/);
  });
});

describe('resuming', () => {
  const told = tell(script, { ...farmer, S1: born(1964, 2) });

  it('from any prefix of the answers gives the question that came next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: told.asked.length - 1 }), (length) => {
        const prefix = Object.fromEntries(
          told.asked.slice(0, length).map((id) => [id, told.answers[id] ?? missing('refused')]),
        );
        const state = interviewState(seedScript(), JSON.parse(JSON.stringify(prefix)) as Answers, today);
        expect(state.currentId).toBe(told.asked[length]);
        expect(state.progress.answered).toBe(length);
      }),
    );
  });

  it('after changes anywhere gives the same state as the interview that made them', () => {
    const change = fc.record({ at: fc.nat(), code: fc.constantFrom('1', '2', '3', '5', '7', '97') });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let { answers, state } = told as { answers: Answers; state: typeof told.state };
        for (const { at, code } of changes) {
          const questionId = told.asked[at % told.asked.length] ?? '';
          const applied = applyAnswer(script, answers, { questionId, answer: single(code) }, today);
          if (applied.ok) ({ answers, state } = applied.value);
        }
        expect(interviewState(seedScript(), answers, today)).toEqual(state);
        const statuses = state.steps.map((entry) => entry.status);
        expect(statuses.filter((status) => status === 'current').length).toBe(
          state.status === 'open' ? 1 : 0,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('moving through the questions', () => {
  const state = interviewState(script, { S0: single(1), S1: born(1981, 3) }, today);

  it('goes back one by one and forward up to the current question', () => {
    expect(previousStep(state, 'S0')).toBeNull();
    expect(previousStep(state, 'S2')).toBe('S1');
    expect(nextStep(state, 'S0')).toBe('S1');
    expect(nextStep(state, 'S2')).toBeNull();
    expect(nextStep(state, 'nothing')).toBeNull();
  });
});

describe('an interview that stops', () => {
  const told = tell(script, farmer);
  const stoppedAfter = (id: string) => {
    const kept = told.asked.slice(0, told.asked.indexOf(id) + 1);
    return dispositionWhenStopped(
      interviewState(
        script,
        Object.fromEntries(kept.map((code) => [code, told.answers[code] ?? missing('refused')])),
        today,
      ),
    );
  };

  it('is a refusal before the test, then a break-off, then partial', () => {
    expect(stoppedAfter('B1')).toBe('refusal');
    expect(stoppedAfter('K-01-ME-001')).toBe('breakOff');
    expect(stoppedAfter('B12')).toBe('partial');
    expect(dispositionWhenStopped(told.state)).toBe('complete');
  });
});
