/** Question and secret of every shipped item: together the item again, apart the question tells nothing. */
import { describe, expect, test } from 'vitest';
import type { BankItem } from '@shared/assessment/bank';
import { compareVersions, releaseVersion } from '@shared/assessment/secrecy/bankVersions';
import { isReadableQuestion } from '@shared/assessment/secrecy/questionPart';
import { joinBank, splitBank } from '@shared/assessment/secrecy/splitBank';
import { isQuestionPart, joinItem, splitItem } from '@shared/assessment/secrecy/splitItem';
import { loadBank } from '../../../question-banks/trialBank';

const banks = [loadBank('trial-2026'), loadBank('practice-2026')];
const items: readonly BankItem[] = banks.flatMap((bank) => bank.items);

/** Every text of a value, at any depth. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
};

/** What everybody sees of an item; a secret text that stands there too gives nothing away. */
const shownTexts = ({ stem, options, targets, stimulus, topics }: BankItem): string =>
  [
    stem,
    ...(options ?? []).map(({ text }) => text),
    ...textsOf(targets),
    ...textsOf(stimulus),
    ...textsOf(topics),
  ].join('\n');

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('every item of both shipped banks', () => {
  test('there are items to look at', () => expect(items.length).toBeGreaterThan(300));

  test('is whole again when its parts are joined', () => {
    for (const item of items) {
      const { question, secret } = splitItem(item);
      expect(joinItem(question, secret)).toEqual(item);
      expect(joinItem(copy(question), copy(secret))).toEqual(item);
    }
  });

  test('has a question part without key, rationale, misconception or fact', () => {
    for (const item of items) {
      const json = JSON.stringify(splitItem(item).question);
      expect(json).not.toContain(JSON.stringify(item.key));
      expect(json).toContain('"key":[]');
      const shown = shownTexts(item);
      const secrets = [
        item.rationale ?? '',
        ...(item.options ?? []).map(({ misconception }) => misconception ?? ''),
        ...item.references.flatMap(({ ref, fact, clause }) => [ref, fact, clause ?? '']),
        ...(item.history ?? []).map(({ what }) => what),
        ...(item.reviews ?? []).map(({ note }) => note ?? ''),
        item.access ?? '',
        item.sensitivity ?? '',
        item.hash ?? '',
      ].filter((text) => text.length > 1 && !shown.includes(text));
      for (const secret of secrets)
        expect(json, `${item.id}: ${secret}`).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  });

  test('has a question part that is recognised as one, and a whole item is not', () => {
    for (const item of items) {
      const { question } = splitItem(item);
      expect(isQuestionPart(question)).toBe(true);
      expect(isReadableQuestion(copy(question))).toBe(true);
      expect(isQuestionPart(item)).toBe(false);
      expect(isReadableQuestion(item)).toBe(false);
    }
  });
});

test.each([
  ['a key', { key: ['A'] }],
  ['a rationale', { rationale: '因为' }],
  ['a reference', { references: [{ ref: 'R', fact: '事实' }] }],
  ['an unknown field', { answer: 'A' }],
  ['a stem too short', { stem: '短' }],
])('a question part with %s is refused', (_what, change) => {
  const [item] = items;
  if (item === undefined) throw new Error('the banks have items');
  expect(isReadableQuestion({ ...splitItem(item).question, ...change })).toBe(false);
});

test.each(banks.map((bank) => [bank.meta.id, bank] as const))(
  'the bank %s is whole again when its parts are joined',
  (_id, bank) => {
    const { questions, secrets } = splitBank(bank);
    expect(questions.references).toEqual({});
    expect(joinBank(questions, secrets)).toEqual(bank);
    expect(joinBank(questions, { ...secrets, items: secrets.items.slice(1) })).toBeNull();
  },
);

test('versions of a bank are ordered by their numbers, then by the changes since', () => {
  const ordered = ['0.9.0', '1.0.0', '1.0.0+1', '1.0.0+12', '1.0.1', '1.9.0', '1.10.0'];
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
  expect(['1.2.0', '1.2.0+3', '0.1.7+12'].map(releaseVersion)).toEqual(['1.2.0', '1.2.3', '0.1.19']);
});
