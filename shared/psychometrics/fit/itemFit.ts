/**
 * Infit and outfit of items: mean squares of residuals at given abilities, with their standardised values by the
 * Wilson-Hilferty transformation (Wright & Masters 1982). Expected value 1; Rasch items outside .7-1.3 are reviewed.
 * Agrees with R: eRm::itemfit (abilities by maximum likelihood), TAM::msq.itemfit.
 */
import { at } from '../../numeric/typedArray';
import { probabilityCorrect, type ItemParameters } from '../irt/responseFunction';
import { responseAt, type ResponseMatrix } from '../responses';

export interface ItemFit {
  readonly itemId: string;
  readonly infit: number;
  readonly outfit: number;
  /** Standardised, about N(0, 1) when the item fits. */
  readonly infitT: number;
  readonly outfitT: number;
  readonly personCount: number;
}

const wilsonHilferty = (meanSquare: number, deviation: number): number =>
  (Math.cbrt(meanSquare) - 1) * (3 / deviation) + deviation / 3;

function fitOf(
  matrix: ResponseMatrix,
  parameters: ItemParameters,
  item: number,
  abilities: Float64Array,
): ItemFit {
  let [count, squares, standardised, variance] = [0, 0, 0, 0];
  let [infitSpread, outfitSpread] = [0, 0];
  for (let person = 0; person < matrix.personCount; person++) {
    const [value, theta] = [responseAt(matrix, person, item), at(abilities, person)];
    if (value > 1 || Number.isNaN(theta)) continue;
    const p = probabilityCorrect(parameters, theta);
    const own = p * (1 - p);
    const fourth = own * (1 - 3 * own);
    count += 1;
    squares += (value - p) ** 2;
    standardised += (value - p) ** 2 / own;
    variance += own;
    outfitSpread += fourth / (own * own);
    infitSpread += fourth - own * own;
  }
  const [infit, outfit] = [squares / variance, standardised / count];
  return {
    itemId: matrix.itemIds[item] ?? '',
    infit,
    outfit,
    infitT: wilsonHilferty(infit, Math.sqrt(infitSpread) / variance),
    outfitT: wilsonHilferty(outfit, Math.sqrt(outfitSpread / (count * count) - 1 / count)),
    personCount: count,
  };
}

/** Fit of every item; `abilities` per person, NaN leaves a person out (extreme scores have no finite estimate). */
export const itemFit = (
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  abilities: Float64Array,
): readonly ItemFit[] => items.map((parameters, item) => fitOf(matrix, parameters, item, abilities));
