/** Conditions of a specification, row by row: 1 holds, 0 does not, NaN cannot be told. */
import { unreachable } from '../../domain/result';
import type { Comparison, Condition } from '../schema/parts';
import type { Columns } from './columns';

type Test = (row: number) => number;

const truth = (holds: boolean): number => (holds ? 1 : 0);

/** A number in the specification equals the cell 1.0 as well as 1. */
function equals(text: string, value: string | number): boolean {
  return typeof value === 'string' ? text === value : text === String(value) || Number(text) === value;
}

function onText(columns: Columns, name: string, path: string, test: (text: string) => boolean): Test {
  const texts = columns.texts(name, path);
  return (row) => {
    const text = texts[row] ?? '';
    return text === '' ? NaN : truth(test(text));
  };
}

function onNumber(columns: Columns, name: string, path: string, test: (value: number) => boolean): Test {
  const values = columns.numbers(name, path);
  return (row) => {
    const value = values[row] ?? NaN;
    return Number.isNaN(value) ? NaN : truth(test(value));
  };
}

function comparisonTest(columns: Columns, comparison: Comparison, path: string): Test {
  const place = `${path}.column`;
  const text = (test: (value: string) => boolean): Test => onText(columns, comparison.column, place, test);
  const number = (test: (value: number) => boolean): Test =>
    onNumber(columns, comparison.column, place, test);
  switch (comparison.is) {
    case 'equal':
      return text((value) => equals(value, comparison.value));
    case 'notEqual':
      return text((value) => !equals(value, comparison.value));
    case 'in':
      return text((value) => comparison.values.some((each) => equals(value, each)));
    case 'atLeast':
      return number((value) => value >= comparison.value);
    case 'above':
      return number((value) => value > comparison.value);
    case 'atMost':
      return number((value) => value <= comparison.value);
    case 'below':
      return number((value) => value < comparison.value);
    case 'present': {
      const texts = columns.texts(comparison.column, place);
      return (row) => truth(texts[row] !== '');
    }
    default:
      return unreachable(comparison);
  }
}

/** `allOf`: one "no" decides; `anyOf`: one "yes" decides; else a missing part makes the whole missing. */
function joined(tests: readonly Test[], decisive: number): Test {
  return (row) => {
    let isMissing = false;
    for (const test of tests) {
      const value = test(row);
      if (value === decisive) return decisive;
      if (Number.isNaN(value)) isMissing = true;
    }
    return isMissing ? NaN : 1 - decisive;
  };
}

function testOf(columns: Columns, condition: Condition, path: string): Test {
  if (condition.is !== 'allOf' && condition.is !== 'anyOf') return comparisonTest(columns, condition, path);
  const tests = condition.conditions.map((each, index) =>
    comparisonTest(columns, each, `${path}.conditions[${index}]`),
  );
  return joined(tests, condition.is === 'allOf' ? 0 : 1);
}

/** 1, 0 or NaN per row. Refused: failures of the columns. */
export function evaluate(columns: Columns, condition: Condition, path: string): Float64Array {
  const test = testOf(columns, condition, path);
  return Float64Array.from({ length: columns.rowCount }, (_, row) => test(row));
}

/** 1 for rows where the condition holds; missing counts as no. Null: no condition. */
export function membersOf(columns: Columns, condition: Condition | null, path: string): Uint8Array | null {
  return condition === null
    ? null
    : Uint8Array.from(evaluate(columns, condition, path), (value) => (value === 1 ? 1 : 0));
}
