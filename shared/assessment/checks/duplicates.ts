/**
 * R13 near-duplicate items: character 3-grams of stem and key overlap by more than half (Jaccard), or both rest on
 * the same fact of the same reference. A pair on each other's enemy list is already dealt with.
 */
import type { BankItem } from '../bank';
import type { CheckContext, CheckRule, Observation } from './finding';
import { gramsOf, jaccard, keyedTexts, normalise } from './text';

const similarItems = 0.5;

const factsOf = (item: BankItem): ReadonlySet<string> =>
  new Set(item.references.map((reference) => `${reference.ref} ${normalise(reference.fact)}`));

const areEnemies = (first: BankItem, second: BankItem): boolean =>
  (first.enemies ?? []).includes(second.id) || (second.enemies ?? []).includes(first.id);

const shareStimulus = (first: BankItem, second: BankItem): boolean =>
  first.stimulus !== undefined && first.stimulus.id === second.stimulus?.id;

interface Measured {
  readonly item: BankItem;
  readonly grams: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
}

/** Places of the items that hold a feature, by feature: only items that share one can be near-duplicates. */
function placesOf(
  measured: readonly Measured[],
  features: (each: Measured) => ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  measured.forEach((each, place) => {
    for (const feature of features(each)) {
      const known = places.get(feature);
      if (known === undefined) places.set(feature, [place]);
      else known.push(place);
    }
  });
  return places;
}

/** How many features of one item every later item shares with it, by place. */
function sharedWithLater(
  place: number,
  own: ReadonlySet<string>,
  places: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, number> {
  const shared = new Map<number, number>();
  for (const feature of own)
    for (const other of places.get(feature) ?? [])
      if (other > place) shared.set(other, (shared.get(other) ?? 0) + 1);
  return shared;
}

function observe(first: Measured, second: Measured, sharedFacts: number): Observation[] {
  if (areEnemies(first.item, second.item)) return [];
  const similarity = jaccard(first.grams, second.grams);
  const sharesFact = sharedFacts > 0 && !shareStimulus(first.item, second.item);
  if (similarity <= similarItems && !sharesFact) return [];
  const params = {
    other: second.item.id,
    similarity: Math.round(similarity * 100) / 100,
    reason: sharesFact ? 'sameFact' : 'sameWords',
  };
  return [{ itemId: first.item.id, params }];
}

/** Jaccard = shared / union and union >= the first item's grams: fewer shared ones cannot reach the limit. */
const candidateShare = similarItems;

function nearDuplicates({ bank }: CheckContext): Observation[] {
  const measured = bank.items.map((item) => ({
    item,
    grams: gramsOf(`${item.stem}${keyedTexts(item).join('')}`, 3),
    facts: factsOf(item),
  }));
  const gramPlaces = placesOf(measured, ({ grams }) => grams);
  const factPlaces = placesOf(measured, ({ facts }) => facts);
  return measured.flatMap((first, place) => {
    const facts = sharedWithLater(place, first.facts, factPlaces);
    const alike = [...sharedWithLater(place, first.grams, gramPlaces)]
      .filter(([, count]) => count >= first.grams.size * candidateShare)
      .map(([other]) => other);
    return [...new Set([...facts.keys(), ...alike])]
      .sort((left, right) => left - right)
      .flatMap((other) => {
        const second = measured[other];
        return second === undefined ? [] : observe(first, second, facts.get(other) ?? 0);
      });
  });
}

export const duplicateRules = {
  R13: { level: 'warning', run: nearDuplicates },
} as const satisfies Record<string, CheckRule>;
