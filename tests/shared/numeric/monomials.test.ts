/** Monomials and polynomials against powers written out by hand. */
import { describe, expect, it } from 'vitest';
import {
  monomialCount,
  monomialsUpTo,
  polynomialDerivatives,
  writeMonomials,
} from '@shared/numeric/monomials';
import { floats } from '../estimation/support';

describe('monomials of two variables up to degree 3', () => {
  const monomials = monomialsUpTo(2, 3);

  it('are the ten powers, the constant first', () => {
    expect(monomialCount(2, 3)).toBe(10);
    const powers = Array.from({ length: monomials.count }, (_, k) =>
      [...monomials.exponents.subarray(2 * k, 2 * k + 2)].join(''),
    );
    expect(powers).toEqual(['00', '10', '01', '20', '11', '02', '30', '21', '12', '03']);
    expect([...monomials.degrees]).toEqual([0, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
  });

  it('have their values at a point', () => {
    const values = new Float64Array(10);
    writeMonomials(monomials, { values: floats(99, 2, 3), start: 1 }, values);
    expect([...values]).toEqual([1, 2, 3, 4, 6, 9, 8, 12, 18, 27]);
  });

  it('make polynomials with the gradient and Hessian of calculus', () => {
    // f = 5 + 2x + 3xy + 7 x^2 y - y^3 at (2, 3).
    const coefficients = floats(5, 2, 0, 0, 3, 0, 0, 7, 0, -1);
    const { gradient, hessian } = polynomialDerivatives(monomials, coefficients, floats(2, 3));
    expect([...gradient]).toEqual([2 + 3 * 3 + 14 * 2 * 3, 3 * 2 + 7 * 4 - 3 * 9]);
    expect([...hessian]).toEqual([14 * 3, 3 + 14 * 2, 3 + 14 * 2, -6 * 3]);
  });
});

it('one variable has its powers, and three of degree 7 have 120 monomials', () => {
  expect([...monomialsUpTo(1, 4).degrees]).toEqual([0, 1, 2, 3, 4]);
  expect(monomialsUpTo(3, 7).count).toBe(120);
});
