import { describe, expect, it } from 'vitest';
import {
  ageBandWords,
  dispositionWords,
  educationWords,
  modeWords,
  readCategory,
  readFlag,
  residenceWords,
  sexWords,
} from '@shared/importing/backgroundCells';
import type { ImportQuestion } from '@shared/importing/context';
import { readAnswerCell, readMarkCell } from '@shared/importing/itemCells';
import {
  ageFromMonths,
  readAge,
  readBirth,
  readInterviewMonth,
  readWeight,
} from '@shared/importing/numberCells';
import { createRegionReader } from '@shared/importing/regionCells';
import { columnLetter, type Cell } from '@shared/importing/table';
import { context, items } from './support';

const [single, trueFalse, multi, ordering, matching, digits] = items as unknown as readonly [
  ImportQuestion,
  ImportQuestion,
  ImportQuestion,
  ImportQuestion,
  ImportQuestion,
  ImportQuestion,
];

const answer = (cell: Cell, question: ImportQuestion): unknown => {
  const reading = readAnswerCell(cell, question);
  return reading.ok ? reading.value : reading.problem.code;
};

describe('a cell of a single-choice item', () => {
  it.each(['B', 'b', 'Ｂ', ' B ', '氮气', '氮气。', 2, '2', 'B.氮气', 'B、氮气', '２'])(
    '%j names option B',
    (cell) => {
      expect(answer(cell, single)).toEqual({ kind: 'single', code: 'B' });
    },
  );

  it('refuses an unknown letter, text or number and a letter with the words of another option', () => {
    expect(['E', '氦气', 5, 0, 'B.氧气', '=B', -1].map((cell) => answer(cell, single))).toEqual(
      new Array(7).fill('UNKNOWN_OPTION'),
    );
  });

  it('refuses several options in one cell', () => {
    expect(['AB', 'A,B', 'A、B', 'A┋B'].map((cell) => answer(cell, single))).toEqual(
      new Array(4).fill('TOO_MANY_OPTIONS'),
    );
  });

  it('refuses a digit that is the wording of one option and the number of another', () => {
    expect(answer(2, digits)).toBe('AMBIGUOUS_OPTION');
    expect(answer('C', digits)).toEqual({ kind: 'single', code: 'C' });
    expect(answer('7', digits)).toEqual({ kind: 'single', code: 'A' });
  });
});

describe('a cell of a multiple-choice item', () => {
  it.each(['ACE', 'ace', 'A,C,E', 'A、C、E', 'Ａ，Ｃ；Ｅ', 'A┋C┋E', '1,3,5', '太阳能┋风能┋水能', 'A C E'])(
    '%j names A, C and E',
    (cell) => {
      expect(answer(cell, multi)).toEqual({ kind: 'multi', codes: ['A', 'C', 'E'] });
    },
  );

  it('takes one option and refuses a repeated or unknown one', () => {
    expect(answer('风能', multi)).toEqual({ kind: 'multi', codes: ['C'] });
    expect(answer('AAC', multi)).toBe('REPEATED_OPTION');
    expect(answer('A,Z', multi)).toBe('UNKNOWN_OPTION');
  });
});

describe('a cell of a true/false item', () => {
  it.each(['对', '正确', '√', '是', 'T', 'true', 1, '1', true, 'A', 'A.对', '对。'])('%j is true', (cell) => {
    expect(answer(cell, trueFalse)).toEqual({ kind: 'trueFalse', value: true });
  });
  it.each(['错', '错误', '×', '否', 'F', 'FALSE', 0, '0', false, 'x', 2, 'Ｘ'])('%j is false', (cell) => {
    expect(answer(cell, trueFalse)).toEqual({ kind: 'trueFalse', value: false });
  });
  it('refuses anything else', () => {
    expect(answer('也许', trueFalse)).toBe('UNKNOWN_OPTION');
    expect(answer(3, trueFalse)).toBe('UNKNOWN_OPTION');
  });
});

describe('cells of ordering and matching items', () => {
  it.each([
    'B>D>A>C',
    'BDAC',
    'b＞d＞a＞c',
    'B→D→A→C',
    'B,D,A,C',
    'B-D-A-C',
    '细胞┋大象┋原子┋蚂蚁',
    '2>4>1>3',
  ])('%j is the order B D A C', (cell) => {
    expect(answer(cell, ordering)).toEqual({ kind: 'ordering', codes: ['B', 'D', 'A', 'C'] });
  });

  it('refuses an order that names an option twice', () => {
    expect(answer('A>B>A>C', ordering)).toBe('REPEATED_OPTION');
  });

  it.each(['A1,B3', 'a1、b3', 'A-1;B-3', 'A1B3', 'A:1 B:3', '心脏→泵血，肺→消化'])(
    '%j pairs A1 and B3',
    (cell) => {
      expect(answer(cell, matching)).toEqual({ kind: 'matching', pairs: { A: '1', B: '3' } });
    },
  );

  it('refuses pairs with an unknown side or a repeated left side', () => {
    expect(answer('A9', matching)).toBe('UNKNOWN_OPTION');
    expect(answer('A1,A2', matching)).toBe('REPEATED_OPTION');
    expect(answer('A', matching)).toBe('UNKNOWN_OPTION');
  });
});

describe('missing answers', () => {
  it.each([
    ['不知道', 'dontKnow'],
    ['不清楚', 'dontKnow'],
    [98, 'dontKnow'],
    ['拒答', 'refused'],
    ['99', 'refused'],
    ['不适用', 'notApplicable'],
    ['（跳过）', 'notApplicable'],
    [88, 'notApplicable'],
  ])('%j is missing for the reason %s in every kind of item', (cell, reason) => {
    for (const item of items) expect(answer(cell, item)).toEqual({ kind: 'missing', reason });
  });

  it('keeps 98 as a number where a number is asked', () => {
    expect(answer(98, { type: 'number', options: [] })).toEqual({ kind: 'number', value: 98 });
  });

  it.each([null, '', '  ', '　', '(空)'])('%j is no answer at all', (cell) => {
    expect(answer(cell, single)).toBeNull();
  });
});

describe('marks', () => {
  it('are 1, 0 or blank', () => {
    expect([1, '0', null, '１'].map((cell) => readMarkCell(cell))).toEqual(
      [1, 0, null, 1].map((value) => ({ ok: true, value })),
    );
    expect(readMarkCell('A')).toMatchObject({ problem: { code: 'MIXED_MARKS' } });
    expect(readMarkCell(2)).toMatchObject({ problem: { code: 'MIXED_MARKS' } });
  });
});

describe('background cells', () => {
  const category = (cell: Cell, words: Parameters<typeof readCategory>[1]): unknown => {
    const reading = readCategory(cell, words);
    return reading.ok ? reading.value : reading.problem.code;
  };

  it('reads codes and words of question-bank-spec §5.1', () => {
    expect(['男', 1, 'M', 'female', '２', 9].map((cell) => category(cell, sexWords))).toEqual([
      'male',
      'male',
      'male',
      'female',
      'female',
      null,
    ]);
    expect([1, 2, 3, 4, 5, 6, 7, 99].map((cell) => category(cell, educationWords))).toEqual([
      'primary',
      'primary',
      'junior',
      'senior',
      'college',
      'bachelor',
      'bachelor',
      null,
    ]);
    expect(
      ['小学及以下', '初中', '高中（含中专）', '大专', '本科及以上', '研究生'].map((cell) =>
        category(cell, educationWords),
      ),
    ).toEqual(['primary', 'junior', 'senior', 'college', 'bachelor', 'bachelor']);
    expect([111, 112, 121, 122, 123, 210, 220].map((cell) => category(cell, residenceWords))).toEqual([
      'urban',
      'urban',
      'urban',
      'urban',
      'urban',
      'rural',
      'rural',
    ]);
    expect(['城镇', '农村', '乡村', '城市'].map((cell) => category(cell, residenceWords))).toEqual([
      'urban',
      'rural',
      'rural',
      'urban',
    ]);
    expect(['18-29岁', '30—39', '60～69岁', '40至49'].map((cell) => category(cell, ageBandWords))).toEqual([
      '18-29',
      '30-39',
      '60-69',
      '40-49',
    ]);
    expect(
      [11, '12', '拒访', '42', '作废', 'ineligibleAge'].map((cell) => category(cell, dispositionWords)),
    ).toEqual(['complete', 'partial', 'refusal', 'nonContact', 'voided', 'ineligibleAge']);
    expect(['面访', '自填', 'CAWI'].map((cell) => category(cell, modeWords))).toEqual([
      'interviewer',
      'selfAdministered',
      'selfAdministered',
    ]);
  });

  it('refuses a category nobody listed', () => {
    expect(category('中性', sexWords)).toBe('UNKNOWN_CATEGORY');
    expect(category('博士后以上', educationWords)).toBe('UNKNOWN_CATEGORY');
    expect(category('constructor', sexWords)).toBe('UNKNOWN_CATEGORY');
  });

  it('reads flags and keeps unknown apart from no', () => {
    expect(['是', 1, '否', 0, '不详', true].map((cell) => readFlag(cell))).toEqual(
      [true, true, false, false, null, true].map((value) => ({ ok: true, value })),
    );
  });

  it('finds a region by code, address code, name, short name and alias', () => {
    const read = createRegionReader(context.regions);
    expect(
      ['320508', 320508, '320508001002', '姑苏区', '姑苏', '昆山', '园区'].map((cell) => read(cell)),
    ).toEqual(
      ['320508', '320508', '320508', '320508', '320508', '320583', '320571'].map((value) => ({
        ok: true,
        value,
      })),
    );
    expect(read('吴江区')).toMatchObject({ problem: { code: 'UNKNOWN_REGION' } });
  });

  it('leaves a short name that two regions share unrecognised', () => {
    const read = createRegionReader([
      { code: '321003', name: '新城区', aliases: [] },
      { code: '321081', name: '新城市', aliases: [] },
    ]);
    expect(read('新城').ok).toBe(false);
    expect(read('新城市')).toEqual({ ok: true, value: '321081' });
  });
});

describe('numbers and dates', () => {
  it('takes a weight above zero, as number or as digits, and tells text from zero', () => {
    expect([1.5, '152.75', '1,234.5', 1e-3].map((cell) => readWeight(cell))).toEqual(
      [1.5, 152.75, 1234.5, 0.001].map((value) => ({ ok: true, value })),
    );
    const code = (cell: Cell): unknown => {
      const reading = readWeight(cell);
      return reading.ok ? 'ok' : reading.problem.code;
    };
    expect(['abc', '约3', true, '1,23', '1e999'].map(code)).toEqual(new Array(5).fill('WEIGHT_NOT_NUMBER'));
    expect([0, -1, '-0.5'].map(code)).toEqual(new Array(3).fill('WEIGHT_NOT_POSITIVE'));
  });

  it('reads ages as completed years only', () => {
    expect(readAge('35周岁')).toEqual({ ok: true, value: 35 });
    for (const cell of [17.5, -1, 130, '三十']) expect(readAge(cell).ok).toBe(false);
  });

  it.each(['1990-05', '1990/5', '1990.5', '1990年5月', 199005, '1990-05-12', '1990年5月12日'])(
    '%j is May 1990',
    (cell) => {
      expect(readBirth(cell)).toEqual({ ok: true, value: { year: 1990, month: 5 } });
    },
  );

  it('keeps a birth year without month and refuses impossible months', () => {
    expect(readBirth(1990)).toEqual({ ok: true, value: { year: 1990, month: null } });
    for (const cell of ['1990-13', '199013', '1890-01', '90-05', 'abc', 36526])
      expect(readBirth(cell).ok).toBe(false);
    const march = [
      '2026/3/15 10:20:30',
      '2026/3/1 9:05',
      '2026-03-15',
      '2026-03-15T10:20:30Z',
      '2026年3月15日',
    ];
    for (const cell of march) {
      expect(readInterviewMonth(cell)).toEqual({ ok: true, value: { year: 2026, month: 3 } });
    }
  });

  it('counts completed years by month, July standing in for an unknown month', () => {
    const interview = { year: 2026, month: 6 };
    expect(ageFromMonths({ year: 1990, month: 6 }, interview)).toBe(36);
    expect(ageFromMonths({ year: 1990, month: 7 }, interview)).toBe(35);
    expect(ageFromMonths({ year: 1990, month: null }, interview)).toBe(35);
  });

  it('names columns as a spreadsheet does', () => {
    expect([0, 25, 26, 701, 702, 16383].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  });
});
