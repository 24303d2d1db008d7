/** An item as typed into the form: judged by the schema of items, the links of the bank and the checklist. */
import type { z } from 'zod';
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Finding } from '@shared/assessment/bankCheck';
import { checkBank } from '@shared/assessment/bankCheck';
import type { CheckLists } from '@shared/assessment/checks/checkLists';
import { itemSchema } from '@shared/assessment/item';
import type { Item } from '@shared/assessment/item';
import type { ItemDraft, ItemFinding } from '@shared/contract/areas/items';
import { findingText } from '@shared/texts/bankCheckTexts';
import { itemProblemText } from '@shared/texts/itemTexts';

export interface ItemProblem {
  readonly field: string;
  readonly text: string;
}

export type JudgedItem =
  | { readonly ok: true; readonly item: BankItem }
  | { readonly ok: false; readonly problems: readonly ItemProblem[] };

const problemOf = (field: string, message: string, code: string): ItemProblem => ({
  field,
  text: itemProblemText(field, message, code),
});

const toProblem = (issue: z.core.$ZodIssue): ItemProblem =>
  problemOf(issue.path.slice(0, 2).join('.') || 'id', issue.message, issue.code);

function brokenLinks(item: Item, bank: ItemBank): ItemProblem[] {
  const known = new Set(bank.items.map(({ id }) => id));
  return [
    ...item.references
      .filter(({ ref }) => bank.references[ref] === undefined)
      .map(({ ref }) => problemOf(`references.${ref}`, 'unknownReference', 'custom')),
    ...(item.enemies ?? [])
      .filter((enemy) => !known.has(enemy))
      .map((enemy) => problemOf(`enemies.${enemy}`, 'unknownEnemy', 'custom')),
    ...(item.scoring.rule === 'partial' ? [problemOf('scoring', 'partialScoring', 'custom')] : []),
  ];
}

/** The material itself takes the place of a reference to it; null when the reference leads nowhere. */
function withMaterial({ stimulus, ...rest }: Item, bank: ItemBank): BankItem | null {
  if (stimulus === undefined) return rest;
  if (!('ref' in stimulus)) return { ...rest, stimulus };
  const owner = bank.items.find((item) => item.stimulus?.id === stimulus.ref);
  return owner?.stimulus === undefined ? null : { ...rest, stimulus: owner.stimulus };
}

/** Schema and links of one item against the bank as it stands. */
export function judgeDraft(draft: unknown, bank: ItemBank): JudgedItem {
  const parsed = itemSchema.safeParse(draft);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(toProblem) };
  const problems = brokenLinks(parsed.data, bank);
  const item = withMaterial(parsed.data, bank);
  if (item === null) problems.push(problemOf('stimulus', 'a text stimulus needs text', 'custom'));
  return item === null || problems.length > 0 ? { ok: false, problems } : { ok: true, item };
}

/** What an item is judged against. */
export interface CheckSetting {
  readonly bank: ItemBank;
  /** ISO date. */
  readonly today: string;
  readonly lists: CheckLists;
}

/** Findings about one item, by the rules that look at one item at a time. */
export const ownFindings = (item: BankItem, { bank, today, lists }: CheckSetting): readonly Finding[] =>
  checkBank({ ...bank, items: [item] }, today, lists).filter(({ itemId }) => itemId === item.id);

export const toFindingView = (finding: Finding): ItemFinding => ({
  rule: finding.rule,
  level: finding.level,
  text: findingText(finding),
});

/** What the form shows while somebody types; findings wait until the form can be read as an item. */
export function checkDraft(
  draft: ItemDraft,
  setting: CheckSetting,
): { problems: ItemProblem[]; findings: ItemFinding[] } {
  const judged = judgeDraft(draft, setting.bank);
  if (!judged.ok) return { problems: [...judged.problems], findings: [] };
  return { problems: [], findings: ownFindings(judged.item, setting).map(toFindingView) };
}
