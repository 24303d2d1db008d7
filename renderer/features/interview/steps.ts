/** Reading the steps of an interview: what was shown before, what is blank, what each section holds. */
import type { InterviewProgress, InterviewStep, InterviewView } from '@shared/contract/areas/interviews';

type States = InterviewProgress['states'];

export const stateOf = (states: States, step: InterviewStep): States[string] =>
  states[step.question.code] ?? 'ahead';

/** Recorded by the enumerator and without a screen where respondents answer for themselves. */
const isShown = (view: InterviewView, step: InterviewStep): boolean =>
  view.mode === 'interviewer' || !step.interviewerOnly;

const isDone = (states: States, step: InterviewStep): boolean =>
  ['answered', 'missing'].includes(stateOf(states, step));

/** The question answered before `questionId` (before the end when null); null at the beginning. */
export function previousQuestion(
  view: InterviewView,
  states: States,
  questionId: string | null,
): string | null {
  const at = view.steps.findIndex((step) => step.question.code === questionId);
  const before = at === -1 ? view.steps : view.steps.slice(0, at);
  const last = before.filter((step) => isShown(view, step) && isDone(states, step)).at(-1);
  return last?.question.code ?? null;
}

export interface StepSection {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly InterviewStep[];
  readonly answered: number;
}

/** Sections in order with the steps that are asked; sections with none are left out. */
export function sectionsOf(view: InterviewView, states: States): readonly StepSection[] {
  const ids = [...new Set(view.steps.map((step) => step.section))];
  return ids
    .map((id) => {
      const steps = view.steps.filter(
        (step) => step.section === id && isShown(view, step) && stateOf(states, step) !== 'inactive',
      );
      const answered = steps.filter((step) => isDone(states, step)).length;
      return { id, title: steps[0]?.sectionTitle ?? '', steps, answered };
    })
    .filter((section) => section.steps.length > 0);
}

/** Steps without a real answer, for the enumerator to look over before finishing. */
export const blanksOf = (view: InterviewView, states: States): readonly InterviewStep[] =>
  view.steps.filter(
    (step) => isShown(view, step) && ['missing', 'ahead', 'current'].includes(stateOf(states, step)),
  );

export const placeText = (step: InterviewStep, testItemCount: number): string =>
  step.testPosition === null ? step.sectionTitle : `第 ${step.testPosition} / ${testItemCount} 题`;
