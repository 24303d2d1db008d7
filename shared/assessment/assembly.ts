/**
 * Form assembly: search a lawful selection, order it, bind it to item versions, and have the result re-verified
 * by `verifyForm`, which shares no evaluation code with the search. A form that fails is never returned.
 */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import { createRandom } from '../numeric/seededRandom';
import type { ItemBank } from './bank';
import type { Blueprint } from './blueprint';
import { formContent } from './form';
import type { Form, FormEntry } from './form';
import { buildConstraintModel } from './formSearch/constraintModel';
import type { SelectionUnit } from './formSearch/constraintModel';
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

/**
 * Assembles the form of one seed. Same bank, blueprint and seed give the same form, id and hash.
 * `hash` maps text to hexadecimal (the host passes SHA-256).
 * Fails with FORM_INFEASIBLE; `violated` lists the constraints that could not be met, one a line.
 */
export function assembleForm(
  bank: ItemBank,
  blueprint: Blueprint,
  seed: number,
  hash: (text: string) => string,
): Result<Form> {
  const infeasible = (violated: readonly string[]) =>
    fail('FORM_INFEASIBLE', {
      blueprintId: blueprint.id,
      bankId: bank.meta.id,
      seed,
      count: violated.length,
      violated: violated.join('\n'),
    });
  if (bank.meta.id !== blueprint.bankId) return infeasible([`bankId = ${bank.meta.id}`]);

  const random = createRandom(`${blueprint.id}/${blueprint.version}/${seed}`);
  const found = searchSelection(buildConstraintModel(bank, blueprint), random);
  if (found.violated.length > 0) return infeasible(found.violated);

  const draft = {
    blueprintId: blueprint.id,
    blueprintVersion: blueprint.version,
    bankId: bank.meta.id,
    bankVersion: bank.meta.version,
    instrumentId: blueprint.instrumentId,
    seed,
    entries: toEntries(orderUnits(found.units, blueprint, random)),
  };
  const contentHash = hash(formContent(draft, bank.items));
  const form: Form = { id: `${blueprint.id}.${seed}.${contentHash.slice(0, 8)}`, ...draft, contentHash };

  const violations = verifyForm(form, bank, blueprint, hash);
  if (violations.length > 0)
    return infeasible(violations.map(({ rule, params }) => `${rule} ${JSON.stringify(params)}`));
  return ok(form);
}
