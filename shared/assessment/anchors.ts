/**
 * Proposal of anchor items (question-bank-spec §3.3): the numbers per dimension the blueprint asks for, difficulties
 * spread as on a form, no members of a shared stimulus, no two of one 基准, no enemies, and areas, levels, types and
 * keys in the proportions of the form. Deterministic: no random numbers, ties go to the smaller id.
 */
import type { BankItem, ItemBank } from './bank';
import { blocksOf, isEligible } from './blueprint';
import type { Blueprint, CountRange } from './blueprint';
import { contentAreas, cognitiveLevels, itemDimensions } from './itemCodes';

interface Profile {
  readonly value: (item: BankItem) => string;
  /** Wanted number of anchors by value. */
  readonly wanted: ReadonlyMap<string, number>;
}

const middle = ({ min, max }: CountRange): number => (min + max) / 2;

function profileOf(
  ranges: Readonly<Record<string, CountRange>>,
  keys: readonly string[],
  size: number,
  value: (item: BankItem) => string,
): Profile {
  const total = keys.reduce((sum, key) => sum + middle(ranges[key] ?? { min: 0, max: 0 }), 0);
  const wanted = new Map(
    keys.map((key) => [key, (size * middle(ranges[key] ?? { min: 0, max: 0 })) / Math.max(total, 1)]),
  );
  return { value, wanted };
}

/** One third statements, half of them true; the rest single choice with the keys spread over the letters. */
function keyProfile(size: number): Profile {
  const statements = size / 3;
  const letters = (size - statements) / 4;
  const wanted = new Map([
    ['对', statements / 2],
    ['错', statements / 2],
    ...['A', 'B', 'C', 'D'].map((letter) => [letter, letters] as const),
  ]);
  return { value: (item) => item.key[0] ?? '', wanted };
}

/** Expected p at evenly spaced ranks of a form that has the planned number of items in each band. */
function wantedDifficulties(blueprint: Blueprint, size: number): readonly number[] {
  const bands = [...blueprint.difficultyBands].sort((first, second) => first.from - second.from);
  const total = bands.reduce((sum, band) => sum + middle(band), 0);
  return Array.from({ length: size }, (_, rank) => {
    let left = ((rank + 0.5) / size) * total;
    for (const band of bands) {
      const planned = middle(band);
      if (left <= planned) return band.from + (left / planned) * (band.to - band.from);
      left -= planned;
    }
    return bands.at(-1)?.to ?? 0.5;
  });
}

const difficultyWeight = 10;

/** Distance of a choice from the proportions and difficulties of a form; smaller is better. */
function distance(
  chosen: readonly BankItem[],
  profiles: readonly Profile[],
  wanted: readonly number[],
): number {
  const byProfile = profiles.reduce((sum, { value, wanted: shares }) => {
    const values = chosen.map(value);
    return (
      sum +
      [...shares].reduce(
        (inner, [key, share]) => inner + (values.filter((each) => each === key).length - share) ** 2,
        0,
      )
    );
  }, 0);
  const difficulties = chosen.map((item) => item.difficulty.p_prior).sort((first, second) => first - second);
  const byDifficulty = difficulties.reduce((sum, p, rank) => sum + ((p - (wanted[rank] ?? p)) / 0.1) ** 2, 0);
  return byProfile + (difficultyWeight * byDifficulty) / Math.max(1, chosen.length);
}

const areEnemies = (first: BankItem, second: BankItem): boolean =>
  first.enemies?.includes(second.id) === true || second.enemies?.includes(first.id) === true;

const clash = (first: BankItem, second: BankItem): boolean =>
  first.id === second.id || first.benchmark.no === second.benchmark.no || areEnemies(first, second);

/** First items of each dimension, in order of id, that do not clash with those before. */
function firstChoice(candidates: readonly BankItem[], needed: ReadonlyMap<string, number>): BankItem[] {
  const chosen: BankItem[] = [];
  for (const [dimension, count] of needed) {
    const own = candidates.filter((item) => item.dimension === dimension);
    for (const item of own) {
      const has = chosen.filter((other) => other.dimension === dimension).length;
      if (has < count && !chosen.some((other) => clash(item, other))) chosen.push(item);
    }
  }
  return chosen;
}

/** Exchanges one item at a time while the choice gets closer, until no exchange helps. */
function improve(
  start: readonly BankItem[],
  candidates: readonly BankItem[],
  measure: (chosen: readonly BankItem[]) => number,
): readonly BankItem[] {
  let chosen = [...start];
  let best = measure(chosen);
  for (let improved = true; improved;) {
    improved = false;
    for (const candidate of candidates) {
      for (const [place, current] of chosen.entries()) {
        const others = chosen.filter((_, index) => index !== place);
        if (current.dimension !== candidate.dimension || others.some((other) => clash(candidate, other)))
          continue;
        const next = chosen.map((item, index) => (index === place ? candidate : item));
        const value = measure(next);
        if (value >= best - 1e-9) continue;
        chosen = next;
        best = value;
        improved = true;
      }
    }
  }
  return chosen;
}

/** Anchor items for the bank, sorted by id; empty when the blueprint has no anchor rule. */
export function proposeAnchors(bank: ItemBank, blueprint: Blueprint): readonly BankItem[] {
  const rule = blueprint.anchors;
  if (rule === undefined) return [];
  const inBlock = new Set([...blocksOf(bank.items).values()].flat().map((item) => item.id));
  const candidates = bank.items
    .filter((item) => isEligible(item, blueprint) && !inBlock.has(item.id))
    .filter((item) => item.type === 'tf' || item.type === 'single')
    .sort((first, second) => (first.id < second.id ? -1 : 1));
  const size = rule.positions.length;
  const needed = new Map(itemDimensions.map((dimension) => [dimension, rule.dimensions[dimension]]));
  const profiles = [
    profileOf(blueprint.areas, contentAreas, size, (item) => item.area),
    profileOf(blueprint.cognitive, cognitiveLevels, size, (item) => item.cognitive ?? ''),
    keyProfile(size),
  ];
  const wanted = wantedDifficulties(blueprint, size);
  return [
    ...improve(firstChoice(candidates, needed), candidates, (chosen) => distance(chosen, profiles, wanted)),
  ].sort((first, second) => (first.id < second.id ? -1 : 1));
}

/** The bank with these items as its anchors. */
export const withAnchors = (bank: ItemBank, anchorIds: ReadonlySet<string>): ItemBank => ({
  ...bank,
  items: bank.items.map((item) => ({
    ...item,
    anchor: { is_anchor: anchorIds.has(item.id), years: item.anchor?.years ?? [] },
  })),
});
