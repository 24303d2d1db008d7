/**
 * Static checks of one expression: unknown names and functions, wrong types, codes that a question does not have,
 * and references to questions that come later in the interview.
 */
import type { Question } from '../../questions/kinds';
import { dontKnowCode, refusedCode } from '../../questions/missing';
import { childrenOf } from './ast';
import type { CallNode, Expression, LiteralNode, VariableNode } from './ast';
import { questionFunction } from './functions';
import type { QuestionFunction } from './functions';
import { isSame } from './value';

export type ExpressionProblemCode =
  'unknownName' | 'unknownFunction' | 'wrongType' | 'wrongArguments' | 'unknownCode' | 'forwardReference';

export interface ExpressionProblem {
  readonly problem: ExpressionProblemCode;
  /** 0-based offset in the expression text. */
  readonly position: number;
  readonly detail: string;
}

/** `composite` answers have several parts and are read through functions only; `any` was reported already. */
export type StaticType =
  | { readonly type: 'boolean' | 'number' | 'text' | 'composite' | 'any' }
  | { readonly type: 'code'; readonly codes: readonly string[] };

export interface ScopeSymbol {
  readonly type: StaticType;
  /** Present when the name is a question. */
  readonly question: Question | null;
  /** Place in the interview; −1 for values known from the start. */
  readonly index: number;
}

export interface Scope {
  readonly lookup: (name: string) => ScopeSymbol | null;
  /** Last place in the interview the expression may look at. */
  readonly lastIndex: number;
  readonly ageIndex: number;
}

interface Check {
  readonly scope: Scope;
  readonly report: (problem: ExpressionProblemCode, node: Expression, detail: string) => void;
}

const any: StaticType = { type: 'any' };
const boolean: StaticType = { type: 'boolean' };

/** Type of a question's plain value. */
export function typeOfQuestion(question: Question): StaticType {
  switch (question.kind) {
    case 'single':
      return { type: 'code', codes: question.options.map((option) => option.code) };
    case 'trueFalse':
      return boolean;
    case 'number':
    case 'text':
      return { type: question.kind };
    default:
      return { type: 'composite' };
  }
}

function resolve(name: string, node: Expression, check: Check): ScopeSymbol | null {
  const symbol = check.scope.lookup(name);
  if (!symbol) {
    check.report('unknownName', node, name);
    return null;
  }
  if (symbol.index > check.scope.lastIndex) check.report('forwardReference', node, name);
  return symbol;
}

const typeOfLiteral = (node: LiteralNode): StaticType =>
  typeof node.value === 'string' ? { type: 'text' } : { type: typeof node.value as 'number' | 'boolean' };

const canOrder = (type: StaticType): boolean =>
  type.type === 'any' ||
  type.type === 'number' ||
  (type.type === 'code' && type.codes.every((code) => /^\d+$/.test(code)));

function canEqual(left: StaticType, right: StaticType): boolean {
  if (left.type === 'any' || right.type === 'any') return true;
  if (left.type === 'composite' || right.type === 'composite') return false;
  if (left.type === 'code') return right.type === 'number' || right.type === 'text' || right.type === 'code';
  return right.type === 'code' ? canEqual(right, left) : left.type === right.type;
}

/** Reports a literal that is none of the codes it is compared with. */
function checkCode(type: StaticType, node: Expression, check: Check): void {
  if (type.type !== 'code' || node.type !== 'literal') return;
  if (!type.codes.some((code) => isSame(code, node.value) === true)) {
    check.report('unknownCode', node, String(node.value));
  }
}

function checkComparison(node: Extract<Expression, { type: 'comparison' }>, check: Check): StaticType {
  const left = typeOf(node.left, check);
  const right = typeOf(node.right, check);
  if (node.operator === '==' || node.operator === '!=') {
    if (!canEqual(left, right)) check.report('wrongType', node, `${left.type} ${right.type}`);
    checkCode(left, node.right, check);
    checkCode(right, node.left, check);
  } else if (!canOrder(left) || !canOrder(right)) {
    check.report('wrongType', node, `${left.type} ${right.type}`);
  }
  return boolean;
}

function checkMembership(node: Extract<Expression, { type: 'membership' }>, check: Check): StaticType {
  const value = typeOf(node.value, check);
  for (const item of node.list.items) {
    if (!canEqual(value, typeOfLiteral(item))) check.report('wrongType', item, value.type);
    checkCode(value, item, check);
  }
  return boolean;
}

function secondCodes(definition: QuestionFunction, question: Question): readonly string[] {
  if (definition.codesOf === 'rows') return 'rows' in question ? question.rows.map((row) => row.code) : [];
  const reserved = question.kind === 'scale' ? [dontKnowCode, refusedCode] : [];
  return 'options' in question ? [...question.options.map((option) => option.code), ...reserved] : [];
}

function checkSecond(node: CallNode, definition: QuestionFunction, question: Question, check: Check): void {
  const second = node.args[1];
  const shape = { none: undefined, code: 'literal', list: 'list' }[definition.second];
  if (second?.type !== shape || node.args.length !== (shape === undefined ? 1 : 2)) {
    check.report('wrongArguments', node, node.name);
    return;
  }
  const items = second?.type === 'list' ? second.items : second ? [second] : [];
  const type: StaticType = { type: 'code', codes: secondCodes(definition, question) };
  for (const item of items) checkCode(type, item, check);
}

function typeOfQuestionCall(node: CallNode, definition: QuestionFunction, check: Check): StaticType {
  const first = node.args[0];
  if (first?.type !== 'variable') {
    check.report('wrongArguments', node, node.name);
    return any;
  }
  const question = resolve(first.name, first, check)?.question;
  if (question === null) check.report('wrongType', first, first.name);
  if (!question) return any;
  if (definition.kinds && !definition.kinds.includes(question.kind)) {
    check.report('wrongType', first, question.kind);
    return any;
  }
  checkSecond(node, definition, question, check);
  if (definition.returns !== 'code') return { type: definition.returns };
  return {
    type: 'code',
    codes: 'options' in question ? question.options.map((option) => option.code) : [],
  };
}

function typeOfIf(node: CallNode, check: Check): StaticType {
  const [condition, whenTrue, whenFalse] = node.args;
  if (!condition || !whenTrue || !whenFalse || node.args.length !== 3) {
    check.report('wrongArguments', node, node.name);
    return any;
  }
  expectBoolean(condition, check);
  const left = typeOf(whenTrue, check);
  const right = typeOf(whenFalse, check);
  if (!canEqual(left, right)) check.report('wrongType', node, `${left.type} ${right.type}`);
  return left.type === 'text' || left.type === 'any' ? right : left;
}

function typeOfCall(node: CallNode, check: Check): StaticType {
  if (node.name === 'age') {
    if (node.args.length > 0) check.report('wrongArguments', node, node.name);
    if (check.scope.ageIndex > check.scope.lastIndex) check.report('forwardReference', node, node.name);
    return { type: 'number' };
  }
  if (node.name === 'if') return typeOfIf(node, check);
  const definition = questionFunction(node.name);
  if (definition) return typeOfQuestionCall(node, definition, check);
  check.report('unknownFunction', node, node.name);
  return any;
}

function expectBoolean(node: Expression, check: Check): void {
  const { type } = typeOf(node, check);
  if (type !== 'boolean' && type !== 'any') check.report('wrongType', node, type);
}

const typeOfVariable = (node: VariableNode, check: Check): StaticType =>
  resolve(node.name, node, check)?.type ?? any;

function typeOf(node: Expression, check: Check): StaticType {
  switch (node.type) {
    case 'literal':
      return typeOfLiteral(node);
    case 'variable':
      return typeOfVariable(node, check);
    case 'not':
    case 'logical':
      childrenOf(node).forEach((side) => {
        expectBoolean(side, check);
      });
      return boolean;
    case 'comparison':
      return checkComparison(node, check);
    case 'membership':
      return checkMembership(node, check);
    case 'call':
      return typeOfCall(node, check);
    case 'list':
      check.report('wrongType', node, 'list');
      return any;
  }
}

/** Type of an expression and everything wrong with it. */
export function checkExpression(
  node: Expression,
  scope: Scope,
): { readonly type: StaticType; readonly problems: readonly ExpressionProblem[] } {
  const problems: ExpressionProblem[] = [];
  const report: Check['report'] = (problem, at, detail) => {
    problems.push({ problem, position: at.position, detail });
  };
  return { type: typeOf(node, { scope, report }), problems };
}

/** As `checkExpression`, for an expression that must be a condition. */
export function checkCondition(node: Expression, scope: Scope): readonly ExpressionProblem[] {
  const { type, problems } = checkExpression(node, scope);
  const isCondition = type.type === 'boolean' || type.type === 'any';
  return isCondition
    ? problems
    : [...problems, { problem: 'wrongType', position: node.position, detail: type.type }];
}
