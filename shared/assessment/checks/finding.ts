/** What a checklist rule reports. Texts for the codes live with the host; `params` fill them. */
import type { BankItem, ItemBank } from '../bank';
import type { CheckLists } from './checkLists';

export type FindingLevel = 'error' | 'warning';

export interface Finding {
  readonly rule: string;
  readonly level: FindingLevel;
  /** Null when the finding is about the pool and not about one item. */
  readonly itemId: string | null;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What one rule found, before the registry adds rule and level. */
export interface Observation {
  readonly itemId: string | null;
  readonly params: Finding['params'];
}

export interface CheckContext {
  readonly bank: ItemBank;
  /** ISO date the check is made on. */
  readonly today: string;
  readonly lists: CheckLists;
}

export interface CheckRule {
  readonly level: FindingLevel;
  readonly run: (context: CheckContext) => readonly Observation[];
}

/** A rule that looks at one item at a time. */
export const perItem =
  (observe: (item: BankItem, context: CheckContext) => readonly Finding['params'][]): CheckRule['run'] =>
  (context) =>
    context.bank.items.flatMap((item) =>
      observe(item, context).map((params) => ({ itemId: item.id, params })),
    );
