/** R07 rare characters, R08 negative stem, R16 Latin letters and abbreviations. */
import { perItem } from './finding';
import type { CheckRule } from './finding';
import { level1Characters } from './level1Characters';
import { readTexts } from './text';

const common = new Set(level1Characters);

const rareCharacters = perItem((item) => {
  const found = new Set(
    [...readTexts(item).join('')].filter(
      (character) => /\p{Script=Han}/u.test(character) && !common.has(character),
    ),
  );
  return found.size === 0 ? [] : [{ found: [...found].join('') }];
});

const negativeStem = perItem((item) =>
  [...item.stem.matchAll(/不正确|错误的是|不属于|除了/gu)].map((match) => ({ found: match[0] })),
);

/** Latin words an adult meets in daily life; anything else needs a reason. */
const allowedLatin = new Set([
  'AED',
  'AI',
  'App',
  'AQI',
  'ATM',
  'CT',
  'DNA',
  'LED',
  'OTC',
  'pH',
  'PM',
  'USB',
  'WiFi',
  'Wi-Fi',
  'X',
]);

const latinWords = perItem((item) => {
  const words = readTexts(item).flatMap((text) => text.match(/[A-Za-z]+(?:-[A-Za-z]+)*/gu) ?? []);
  const unknown = [...new Set(words)].filter((word) => !allowedLatin.has(word));
  return unknown.length === 0 ? [] : [{ found: unknown.join('、') }];
});

export const wordingRules = {
  R07: { level: 'warning', run: rareCharacters },
  R08: { level: 'warning', run: negativeStem },
  R16: { level: 'warning', run: latinWords },
} as const satisfies Record<string, CheckRule>;
