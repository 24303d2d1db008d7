import { beforeAll, describe, expect, it } from 'vitest';
import { loadHighs } from '@electron/backend/assembly/highsSolver';
import type { LinearModel, SolveLinear } from '@shared/assessment/linearProgram/linearModel';

let solve: SolveLinear;
beforeAll(async () => {
  solve = await loadHighs();
});

const limits = { relativeGap: 0, maximumNodes: 1000, maximumSeconds: 20, seed: 1 };
const binary = (cost: number) => ({ lower: 0, upper: 1, isInteger: true, cost });

/** Knapsack of weights 3, 4, 5 and values 4, 5, 7 with capacity 8: best by hand is 3 + 5 with value 11. */
const knapsack: LinearModel = {
  columns: [binary(-4), binary(-5), binary(-7)],
  rows: [
    {
      id: 'capacity',
      min: -Infinity,
      max: 8,
      terms: [3, 4, 5].map((coefficient, column) => ({ column, coefficient })),
    },
  ],
};

describe('HiGHS behind the plain linear model', () => {
  it('finds the best knapsack of three things', () => {
    const answer = solve(knapsack, limits);
    expect(answer.status).toBe('solved');
    if (answer.status === 'solved') expect([...Array.from(answer.values)].map(Math.round)).toEqual([1, 0, 1]);
  });

  it('says infeasible when two rows contradict each other', () => {
    const both = [0, 1, 2].map((column) => ({ column, coefficient: 1 }));
    const rows = [...knapsack.rows, { id: 'all', min: 3, max: 3, terms: both }];
    expect(solve({ ...knapsack, rows }, limits)).toEqual({ status: 'infeasible' });
  });
});
