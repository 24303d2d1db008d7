/**
 * The automatic part of the item checklist (question-bank-spec §7.2) as a registry: add a rule to a file in
 * `checks/` and it runs. An error blocks the item; a warning needs a reason. Rules that need a person (R21–R25, R27)
 * are not here; R30 is `verifyForm`.
 */
import type { ItemBank } from './bank';
import { noLists } from './checks/checkLists';
import type { CheckLists } from './checks/checkLists';
import { copyRules } from './checks/copies';
import { duplicateRules } from './checks/duplicates';
import { evidenceRules } from './checks/evidence';
import type { CheckRule, Finding } from './checks/finding';
import { keyRules } from './checks/keys';
import { lengthRules } from './checks/lengths';
import { optionRules } from './checks/options';
import { wordingRules } from './checks/wording';
import { workflowRules } from './checks/workflow';

export type { Finding } from './checks/finding';

export const checkRules = {
  ...lengthRules,
  ...optionRules,
  ...wordingRules,
  ...keyRules,
  ...duplicateRules,
  ...evidenceRules,
  ...copyRules,
  ...workflowRules,
} as const satisfies Record<string, CheckRule>;

export type CheckRuleId = keyof typeof checkRules;

/** All findings, ordered by rule. `today` is the ISO date review dates are compared with. */
export function checkBank(bank: ItemBank, today: string, lists: CheckLists = noLists): Finding[] {
  return Object.entries(checkRules)
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .flatMap(([rule, { level, run }]) =>
      run({ bank, today, lists }).map((observation) => ({ rule, level, ...observation })),
    );
}
