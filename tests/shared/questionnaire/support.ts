/** Builders shared by the questionnaire tests: the seed definition, a small form and answers in one word. */
import type { Disposition } from '@shared/domain/disposition';
import type { ModuleId } from '@shared/domain/survey';
import type { Answer, Answers } from '@shared/questions/answer';
import type { Question, QuestionKindName, QuestionOf } from '@shared/questions/kinds';
import type { Option } from '@shared/questions/base';
import { placeCount } from '@shared/questions/ordering';
import type { CalendarDate } from '@shared/questionnaire/age';
import { applyAnswer } from '@shared/questionnaire/applyAnswer';
import { loadDefinition } from '@shared/questionnaire/checkDefinition';
import type { QuestionnaireDefinition } from '@shared/questionnaire/definition';
import { interviewState } from '@shared/questionnaire/interviewState';
import type { InterviewState, StepState } from '@shared/questionnaire/interviewState';
import { buildScript } from '@shared/questionnaire/script';
import type { Script, ScriptInput } from '@shared/questionnaire/script';
import { readSeedFile } from './seedFiles';

export const today: CalendarDate = { year: 2026, month: 6, day: 15 };
export const allModules: readonly ModuleId[] = ['information', 'interest', 'activities', 'elder'];

function readSeed(): QuestionnaireDefinition {
  const loaded = loadDefinition(readSeedFile('questionnaires/csl-2026.json'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  return loaded.value;
}

const definition = readSeed();
export const seedDefinition = (): QuestionnaireDefinition => definition;

export const single = (code: number | string): Answer => ({ kind: 'single', code: String(code) });
export const multi = (...codes: (number | string)[]): Answer => ({ kind: 'multi', codes: codes.map(String) });
export const born = (year: number, month: number | null): Answer => ({ kind: 'yearMonth', year, month });
export const number = (value: number): Answer => ({ kind: 'number', value });
export const text = (value: string): Answer => ({ kind: 'text', text: value });
export const missing = (reason: 'dontKnow' | 'refused' | 'notApplicable'): Answer => ({
  kind: 'missing',
  reason,
});

/** A form of `count` items: mostly single choice, every fifth a statement. */
export function smallForm(count: number): Question[] {
  return Array.from({ length: count }, (_, index): Question => {
    const code = `K-01-ME-${String(index + 1).padStart(3, '0')}`;
    const base = { code, text: `题${index + 1}`, dontKnow: true, refuse: true };
    if (index % 5 === 4) return { kind: 'trueFalse', ...base, trueText: '对', falseText: '错' };
    const options = ['甲', '乙', '丙', '丁'].map((label, at) => ({ code: 'ABCD'.charAt(at), text: label }));
    return { kind: 'single', ...base, options, shuffle: true };
  });
}

export const seedScript = (input: Partial<ScriptInput> = {}): Script =>
  buildScript({
    definition: seedDefinition(),
    modules: allModules,
    formQuestions: smallForm(5),
    mode: 'interviewer',
    seed: 20260615,
    ...input,
  });

const firstCode = (options: readonly Option[]): string => options[0]?.code ?? '';

type AnyAnswer = { readonly [K in QuestionKindName]: (question: QuestionOf<K>) => Answer };

const anyAnswers: AnyAnswer = {
  single: ({ options }) => single(firstCode(options)),
  multi: ({ options }) => multi(firstCode(options.filter((option) => option.exclusive !== true))),
  trueFalse: () => ({ kind: 'trueFalse', value: true }),
  number: ({ minimum }) => number(minimum),
  yearMonth: () => born(1981, 3),
  text: () => text('种地'),
  ordering: (question) => ({
    kind: 'ordering',
    codes: question.options.slice(0, placeCount(question)).map((option) => option.code),
  }),
  scale: ({ rows, options }) => ({
    kind: 'scale',
    rows: Object.fromEntries(rows.map((row) => [row.code, firstCode(options)])),
  }),
  matching: ({ rows, options }) => ({
    kind: 'matching',
    pairs: Object.fromEntries(rows.map((row, at) => [row.code, options[at]?.code ?? ''])),
  }),
};

/** Any valid answer to a question as it is asked now: the first option everywhere. */
export const anyAnswer = <K extends QuestionKindName>(question: QuestionOf<K>): Answer =>
  (anyAnswers[question.kind] as (asked: QuestionOf<K>) => Answer)(question);

export interface Told {
  readonly answers: Answers;
  readonly state: InterviewState;
  /** Questions in the order they were answered. */
  readonly asked: readonly string[];
  readonly disposition: Disposition | null;
}

/** Answers question after question: the given answer where there is one, else any valid one, until it stops. */
export function tell(script: Script, given: Answers, date: CalendarDate = today): Told {
  let answers: Answers = {};
  let state = interviewState(script, answers, date);
  const asked: string[] = [];
  while (state.currentId !== null) {
    const questionId = state.currentId;
    const { question } = stepOf(state, questionId);
    const applied = applyAnswer(
      script,
      answers,
      { questionId, answer: given[questionId] ?? anyAnswer(question) },
      date,
    );
    if (!applied.ok) throw new Error(`${questionId}: ${JSON.stringify(applied.failure)}`);
    asked.push(questionId);
    ({ answers, state } = applied.value);
  }
  return { answers, state, asked, disposition: state.disposition };
}

export function stepOf(state: InterviewState, id: string): StepState {
  const found = state.steps.find((entry) => entry.step.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
}
