/**
 * The functions of the expression language: what they take, what they give, how they treat missing answers.
 * Only `answered`, `dontKnow`, `refused` and `notApplicable` are never unknown.
 */
import type { Answer } from '../../questions/answer';
import type { QuestionKindName } from '../../questions/kinds';
import { dontKnowCode, noAnswerCode, refusedCode } from '../../questions/missing';
import { isSame } from './value';
import type { Truth, Value } from './value';

export type Literal = number | string | boolean;
export type ValueType = 'boolean' | 'number' | 'code';

export interface QuestionFunction {
  /** Question kinds the first argument may name; null = any. */
  readonly kinds: readonly QuestionKindName[] | null;
  /** The second argument: none, one code, or a list of codes. */
  readonly second: 'none' | 'code' | 'list';
  /** What the codes of the second argument name, so that they can be checked. */
  readonly codesOf: 'options' | 'rows';
  readonly returns: ValueType;
  readonly apply: (answer: Answer | undefined, literals: readonly Literal[]) => Value;
}

const base = { kinds: null, second: 'none', codesOf: 'options', returns: 'boolean' } as const;

const isMissing =
  (reason: 'dontKnow' | 'refused' | 'notApplicable') =>
  (answer: Answer | undefined): Truth =>
    answer?.kind === 'missing' && answer.reason === reason;

function chosenCodes(answer: Answer | undefined): readonly string[] | null {
  return answer?.kind === 'multi' || answer?.kind === 'ordering' ? answer.codes : null;
}

function rowsOf(answer: Answer | undefined): Readonly<Record<string, string>> | null {
  if (answer?.kind === 'scale') return answer.rows;
  return answer?.kind === 'matching' ? answer.pairs : null;
}

const rowMissingCodes = new Set([dontKnowCode, refusedCode, noAnswerCode]);

const isAmong = (code: string, literals: readonly Literal[]): boolean =>
  literals.some((literal) => isSame(code, literal) === true);

/** Functions whose first argument is the name of a question. */
const questionFunctions: Readonly<Record<string, QuestionFunction>> = {
  /** A real answer was given. */
  answered: { ...base, apply: (answer) => answer !== undefined && answer.kind !== 'missing' },
  dontKnow: { ...base, apply: isMissing('dontKnow') },
  refused: { ...base, apply: isMissing('refused') },
  notApplicable: { ...base, apply: isMissing('notApplicable') },
  /** The option is among those chosen. */
  selected: {
    ...base,
    kinds: ['multi', 'ordering'],
    second: 'code',
    apply: (answer, literals) => {
      const codes = chosenCodes(answer);
      return codes === null ? null : codes.some((code) => isAmong(code, literals));
    },
  },
  /** Number of options chosen. */
  count: {
    ...base,
    kinds: ['multi', 'ordering'],
    returns: 'number',
    apply: (answer) => chosenCodes(answer)?.length ?? null,
  },
  /** What was chosen in one row; missing when the row was not asked, left empty or got 98 or 99. */
  row: {
    ...base,
    kinds: ['scale', 'matching'],
    second: 'code',
    codesOf: 'rows',
    returns: 'code',
    apply: (answer, literals) => {
      const code = rowsOf(answer)?.[String(literals[0])];
      return code === undefined || rowMissingCodes.has(code) ? null : code;
    },
  },
  /** Number of rows in which one of the listed options was chosen. */
  countRows: {
    ...base,
    kinds: ['scale', 'matching'],
    second: 'list',
    returns: 'number',
    apply: (answer, literals) => {
      const rows = rowsOf(answer);
      return rows === null ? null : Object.values(rows).filter((code) => isAmong(code, literals)).length;
    },
  },
  /** The same option was chosen in every row (straight-lining); unknown with fewer than three rows. */
  allSame: {
    ...base,
    kinds: ['scale'],
    apply: (answer) => {
      const codes = Object.values(rowsOf(answer) ?? {});
      return codes.length < 3 ? null : new Set(codes).size === 1;
    },
  },
};

/** The function of that name; undefined when there is none. */
export const questionFunction = (name: string): QuestionFunction | undefined =>
  Object.hasOwn(questionFunctions, name) ? questionFunctions[name] : undefined;
