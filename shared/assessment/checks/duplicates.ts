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

function nearDuplicates({ bank }: CheckContext): Observation[] {
  const measured = bank.items.map((item) => ({
    item,
    grams: gramsOf(`${item.stem}${keyedTexts(item).join('')}`, 3),
    facts: factsOf(item),
  }));
  return measured.flatMap((first, index) =>
    measured.slice(index + 1).flatMap((second) => {
      if (areEnemies(first.item, second.item)) return [];
      const similarity = jaccard(first.grams, second.grams);
      const sharesFact =
        !shareStimulus(first.item, second.item) && [...first.facts].some((fact) => second.facts.has(fact));
      if (similarity <= similarItems && !sharesFact) return [];
      const params = {
        other: second.item.id,
        similarity: Math.round(similarity * 100) / 100,
        reason: sharesFact ? 'sameFact' : 'sameWords',
      };
      return [{ itemId: first.item.id, params }];
    }),
  );
}

export const duplicateRules = {
  R13: { level: 'warning', run: nearDuplicates },
} as const satisfies Record<string, CheckRule>;
