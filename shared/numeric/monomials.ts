/**
 * Monomials x1^b1 ... xp^bp up to a degree, and polynomials on them with gradient and Hessian.
 * Every monomial is a monomial before it times one variable, so all values take one multiplication each.
 */
import { floatAt, intAt } from './typedArray';

export interface Monomials {
  readonly variableCount: number;
  /** Number 0 is the constant 1; degrees do not fall. */
  readonly count: number;
  readonly degrees: Int32Array;
  /** Row-major monomials x variables. */
  readonly exponents: Int32Array;
  /** Number of the monomial with one power of the variable less, row-major monomials x variables; -1: none. */
  readonly lowered: Int32Array;
  /** The last variable of each monomial. */
  readonly lastVariable: Int32Array;
}

/** Number of monomials up to the degree, the constant included: (variables + degree) choose degree. */
export function monomialCount(variableCount: number, degree: number): number {
  let count = 1;
  for (let k = 1; k <= degree; k++) count = (count * (variableCount + k)) / k;
  return Math.round(count);
}

export function monomialsUpTo(variableCount: number, degree: number): Monomials {
  const powers: number[][] = [Array.from({ length: variableCount }, () => 0)];
  const last = [0];
  for (let number = 0; powers.length < monomialCount(variableCount, degree); number++) {
    for (let k = last[number] ?? 0; k < variableCount; k++) {
      const power = powers[number] ?? [];
      powers.push(power.with(k, (power[k] ?? 0) + 1));
      last.push(k);
    }
  }
  const numbers = new Map(powers.map((power, number) => [power.join(), number]));
  const lowered = powers.flatMap((power) =>
    power.map((own, k) => (own === 0 ? -1 : (numbers.get(power.with(k, own - 1).join()) ?? -1))),
  );
  return {
    variableCount,
    count: powers.length,
    degrees: Int32Array.from(powers, (power) => power.reduce((sum, own) => sum + own, 0)),
    exponents: Int32Array.from(powers.flat()),
    lowered: Int32Array.from(lowered),
    lastVariable: Int32Array.from(last),
  };
}

/** Writes the value of every monomial at x, which begins at `start`. */
export function writeMonomials(
  { variableCount, count, lowered, lastVariable }: Monomials,
  x: { readonly values: Float64Array; readonly start: number },
  values: Float64Array,
): void {
  values[0] = 1;
  for (let number = 1; number < count; number++) {
    const variable = intAt(lastVariable, number);
    const before = intAt(lowered, number * variableCount + variable);
    values[number] = floatAt(values, before) * floatAt(x.values, x.start + variable);
  }
}

export interface Derivatives {
  readonly gradient: Float64Array;
  /** Row-major, symmetric. */
  readonly hessian: Float64Array;
}

/** Gradient and Hessian of sum(coefficient x monomial) at x. */
export function polynomialDerivatives(
  monomials: Monomials,
  coefficients: Float64Array,
  x: Float64Array,
): Derivatives {
  const { variableCount: size, count, exponents, lowered } = monomials;
  const values = new Float64Array(count);
  writeMonomials(monomials, { values: x, start: 0 }, values);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let number = 1; number < count; number++) {
    for (let i = 0; i < size; i++) {
      const power = intAt(exponents, number * size + i);
      if (power === 0) continue;
      const scale = floatAt(coefficients, number) * power;
      const once = intAt(lowered, number * size + i);
      gradient[i] = floatAt(gradient, i) + scale * floatAt(values, once);
      for (let j = 0; j < size; j++) {
        const left = intAt(exponents, once * size + j);
        if (left === 0) continue;
        const twice = intAt(lowered, once * size + j);
        hessian[i * size + j] = floatAt(hessian, i * size + j) + scale * left * floatAt(values, twice);
      }
    }
  }
  return { gradient, hessian };
}
