/**
 * Order of a form: easy openers, members of a stimulus together, anchors at their places, and no long run of equal
 * keys. Two hard items can never stand first because the openers do.
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

interface PlacedUnit {
  readonly unit: SelectionUnit;
  /** 1-based place on the form. */
  readonly place: number;
}

/** Anchor units among `units` with their places; anchors take the blueprint's places in the order of their ids. */
function placeAnchors(
  units: readonly SelectionUnit[],
  anchorIds: readonly string[],
  blueprint: Blueprint,
): readonly PlacedUnit[] {
  const places = blueprint.anchors?.positions ?? [];
  return anchorIds
    .flatMap((id, index): PlacedUnit[] => {
      const unit = units.find(({ items }) => items.some((item) => item.id === id));
      const place = places[index];
      return unit === undefined || place === undefined ? [] : [{ unit, place }];
    })
    .sort((first, second) => first.place - second.place);
}

/** Lays the units in their order and each anchor as soon as its place is reached; a block moves it on by two at most. */
function insertAnchors(units: readonly SelectionUnit[], anchors: readonly PlacedUnit[]): SelectionUnit[] {
  const pending = [...anchors];
  const arranged: SelectionUnit[] = [];
  let next = 1;
  const lay = (unit: SelectionUnit): void => {
    arranged.push(unit);
    next += unit.items.length;
  };
  const layDue = (): void => {
    for (let due = pending[0]; due !== undefined && due.place <= next; due = pending[0]) {
      pending.shift();
      lay(due.unit);
    }
  };
  for (const unit of units) {
    layDue();
    lay(unit);
  }
  return [...arranged, ...pending.map(({ unit }) => unit)];
}

export interface OrderRequest {
  readonly units: readonly SelectionUnit[];
  readonly blueprint: Blueprint;
  /** Anchors of the bank, sorted by id. */
  readonly anchorIds: readonly string[];
  readonly random: SeededRandom;
}

/** Units in form order; the quietest arrangement found when none keeps every run short enough. */
export function orderUnits({ units, blueprint, anchorIds, random }: OrderRequest): SelectionUnit[] {
  const anchors = placeAnchors(units, anchorIds, blueprint);
  const free = units.filter((unit) => !anchors.some((anchor) => anchor.unit === unit));
  const openers = pickOpeners(free, blueprint.order, random);
  const rest = free.filter((unit) => !openers.includes(unit));
  let best: SelectionUnit[] = [];
  let bestRun = Infinity;
  for (let shuffle = 0; shuffle < shufflesTried && bestRun > blueprint.order.longestEqualKeyRun; shuffle++) {
    const arranged = insertAnchors([...openers, ...random.shuffle(rest)], anchors);
    const run = longestRun(arranged.flatMap((unit) => unit.items));
    if (run < bestRun) {
      best = arranged;
      bestRun = run;
    }
  }
  return best;
}
