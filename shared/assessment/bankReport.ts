/**
 * The checklist with the reasons people wrote: a warning counts as settled when a reason stands beside it, and a reason
 * that fits no finding any more is itself an error, so that the list never hides something new.
 */
import { z } from 'zod';
import type { ItemBank } from './bank';
import { checkBank } from './bankCheck';
import type { CheckLists } from './checks/checkLists';
import type { Finding } from './checks/finding';

/** Key of reasons for findings about the whole pool. */
export const poolKey = 'pool';

/** Item id (or `pool`) → rule → reason. */
export const warningReasonsSchema = z.record(z.string(), z.record(z.string(), z.string().min(6)));
export type WarningReasons = z.infer<typeof warningReasonsSchema>;

export interface ExplainedFinding extends Finding {
  /** Why the warning is accepted; null where nobody wrote a reason, and for errors. */
  readonly reason: string | null;
}

export interface BankReport {
  readonly findings: readonly ExplainedFinding[];
  readonly errorCount: number;
  readonly warningCount: number;
  readonly unexplainedCount: number;
  /** No error, and every warning explained. */
  readonly passes: boolean;
}

export interface BankCheckInput {
  readonly bank: ItemBank;
  /** ISO date the check is made on. */
  readonly today: string;
  readonly lists: CheckLists;
  readonly reasons: WarningReasons;
}

const keyOf = ({ itemId }: Finding): string => itemId ?? poolKey;

/** Reasons nothing asks for: item or rule unknown here, or the warning is gone. */
function obsoleteReasons(reasons: WarningReasons, findings: readonly Finding[]): readonly Finding[] {
  return Object.entries(reasons).flatMap(([key, rules]) =>
    Object.keys(rules)
      .filter(
        (rule) =>
          !findings.some(
            (finding) => keyOf(finding) === key && finding.rule === rule && finding.level === 'warning',
          ),
      )
      .map((rule): Finding => ({
        rule: 'REASON',
        level: 'error',
        itemId: key === poolKey ? null : key,
        params: { about: rule },
      })),
  );
}

/** Runs the checklist and lays the reasons beside the warnings. */
export function reportBank({ bank, today, lists, reasons }: BankCheckInput): BankReport {
  const checked = checkBank(bank, today, lists);
  const findings = [...checked, ...obsoleteReasons(reasons, checked)].map((finding): ExplainedFinding => ({
    ...finding,
    reason: finding.level === 'warning' ? (reasons[keyOf(finding)]?.[finding.rule] ?? null) : null,
  }));
  const errorCount = findings.filter(({ level }) => level === 'error').length;
  const warnings = findings.filter(({ level }) => level === 'warning');
  const unexplainedCount = warnings.filter(({ reason }) => reason === null).length;
  return {
    findings,
    errorCount,
    warningCount: warnings.length,
    unexplainedCount,
    passes: errorCount === 0 && unexplainedCount === 0,
  };
}
