import { describe, expect, it } from 'vitest';
import { agreementOf, compareEntries, shareOfEntry, workByTypist } from '@shared/paper/comparison';

describe('two entries of one paper', () => {
  const first = new Map([
    ['a', '1'],
    ['b', '2'],
    ['c', ''],
    ['d', '4'],
  ]);
  const second = new Map([
    ['a', '1'],
    ['b', '3'],
    ['d', ''],
  ]);

  it('differ where the texts differ; a field nobody came to is empty', () => {
    expect(compareEntries(['a', 'b', 'c', 'd'], first, second)).toEqual([
      { fieldId: 'b', first: '2', second: '3' },
      { fieldId: 'd', first: '4', second: '' },
    ]);
  });

  it('agree in the share of fields at least one person filled in', () => {
    const fields = ['a', 'b', 'c', 'd'].map((id) => ({
      first: first.get(id) ?? '',
      second: second.get(id) ?? '',
      final: null,
    }));
    // a agrees, b and d differ, c is empty in both: 1 of 3.
    expect(agreementOf(fields)).toEqual({ fields: 3, differences: 2, agreement: 1 - 2 / 3 });
    expect(agreementOf([])).toEqual({ fields: 0, differences: 0, agreement: null });
  });
});

describe('the work of a person', () => {
  it('counts as errors the fields that are not as the paper was finally read', () => {
    const fields = [
      { keyed: '1', final: '1' },
      { keyed: '2', final: '3' },
      { keyed: '', final: '' },
      { keyed: '', final: '4' },
    ];
    expect(shareOfEntry('甲', 50, fields)).toEqual({ typist: '甲', strokes: 50, fields: 3, errors: 2 });
  });

  it('is added over papers; rates are per 10,000', () => {
    const work = workByTypist([
      { typist: '甲', fields: 150, errors: 2, strokes: 300 },
      { typist: '甲', fields: 50, errors: 0, strokes: 100 },
      { typist: '乙', fields: 0, errors: 0, strokes: 0 },
    ]);
    expect(work.find(({ typist }) => typist === '甲')).toEqual({
      typist: '甲',
      papers: 2,
      fields: 200,
      errors: 2,
      strokes: 400,
      errorsPer10000Fields: 100,
      errorsPer10000Strokes: 50,
    });
    expect(work.find(({ typist }) => typist === '乙')).toMatchObject({
      errorsPer10000Fields: null,
      errorsPer10000Strokes: null,
    });
  });
});
