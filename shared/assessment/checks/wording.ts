/** R07 rare characters, R08 negative stem, R16 Latin letters and abbreviations, R18 double negation. */
import { perItem } from './finding';
import type { CheckRule } from './finding';
import { level1Characters } from './level1Characters';
import { optionTexts, readTexts } from './text';

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

/** 不 as part of a word that denies nothing: comparison, quantity, time, material. */
const wordsWithNot =
  /不同|不良|不动|不少|不久|不断|不锈钢|不论|不管|不仅|不但|不过|不妨|要不要|不知不觉|了不起|差不多/gu;
/** "是不是", "能不能": a question, and "既不…也不": two denials side by side. */
const pairedNot = /(\p{Script=Han})不\1|不[^不]{1,6}[也又]不/gu;
const doubleNegation = /(?:不|没有|无法|并非|从未)[^不，。？！；、：“”\s]{0,8}不/u;

/** Two denials in one clause, one of which cancels the other. Pronouns without a clear noun need a reader. */
const doubleNegations = perItem((item) =>
  [item.stem, ...optionTexts(item)].flatMap((text) => {
    const plain = text.replace(wordsWithNot, '').replace(pairedNot, '');
    const found = doubleNegation.exec(plain);
    return found === null ? [] : [{ found: found[0] }];
  }),
);

export const wordingRules = {
  R07: { level: 'warning', run: rareCharacters },
  R08: { level: 'warning', run: negativeStem },
  R16: { level: 'warning', run: latinWords },
  R18: { level: 'warning', run: doubleNegations },
} as const satisfies Record<string, CheckRule>;
