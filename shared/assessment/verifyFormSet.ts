/**
 * Independent re-verification of a set of parallel forms: each form by `verifyForm`, and between them that they share
 * nothing but the anchors and, where one form is too short for it, cover all 26 基准 together (question-bank-spec §2.1,
 * §3.4).
 */
import type { ItemBank } from './bank';
import type { Blueprint } from './blueprint';
import type { Form } from './form';
import { benchmarkNumbers } from './itemCodes';
import { verifyForm } from './verifyForm';
import type { FormViolation } from './verifyForm';

export interface FormSetContext {
  readonly bank: ItemBank;
  readonly blueprint: Blueprint;
  readonly hash: (text: string) => string;
}

function sharedItems(forms: readonly Form[], anchorIds: ReadonlySet<string>): FormViolation[] {
  const holders = new Map<string, string[]>();
  for (const form of forms)
    for (const { itemId } of form.entries) holders.set(itemId, [...(holders.get(itemId) ?? []), form.id]);
  return [...holders]
    .filter(([itemId, formIds]) => formIds.length > 1 && !anchorIds.has(itemId))
    .map(([itemId, formIds]) => ({ rule: 'sharedItem', params: { itemId, forms: formIds.join(' ') } }));
}

function uncoveredBenchmarks(forms: readonly Form[], { bank, blueprint }: FormSetContext): FormViolation[] {
  const isTooShort = blueprint.itemCount < benchmarkNumbers.length;
  if (!isTooShort || forms.length < 2) return [];
  const asked = new Set(forms.flatMap((form) => form.entries.map((entry) => entry.itemId)));
  const covered = new Set(bank.items.filter(({ id }) => asked.has(id)).map((item) => item.benchmark.no));
  return benchmarkNumbers
    .filter((benchmark) => !covered.has(benchmark))
    .map((benchmark) => ({ rule: 'benchmarkRotation', params: { benchmark } }));
}

/** Every violation of the set; an empty list means the forms are lawful and parallel. */
export function verifyFormSet(forms: readonly Form[], context: FormSetContext): FormViolation[] {
  const { bank, blueprint, hash } = context;
  const isAnchored = blueprint.anchors !== undefined;
  const anchorIds = new Set(
    bank.items.filter((item) => isAnchored && item.anchor?.is_anchor === true).map(({ id }) => id),
  );
  return [
    ...forms.flatMap((form) => verifyForm(form, bank, blueprint, hash)),
    ...sharedItems(forms, anchorIds),
    ...uncoveredBenchmarks(forms, context),
  ];
}
