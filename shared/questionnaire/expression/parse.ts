/**
 * Pratt parser (Pratt 1973) of the expression language. Binding, loosest first: or, and, not, comparison and in.
 *
 *   B9 in [1,2,3] and not answered(B11)      age() >= 60 or B5 <= 2      if(B9 == 7, 'A', B10)
 *
 * Comparisons do not chain (`a < b < c` is an error). Names are question codes, derived values or values given by
 * the host. Numbers may carry a sign; there is no arithmetic.
 */
import { fail, ok } from '../../domain/result';
import type { Result } from '../../domain/result';
import type { Expression, ListNode, LiteralNode } from './ast';
import { ExpressionSyntaxError, tokenize } from './tokens';
import type { Token } from './tokens';

const binding = { or: 1, and: 2, not: 3, comparison: 4 } as const;
/** Deeper nesting than any questionnaire needs; keeps hostile text from exhausting the stack. */
const maximumDepth = 100;

class Parser {
  private index = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parseAll(): Expression {
    const node = this.expression(0);
    if (this.peek().type !== 'end') throw this.unexpected();
    return node;
  }

  private peek(): Token {
    const token = this.tokens[this.index];
    if (!token) throw new Error('the parser ran past the end token');
    return token;
  }

  private advance(): Token {
    const token = this.peek();
    if (token.type !== 'end') this.index += 1;
    return token;
  }

  private unexpected(): ExpressionSyntaxError {
    const token = this.peek();
    return new ExpressionSyntaxError('unexpectedToken', token.position, token.text);
  }

  private expect(text: '(' | ')' | '[' | ']'): Token {
    if (this.peek().type !== 'punctuation' || this.peek().text !== text) throw this.unexpected();
    return this.advance();
  }

  private takes(text: string): boolean {
    const token = this.peek();
    const found = token.text === text && (token.type === 'punctuation' || token.type === 'keyword');
    if (found) this.index += 1;
    return found;
  }

  private expression(minimum: number): Expression {
    this.depth += 1;
    if (this.depth > maximumDepth) {
      throw new ExpressionSyntaxError('tooDeep', this.peek().position, this.peek().text);
    }
    let left = this.prefix();
    for (let next = this.infix(left, minimum); next; next = this.infix(left, minimum)) left = next;
    this.depth -= 1;
    return left;
  }

  /** The next infix expression on top of `left`, or null when what follows binds too loosely. */
  private infix(left: Expression, minimum: number): Expression | null {
    const token = this.peek();
    if (token.text === 'and' || token.text === 'or') return this.logical(left, token.text, minimum);
    const isComparison = token.type === 'comparison' || token.text === 'in';
    return isComparison && binding.comparison > minimum ? this.comparison(left) : null;
  }

  private logical(left: Expression, operator: 'and' | 'or', minimum: number): Expression | null {
    if (binding[operator] <= minimum) return null;
    const { position } = this.advance();
    return { type: 'logical', operator, left, right: this.expression(binding[operator]), position };
  }

  private comparison(left: Expression): Expression {
    const token = this.advance();
    const { position } = token;
    if (left.type === 'comparison' || left.type === 'membership') {
      throw new ExpressionSyntaxError('chainedComparison', position, token.text);
    }
    if (token.type !== 'comparison') return { type: 'membership', value: left, list: this.list(), position };
    const right = this.expression(binding.comparison);
    return { type: 'comparison', operator: token.text, left, right, position };
  }

  private prefix(): Expression {
    const token = this.peek();
    const { position } = token;
    switch (token.type) {
      case 'number':
      case 'string':
        this.advance();
        return { type: 'literal', value: token.value, position };
      case 'name':
        return this.name();
      case 'keyword':
        return this.keyword(position);
      default:
        return this.bracketed();
    }
  }

  private keyword(position: number): Expression {
    if (this.takes('true')) return { type: 'literal', value: true, position };
    if (this.takes('false')) return { type: 'literal', value: false, position };
    if (this.takes('not')) return { type: 'not', operand: this.expression(binding.not), position };
    if (this.takes('in')) return this.prefixMembership(position);
    throw this.unexpected();
  }

  private bracketed(): Expression {
    if (!this.takes('(')) throw this.unexpected();
    const inner = this.expression(0);
    this.expect(')');
    return inner;
  }

  /** `in(x, [1, 2])`, the same as `x in [1, 2]`. */
  private prefixMembership(position: number): Expression {
    this.expect('(');
    const value = this.expression(0);
    if (!this.takes(',')) throw this.unexpected();
    const list = this.list();
    this.expect(')');
    return { type: 'membership', value, list, position };
  }

  private name(): Expression {
    const token = this.advance();
    const { position, text: name } = token;
    if (!this.takes('(')) return { type: 'variable', name, position };
    const args: Expression[] = [];
    while (!this.takes(')')) {
      if (args.length > 0 && !this.takes(',')) throw this.unexpected();
      args.push(this.peek().text === '[' ? this.list() : this.expression(0));
    }
    return { type: 'call', name, args, position };
  }

  private list(): ListNode {
    const { position } = this.expect('[');
    const items: LiteralNode[] = [];
    while (!this.takes(']')) {
      if (items.length > 0 && !this.takes(',')) throw this.unexpected();
      const token = this.advance();
      if (token.type !== 'number' && token.type !== 'string') {
        throw new ExpressionSyntaxError('unexpectedToken', token.position, token.text);
      }
      items.push({ type: 'literal', value: token.value, position: token.position });
    }
    return { type: 'list', items, position };
  }
}

/**
 * Parses expression text. Fails with SEED_INVALID and `problem` (SyntaxProblem), `position` (0-based) and `found`.
 * @example parseExpression('B5 <=') fails with position 5
 */
export function parseExpression(text: string): Result<Expression> {
  try {
    return ok(new Parser(tokenize(text)).parseAll());
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    const { problem, position, found } = error;
    return fail('SEED_INVALID', { problem, position, found });
  }
}
