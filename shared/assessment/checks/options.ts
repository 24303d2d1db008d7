/** R04 key-length cue, R05 duplicate options, R06 "all of the above", R09 absolute words, R10 stem–key echo. */
import type { BankItem } from '../bank';
import { perItem } from './finding';
import type { CheckRule, Finding } from './finding';
import {
  distractorTexts,
  editSimilarity,
  gramsOf,
  isSingleChoice,
  keyedTexts,
  lengthOf,
  normalise,
  optionTexts,
  sharedCount,
} from './text';

const keyToLongestDistractor = 1.3;
const keyToShortestDistractor = 0.6;
const longestToShortest = 1.8;
const nearDuplicate = 0.85;
const echoMargin = 1;

const rounded = (value: number): number => Math.round(value * 100) / 100;

function keyLengthCue(item: BankItem): Finding['params'][] {
  const distractors = distractorTexts(item).map(lengthOf);
  const key = lengthOf(keyedTexts(item)[0] ?? '');
  const toLongest = key / Math.max(...distractors);
  const toShortest = key / Math.min(...distractors);
  if (toLongest > keyToLongestDistractor) return [{ part: 'keyTooLong', ratio: rounded(toLongest) }];
  return toShortest < keyToShortestDistractor ? [{ part: 'keyTooShort', ratio: rounded(toShortest) }] : [];
}

const lengthCue = perItem((item) => {
  if (!isSingleChoice(item)) return [];
  const lengths = optionTexts(item).map(lengthOf);
  const spread = Math.max(...lengths) / Math.min(...lengths);
  return [
    ...keyLengthCue(item),
    ...(spread > longestToShortest ? [{ part: 'spread', ratio: rounded(spread) }] : []),
  ];
});

const duplicateOptions = perItem((item) => {
  const texts = optionTexts(item).map(normalise);
  return texts.flatMap((text, index) =>
    texts
      .slice(index + 1)
      .filter((other) => editSimilarity(text, other) > nearDuplicate)
      .map((other) => ({ first: text, second: other })),
  );
});

const allOfTheAbove = perItem((item) =>
  optionTexts(item)
    .filter((text) =>
      /以上(都|均|全|答案)|^(都|全)(对|错|不对|正确|不正确)$|^(以上)?都不(对|是)$/u.test(text),
    )
    .map((found) => ({ found })),
);

const absoluteWords = perItem((item) =>
  optionTexts(item).flatMap((text) =>
    [...text.matchAll(/一定|绝对|所有|从不|总是/gu)].map((match) => ({ found: match[0], text })),
  ),
);

const echo = perItem((item) => {
  if (!isSingleChoice(item)) return [];
  const stem = gramsOf(item.stem, 2);
  const overlap = (text: string): number => sharedCount(gramsOf(text, 2), stem);
  const key = Math.max(...keyedTexts(item).map(overlap));
  const distractor = Math.max(...distractorTexts(item).map(overlap));
  return key > distractor + echoMargin ? [{ key, distractor }] : [];
});

export const optionRules = {
  R04: { level: 'warning', run: lengthCue },
  R05: { level: 'error', run: duplicateOptions },
  R06: { level: 'error', run: allOfTheAbove },
  R09: { level: 'warning', run: absoluteWords },
  R10: { level: 'warning', run: echo },
} as const satisfies Record<string, CheckRule>;
