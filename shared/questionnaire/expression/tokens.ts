/** Splits expression text into tokens. Knows nothing of grammar. */
import type { ComparisonOperator } from './ast';

export type Token =
  | { readonly type: 'number'; readonly value: number; readonly position: number; readonly text: string }
  | { readonly type: 'string'; readonly value: string; readonly position: number; readonly text: string }
  | { readonly type: 'name'; readonly position: number; readonly text: string }
  | {
      readonly type: 'keyword';
      readonly text: 'and' | 'or' | 'not' | 'in' | 'true' | 'false';
      readonly position: number;
    }
  | { readonly type: 'comparison'; readonly text: ComparisonOperator; readonly position: number }
  | { readonly type: 'punctuation'; readonly text: '(' | ')' | '[' | ']' | ','; readonly position: number }
  | { readonly type: 'end'; readonly text: ''; readonly position: number };

export type SyntaxProblem =
  'unexpectedCharacter' | 'unclosedString' | 'unexpectedToken' | 'chainedComparison' | 'tooDeep';

/** Thrown inside the parser only; `parseExpression` turns it into a value. */
export class ExpressionSyntaxError extends Error {
  constructor(
    readonly problem: SyntaxProblem,
    readonly position: number,
    readonly found: string,
  ) {
    super(`${problem} at ${position}: ${found}`);
  }
}

const keywords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'true', 'false']);
const pattern =
  /(?<space>\s+)|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<string>'[^']*'|"[^"]*")|(?<comparison>==|!=|<=|>=|<|>)|(?<punctuation>[()[\],])/y;

function tokenOf(groups: Readonly<Record<string, string | undefined>>, position: number): Token | null {
  const { number, name, string, comparison, punctuation } = groups;
  if (number !== undefined) return { type: 'number', value: Number(number), position, text: number };
  if (string !== undefined) return { type: 'string', value: string.slice(1, -1), position, text: string };
  if (comparison !== undefined) {
    return { type: 'comparison', text: comparison as ComparisonOperator, position };
  }
  if (punctuation !== undefined) {
    return { type: 'punctuation', text: punctuation as '(' | ')' | '[' | ']' | ',', position };
  }
  if (name === undefined) return null;
  return keywords.has(name)
    ? { type: 'keyword', text: name as 'and' | 'or' | 'not' | 'in' | 'true' | 'false', position }
    : { type: 'name', text: name, position };
}

/** Tokens of `text`, closed by an `end` token. Throws ExpressionSyntaxError. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (!match?.groups) {
      const found = text.charAt(position);
      const problem = found === "'" || found === '"' ? 'unclosedString' : 'unexpectedCharacter';
      throw new ExpressionSyntaxError(problem, position, found);
    }
    const token = tokenOf(match.groups, position);
    if (token) tokens.push(token);
    position = pattern.lastIndex;
  }
  tokens.push({ type: 'end', text: '', position: text.length });
  return tokens;
}
