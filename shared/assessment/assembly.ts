/**
 * Form assembly: search a lawful selection, order it, bind it to item versions, and have the result re-verified
 * by `verifyForm`, which shares no evaluation code with the search. A form that fails is never returned.
 */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import { createRandom } from '../numeric/seededRandom';
import type { SeededRandom } from '../numeric/seededRandom';
import type { ItemBank } from './bank';
import type { Blueprint } from './blueprint';
import { formContent } from './form';
import type { Form, FormEntry } from './form';
import { drawBenchmarks } from './formSearch/benchmarkDraw';
import { anchorsOf, buildConstraintModel } from './formSearch/constraintModel';
import type { ConstraintModel, SelectionUnit } from './formSearch/constraintModel';
import { orderUnits } from './formSearch/itemOrder';
import { searchSelection } from './formSearch/searchSelection';
import { verifyForm } from './verifyForm';

function toEntries(units: readonly SelectionUnit[]): FormEntry[] {
  return units
    .flatMap((unit) => unit.items.map((item) => ({ item, blockId: unit.blockId })))
    .map(({ item, blockId }, index) => ({
      itemId: item.id,
      itemVersion: item.version,
      position: index + 1,
      blockId,
    }));
}

export interface FormTask {
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  readonly seed: number;
  /** Number within a set of parallel forms; null for a form on its own. */
  readonly number: number | null;
  /** Forms of the set to assemble after this one. */
  readonly formsToCome: number;
  /** Items this form must not carry: repeated from a form before, or left out on purpose. */
  readonly used: ReadonlySet<string>;
  /** Items this form must carry. */
  readonly forced?: readonly string[];
  /** Maps text to hexadecimal (the host passes SHA-256). */
  readonly hash: (text: string) => string;
}

/** The constraint rows of a task, with the 基准 of a benchmark draw already drawn. */
export function modelOfTask(
  { bank, blueprint, used, formsToCome, forced }: FormTask,
  random: SeededRandom,
): ConstraintModel {
  const model = buildConstraintModel(bank, blueprint, used, forced);
  if (blueprint.mode === 'balanced') return model;
  return buildConstraintModel(
    bank,
    drawBenchmarks({ blueprint, units: model.units, formsToCome }, random),
    used,
    forced,
  );
}

/** Refusal of a form; `violated` lists the constraints, one a line. */
export const infeasibleForm = (
  { bank, blueprint, seed }: Pick<FormTask, 'bank' | 'blueprint' | 'seed'>,
  violated: readonly string[],
) =>
  fail('FORM_INFEASIBLE', {
    blueprintId: blueprint.id,
    bankId: bank.meta.id,
    seed,
    count: violated.length,
    violated: violated.join('\n'),
    constraints: violated.join('；'),
  });

/** Orders the chosen units, binds them to item versions and lets the result be verified. */
export function bindForm(
  task: FormTask,
  units: readonly SelectionUnit[],
  random: SeededRandom,
): Result<Form> {
  const { bank, blueprint, seed, number, hash } = task;
  const anchorIds = anchorsOf(bank, blueprint).map((item) => item.id);
  const draft = {
    blueprintId: blueprint.id,
    blueprintVersion: blueprint.version,
    bankId: bank.meta.id,
    bankVersion: bank.meta.version,
    instrumentId: blueprint.instrumentId,
    seed,
    entries: toEntries(orderUnits({ units, blueprint, anchorIds, random })),
  };
  const contentHash = hash(formContent(draft, bank.items));
  const name = number === null ? String(seed) : `${seed}-${number}`;
  const form: Form = { id: `${blueprint.id}.${name}.${contentHash.slice(0, 8)}`, ...draft, contentHash };
  const violations = verifyForm(form, bank, blueprint, hash);
  if (violations.length === 0) return ok(form);
  return infeasibleForm(
    task,
    violations.map(({ rule, params }) => `${rule} ${JSON.stringify(params)}`),
  );
}

/** A draw can fix numbers no form meets, e.g. because a shared stimulus enters whole: then it is drawn again. */
const drawsTried = 12;
export const attemptsOf = ({ mode }: Blueprint): number => (mode === 'benchmarkDraw' ? drawsTried : 1);

function searchOnce(task: FormTask, random: SeededRandom): Result<Form> {
  const found = searchSelection(modelOfTask(task, random), random);
  return found.violated.length > 0
    ? infeasibleForm(task, found.violated)
    : bindForm(task, found.units, random);
}

/** The seeded swap search: the way of a single form, and the way out when no solver is at hand. */
export function searchForm(task: FormTask, random: SeededRandom): Result<Form> {
  let found = searchOnce(task, random);
  for (let attempt = 1; attempt < attemptsOf(task.blueprint) && !found.ok; attempt++)
    found = searchOnce(task, random);
  return found;
}

/**
 * Assembles the form of one seed by the swap search. Same bank, blueprint and seed give the same form, id and hash.
 * Fails with FORM_INFEASIBLE; `violated` lists the constraints that could not be met, one a line.
 */
export function assembleForm(
  bank: ItemBank,
  blueprint: Blueprint,
  seed: number,
  hash: (text: string) => string,
): Result<Form> {
  const task: FormTask = { bank, blueprint, seed, number: null, formsToCome: 0, used: new Set(), hash };
  if (bank.meta.id !== blueprint.bankId) return infeasibleForm(task, [`bankId = ${bank.meta.id}`]);
  return searchForm(task, createRandom(`${blueprint.id}/${blueprint.version}/${seed}`));
}
