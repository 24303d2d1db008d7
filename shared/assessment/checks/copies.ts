/** R14 wording copied from a published item, R17 names of brands, persons, institutions and places. */
import { perItem } from './finding';
import type { CheckContext, CheckRule, Observation } from './finding';
import { gramsOf, readTexts } from './text';

/** Eight characters in a row, compared without punctuation and white space. */
const copiedLength = 8;

function copiedWording({ bank, lists }: CheckContext): Observation[] {
  const known = new Map<string, string>();
  for (const { id, texts } of lists.knownItems)
    for (const text of texts)
      for (const gram of gramsOf(text, copiedLength)) if (!known.has(gram)) known.set(gram, id);
  return bank.items.flatMap((item) => {
    const copied = readTexts(item)
      .flatMap((text) => [...gramsOf(text, copiedLength)])
      .find((gram) => known.has(gram));
    if (copied === undefined) return [];
    return [{ itemId: item.id, params: { found: copied, known: known.get(copied) ?? '' } }];
  });
}

const listedNames = perItem((item, { lists }) => {
  const text = lists.allowedNames.reduce(
    (left, allowed) => left.replaceAll(allowed, '。'),
    readTexts(item).join('\n'),
  );
  const found = lists.names.filter((name) => text.includes(name));
  return found.length === 0 ? [] : [{ found: found.join('、') }];
});

export const copyRules = {
  R14: { level: 'error', run: copiedWording },
  R17: { level: 'error', run: listedNames },
} as const satisfies Record<string, CheckRule>;
