/** From a bank item to what form judging needs of it. */
import type { BankItem } from '../assessment/bank';
import type { OutlookItem } from './formOutlook';

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/**
 * Chance that a blind guess is right, all-or-none: a statement 1/2, one of n options 1/n, a set of at least two of n
 * options 1/(2^n - n - 1), an order or a pairing of n elements 1/n!.
 */
export function guessingProbability(item: Pick<BankItem, 'type' | 'options'>): number {
  const count = item.options?.length ?? 0;
  switch (item.type) {
    case 'tf':
      return 1 / 2;
    case 'single':
    case 'chart':
      return 1 / count;
    case 'multi':
      return 1 / (2 ** count - count - 1);
    case 'order':
    case 'match':
      return 1 / factorial(count);
  }
}

/** Parameters, points, guessing chance and time of a bank item. */
export const outlookItem = (item: BankItem): OutlookItem => ({
  a: item.irt.a,
  b: item.irt.b,
  c: item.irt.c,
  points: item.scoring.points,
  guessingProbability: guessingProbability(item),
  seconds: item.time_sec,
});
