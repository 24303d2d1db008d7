/** Syntax tree of the expression language. `position` is the 0-based offset in the source text. */
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface LiteralNode {
  readonly type: 'literal';
  readonly value: number | string | boolean;
  readonly position: number;
}

export interface ListNode {
  readonly type: 'list';
  readonly items: readonly LiteralNode[];
  readonly position: number;
}

export interface VariableNode {
  readonly type: 'variable';
  readonly name: string;
  readonly position: number;
}

export interface CallNode {
  readonly type: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly position: number;
}

export type Expression =
  | LiteralNode
  | ListNode
  | VariableNode
  | CallNode
  | { readonly type: 'not'; readonly operand: Expression; readonly position: number }
  | {
      readonly type: 'logical';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  | {
      readonly type: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  | {
      readonly type: 'membership';
      readonly value: Expression;
      readonly list: ListNode;
      readonly position: number;
    };

/** Direct parts of a node, left to right. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case 'not':
      return [node.operand];
    case 'logical':
    case 'comparison':
      return [node.left, node.right];
    case 'membership':
      return [node.value, node.list];
    case 'call':
      return node.args;
    case 'literal':
    case 'list':
    case 'variable':
      return [];
  }
}

/** Calls `visit` for a node and everything below it. */
export function walk(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}
