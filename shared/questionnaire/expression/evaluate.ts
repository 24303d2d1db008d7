/** Evaluates a parsed and statically checked expression. Pure: everything it may know comes from the environment. */
import type { Answer } from '../../questions/answer';
import type { CallNode, Expression } from './ast';
import { questionFunction } from './functions';
import type { Literal } from './functions';
import { and, compare, isSame, not, or } from './value';
import type { Truth, Value } from './value';

export interface Environment {
  /** Active answer to a question; undefined when there is none. */
  readonly answer: (code: string) => Answer | undefined;
  /** Value of a name: a question's plain value, a derived value or a value given by the host. */
  readonly variable: (name: string) => Value;
  /** Completed years at the interview date; null before the birth question is answered. */
  readonly age: () => number | null;
}

const truthOf = (value: Value): Truth => (typeof value === 'boolean' ? value : null);

function literalsOf(node: Expression | undefined): readonly Literal[] {
  if (node?.type === 'literal') return [node.value];
  return node?.type === 'list' ? node.items.map((item) => item.value) : [];
}

function choose(node: CallNode, environment: Environment): Value {
  const [condition, whenTrue, whenFalse] = node.args;
  if (!condition || !whenTrue || !whenFalse) throw new Error('unchecked expression: if');
  const truth = truthOf(evaluate(condition, environment));
  return truth === null ? null : evaluate(truth ? whenTrue : whenFalse, environment);
}

function call(node: CallNode, environment: Environment): Value {
  if (node.name === 'age') return environment.age();
  if (node.name === 'if') return choose(node, environment);
  const [first, second] = node.args;
  const definition = questionFunction(node.name);
  if (!definition || first?.type !== 'variable') throw new Error(`unchecked expression: ${node.name}`);
  return definition.apply(environment.answer(first.name), literalsOf(second));
}

/** Value of an expression; null is missing or unknown. Throws only on expressions that fail the static checks. */
export function evaluate(node: Expression, environment: Environment): Value {
  switch (node.type) {
    case 'literal':
      return node.value;
    case 'variable':
      return environment.variable(node.name);
    case 'not':
      return not(truthOf(evaluate(node.operand, environment)));
    case 'logical': {
      const sides = [evaluate(node.left, environment), evaluate(node.right, environment)].map(truthOf);
      return node.operator === 'and' ? and(...sides) : or(...sides);
    }
    case 'comparison':
      return compare(node.operator, evaluate(node.left, environment), evaluate(node.right, environment));
    case 'membership': {
      const value = evaluate(node.value, environment);
      return or(...node.list.items.map((item) => isSame(value, item.value)));
    }
    case 'call':
      return call(node, environment);
    case 'list':
      throw new Error('unchecked expression: a list has no value');
  }
}

/** Truth of a condition; null is unknown. */
export const evaluateCondition = (node: Expression, environment: Environment): Truth =>
  truthOf(evaluate(node, environment));
