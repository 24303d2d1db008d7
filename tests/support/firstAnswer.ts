/** Answers of a respondent who always takes the first option and passes the gate. */
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';

const firstCode = (options: readonly { readonly code: string }[], index = 0): string =>
  options[index]?.code ?? '';

/** First acceptable answer by kind: what a respondent who always takes the first option gives. */
const firstAnswers: {
  readonly [K in Question['kind']]: (question: Extract<Question, { kind: K }>) => Answer;
} = {
  single: ({ options }) => ({ kind: 'single', code: firstCode(options) }),
  multi: ({ options }) => ({ kind: 'multi', codes: [firstCode(options)] }),
  trueFalse: () => ({ kind: 'trueFalse', value: true }),
  number: ({ minimum }) => ({ kind: 'number', value: minimum ?? 1 }),
  yearMonth: () => ({ kind: 'yearMonth', year: 1980, month: 3 }),
  text: () => ({ kind: 'text', text: '种地' }),
  scale: ({ rows, options }) => ({
    kind: 'scale',
    rows: Object.fromEntries(rows.map((row) => [row.code, firstCode(options)])),
  }),
  ordering: ({ options, pick }) => ({
    kind: 'ordering',
    codes: options.slice(0, pick ?? options.length).map(({ code }) => code),
  }),
  matching: ({ rows, options }) => ({
    kind: 'matching',
    pairs: Object.fromEntries(rows.map((row, index) => [row.code, firstCode(options, index)])),
  }),
};

export const firstAnswer = (question: Question): Answer =>
  (firstAnswers[question.kind] as (asked: Question) => Answer)(question);

/** Answers that steer past the gate; everything else takes the first option. */
export const chosen: Readonly<Record<string, Answer>> = {
  S2: { kind: 'single', code: '1' },
  S3: { kind: 'single', code: '2' },
  Z4: { kind: 'single', code: '0' },
};
