/** What the expressions of a script may see: active answers, derived values, host values and the age. */
import type { Answer } from '../questions/answer';
import { completedYears } from './age';
import type { CalendarDate } from './age';
import type { Environment } from './expression/evaluate';
import { evaluate } from './expression/evaluate';
import { valueOfAnswer } from './expression/value';
import type { Script } from './script';

/** Reads `active` live: answers added later are seen by later evaluations. */
export function environmentOf(
  script: Pick<Script, 'birthQuestion' | 'derived' | 'hostValues'>,
  active: ReadonlyMap<string, Answer>,
  today: CalendarDate,
): Environment {
  const environment: Environment = {
    answer: (code) => active.get(code),
    age: () => completedYears(active.get(script.birthQuestion), today),
    variable: (name) => {
      const derived = Object.hasOwn(script.derived, name) ? script.derived[name] : undefined;
      if (derived) return evaluate(derived, environment);
      if (Object.hasOwn(script.hostValues, name)) return script.hostValues[name] ?? null;
      return valueOfAnswer(active.get(name));
    },
  };
  return environment;
}
