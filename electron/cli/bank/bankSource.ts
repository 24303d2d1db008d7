/** Which bank a `bank` command works on: the shipped one, or a folder laid out like it. */
import { join, resolve } from 'node:path';
import type { Blueprint } from '@shared/assessment/blueprint';
import type { CheckLists } from '@shared/assessment/checks/checkLists';
import type { Instrument } from '@shared/assessment/instrument';
import { parseInstrument } from '@shared/assessment/instrument';
import type { BankFolder } from '../../backend/registry/bankFolder';
import { readBankFolder, readCheckLists } from '../../backend/registry/bankFolder';
import { SeedError, readJson, requireSeed } from '../../backend/registry/readSeed';
import type { Surroundings } from '../command';
import { optionalText } from '../options';
import type { Step } from '../outcome';
import { refusedBy, step, wrongUsage } from '../outcome';

export const bankOptions = {
  bank: optionalText('DIR', '题库文件夹；默认随软件提供的公开试用题库'),
} as const;

export interface BankSource extends BankFolder {
  readonly checkLists: CheckLists;
}

const shippedBank = join('question-banks', 'trial-2026');

/** Anything wrong with a file of the bank refuses the command by name. */
function reading<T>(read: () => T): Step<T> {
  try {
    return step(read());
  } catch (error) {
    if (error instanceof SeedError) return refusedBy(error.failure);
    throw error;
  }
}

export const openBank = (folder: string | null, { assetDir }: Surroundings): Step<BankSource> =>
  reading(() => ({
    ...readBankFolder(folder === null ? join(assetDir, shippedBank) : resolve(folder)),
    checkLists: readCheckLists(assetDir),
  }));

export function findBankBlueprint({ blueprints }: BankFolder, id: string): Step<Blueprint> {
  const found = blueprints.find((blueprint) => blueprint.id === id);
  if (found !== undefined) return step(found);
  return wrongUsage(`题库里没有蓝图“${id}”。可用：${blueprints.map((each) => each.id).join('、')}。`);
}

export const instrumentOf = ({ instrumentId }: Blueprint, { assetDir }: Surroundings): Step<Instrument> =>
  reading(() => {
    const file = `${instrumentId}.json`;
    return requireSeed(parseInstrument(readJson(join(assetDir, 'seeds', 'instruments'), file)), file);
  });
