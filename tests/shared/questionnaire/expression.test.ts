import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '@shared/questions/answer';
import type { Expression } from '@shared/questionnaire/expression/ast';
import { evaluate } from '@shared/questionnaire/expression/evaluate';
import { parseExpression } from '@shared/questionnaire/expression/parse';
import type { Value } from '@shared/questionnaire/expression/value';
import { valueOfAnswer } from '@shared/questionnaire/expression/value';
import { missing, multi, number, single } from './support';

const answers: Readonly<Record<string, Answer>> = {
  B5: single(2),
  B9: single(7),
  B10: single('C'),
  B14: number(13),
  T1: multi(1, 6),
  R: missing('refused'),
  D: missing('dontKnow'),
  N: missing('notApplicable'),
  TF: { kind: 'trueFalse', value: true },
  I1: { kind: 'scale', rows: { a: '1', b: '3', c: '98' } },
  I3: { kind: 'scale', rows: { a: '2', b: '2', c: '2' } },
};

function parse(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const valueOf = (text: string): Value =>
  evaluate(parse(text), {
    answer: (code) => answers[code],
    variable: (name) => valueOfAnswer(answers[name]),
    age: () => 45,
  });

describe('an expression', () => {
  it.each<[string, Value]>([
    ['B5 == 2', true],
    ["B5 == '2'", true],
    ['B5 <= 2 or age() >= 60', true],
    ['B5 >= 3', false],
    ['B10 == "C"', true],
    ["B10 in ['C','D']", true],
    ['in(B9, [1,2,3])', false],
    ['B9 in [1,2,3] and not answered(B11)', false],
    ['B9 in [7] and not answered(B11)', true],
    ['B14 > 12', true],
    ['B14 > -1.5', true],
    ['selected(T1, 6)', true],
    ["selected(T1, '2')", false],
    ['count(T1) == 2', true],
    ["row(I1, 'a') in [1,2]", true],
    ['countRows(I1, [1,2])', 1],
    ['allSame(I3)', true],
    ['allSame(I1)', false],
    ["if(B9 == 7, 'A', B10)", 'A'],
    ["if(B9 == 6, 'A', B10)", 'C'],
    ['TF', true],
    ['age() >= 18 and age() <= 69', true],
    ['true and not false', true],
  ])('%s is %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });
});

describe('precedence', () => {
  it.each([
    ['true or false and false', 'true or (false and false)', true],
    ['not false and false', '(not false) and false', false],
    ['not B5 == 3', 'not (B5 == 3)', true],
    ['not B5 in [2] or true', '(not (B5 in [2])) or true', true],
    ['(true or false) and false', '(true or false) and false', false],
    ['false and true or true', '(false and true) or true', true],
  ])('%s reads as %s', (text, explicit, expected) => {
    expect(valueOf(text)).toBe(expected);
    expect(valueOf(explicit)).toBe(expected);
  });
});

describe('missing answers', () => {
  it.each<[string, Value]>([
    ['R == 1', null],
    ['R != 1', null],
    ['D < 3', null],
    ['N in [1,2]', null],
    ['nothing == 1', null],
    ['not (R == 1)', null],
    ['selected(R, 1)', null],
    ['count(nothing) > 0', null],
    ["row(I1, 'c') == 1", null],
    ["row(I1, 'z') == 1", null],
    ["if(R == 1, 'A', 'B')", null],
    ['R == 1 and B5 == 3', false],
    ['R == 1 and B5 == 2', null],
    ['R == 1 or B5 == 2', true],
    ['R == 1 or B5 == 3', null],
    ['answered(R)', false],
    ['answered(nothing)', false],
    ['answered(B5)', true],
    ['refused(R)', true],
    ['dontKnow(D) and not dontKnow(R)', true],
    ['notApplicable(N)', true],
    ['notApplicable(nothing)', false],
  ])('%s is %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });
});

describe('a syntax error says where', () => {
  it.each([
    ['', 'unexpectedToken', 0],
    ['B5 <=', 'unexpectedToken', 5],
    ['B5 = 2', 'unexpectedCharacter', 3],
    ['B5 == 2)', 'unexpectedToken', 7],
    ['(B5 == 2', 'unexpectedToken', 8],
    ['1 < B5 < 3', 'chainedComparison', 7],
    ["B10 == 'C", 'unclosedString', 7],
    ['B5 in 2', 'unexpectedToken', 6],
    ['B5 in [1,]', 'unexpectedToken', 9],
    ['B5 in [B6]', 'unexpectedToken', 7],
    ['selected(T1 6)', 'unexpectedToken', 12],
    ['B5 == 2 & B6 == 1', 'unexpectedCharacter', 8],
    ['and B5', 'unexpectedToken', 0],
    ['not', 'unexpectedToken', 3],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, 'tooDeep', 100],
  ])('%j: %s at %i', (text, problem, position) => {
    const result = parseExpression(text);
    expect(result.ok ? null : result.failure).toMatchObject({
      code: 'SEED_INVALID',
      params: { problem, position },
    });
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const result = parseExpression(text);
        if (result.ok) return;
        expect(Number(result.failure.params.position)).toBeGreaterThanOrEqual(0);
        expect(Number(result.failure.params.position)).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

/** Logic over constants, printed with every bracket and with as few as precedence allows. */
interface Printed {
  readonly full: string;
  readonly terse: string;
  /** 1 or, 2 and, 3 not, 4 atom. */
  readonly level: number;
  readonly value: boolean | null;
}

const atom = fc.constantFrom<Printed>(
  { full: 'true', terse: 'true', level: 4, value: true },
  { full: 'false', terse: 'false', level: 4, value: false },
  { full: '(R == 1)', terse: 'R == 1', level: 4, value: null },
);
const wrap = (part: Printed, level: number): string => (part.level < level ? `(${part.terse})` : part.terse);
const kleene = {
  and: (a: boolean | null, b: boolean | null) =>
    a === false || b === false ? false : a === null || b === null ? null : true,
  or: (a: boolean | null, b: boolean | null) =>
    a === true || b === true ? true : a === null || b === null ? null : false,
};

const { tree } = fc.letrec<{ tree: Printed }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    atom,
    tie('tree').map((part) => ({
      full: `(not ${part.full})`,
      terse: `not ${wrap(part, 3)}`,
      level: 3,
      value: part.value === null ? null : !part.value,
    })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('tree'), tie('tree'))
      .map(([operator, left, right]) => {
        const level = operator === 'or' ? 1 : 2;
        return {
          full: `(${left.full} ${operator} ${right.full})`,
          terse: `${wrap(left, level)} ${operator} ${wrap(right, level + 1)}`,
          level,
          value: kleene[operator](left.value, right.value),
        };
      }),
  ),
}));

describe('any logic over known and unknown values', () => {
  it('follows the truth tables of Kleene, with and without brackets', () => {
    fc.assert(
      fc.property(tree, ({ full, terse, value }) => {
        expect(valueOf(full)).toBe(value);
        expect(valueOf(terse)).toBe(value);
      }),
    );
  });
});
