/**
 * Parallel forms: several forms of one blueprint that share nothing but the anchors, assembled one after another by
 * integer programming with a shadow for the forms to come. Where the solver is missing or gives no answer, the seeded
 * swap search takes the form over and the result says so. Every form passes `verifyForm`, the set `verifyFormSet`.
 */
import type { Failure } from '../domain/result';
import { createRandom } from '../numeric/seededRandom';
import type { SeededRandom } from '../numeric/seededRandom';
import { attemptsOf, bindForm, infeasibleForm, modelOfTask, searchForm } from './assembly';
import type { FormTask } from './assembly';
import type { ItemBank } from './bank';
import { benchmarkNumbers } from './itemCodes';
import type { Blueprint } from './blueprint';
import type { Form } from './form';
import { anchorsOf, buildConstraintModel } from './formSearch/constraintModel';
import { findConflict } from './linearProgram/conflict';
import type { ConstraintConflict } from './linearProgram/conflict';
import { buildFormProgram } from './linearProgram/formProgram';
import type { FormProgram } from './linearProgram/formProgram';
import type { SolveAnswer, SolveLimits, SolveLinear } from './linearProgram/linearModel';
import { verifyFormSet } from './verifyFormSet';

/** Assembled by the integer program, or by the swap search. */
export type AssemblyMethod = 'integerProgram' | 'swapSearch';

export interface ParallelForms {
  readonly forms: readonly Form[];
  /** One per form. */
  readonly methods: readonly AssemblyMethod[];
  /** A solve was cut by the clock, so another machine may give other forms for the same seed. */
  readonly timedOut: boolean;
}

export interface ParallelRequest {
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  /** Number of forms. */
  readonly count: number;
  readonly seed: number;
  /** Items no form may carry. */
  readonly excluded?: readonly string[];
  /** Items the first form must carry: forms of a set share only anchors, so one form holds each of them. */
  readonly forced?: readonly string[];
}

export interface AssemblyTools {
  /** Null where no solver could be loaded. */
  readonly solve: SolveLinear | null;
  readonly hash: (text: string) => string;
  readonly onForm?: ((done: number) => void) | undefined;
}

export interface InfeasibleForms {
  readonly failure: Failure;
  readonly conflict: ConstraintConflict | null;
}

const limits: Omit<SolveLimits, 'seed'> = { relativeGap: 0.05, maximumNodes: 2000, maximumSeconds: 50 };

interface Progress {
  readonly task: FormTask;
  /** The blueprint of the forms to come, without what was drawn for this one. */
  readonly blueprint: Blueprint;
}

interface Solved {
  readonly program: FormProgram;
  readonly answer: SolveAnswer;
}

type Attempt =
  | {
      readonly kind: 'form';
      readonly form: Form;
      readonly method: AssemblyMethod;
      readonly timedOut: boolean;
    }
  | { readonly kind: 'failed'; readonly infeasible: InfeasibleForms };

const streamOf = ({ blueprint, seed, number }: FormTask): string =>
  `${blueprint.id}/${blueprint.version}/${seed}/${number ?? 0}`;

function searchInstead(task: FormTask): Attempt {
  const found = searchForm(task, createRandom(`${streamOf(task)}/search`));
  if (!found.ok) return { kind: 'failed', infeasible: { failure: found.failure, conflict: null } };
  return { kind: 'form', form: found.value, method: 'swapSearch', timedOut: false };
}

function programOf({ task, blueprint }: Progress, random: SeededRandom) {
  const model = modelOfTask(task, random);
  return buildFormProgram({
    model,
    formsToCome: task.formsToCome,
    rowsToCome: buildConstraintModel(task.bank, blueprint, task.used).rows,
    anchorIds: new Set(anchorsOf(task.bank, task.blueprint).map((item) => item.id)),
    costs: model.units.map(({ items }) => items.length * random.next()),
  });
}

/** The first program that is not proved impossible: a benchmark draw is repeated, a balanced blueprint is not. */
function solvable(progress: Progress, solve: SolveLinear, random: SeededRandom): Solved {
  const { blueprint, seed } = progress.task;
  const limit = { ...limits, seed: seed % 2 ** 31 };
  let program = programOf(progress, random);
  let answer = solve(program.linear, limit);
  for (let attempt = 1; attempt < attemptsOf(blueprint) && answer.status === 'infeasible'; attempt++) {
    program = programOf(progress, random);
    answer = solve(program.linear, limit);
  }
  return { program, answer };
}

function assembleOne(progress: Progress, solve: SolveLinear): Attempt {
  const { task } = progress;
  const random = createRandom(streamOf(task));
  const { program, answer } = solvable(progress, solve, random);
  if (answer.status === 'undecided') return searchInstead(task);
  if (answer.status === 'infeasible') {
    const conflict = findConflict(program, solve);
    const violated = conflict.relaxations.map(({ rowId }) => rowId);
    return { kind: 'failed', infeasible: { failure: infeasibleForm(task, violated).failure, conflict } };
  }
  const { values, timedOut } = answer;
  const chosen = program.units.filter((_, index) => (values[index] ?? 0) > 0.5);
  const form = bindForm(task, chosen, random);
  return form.ok
    ? { kind: 'form', form: form.value, method: 'integerProgram', timedOut }
    : searchInstead(task);
}

/** A short form cannot cover all 26 基准: the second form must hold those the first left out (§2.1). */
function rotated(blueprint: Blueprint, bank: ItemBank, forms: readonly Form[]): Blueprint {
  const [first, ...others] = forms;
  if (first === undefined || others.length > 0 || blueprint.itemCount >= benchmarkNumbers.length)
    return blueprint;
  const covered = new Set(
    bank.items
      .filter((item) => first.entries.some((entry) => entry.itemId === item.id))
      .map((item) => String(item.benchmark.no)),
  );
  const benchmarks = Object.fromEntries(
    Object.entries(blueprint.benchmarks).map(([benchmark, range]) => [
      benchmark,
      covered.has(benchmark) ? range : { ...range, min: Math.max(1, range.min) },
    ]),
  );
  return { ...blueprint, benchmarks };
}

const forcedOn = ({ forced = [] }: ParallelRequest, number: number): readonly string[] =>
  number === 1 ? forced : [];

export type ParallelResult =
  | { readonly ok: true; readonly value: ParallelForms }
  | { readonly ok: false; readonly infeasible: InfeasibleForms };

/**
 * Assembles `count` parallel forms. Same bank, blueprint, count and seed give the same forms. Refused with
 * FORM_INFEASIBLE and, when a solver proved it, the constraints that stand against each other.
 */
export function assembleParallelForms(request: ParallelRequest, tools: AssemblyTools): ParallelResult {
  const { bank, blueprint, count, seed } = request;
  const { solve, hash } = tools;
  const anchorIds = new Set(anchorsOf(bank, blueprint).map((item) => item.id));
  const used = new Set<string>(request.excluded);
  const forms: Form[] = [];
  const methods: AssemblyMethod[] = [];
  let timedOut = false;
  for (let number = 1; number <= count; number++) {
    const task: FormTask = {
      bank,
      blueprint: rotated(blueprint, bank, forms),
      seed,
      number,
      formsToCome: count - number,
      used,
      hash,
      forced: forcedOn(request, number),
    };
    const attempt = solve === null ? searchInstead(task) : assembleOne({ task, blueprint }, solve);
    if (attempt.kind === 'failed') return { ok: false, infeasible: attempt.infeasible };
    forms.push(attempt.form);
    methods.push(attempt.method);
    timedOut ||= attempt.timedOut;
    for (const { itemId } of attempt.form.entries) if (!anchorIds.has(itemId)) used.add(itemId);
    tools.onForm?.(number);
  }
  const violations = verifyFormSet(forms, { bank, blueprint, hash });
  if (violations.length === 0) return { ok: true, value: { forms, methods, timedOut } };
  const { failure } = infeasibleForm(
    request,
    violations.map(({ rule, params }) => `${rule} ${JSON.stringify(params)}`),
  );
  return { ok: false, infeasible: { failure, conflict: null } };
}
