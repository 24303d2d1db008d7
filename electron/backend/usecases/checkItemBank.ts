/** The automatic checklist and the composition of a bank, for the command line and the bank's pages. */
import type { ItemBank } from '@shared/assessment/bank';
import type { BankReport } from '@shared/assessment/bankReport';
import { reportBank } from '@shared/assessment/bankReport';
import type { SummaryRow } from '@shared/assessment/bankSummary';
import { summariseBank } from '@shared/assessment/bankSummary';
import type { CheckLists } from '@shared/assessment/checks/checkLists';
import type { BankFolder } from '../registry/bankFolder';

export interface CheckedBank extends BankReport {
  /** Composition against the bank's targets; empty where it states none. */
  readonly summary: readonly SummaryRow[];
}

export interface BankCheckRequest extends Pick<BankFolder, 'bankTargets' | 'warningReasons'> {
  /** The bank as it stands now. */
  readonly bank: ItemBank;
  readonly checkLists: CheckLists;
}

const isoDayLength = 10;

/** Findings with their reasons, counts, and the composition. */
export function checkItemBank(request: BankCheckRequest, today: Date): CheckedBank {
  const { bank, bankTargets, checkLists, warningReasons } = request;
  const day = today.toISOString().slice(0, isoDayLength);
  const report = reportBank({ bank, today: day, lists: checkLists, reasons: warningReasons });
  return { ...report, summary: bankTargets === null ? [] : summariseBank(bank, bankTargets) };
}
