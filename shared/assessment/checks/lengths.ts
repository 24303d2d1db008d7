/** R01 stem length, R02 longest sentence, R03 option length, R15 numbers. Limits: question-bank-spec §2.4, §7.2. */
import type { BankItem } from '../bank';
import { perItem } from './finding';
import type { CheckRule, Finding } from './finding';
import { lengthOf, optionTexts, readTexts, sentencesOf } from './text';

const stemLimit = 60;
const statementLimit = 45;
const stimulusLimit = 90;
const sentenceLimit = 32;
const optionLimit = 22;
const digitLimit = 4;
const numbersInStemLimit = 3;

const tooLong = (part: string, length: number, limit: number): Finding['params'][] =>
  length > limit ? [{ part, length, limit }] : [];

const stemLength = perItem((item) => [
  ...tooLong('stem', lengthOf(item.stem), item.type === 'tf' ? statementLimit : stemLimit),
  ...tooLong('stimulus', lengthOf(item.stimulus?.text ?? ''), stimulusLimit),
]);

const sentenceLength = perItem((item) =>
  [item.stem, item.stimulus?.text ?? '']
    .flatMap(sentencesOf)
    .flatMap((sentence) => tooLong(sentence, lengthOf(sentence), sentenceLimit)),
);

const optionLength = perItem((item) =>
  optionTexts(item).flatMap((text) => tooLong(text, lengthOf(text), optionLimit)),
);

/** Units of one quantity that must not meet in one item. */
const unitFamilies: readonly (readonly string[])[] = [
  ['毫升', '升'],
  ['毫克', '克', '千克', '公斤', '斤'],
  ['毫米', '厘米', '米', '千米', '公里'],
];
const numberPattern = /\d+(?:[.,]\d+)*/gu;

function mixedUnits(item: BankItem): Finding['params'][] {
  const text = readTexts(item).join(' ');
  return unitFamilies.flatMap((family) => {
    const longestFirst = [...family].sort((first, second) => second.length - first.length);
    const pattern = new RegExp(`\\d\\s*(${longestFirst.join('|')})`, 'gu');
    const units = new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''));
    return units.size > 1 ? [{ part: 'units', found: [...units].join('、') }] : [];
  });
}

const numbers = perItem((item) => {
  const inStem = [...item.stem.matchAll(numberPattern)];
  const longNumbers = readTexts(item)
    .flatMap((text) => [...text.matchAll(numberPattern)].map((match) => match[0]))
    .filter((number) => number.replace(/\D/gu, '').length > digitLimit);
  return [
    ...longNumbers.map((number) => ({ part: 'digits', found: number, limit: digitLimit })),
    ...tooLong('numbersInStem', inStem.length, numbersInStemLimit),
    ...mixedUnits(item),
  ];
});

export const lengthRules = {
  R01: { level: 'warning', run: stemLength },
  R02: { level: 'warning', run: sentenceLength },
  R03: { level: 'warning', run: optionLength },
  R15: { level: 'warning', run: numbers },
} as const satisfies Record<string, CheckRule>;
