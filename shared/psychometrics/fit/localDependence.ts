/**
 * Local dependence of item pairs: Yen's (1984) Q3, the correlation of residuals at EAP abilities over the persons who
 * were presented both, and Q3* = Q3 minus the mean over all pairs (Christensen, Makransky & Horton 2017).
 * Agrees with R: mirt::residuals(type = "Q3"), sirt::Q3, TAM::tam.modelfit (aQ3).
 */
import { at, floatAt } from '../../numeric/typedArray';
import { probabilityCorrect, type ItemParameters } from '../irt/responseFunction';
import { responseAt, type ResponseMatrix } from '../responses';

export interface DependentPair {
  readonly first: string;
  readonly second: string;
  readonly q3: number;
  readonly q3Star: number;
}

export interface LocalDependence {
  readonly meanQ3: number;
  /** Pairs in item order, those without common persons left out. */
  readonly pairs: readonly DependentPair[];
}

/** Residuals item by item, NaN where not presented. */
function residualColumns(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  abilities: Float64Array,
): Float64Array[] {
  return items.map((parameters, item) =>
    Float64Array.from({ length: matrix.personCount }, (_, person) => {
      const value = responseAt(matrix, person, item);
      return value > 1 ? NaN : value - probabilityCorrect(parameters, at(abilities, person));
    }),
  );
}

/** Pearson correlation over entries present in both; null below three or without variation. */
function correlation(first: Float64Array, second: Float64Array): number | null {
  let [n, sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < first.length; k++) {
    const x = floatAt(first, k);
    const y = floatAt(second, k);
    if (x !== x || y !== y) continue;
    n += 1;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  const [varX, varY] = [sumXX - (sumX * sumX) / n, sumYY - (sumY * sumY) / n];
  return n > 2 && varX > 0 && varY > 0 ? (sumXY - (sumX * sumY) / n) / Math.sqrt(varX * varY) : null;
}

/** Q3 of all pairs; `abilities` are EAPs under the same parameters. */
export function localDependence(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  abilities: Float64Array,
): LocalDependence {
  const residuals = residualColumns(matrix, items, abilities);
  const found: { first: string; second: string; q3: number }[] = [];
  residuals.forEach((left, i) => {
    residuals.slice(i + 1).forEach((right, offset) => {
      const q3 = correlation(left, right);
      const [first, second] = [matrix.itemIds[i] ?? '', matrix.itemIds[i + 1 + offset] ?? ''];
      if (q3 !== null) found.push({ first, second, q3 });
    });
  });
  const meanQ3 = found.length === 0 ? 0 : found.reduce((sum, { q3 }) => sum + q3, 0) / found.length;
  return { meanQ3, pairs: found.map((pair) => ({ ...pair, q3Star: pair.q3 - meanQ3 })) };
}
