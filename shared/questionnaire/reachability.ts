/**
 * Finds questions that can never be asked: no combination of possible answers makes their conditions true.
 * All values of the answers a condition reads are tried; answers are taken as independent of each other, so a
 * question reported here is certainly dead, while some dead questions may pass.
 */
import type { Answer } from '../questions/answer';
import type { Question } from '../questions/kinds';
import type { Expression } from './expression/ast';
import { walk } from './expression/ast';
import { evaluateCondition } from './expression/evaluate';
import { and } from './expression/value';
import { environmentOf } from './environment';
import type { CalendarDate } from './age';
import type { Script, ScriptStep } from './script';

type Candidates = readonly (Answer | undefined)[];

/** More combinations than this are not tried; the question then counts as reachable. */
const maximumCombinations = 200_000;
const referenceDate: CalendarDate = { year: 2026, month: 12, day: 31 };
const oldestAge = 110;

function* codesAround(conditions: readonly Expression[]): Generator<number> {
  const numbers: number[] = [];
  for (const condition of conditions) {
    walk(condition, (node) => {
      if (node.type === 'literal' && typeof node.value === 'number') numbers.push(node.value);
    });
  }
  for (const value of numbers) yield* [value - 1, value, value + 1];
}

function valuesOf(question: Question, conditions: readonly Expression[]): Answer[] {
  switch (question.kind) {
    case 'single':
      return question.options.map((option) => ({ kind: 'single', code: option.code }));
    case 'multi':
      return [
        ...question.options.map((option): Answer => ({ kind: 'multi', codes: [option.code] })),
        { kind: 'multi', codes: question.options.map((option) => option.code) },
      ];
    case 'ordering':
      return [{ kind: 'ordering', codes: question.options.map((option) => option.code) }];
    case 'trueFalse':
      return [true, false].map((value) => ({ kind: 'trueFalse', value }));
    case 'number':
      return [question.minimum, question.maximum, ...codesAround(conditions)]
        .filter((value) => value >= question.minimum && value <= question.maximum)
        .map((value) => ({ kind: 'number', value }));
    case 'scale':
    case 'matching':
      return question.options.map((option): Answer => {
        const rows = Object.fromEntries(question.rows.map((row) => [row.code, option.code]));
        return question.kind === 'scale' ? { kind: 'scale', rows } : { kind: 'matching', pairs: rows };
      });
    case 'text':
      return [{ kind: 'text', text: '1' }];
    case 'yearMonth':
      return Array.from({ length: oldestAge }, (_, age) => ({
        kind: 'yearMonth',
        year: referenceDate.year - age,
        month: 1,
      }));
  }
}

const missingValues: readonly Answer[] = [
  { kind: 'missing', reason: 'dontKnow' },
  { kind: 'missing', reason: 'notApplicable' },
];

type Head = Pick<Script, 'birthQuestion' | 'derived' | 'hostValues'>;

/** Names of questions a condition reads, through derived values as well. */
function questionsRead(condition: Expression, head: Head): ReadonlySet<string> {
  const names = new Set<string>();
  walk(condition, (node) => {
    if (node.type === 'call' && node.name === 'age') names.add(head.birthQuestion);
    if (node.type !== 'variable') return;
    const derived = Object.hasOwn(head.derived, node.name) ? head.derived[node.name] : undefined;
    if (derived) for (const name of questionsRead(derived, head)) names.add(name);
    else names.add(node.name);
  });
  return names;
}

/** Answers of a step after which the interview goes on. */
function continuing(step: ScriptStep, conditions: readonly Expression[], head: Head): Candidates {
  const goesOn = (answer: Answer): boolean => {
    const environment = environmentOf(head, new Map([[step.id, answer]]), referenceDate);
    return !step.endings.some((ending) => evaluateCondition(ending.when, environment) === true);
  };
  return [...valuesOf(step.question, conditions).filter(goesOn), ...missingValues, undefined];
}

function* combinations(
  names: readonly string[],
  candidates: ReadonlyMap<string, Candidates>,
): Generator<Map<string, Answer>> {
  const [name, ...rest] = names;
  if (name === undefined) {
    yield new Map();
    return;
  }
  for (const tail of combinations(rest, candidates)) {
    for (const answer of candidates.get(name) ?? [undefined]) {
      yield answer === undefined ? new Map(tail) : new Map([...tail, [name, answer]]);
    }
  }
}

/**
 * Ids of steps no respondent can ever reach. Steps whose conditions read host values count as reachable; give a
 * script without host values and with every module and optional question.
 */
export function unreachableSteps(script: Script): readonly string[] {
  const byId = new Map(script.steps.map((step) => [step.id, step]));
  const dead = new Set<string>();
  for (const step of script.steps) {
    const names = [...new Set(step.relevant.flatMap((condition) => [...questionsRead(condition, script)]))];
    if (names.some((name) => Object.hasOwn(script.hostValues, name))) continue;
    const candidates = new Map<string, Candidates>();
    for (const name of names) {
      const source = byId.get(name);
      candidates.set(
        name,
        source && !dead.has(name) ? continuing(source, step.relevant, script) : [undefined],
      );
    }
    if (!canBeAsked(step, names, candidates, script)) dead.add(step.id);
  }
  return [...dead];
}

function canBeAsked(
  step: ScriptStep,
  names: readonly string[],
  candidates: ReadonlyMap<string, Candidates>,
  head: Head,
): boolean {
  const count = names.reduce((product, name) => product * (candidates.get(name)?.length ?? 1), 1);
  if (count > maximumCombinations) return true;
  for (const answers of combinations(names, candidates)) {
    const environment = environmentOf(head, answers, referenceDate);
    const truth = and(...step.relevant.map((condition) => evaluateCondition(condition, environment)));
    if (truth ?? step.whenUnknown === 'ask') return true;
  }
  return false;
}
