/** Where an answer leads on paper: the next question that may have to be answered, and whether questions are passed over. */
import { environmentOf } from '../questionnaire/environment';
import type { CalendarDate } from '../questionnaire/age';
import type { Expression } from '../questionnaire/expression/ast';
import { walk } from '../questionnaire/expression/ast';
import { evaluateCondition } from '../questionnaire/expression/evaluate';
import { and } from '../questionnaire/expression/value';
import type { Script, ScriptStep } from '../questionnaire/script';
import type { Answer } from '../questions/answer';

export type Jump =
  | { readonly kind: 'next' }
  | { readonly kind: 'ends' }
  | { readonly kind: 'to'; readonly stepId: string | null };

/** No condition about an age is decided by a single answer, so the day does not matter. */
const anyDay: CalendarDate = { year: 2026, month: 1, day: 1 };

function namesRead(script: Script, conditions: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const condition of conditions) {
    walk(condition, (node) => {
      if (node.type === 'call' && node.name === 'age') names.add(script.birthQuestion);
      if (node.type === 'variable' && !Object.hasOwn(script.hostValues, node.name)) names.add(node.name);
    });
  }
  return names;
}

/** Whether a step is certainly passed over, knowing only `known`. */
function isPassedOver(script: Script, step: ScriptStep, known: ReadonlyMap<string, Answer>): boolean {
  if (step.standIn !== null) return true;
  const environment = environmentOf(script, known, anyDay);
  const truth = and(...step.relevant.map((condition) => evaluateCondition(condition, environment)));
  if (truth !== null) return !truth;
  const isKnown = [...namesRead(script, step.relevant)].every((name) => known.has(name));
  return isKnown && step.whenUnknown === 'skip';
}

/**
 * Where `answer` to the step leads. `next`: to the question printed next; `ends`: a rule ends the interview; `to`: over
 * at least one question that certainly need not be answered (null: nothing is left).
 */
export function jumpAfter(script: Script, stepId: string, answer: Answer): Jump {
  const index = script.steps.findIndex(({ id }) => id === stepId);
  const step = script.steps[index];
  const known = new Map<string, Answer>([[stepId, answer]]);
  const environment = environmentOf(script, known, anyDay);
  if (step?.endings.some(({ when }) => evaluateCondition(when, environment) === true))
    return { kind: 'ends' };
  let hasPassed = false;
  for (const later of script.steps.slice(index + 1)) {
    if (!isPassedOver(script, later, known))
      return hasPassed ? { kind: 'to', stepId: later.id } : { kind: 'next' };
    known.set(later.id, later.standIn ?? { kind: 'missing', reason: 'notApplicable' });
    hasPassed ||= later.standIn === null;
  }
  return hasPassed ? { kind: 'to', stepId: null } : { kind: 'next' };
}
