/**
 * Values and three-valued logic of expressions. `null` is missing: 不知道, 拒答, 不适用 or not answered.
 * A comparison with a missing value is unknown (null); and/or/not follow Kleene's strong logic (Kleene 1952),
 * so `false and unknown` is false and `true or unknown` is true.
 */
import type { Answer } from '../../questions/answer';
import type { ComparisonOperator } from './ast';

export type Value = number | string | boolean | null;
export type Truth = boolean | null;

export const not = (value: Truth): Truth => (value === null ? null : !value);

export function and(...values: readonly Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

export const or = (...values: readonly Truth[]): Truth => not(and(...values.map(not)));

/** What an answer is as a plain value; null for missing and for answers of several parts. */
export function valueOfAnswer(answer: Answer | undefined): Value {
  switch (answer?.kind) {
    case 'single':
      return answer.code;
    case 'trueFalse':
    case 'number':
      return answer.value;
    case 'text':
      return answer.text.trim() === '' ? null : answer.text;
    default:
      return null;
  }
}

/** Codes of digits count as numbers, so that `B5 <= 2` and `B5 == '2'` both read naturally. */
function numberOf(value: number | string | boolean): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

export function isSame(left: Value, right: Value): Truth {
  if (left === null || right === null) return null;
  const [a, b] = [numberOf(left), numberOf(right)];
  return a !== null && b !== null ? a === b : String(left) === String(right);
}

/** Result of a comparison; unknown when a side is missing or an order is asked of something without one. */
export function compare(operator: ComparisonOperator, left: Value, right: Value): Truth {
  if (operator === '==') return isSame(left, right);
  if (operator === '!=') return not(isSame(left, right));
  const a = left === null ? null : numberOf(left);
  const b = right === null ? null : numberOf(right);
  if (a === null || b === null) return null;
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator];
}
