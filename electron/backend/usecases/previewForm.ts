/** A form as the wizard shows it before anything is stored: counts and the independent check, no items. */
import { assembleForm } from '@shared/assessment/assembly';
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { Form } from '@shared/assessment/form';
import { itemsOfForm } from '@shared/assessment/formCoverage';
import { verifyForm } from '@shared/assessment/verifyForm';
import type { Output } from '@shared/contract/contract';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { violationText } from '@shared/texts/assemblyTexts';
import type { HostContext } from '../context';
import { findBlueprint, sha256 } from '../registry/registry';
import { currentBank } from './items/currentBank';

/** Planned seconds per item are data of the bank. */
const secondsPerMinute = 60;

interface DrawnForm {
  readonly form: Form;
  /** In the order they are asked. */
  readonly items: readonly BankItem[];
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
}

/**
 * The quick draw of a seed from the public bank, by the swap search: the same bank, blueprint and seed give the same
 * form. Failures: NOT_FOUND, FORM_INFEASIBLE.
 */
export function drawForm(context: HostContext, blueprintId: string, seed: number): Result<DrawnForm> {
  const blueprint = findBlueprint(context.registry, blueprintId);
  if (blueprint === null) return fail('NOT_FOUND', { what: 'blueprint' });
  const { bank } = currentBank(context, context.registry.bank.meta.id);
  const form = assembleForm(bank, blueprint, seed, sha256);
  return form.ok ? ok({ form: form.value, items: itemsOfForm(form.value, bank), bank, blueprint }) : form;
}

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
  const drawn = drawForm(context, blueprintId, seed);
  if (!drawn.ok) return drawn;
  const { form, items, bank, blueprint } = drawn.value;
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
    violations: verifyForm(form, bank, blueprint, sha256).map(violationText),
  });
}
