import { describe, expect, it } from 'vitest';
import { checkTable, type CheckedImport } from '@shared/importing/checkTable';
import { guessMapping } from '@shared/importing/guessMapping';
import { describeProblem } from '@shared/importing/importTexts';
import type { Cell } from '@shared/importing/table';
import { respondentRecord } from '@shared/domain/respondent';
import { answerTable, casual, check, codes, context, items, table } from './support';

const one = (row: Parameters<typeof answerTable>[0][number], under = context): CheckedImport =>
  check(answerTable([row]), under);

describe('checkTable on a lawful table', () => {
  it('turns every row into a valid record with its answers and design', () => {
    const checked = check(answerTable([{}, { 性别: 1, 年龄: '62', 区县: '320583', 受教育程度: 3 }]));
    expect(checked.errors).toEqual([]);
    expect(checked.counts).toEqual({ rows: 2, complete: 2, nonresponse: 0, errors: 0, warnings: 0 });
    expect(checked.hasDesign).toEqual({ stratum: true, psu: true, weight: true });
    const [first, second] = checked.records;
    expect(respondentRecord.parse(first?.record)).toEqual({
      caseCode: '001',
      regionCode: '320508',
      disposition: 'complete',
      mode: 'unknown',
      design: {
        stratum: 'S1',
        psu: 'P1',
        ssu: null,
        baseWeight: 120.5,
        populationPsuCount: null,
        populationSsuCount: null,
      },
      background: {
        sex: 'female',
        ageYears: 35,
        ageBand: '30-39',
        education: 'college',
        residence: 'urban',
        keyGroups: { youth: null, farmer: null, worker: null, elder: false, cadre: null },
      },
      answers: {
        'K-01-ME-001': { kind: 'single', code: 'B' },
        'K-02-LH-002': { kind: 'trueFalse', value: false },
        'M-03-EE-003': { kind: 'multi', codes: ['A', 'C', 'E'] },
        'M-04-EE-004': { kind: 'ordering', codes: ['A', 'B', 'C', 'D'] },
        'S1-05-MI-005': { kind: 'matching', pairs: { A: '1', B: '2', C: '3' } },
        'A1-06-SS-006': { kind: 'single', code: 'A' },
        'A1-07-SS-007': { kind: 'trueFalse', value: true },
        'A2-08-ET-008': { kind: 'single', code: 'A' },
      },
    });
    expect(second?.row).toBe(3);
    expect(second?.record.background).toMatchObject({
      sex: 'male',
      ageBand: '60-69',
      education: 'junior',
      keyGroups: { elder: true },
    });
    expect(first?.itemMarks).toBeNull();
  });

  it('keeps 不知道, 拒答 and a blank apart', () => {
    const { records } = one({ 题: { 1: '不知道', 2: 99, 3: '' } });
    const answers = records[0]?.record.answers ?? {};
    expect(answers['K-01-ME-001']).toEqual({ kind: 'missing', reason: 'dontKnow' });
    expect(answers['K-02-LH-002']).toEqual({ kind: 'missing', reason: 'refused' });
    expect('M-03-EE-003' in answers).toBe(false);
  });

  it('returns marks beside the record when the table holds 0 and 1', () => {
    const headers = ['编号', ...items.map(({ position }) => `第${String(position)}题`)];
    const rows: Cell[][] = [
      ['a', 1, 0, 1, 0, 1, 0, 1, 0],
      ['b', 0, 1, 0, 1, 0, 1, 0, null],
    ];
    const checked = check(table([headers, ...rows]), { ...casual, regions: [] });
    expect(checked.records.map(({ record }) => record.answers)).toEqual([{}, {}]);
    expect(checked.records[1]?.itemMarks).toEqual(
      Object.fromEntries(items.slice(0, 7).map(({ itemId }, index) => [itemId, index % 2])),
    );
  });

  it('skips blank rows and still names rows as the sheet does', () => {
    const source = answerTable([{}, { 权重: 0 }]);
    const spaced = table([['标题'], [], ...source.rows.slice(0, 2), [null, ' '], ...source.rows.slice(2)]);
    expect(check(spaced).errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [6, 'E', 'WEIGHT_NOT_POSITIVE'],
    ]);
  });

  it('stores coded questions under their code and leaves ignored columns unread', () => {
    const source = answerTable([{}]);
    const [headers = [], row = []] = source.rows;
    const wide = table([
      [...headers, 'B7', 'T1', 'B14', 'B8', '备注'],
      [...row, 3, '1,10', 4, '种地', { formula: true }],
    ]);
    const checked = check(wide);
    expect(checked.errors).toEqual([]);
    expect(checked.records[0]?.record.answers).toMatchObject({
      B7: { kind: 'single', code: '3' },
      T1: { kind: 'multi', codes: ['1', '10'] },
      B14: { kind: 'number', value: 4 },
      B8: { kind: 'text', text: '种地' },
    });
  });

  it('derives the age from birth month and interview date, and says so when it cannot', () => {
    const source = answerTable([{}]);
    const [headers = [], row = []] = source.rows;
    const swap = (extra: readonly Cell[], values: readonly Cell[]): ReturnType<typeof table> =>
      table([
        [...headers.map((header) => (header === '年龄' ? '出生年月' : header)), ...extra],
        [...row.map((cell, index) => (headers[index] === '年龄' ? '1990-05' : cell)), ...values],
      ]);
    const dated = check(swap(['访问日期'], ['2026-04-30']));
    expect(dated.records[0]?.record.background).toMatchObject({ ageYears: 35, ageBand: '30-39' });
    const undated = check(swap([], []));
    expect(undated.records).toEqual([]);
    expect(undated.errors.map(({ code, remedyCode }) => [code, remedyCode])).toEqual([
      ['AGE_NOT_DERIVED', 'ADD_DATE_OR_AGE'],
    ]);
    const banded = check(swap(['年龄段'], ['30-39']));
    expect(banded.records[0]?.record.background).toMatchObject({ ageYears: null, ageBand: '30-39' });
    expect(banded.warnings.map(({ code }) => code)).toEqual(['AGE_NOT_DERIVED']);
    const fielded = check(swap([], []), { ...context, fieldworkMonth: '2026-05' });
    expect(fielded.records[0]?.record.background.ageYears).toBe(36);
  });

  it('counts as complete only what is scored', () => {
    const checked = check(answerTable([{}, { 结果码: '部分完成' }, { 结果码: '拒访' }]));
    expect(checked.counts).toMatchObject({ rows: 3, complete: 1, nonresponse: 2 });
  });

  it('keeps nonresponse cases without weight, age or answers', () => {
    const blank = { 权重: null, 年龄: null, 层: null, 结果码: '41', 题: {} };
    const source = answerTable([blank]);
    const emptied = table([
      source.rows[0] ?? [],
      (source.rows[1] ?? []).map((cell, at) => (at < 10 ? cell : null)),
    ]);
    const checked = check(emptied);
    expect(checked.errors).toEqual([]);
    expect(checked.records[0]?.record).toMatchObject({ disposition: 'nonContact', answers: {} });
    expect(checked.counts).toMatchObject({ complete: 0, nonresponse: 1 });
  });
});

describe('checkTable on a bad table', () => {
  it('imports nothing when one cell of one row is wrong, and says which', () => {
    const checked = check(answerTable([{}, { 题: { 3: 'A,G' } }, {}]));
    expect(checked.records).toEqual([]);
    expect(checked.errors).toEqual([
      {
        sheet: '答卷',
        row: 3,
        column: 'M',
        header: '第3题',
        value: 'A,G',
        code: 'UNKNOWN_OPTION',
        params: { allowed: 'A、B、C、D、E' },
        remedyCode: 'USE_OPTION_LETTER',
      },
    ]);
  });

  it.each<[string, Parameters<typeof answerTable>[0][number], string]>([
    ['a weight of zero', { 权重: 0 }, 'WEIGHT_NOT_POSITIVE'],
    ['a negative weight', { 权重: -3 }, 'WEIGHT_NOT_POSITIVE'],
    ['a weight in words', { 权重: '约120' }, 'WEIGHT_NOT_NUMBER'],
    ['a completed case without weight', { 权重: null }, 'REQUIRED_EMPTY'],
    ['a completed case without stratum', { 层: ' ' }, 'STRATUM_MISSING'],
    ['a completed case without region', { 区县: null }, 'REQUIRED_EMPTY'],
    ['a region of another city', { 区县: '鼓楼区' }, 'UNKNOWN_REGION'],
    ['a row without identifier', { 样本编号: null }, 'REQUIRED_EMPTY'],
    ['an identifier spoilt as a number', { 样本编号: 320508001002000100 }, 'CASE_CODE_INVALID'],
    ['an identifier of 81 characters', { 样本编号: 'x'.repeat(81) }, 'TEXT_TOO_LONG'],
    ['an unknown sex', { 性别: '3' }, 'UNKNOWN_CATEGORY'],
    ['an unknown result code', { 结果码: '77' }, 'UNKNOWN_CATEGORY'],
    ['an age in words', { 年龄: '不小了' }, 'AGE_NOT_VALID'],
    ['an age outside 18–69 of a case called complete', { 年龄: 72, 结果码: '11' }, 'AGE_OUT_OF_RANGE'],
    ['a formula', { 权重: { formula: true } }, 'FORMULA_CELL'],
    ['a formula in an item', { 题: { 1: { formula: true } } }, 'FORMULA_CELL'],
    ['two options of a single-choice item', { 题: { 1: 'AB' } }, 'TOO_MANY_OPTIONS'],
  ])('refuses %s', (_, row, code) => {
    const checked = one(row);
    expect(codes(checked)).toContain(code);
    expect(checked.records).toEqual([]);
  });

  it('names the first row of a repeated case code', () => {
    const checked = check(
      answerTable([{ 样本编号: '7' }, { 样本编号: '07' }, { 样本编号: ' 7 ' }, { 样本编号: 7 }]),
    );
    expect(checked.errors.map(({ row, code, params }) => [row, code, params])).toEqual([
      [4, 'DUPLICATE_CASE', { firstRow: 2 }],
      [5, 'DUPLICATE_CASE', { firstRow: 2 }],
    ]);
  });

  it('refuses every case the survey holds already, and says what to do', () => {
    const checked = check(answerTable([{}, {}, { 样本编号: ' 7 ' }]), {
      ...context,
      existingCaseCodes: new Set(['002', '7', '9']),
    });
    expect(checked.records).toEqual([]);
    expect(checked.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'A', 'CASE_ALREADY_IMPORTED'],
      [4, 'A', 'CASE_ALREADY_IMPORTED'],
    ]);
    expect(checked.errors.map(describeProblem)[0]).toEqual({
      problem: '这个样本编号已在本调查中。',
      remedy: '请删去该行，或先作废原来那一次导入或那份答卷。',
    });
  });

  it.each(['simple', 'none', 'stratified', 'stratifiedMultistage'] as const)(
    'refuses a probability sample without weights under the design “%s”',
    (samplingDesign) => {
      const source = answerTable([{}]);
      const unweighted = table(source.rows.map((row) => row.filter((_, column) => column !== 4)));
      expect(check(unweighted, { ...context, samplingDesign }).errors).toMatchObject([
        { code: 'COLUMN_MISSING', params: { role: 'weight' } },
      ]);
    },
  );

  it('accepts __proto__ as an identifier and as nothing else', () => {
    const checked = check(answerTable([{ 样本编号: '__proto__' }, { 样本编号: '__proto__' }]));
    expect(codes(checked)).toEqual(['DUPLICATE_CASE']);
    expect(Object.keys({})).toEqual([]);
  });

  it('reports a missing column once, not once per row', () => {
    const source = answerTable([{}, {}, {}]);
    const without = table(source.rows.map((row) => row.slice(1)));
    const checked = check(without);
    expect(checked.errors).toHaveLength(1);
    expect(checked.errors[0]).toMatchObject({
      row: 1,
      column: '',
      code: 'COLUMN_MISSING',
      params: { role: 'caseCode' },
    });
  });

  it('refuses a table with headers and no rows', () => {
    expect(codes(check(answerTable([])))).toEqual(['TABLE_EMPTY']);
  });

  it('refuses an answer in a column mapped as marks', () => {
    const source = answerTable([{}]);
    const mapping = guessMapping(source, context);
    const columns = mapping.columns.map((column) =>
      column.target === 'K-01-ME-001' ? { ...column, role: 'itemMark' as const } : column,
    );
    expect(codes(checkTable(source, { ...mapping, columns }, context))).toEqual(['MIXED_MARKS']);
  });

  it('cuts long values in the list after 60 characters and shows no formula text', () => {
    const checked = one({ 性别: '很'.repeat(500), 权重: { formula: true } });
    expect([...(checked.errors.find(({ header }) => header === '性别')?.value ?? '')]).toHaveLength(60);
    expect(checked.errors.find(({ header }) => header === '权重')?.value).toBe('=');
  });
});

describe('warnings', () => {
  it('make a case outside 18–69 ineligible when the table states no outcome', () => {
    const checked = one({ 年龄: 71 });
    expect(checked.errors).toEqual([]);
    expect(checked.warnings).toMatchObject([{ code: 'AGE_OUT_OF_RANGE', params: { age: 71 }, column: 'G' }]);
    expect(checked.records[0]?.record).toMatchObject({
      disposition: 'ineligibleAge',
      background: { ageYears: 71, ageBand: null },
    });
  });

  it('point out a PSU that appears in two strata, once', () => {
    const checked = check(answerTable([{}, { 层: 'S2' }, { 层: 'S2' }, { 层: 'S2', 初级单元: 'P9' }]));
    expect(checked.errors).toEqual([]);
    expect(checked.warnings.map(({ row, code, params }) => [row, code, params])).toEqual([
      [3, 'PSU_IN_TWO_STRATA', { first: 'S1', second: 'S2' }],
    ]);
  });

  it('point out rows with few or no answers', () => {
    const none = Object.fromEntries(items.map(({ position }) => [position, '']));
    const checked = check(answerTable([{ 题: none }, { 题: { ...none, 1: 'A', 2: '对' } }]));
    expect(checked.warnings.map(({ row, code }) => [row, code])).toEqual([
      [2, 'ROW_WITHOUT_ANSWERS'],
      [3, 'MANY_BLANKS'],
    ]);
    expect(checked.records[0]?.record.disposition).toBe('unknownEligibility');
  });
});
