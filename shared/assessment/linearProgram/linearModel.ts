/**
 * A mixed-integer linear model as plain data, and what a solver answers. The solver itself stays outside `shared`:
 * whoever calls passes it in.
 */

export interface LinearColumn {
  readonly lower: number;
  readonly upper: number;
  readonly isInteger: boolean;
  /** Coefficient in the objective, which is minimised. */
  readonly cost: number;
}

export interface LinearTerm {
  readonly column: number;
  readonly coefficient: number;
}

/** min <= sum of the terms <= max. */
export interface LinearRow {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly terms: readonly LinearTerm[];
}

export interface LinearModel {
  readonly columns: readonly LinearColumn[];
  readonly rows: readonly LinearRow[];
}

export interface SolveLimits {
  /** The search may stop at a solution proved to be within this share of the best. */
  readonly relativeGap: number;
  /** Branch-and-bound nodes after which the best solution found is taken; unlike seconds, equal on every machine. */
  readonly maximumNodes: number;
  /** Safety net only: a solve that reaches it is `undecided` unless it has a solution. */
  readonly maximumSeconds: number;
  readonly seed: number;
}

export type SolveAnswer =
  | {
      readonly status: 'solved';
      /** One value per column. */
      readonly values: ArrayLike<number>;
      /** Stopped by the clock: another machine may stop at another solution. */
      readonly timedOut: boolean;
    }
  | { readonly status: 'infeasible' }
  | { readonly status: 'undecided' };

export type SolveLinear = (model: LinearModel, limits: SolveLimits) => SolveAnswer;
