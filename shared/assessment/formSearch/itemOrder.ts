/**
 * Order of a form: easy openers, members of a stimulus together, and no long run of equal keys. Two hard items can
 * never stand first because the openers do.
 */
import type { SeededRandom } from '../../numeric/seededRandom';
import type { BankItem } from '../bank';
import type { Blueprint } from '../blueprint';
import type { SelectionUnit } from './constraintModel';

const shufflesTried = 400;

/** Longest run of neighbouring items with the same key. */
function longestRun(items: readonly BankItem[]): number {
  let longest = 0;
  let run = 0;
  items.forEach((item, index) => {
    const previous = items[index - 1];
    run = previous !== undefined && previous.key.join() === item.key.join() ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}

function pickOpeners(
  units: readonly SelectionUnit[],
  { openers, openerMinimumP }: Blueprint['order'],
  random: SeededRandom,
): SelectionUnit[] {
  const easiness = (unit: SelectionUnit): number => unit.items[0]?.difficulty.p_prior ?? 0;
  const easy = units.filter((unit) => unit.blockId === null && easiness(unit) >= openerMinimumP);
  return random
    .shuffle(easy)
    .sort((first, second) => easiness(second) - easiness(first))
    .slice(0, openers);
}

/** Units in form order; the quietest arrangement found when none keeps every run short enough. */
export function orderUnits(
  units: readonly SelectionUnit[],
  blueprint: Blueprint,
  random: SeededRandom,
): SelectionUnit[] {
  const openers = pickOpeners(units, blueprint.order, random);
  const rest = units.filter((unit) => !openers.includes(unit));
  let best: SelectionUnit[] = [];
  let bestRun = Infinity;
  for (let shuffle = 0; shuffle < shufflesTried && bestRun > blueprint.order.longestEqualKeyRun; shuffle++) {
    const arranged = [...openers, ...random.shuffle(rest)];
    const run = longestRun(arranged.flatMap((unit) => unit.items));
    if (run < bestRun) {
      best = arranged;
      bestRun = run;
    }
  }
  return best;
}
