/**
 * The blueprint as linear rows over the bank: every constraint is min <= sum of coefficients of the selected
 * items <= max. A share such as "40–60 % keyed 对" becomes two rows (true − 0.4·tf >= 0, true − 0.6·tf <= 0).
 * The search evaluates these rows; the finished form is judged elsewhere, by `verifyForm`.
 */
import type { BankItem, ItemBank } from '../bank';
import { blocksOf, formatOf, isEligible } from '../blueprint';
import type { Blueprint, CountRange } from '../blueprint';
import { itemDimensions, trueKey } from '../itemCodes';
import { itemInformation } from '../../psychometrics/irt/responseFunction';
import { informationTargets } from './information';

export interface ConstraintRow {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  /** Cost of one unit of violation; one item too many or too few costs 1. */
  readonly weight: number;
  readonly coefficient: (item: BankItem) => number;
}

/** Items that stand or fall together: a shared stimulus, or one item alone. */
export interface SelectionUnit {
  readonly items: readonly BankItem[];
  readonly blockId: string | null;
}

export interface ConstraintModel {
  readonly units: readonly SelectionUnit[];
  readonly rows: readonly ConstraintRow[];
  readonly blueprint: Blueprint;
}

const one = (holds: boolean): number => (holds ? 1 : 0);

function countRows(
  name: string,
  ranges: Readonly<Record<string, CountRange>>,
  valueOf: (item: BankItem) => string,
): ConstraintRow[] {
  return Object.entries(ranges).map(([value, range]) => ({
    id: `${name}.${value}`,
    ...range,
    weight: 1,
    coefficient: (item) => one(valueOf(item) === value),
  }));
}

interface ShareRule {
  readonly id: string;
  readonly range: { readonly min: number; readonly max: number };
  readonly isBase: (item: BankItem) => boolean;
  readonly isPart: (item: BankItem) => boolean;
}

function shareRows({ id, range, isBase, isPart }: ShareRule): ConstraintRow[] {
  const rowFor = (share: number) => (item: BankItem) => (isBase(item) ? one(isPart(item)) - share : 0);
  const noise = 1e-9;
  return [
    { id: `${id}.min`, min: -noise, max: Infinity, weight: 1, coefficient: rowFor(range.min) },
    { id: `${id}.max`, min: -Infinity, max: noise, weight: 1, coefficient: rowFor(range.max) },
  ];
}

function keyRows(blueprint: Blueprint): ConstraintRow[] {
  const isLetterKeyed = (item: BankItem): boolean => item.type === 'single' || item.type === 'chart';
  const letters = ['A', 'B', 'C', 'D'].flatMap((letter) =>
    shareRows({
      id: `keyPosition.${letter}`,
      range: blueprint.keyPositionShare,
      isBase: isLetterKeyed,
      isPart: (item) => item.key[0] === letter,
    }),
  );
  const statements = shareRows({
    id: 'trueKeyShare',
    range: blueprint.trueKeyShare,
    isBase: (item) => item.type === 'tf',
    isPart: (item) => item.key[0] === trueKey,
  });
  return [...letters, ...statements];
}

function enemyRows(items: readonly BankItem[], blueprint: Blueprint): ConstraintRow[] {
  const pairs = new Set(
    items.flatMap((item) => (item.enemies ?? []).map((enemy) => [item.id, enemy].sort().join(' '))),
  );
  return [...pairs].map((pair) => ({
    id: `enemies.${pair}`,
    min: 0,
    max: blueprint.maximumPerEnemyPair,
    weight: 2,
    coefficient: (item) => one(pair.split(' ').includes(item.id)),
  }));
}

function measureRows(blueprint: Blueprint): ConstraintRow[] {
  const time: ConstraintRow = {
    id: 'maximumTimeSec',
    min: 0,
    max: blueprint.maximumTimeSec,
    weight: 0.05,
    coefficient: (item) => item.time_sec,
  };
  if (blueprint.sumOfP === null) return [time];
  const noise = 1e-9;
  const { min, max } = blueprint.sumOfP;
  return [
    time,
    {
      id: 'sumOfP',
      min: min - noise,
      max: max + noise,
      weight: 4,
      coefficient: (item) => item.difficulty.p_prior,
    },
  ];
}

/** Id of the difficulty band an item falls into; null outside all of them. */
export const bandOf = (item: BankItem, blueprint: Blueprint): string | null =>
  blueprint.difficultyBands.find(
    (band) => item.difficulty.p_prior >= band.from && item.difficulty.p_prior < band.to,
  )?.id ?? null;

function bandRows(blueprint: Blueprint): ConstraintRow[] {
  return blueprint.difficultyBands.map((band) => ({
    id: `difficultyBands.${band.id}`,
    min: band.min,
    max: band.max,
    weight: 1,
    coefficient: (item) => one(bandOf(item, blueprint) === band.id),
  }));
}

function topicRows(blueprint: Blueprint): ConstraintRow[] {
  return blueprint.topicGroups.map((group) => ({
    id: `topicGroups.${group.id}`,
    min: group.min,
    max: group.max,
    weight: 1,
    coefficient: (item) => one((item.topics ?? []).some((topic) => group.tags.includes(topic))),
  }));
}

/** Items marked as anchors, sorted by id; none when the blueprint knows no anchors. */
export const anchorsOf = (bank: ItemBank, blueprint: Blueprint): readonly BankItem[] =>
  blueprint.anchors === undefined
    ? []
    : bank.items
        .filter((item) => item.anchor?.is_anchor === true)
        .sort((first, second) => (first.id < second.id ? -1 : 1));

function anchorRows(bank: ItemBank, blueprint: Blueprint): ConstraintRow[] {
  return anchorsOf(bank, blueprint).map((anchor) => ({
    id: `anchors.${anchor.id}`,
    min: 1,
    max: 1,
    weight: 4,
    coefficient: (item) => one(item.id === anchor.id),
  }));
}

/** Enough easy items that may open the form: they stand alone and have no fixed place. */
function openerRow(bank: ItemBank, blueprint: Blueprint, inBlock: ReadonlySet<string>): ConstraintRow {
  const { openers, openerMinimumP } = blueprint.order;
  const fixed = new Set(anchorsOf(bank, blueprint).map((item) => item.id));
  return {
    id: 'openers',
    min: openers,
    max: Infinity,
    weight: 2,
    coefficient: (item) =>
      one(item.difficulty.p_prior >= openerMinimumP && !inBlock.has(item.id) && !fixed.has(item.id)),
  };
}

function informationRows(bank: ItemBank, blueprint: Blueprint): ConstraintRow[] {
  const deviation = blueprint.information?.maximumDeviation ?? 0;
  return informationTargets(bank, blueprint).map(({ theta, target }) => ({
    id: `information.${theta}`,
    min: target - deviation,
    max: target + deviation,
    weight: 2,
    coefficient: (item) => itemInformation(item.irt, theta),
  }));
}

const firstId = ({ items }: SelectionUnit): string => items[0]?.id ?? '';

/** Units of the usable items; a block with one unusable member is left out whole. */
function unitsOf(items: readonly BankItem[], isUsable: (item: BankItem) => boolean): SelectionUnit[] {
  const blocks = blocksOf(items);
  const inBlock = new Set([...blocks.values()].flat().map((item) => item.id));
  const alone = items
    .filter((item) => !inBlock.has(item.id) && isUsable(item))
    .map((item): SelectionUnit => ({ items: [item], blockId: null }));
  const whole = [...blocks]
    .filter(([, members]) => members.every(isUsable))
    .map(([blockId, members]): SelectionUnit => ({ items: members, blockId }));
  // In order of id, so that the same items give the same forms however the files list them.
  return [...alone, ...whole].sort((first, second) => (firstId(first) < firstId(second) ? -1 : 1));
}

const forcedRows = (forced: readonly string[]): ConstraintRow[] =>
  forced.map((itemId) => ({
    id: `forced.${itemId}`,
    min: 1,
    max: 1,
    weight: 4,
    coefficient: (item) => one(item.id === itemId),
  }));

/**
 * `used` are items this form must not carry (on forms assembled before, or left out on purpose), `forced` those it
 * must.
 */
export function buildConstraintModel(
  bank: ItemBank,
  blueprint: Blueprint,
  used: ReadonlySet<string> = new Set(),
  forced: readonly string[] = [],
): ConstraintModel {
  const units = unitsOf(bank.items, (item) => isEligible(item, blueprint) && !used.has(item.id));
  const inBlock = new Set(
    units.flatMap((unit) => (unit.blockId === null ? [] : unit.items.map((item) => item.id))),
  );
  const rows = [
    ...countRows('dimensions', blueprint.dimensions, (item) => item.dimension),
    ...countRows('areas', blueprint.areas, (item) => item.area),
    ...countRows('benchmarks', blueprint.benchmarks, (item) => String(item.benchmark.no)),
    ...countRows('formats', blueprint.formats, (item) => formatOf(item, inBlock.has(item.id))),
    ...countRows('cognitive', blueprint.cognitive, (item) => item.cognitive ?? ''),
    ...bandRows(blueprint),
    ...topicRows(blueprint),
    ...measureRows(blueprint),
    ...keyRows(blueprint),
    ...enemyRows(bank.items, blueprint),
    ...anchorRows(bank, blueprint),
    ...forcedRows(forced),
    ...informationRows(bank, blueprint),
    openerRow(bank, blueprint, inBlock),
  ];
  return { units, rows, blueprint };
}

/** Bands missing from a dimension, summed over dimensions: 0 when every dimension is spread widely enough. */
export function missingBands(items: readonly BankItem[], blueprint: Blueprint): number {
  if (blueprint.minimumBandsPerDimension === 0) return 0;
  return itemDimensions.reduce((missing, dimension) => {
    const bands = new Set(
      items.filter((item) => item.dimension === dimension).map((item) => bandOf(item, blueprint)),
    );
    return missing + Math.max(0, blueprint.minimumBandsPerDimension - bands.size);
  }, 0);
}
