/** A form as the wizard shows it before anything is stored: counts and constraint check, no items. */
import { assembleForm } from '@shared/assessment/assembly';
import type { BankItem } from '@shared/assessment/bank';
import type { Form } from '@shared/assessment/form';
import type { Output } from '@shared/contract/contract';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { findBlueprint, sha256 } from '../registry/registry';
import { currentBank } from './items/currentBank';

/** Planned seconds per item are data of the bank. */
const secondsPerMinute = 60;

/** Assembles the form of a seed. Failures: NOT_FOUND, FORM_INFEASIBLE. */
export function formOfSeed(context: HostContext, blueprintId: string, seed: number): Result<Form> {
  const blueprint = findBlueprint(context.registry, blueprintId);
  if (blueprint === null) return fail('NOT_FOUND', { what: 'blueprint' });
  return assembleForm(currentBank(context).bank, blueprint, seed, sha256);
}

export const itemsOf = (context: HostContext, form: Form): readonly BankItem[] => {
  const byId = new Map(currentBank(context).bank.items.map((item) => [item.id, item]));
  return form.entries.flatMap((entry) => byId.get(entry.itemId) ?? []);
};

function countItems(items: readonly BankItem[], key: (item: BankItem) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

export function previewForm(
  context: HostContext,
  blueprintId: string,
  seed: number,
): Result<Output<'form/getPreview'>> {
  const form = formOfSeed(context, blueprintId, seed);
  if (!form.ok) return form;
  const items = itemsOf(context, form.value);
  const sum = (value: (item: BankItem) => number): number =>
    items.reduce((total, item) => total + value(item), 0);
  return ok({
    itemCount: items.length,
    expectedMinutes: sum((item) => item.time_sec) / secondsPerMinute,
    meanDifficulty: sum((item) => item.difficulty.p_prior) / items.length,
    byDimension: countItems(items, (item) => item.dimension),
    byArea: countItems(items, (item) => item.area),
    byType: countItems(items, (item) => item.type),
    byBenchmark: countItems(items, (item) => String(item.benchmark.no)),
    violations: [],
  });
}
