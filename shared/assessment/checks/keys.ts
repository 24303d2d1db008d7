/** R11 key position and R12 balance of 对 and 错, over the whole pool. Forms are judged by `verifyForm`. */
import { trueKey } from '../itemCodes';
import type { CheckContext, CheckRule, Observation } from './finding';
import { isSingleChoice } from './text';

/** Shares of fewer keys than this say nothing. */
const smallestPool = 10;
const positionShare = { min: 0.2, max: 0.3 };
const trueShare = { min: 0.4, max: 0.6 };

function judgeShare(
  key: string,
  keyed: number,
  base: number,
  range: { readonly min: number; readonly max: number },
): Observation[] {
  if (base < smallestPool) return [];
  const share = keyed / base;
  if (share >= range.min && share <= range.max) return [];
  return [{ itemId: null, params: { key, share: Math.round(share * 1000) / 1000, ...range } }];
}

function keyPositions({ bank }: CheckContext): Observation[] {
  const choices = bank.items.filter(isSingleChoice);
  return ['A', 'B', 'C', 'D'].flatMap((letter) => {
    const keyed = choices.filter((item) => item.key[0] === letter).length;
    return judgeShare(letter, keyed, choices.length, positionShare);
  });
}

function statementBalance({ bank }: CheckContext): Observation[] {
  const statements = bank.items.filter((item) => item.type === 'tf');
  const keyed = statements.filter((item) => item.key[0] === trueKey).length;
  return judgeShare(trueKey, keyed, statements.length, trueShare);
}

export const keyRules = {
  R11: { level: 'warning', run: keyPositions },
  R12: { level: 'warning', run: statementBalance },
} as const satisfies Record<string, CheckRule>;
