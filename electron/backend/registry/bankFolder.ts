/** Reads one folder of an item bank: items, references, blueprints, targets and the reasons for accepted warnings. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemBank } from '@shared/assessment/bank';
import { parseBank } from '@shared/assessment/bank';
import type { WarningReasons } from '@shared/assessment/bankReport';
import { warningReasonsSchema } from '@shared/assessment/bankReport';
import type { BankTargets } from '@shared/assessment/bankSummary';
import { bankTargetsSchema } from '@shared/assessment/bankSummary';
import type { Blueprint } from '@shared/assessment/blueprint';
import { parseBlueprint } from '@shared/assessment/blueprint';
import type { CheckLists } from '@shared/assessment/checks/checkLists';
import { knownItemsSchema, namesSchema, toCheckLists } from '@shared/assessment/checks/checkLists';
import { jsonFiles, parseSeed, readJson, requireSeed } from './readSeed';

export interface BankFolder {
  readonly bank: ItemBank;
  readonly blueprints: readonly Blueprint[];
  /** Null where the bank states no targets. */
  readonly bankTargets: BankTargets | null;
  readonly warningReasons: WarningReasons;
}

const targetsFile = 'targets.json';
const reasonsFile = 'reasons.json';

/** Items and references of the folder. Throws SeedError. */
export function readBank(directory: string): ItemBank {
  const parts = (folder: string): { name: string; content: unknown }[] =>
    jsonFiles(join(directory, folder)).map((name) => ({
      name,
      content: readJson(join(directory, folder), name),
    }));
  return requireSeed(parseBank(readJson(directory, 'bank.json'), parts('items'), parts('refs')), 'bank.json');
}

/** Throws SeedError naming the file that is not what it should be. */
export function readBankFolder(directory: string): BankFolder {
  const blueprintDir = join(directory, 'blueprints');
  const has = (file: string): boolean => existsSync(join(directory, file));
  return {
    bank: readBank(directory),
    blueprints: (has('blueprints') ? jsonFiles(blueprintDir) : []).map((file) =>
      requireSeed(parseBlueprint(readJson(blueprintDir, file)), file),
    ),
    bankTargets: has(targetsFile)
      ? parseSeed(bankTargetsSchema, readJson(directory, targetsFile), targetsFile)
      : null,
    warningReasons: has(reasonsFile)
      ? parseSeed(warningReasonsSchema, readJson(directory, reasonsFile), reasonsFile)
      : {},
  };
}

/** Lists of `seeds/checklist`. Throws SeedError. */
export function readCheckLists(assetDir: string): CheckLists {
  const directory = join(assetDir, 'seeds', 'checklist');
  const read = (file: string): unknown => readJson(directory, file);
  return toCheckLists(
    parseSeed(knownItemsSchema, read('known-items.json'), 'known-items.json'),
    parseSeed(namesSchema, read('names.json'), 'names.json'),
  );
}
