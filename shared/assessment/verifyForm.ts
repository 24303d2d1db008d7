/**
 * Independent re-verification of a finished form (checklist rule R30): every constraint of question-bank-spec
 * §2.1–2.3, §2.6 and §3.4 is counted again from the form and the bank, in the words of the specification. It shares
 * no evaluation code with the assembly and is run on every form, assembled here or received.
 */
import type { ItemBank } from './bank';
import type { Blueprint } from './blueprint';
import { formContent } from './form';
import type { Form, FormEntry } from './form';
import { contentChecks } from './formChecks/contentChecks';
import type { FormCheck, FormContext, FormViolation } from './formChecks/contentChecks';
import { checkAnchors, checkInformation } from './formChecks/parallelChecks';

export type { FormViolation } from './formChecks/contentChecks';

const placesOf = (entries: readonly FormEntry[], ids: readonly string[]): number[] =>
  entries.filter((entry) => ids.includes(entry.itemId)).map((entry) => entry.position);

/** Shared stimuli enter whole, side by side, and marked as one block; nothing else is marked. */
const checkBlocks: FormCheck = ({ form, bank, items }) => {
  const shared = new Set(items.flatMap((item) => (item.stimulus === undefined ? [] : [item.stimulus.id])));
  return [...shared].flatMap((stimulusId) => {
    const members = bank.items.filter((item) => item.stimulus?.id === stimulusId).map((item) => item.id);
    const places = placesOf(form.entries, members);
    const isWhole = places.length === members.length;
    const isTogether = Math.max(...places) - Math.min(...places) === places.length - 1;
    const expected = members.length > 1 ? stimulusId : null;
    const isMarked = form.entries
      .filter((entry) => members.includes(entry.itemId))
      .every((entry) => entry.blockId === expected);
    return isWhole && isTogether && isMarked ? [] : [{ rule: 'blocks', params: { stimulusId } }];
  });
};

const checkOrder: FormCheck = ({ items, blueprint }) => {
  const { openers, openerMinimumP, longestEqualKeyRun } = blueprint.order;
  const hardOpeners = items.slice(0, openers).filter((item) => item.difficulty.p_prior < openerMinimumP);
  const keys = items.map((item) => item.key.join('、'));
  const runStarts = keys.filter((key, index) => {
    const window = keys.slice(index, index + longestEqualKeyRun + 1);
    return window.length > longestEqualKeyRun && window.every((other) => other === key);
  });
  return [
    ...hardOpeners.map((item) => ({ rule: 'openers', params: { itemId: item.id } })),
    ...runStarts.map((key) => ({ rule: 'longestEqualKeyRun', params: { key, max: longestEqualKeyRun } })),
  ];
};

const formChecks: readonly FormCheck[] = [
  ...contentChecks,
  checkBlocks,
  checkOrder,
  checkAnchors,
  checkInformation,
];

/** Integrity first: right bank and blueprint, positions 1..n, every item known, in its version, once. */
function checkIntegrity(form: Form, bank: ItemBank, blueprint: Blueprint): FormViolation[] {
  const violations: FormViolation[] = [];
  const report = (rule: string, params: FormViolation['params']): void => {
    violations.push({ rule, params });
  };
  const isBound =
    form.blueprintId === blueprint.id &&
    form.blueprintVersion === blueprint.version &&
    form.instrumentId === blueprint.instrumentId &&
    form.bankId === bank.meta.id &&
    form.bankVersion === bank.meta.version;
  if (!isBound) report('binding', { formId: form.id });
  if (form.entries.length !== blueprint.itemCount)
    report('itemCount', { value: form.entries.length, expected: blueprint.itemCount });
  form.entries.forEach((entry, index) => {
    if (entry.position !== index + 1) report('positions', { itemId: entry.itemId });
    const item = bank.items.find((each) => each.id === entry.itemId);
    if (item === undefined) report('unknownItem', { itemId: entry.itemId });
    else if (item.version !== entry.itemVersion) report('itemVersion', { itemId: entry.itemId });
    if (form.entries.findIndex((other) => other.itemId === entry.itemId) !== index)
      report('duplicateItem', { itemId: entry.itemId });
  });
  return violations;
}

/** Every violation of the blueprint and of the form's integrity; an empty list means the form is lawful. */
export function verifyForm(
  form: Form,
  bank: ItemBank,
  blueprint: Blueprint,
  hash: (text: string) => string,
): FormViolation[] {
  const broken = checkIntegrity(form, bank, blueprint);
  if (hash(formContent(form, bank.items)) !== form.contentHash)
    broken.push({ rule: 'contentHash', params: { formId: form.id } });
  const items = form.entries.flatMap((entry) => bank.items.find((item) => item.id === entry.itemId) ?? []);
  const context: FormContext = { form, bank, blueprint, items };
  return [...broken, ...formChecks.flatMap((check) => check(context))];
}
