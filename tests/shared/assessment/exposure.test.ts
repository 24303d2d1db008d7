/** The exposure rules by cases counted by hand (question-bank-spec §3.5). */
import { describe, expect, test } from 'vitest';
import type { FormUse } from '@shared/assessment/exposure';
import { allowedFormsOf, exposureOf } from '@shared/assessment/exposure';

const form = (formId: string, itemIds: readonly string[], changes: Partial<FormUse> = {}): FormUse => ({
  formId,
  itemIds,
  anchorIds: [],
  filedYear: 2026,
  surveyYears: [],
  responseCount: 0,
  ...changes,
});
const limitsOf = (uses: readonly FormUse[], itemId: string, formsToCome = 1): readonly string[] =>
  exposureOf(uses, { year: 2026, formsToCome }).items.get(itemId)?.limits ?? [];

describe('the use rate', () => {
  test('a quarter of the forms of a year, and one form while a quarter is less than one', () => {
    expect([0, 1, 3, 4, 7, 8, 11, 12].map(allowedFormsOf)).toEqual([1, 1, 1, 1, 1, 2, 2, 3]);
  });

  test('an item on one of three forms may not go on the fourth: 2 of 4 would be a half', () => {
    expect(limitsOf([form('a', ['x']), form('b', ['y']), form('c', ['z'])], 'x')).toEqual(['useRate']);
  });

  test('with seven forms filed an item on one of them may go on the eighth: 2 of 8 is a quarter', () => {
    const forms = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => form(id, [id === 'a' ? 'x' : id]));
    expect(limitsOf(forms, 'x')).toEqual([]);
    expect(limitsOf(forms.slice(0, 6), 'x')).toEqual(['useRate']);
  });

  test('forms to come count: six forms and two more let an item come back once', () => {
    const forms = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => form(id, [id === 'a' ? 'x' : id]));
    expect(limitsOf(forms, 'x', 2)).toEqual([]);
  });

  test('last year is over: a form filed and fielded then is no use of this year', () => {
    const old = form('a', ['x'], { filedYear: 2025, surveyYears: [2025] });
    expect(limitsOf([old], 'x')).toEqual([]);
    expect(exposureOf([old], { year: 2026, formsToCome: 0 }).formCount).toBe(0);
  });

  test('a form of last year that is fielded again this year counts this year', () => {
    expect(limitsOf([form('a', ['x'], { filedYear: 2025, surveyYears: [2025, 2026] })], 'x')).toEqual([
      'useRate',
    ]);
  });

  test('a form that was retired unused counts nowhere', () => {
    expect(limitsOf([form('a', ['x'], { filedYear: null })], 'x')).toEqual([]);
  });
});

describe('rest', () => {
  test('after the third year of fieldwork; two surveys of one year are one wave', () => {
    const twice = form('a', ['x'], { filedYear: 2023, surveyYears: [2023, 2024, 2024] });
    expect(limitsOf([twice], 'x')).toEqual([]);
    const thrice = form('b', ['x'], { filedYear: 2023, surveyYears: [2025] });
    expect(limitsOf([twice, thrice], 'x')).toEqual(['waves']);
  });

  test('after 50,000 complete cases over all forms, and not one case before', () => {
    const uses = (second: number): readonly FormUse[] => [
      form('a', ['x'], { filedYear: 2024, surveyYears: [2024], responseCount: 30_000 }),
      form('b', ['x'], { filedYear: 2025, surveyYears: [2025], responseCount: second }),
    ];
    expect(limitsOf(uses(19_999), 'x')).toEqual([]);
    expect(limitsOf(uses(20_000), 'x')).toEqual(['responses']);
  });
});

test('what an item does as an anchor is counted apart and brings it to no limit', () => {
  const asAnchor = (id: string, year: number): FormUse =>
    form(id, ['x', id], {
      anchorIds: ['x'],
      filedYear: year,
      surveyYears: [year],
      responseCount: 40_000,
    });
  const uses = [asAnchor('a', 2023), asAnchor('b', 2024), asAnchor('c', 2025), asAnchor('d', 2026)];
  expect(exposureOf(uses, { year: 2026, formsToCome: 1 }).items.get('x')).toEqual({
    formsWithItem: 0,
    waveCount: 0,
    responseCount: 0,
    anchorFormCount: 4,
    anchorResponseCount: 160_000,
    limits: [],
  });
});
