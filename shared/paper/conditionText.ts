/** Conditions of the questionnaire in plain Chinese, for people who skip by themselves. */
import type { Expression, LiteralNode } from '../questionnaire/expression/ast';
import { conditionWords } from '../texts/paperFormTexts';

/** Printed number of a question by its id. */
export type Labels = (questionId: string) => string;

const literalText = (node: LiteralNode): string => String(node.value);

interface Called {
  readonly name: string;
  readonly question: string;
  readonly codes: readonly string[];
}

/** A function of a question with its codes; null for anything else. */
function calledOn(node: Expression): Called | null {
  if (node.type !== 'call') return null;
  const [first, second] = node.args;
  const items = second?.type === 'list' ? second.items : second?.type === 'literal' ? [second] : [];
  return {
    name: node.name,
    question: first?.type === 'variable' ? first.name : '',
    codes: items.map(literalText),
  };
}

type Comparison = Extract<Expression, { type: 'comparison' }>;

function ageText({ operator }: Comparison, years: number): string {
  const { atLeastAge, underAge } = conditionWords;
  const texts = {
    '>=': atLeastAge(years),
    '>': atLeastAge(years + 1),
    '<': underAge(years),
    '<=': underAge(years + 1),
    '==': atLeastAge(years),
    '!=': conditionWords.not(atLeastAge(years)),
  };
  return texts[operator];
}

function calledComparison(call: Called, node: Comparison, labels: Labels, part: string): string {
  const value = node.right.type === 'literal' ? literalText(node.right) : '';
  if (call.name === 'age') return ageText(node, Number(value));
  const label = labels(call.question);
  if (call.name === 'countRows') return conditionWords.anyRowChose(label, call.codes);
  if (call.name !== 'row') return conditionWords.byEarlierAnswers;
  const row = call.codes[0] ?? '';
  return row === part
    ? conditionWords.sameRowChose(label, [value])
    : conditionWords.rowChose(label, row, [value]);
}

function comparisonText(node: Comparison, labels: Labels, part: string): string {
  const call = calledOn(node.left);
  if (call !== null) return calledComparison(call, node, labels, part);
  if (node.left.type !== 'variable' || node.right.type !== 'literal') return conditionWords.byEarlierAnswers;
  const label = labels(node.left.name);
  const value = literalText(node.right);
  if (node.operator === '==') return conditionWords.chose(label, [value]);
  if (node.operator === '!=') return conditionWords.didNotChoose(label, [value]);
  return conditionWords.compared(label, node.operator, value);
}

function membershipText(
  node: Extract<Expression, { type: 'membership' }>,
  labels: Labels,
  part: string,
): string {
  const codes = node.list.items.map(literalText);
  if (node.value.type === 'variable') return conditionWords.chose(labels(node.value.name), codes);
  const call = calledOn(node.value);
  if (call?.name !== 'row') return conditionWords.byEarlierAnswers;
  const row = call.codes[0] ?? '';
  const label = labels(call.question);
  return row === part
    ? conditionWords.sameRowChose(label, codes)
    : conditionWords.rowChose(label, row, codes);
}

function callText(node: Expression, labels: Labels, part: string): string {
  const call = calledOn(node);
  if (call?.name === 'selected')
    return call.codes[0] === part
      ? conditionWords.sameSelected(labels(call.question))
      : conditionWords.chose(labels(call.question), call.codes);
  if (call?.name === 'notApplicable') return conditionWords.saidNotApplicable(labels(call.question));
  return conditionWords.byEarlierAnswers;
}

function notText(operand: Expression, labels: Labels, part: string): string {
  const call = calledOn(operand);
  if (call?.name === 'selected') return conditionWords.didNotChoose(labels(call.question), call.codes);
  if (call?.name === 'notApplicable') return conditionWords.didNotSayNotApplicable(labels(call.question));
  return conditionWords.not(conditionText(operand, labels, part));
}

/**
 * A condition in words. `part` is the code of the option or row it decides on: a condition on the same code of an
 * earlier question then reads 同一项.
 * @example conditionText of `B9 in [1,2,3]` === 'B9 选 1、2 或 3'
 */
export function conditionText(node: Expression, labels: Labels, part = ''): string {
  switch (node.type) {
    case 'logical': {
      const parts = [node.left, node.right].map((each) => conditionText(each, labels, part));
      return node.operator === 'and' ? conditionWords.and(parts) : conditionWords.or(parts);
    }
    case 'not':
      return notText(node.operand, labels, part);
    case 'comparison':
      return comparisonText(node, labels, part);
    case 'membership':
      return membershipText(node, labels, part);
    case 'call':
      return callText(node, labels, part);
    default:
      return conditionWords.byEarlierAnswers;
  }
}
