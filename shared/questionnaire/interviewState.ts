/**
 * Where an interview stands, derived from its answers alone: replaying any prefix of the journal gives the same
 * state, which is what makes resuming exact. Going back is allowed everywhere; the host's journal records each
 * change. Answers that a later change made irrelevant, or that no longer fit the options on offer, stay in
 * `answers` but are not active.
 */
import type { Disposition } from '../domain/disposition';
import type { Answer, Answers } from '../questions/answer';
import type { Question } from '../questions/kinds';
import { validateAnswer } from '../questions/registry';
import type { CalendarDate } from './age';
import { environmentOf } from './environment';
import type { Environment } from './expression/evaluate';
import { evaluateCondition } from './expression/evaluate';
import { and } from './expression/value';
import type { Script, ScriptStep, StepCheck } from './script';

/** `missing` = answered with 不知道, 拒答 or 不适用; `inactive` = not asked. */
export type StepStatus = 'answered' | 'missing' | 'current' | 'ahead' | 'inactive';

export interface StepState {
  readonly step: ScriptStep;
  /** The question as it is asked now: only the options and rows that apply. */
  readonly question: Question;
  readonly status: StepStatus;
  /** Active answer; null when there is none. */
  readonly answer: Answer | null;
  /** Messages of error checks that keep the recorded answer from counting. */
  readonly failedChecks: readonly string[];
  readonly notices: readonly string[];
  /** A break is offered after this step. */
  readonly offerBreak: boolean;
}

export interface Confirmation {
  /** Belongs to this answer: another answer to the question has to be confirmed anew. */
  readonly id: string;
  readonly questionId: string;
  readonly message: string;
}

export interface InterviewState {
  /** `complete`: every relevant question is answered; `ended`: a rule ended it before. */
  readonly status: 'open' | 'complete' | 'ended';
  /** Null while open. */
  readonly disposition: Disposition | null;
  readonly steps: readonly StepState[];
  /** First relevant question without an answer; null unless open. */
  readonly currentId: string | null;
  /** Over the questions relevant now; the total moves as answers open and close questions. */
  readonly progress: { readonly answered: number; readonly total: number };
  readonly confirmations: readonly Confirmation[];
}

const applies = (step: ScriptStep, environment: Environment): boolean =>
  and(...step.relevant.map((condition) => evaluateCondition(condition, environment))) ??
  step.whenUnknown === 'ask';

/** The question with the options and rows that apply; null when nothing is left to ask. */
function askedNow(step: ScriptStep, environment: Environment): Question | null {
  const { question } = step;
  const isOffered = (part: { readonly code: string }): boolean => {
    const condition = step.partRelevant[part.code];
    return condition === undefined || evaluateCondition(condition, environment) === true;
  };
  if (question.kind === 'scale' || question.kind === 'matching') {
    const offered = question.rows.filter(isOffered);
    const rows = question.kind === 'scale' ? offered.slice(0, question.maximumRows) : offered;
    return rows.length === 0 ? null : { ...question, rows };
  }
  if (!('options' in question)) return question;
  const options = question.options.filter(isOffered);
  return options.length === 0 ? null : { ...question, options };
}

const fires = (check: StepCheck, severity: StepCheck['severity'], environment: Environment): boolean =>
  check.severity === severity && evaluateCondition(check.when, environment) === true;

const isTrue =
  (environment: Environment) =>
  (rule: { readonly when: ScriptStep['endings'][number]['when'] }): boolean =>
    evaluateCondition(rule.when, environment) === true;

function inactive(step: ScriptStep, answer: Answer | null): StepState {
  return {
    step,
    question: step.question,
    status: 'inactive',
    answer,
    failedChecks: [],
    notices: [],
    offerBreak: false,
  };
}

interface Walk {
  readonly answers: Answers;
  /** Active answers so far; the environment reads them. */
  readonly active: Map<string, Answer>;
  readonly environment: Environment;
}

/** State of a relevant step; an answer that does not count leaves the step open. */
function relevantStep(
  step: ScriptStep,
  question: Question,
  { answers, active, environment }: Walk,
): StepState {
  const recorded = answers[step.id];
  const open = { ...inactive(step, null), question, status: 'ahead' as const };
  if (recorded === undefined || !validateAnswer(question, recorded).ok) return open;
  active.set(step.id, recorded);
  const failed = step.checks.filter((check) => fires(check, 'error', environment));
  if (failed.length > 0) {
    active.delete(step.id);
    return { ...open, failedChecks: failed.map((check) => check.message) };
  }
  return {
    step,
    question,
    status: recorded.kind === 'missing' ? 'missing' : 'answered',
    answer: recorded,
    failedChecks: [],
    notices: step.notices.filter(isTrue(environment)).map((notice) => notice.text),
    offerBreak: step.breaks.some((when) => evaluateCondition(when, environment) === true),
  };
}

function walkStep(step: ScriptStep, walk: Walk): StepState {
  const { active, environment } = walk;
  if (step.standIn) {
    active.set(step.id, step.standIn);
    return inactive(step, step.standIn);
  }
  const question = applies(step, environment) ? askedNow(step, environment) : null;
  if (question) return relevantStep(step, question, walk);
  const answer: Answer = { kind: 'missing', reason: 'notApplicable' };
  active.set(step.id, answer);
  return inactive(step, answer);
}

const isOpen = (state: StepState): boolean => state.status === 'ahead';

function pendingConfirmations(
  states: readonly StepState[],
  environment: Environment,
  confirmed: readonly string[],
): Confirmation[] {
  return states
    .filter((state) => state.status === 'answered')
    .flatMap((state) =>
      state.step.checks
        .filter((check) => fires(check, 'confirm', environment))
        .map((check) => ({
          id: `${check.id}:${JSON.stringify(state.answer)}`,
          questionId: state.step.id,
          message: check.message,
        })),
    )
    .filter((confirmation) => !confirmed.includes(confirmation.id));
}

interface Walked {
  readonly states: readonly StepState[];
  /** Set when a rule ended the interview. */
  readonly ending: Disposition | null;
}

function walkScript(script: Script, walk: Walk): Walked {
  const states: StepState[] = [];
  let ending: Disposition | null = null;
  for (const step of script.steps) {
    const state = ending === null ? walkStep(step, walk) : inactive(step, null);
    states.push(state);
    if (state.answer !== null && state.status !== 'inactive') {
      ending = step.endings.find(isTrue(walk.environment))?.disposition ?? ending;
    }
  }
  return { states, ending };
}

/** Marks the first open step as the current one. */
function markCurrent(states: readonly StepState[]): readonly StepState[] {
  const currentIndex = states.findIndex(isOpen);
  return states.map((state, index) => (index === currentIndex ? { ...state, status: 'current' } : state));
}

function statusOf(ending: Disposition | null, currentId: string | null): InterviewState['status'] {
  if (ending !== null) return 'ended';
  return currentId === null ? 'complete' : 'open';
}

/**
 * State of the interview after `answers` on the interview date. `confirmed` lists the ids of confirmations the
 * interviewer already gave; confirmations never block the next question.
 */
export function interviewState(
  script: Script,
  answers: Answers,
  today: CalendarDate,
  confirmed: readonly string[] = [],
): InterviewState {
  const active = new Map<string, Answer>();
  const environment = environmentOf(script, active, today);
  const { states, ending } = walkScript(script, { answers, active, environment });
  const steps = ending === null ? markCurrent(states) : states;
  const relevant = steps.filter((state) => state.status !== 'inactive');
  const currentId = steps.find((state) => state.status === 'current')?.step.id ?? null;
  const status = statusOf(ending, currentId);
  return {
    status,
    disposition: status === 'complete' ? 'complete' : ending,
    steps,
    currentId,
    progress: {
      answered: relevant.filter((state) => state.answer !== null).length,
      total: relevant.length,
    },
    confirmations: pendingConfirmations(steps, environment, confirmed),
  };
}

/** Relevant steps in order: what 上一题 and 下一题 move through. */
const relevantIds = (state: InterviewState): readonly string[] =>
  state.steps.filter((entry) => entry.status !== 'inactive').map((entry) => entry.step.id);

/** The relevant question before this one; null at the beginning or for an unknown id. */
export function previousStep(state: InterviewState, questionId: string): string | null {
  const ids = relevantIds(state);
  return ids[ids.indexOf(questionId) - 1] ?? null;
}

/** The relevant question after this one; null at the end, for an unknown id and beyond the current question. */
export function nextStep(state: InterviewState, questionId: string): string | null {
  if (questionId === state.currentId) return null;
  const ids = relevantIds(state);
  const index = ids.indexOf(questionId);
  return index === -1 ? null : (ids[index + 1] ?? null);
}
