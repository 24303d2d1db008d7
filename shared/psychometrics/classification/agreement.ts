/** Accuracy, consistency and kappa of a pass decision, from pass probabilities of persons or abilities. */

export interface DecisionQuality {
  /** Share whose observed decision is the true one. */
  readonly accuracy: number;
  /** Share whose decision would be the same on a parallel form. */
  readonly consistency: number;
  /** Consistency beyond chance (Cohen 1960): (consistency - chance) / (1 - chance); null when everybody falls on one side. */
  readonly kappa: number | null;
  /** Share that passes without having reached the cut. */
  readonly falsePositive: number;
  /** Share that reached the cut and does not pass. */
  readonly falseNegative: number;
}

/** Cohen's kappa from the observed and the chance agreement; null when chance alone agrees always. */
export const kappaOf = (agreement: number, chance: number): number | null =>
  chance < 1 ? (agreement - chance) / (1 - chance) : null;

/**
 * Quality of one decision. Entry v: weight (summing to 1), probability to pass, and whether the person truly stands
 * at or above the cut.
 */
export function decisionQuality(
  weights: ArrayLike<number>,
  passProbability: ArrayLike<number>,
  isTrulyAbove: (index: number) => boolean,
): DecisionQuality {
  let [passing, consistency, falsePositive, falseNegative] = [0, 0, 0, 0];
  for (let v = 0; v < weights.length; v++) {
    const [weight, pass] = [weights[v] ?? 0, passProbability[v] ?? 0];
    passing += weight * pass;
    consistency += weight * (pass * pass + (1 - pass) * (1 - pass));
    if (isTrulyAbove(v)) falseNegative += weight * (1 - pass);
    else falsePositive += weight * pass;
  }
  const chance = passing * passing + (1 - passing) * (1 - passing);
  return {
    accuracy: 1 - falsePositive - falseNegative,
    consistency,
    kappa: kappaOf(consistency, chance),
    falsePositive,
    falseNegative,
  };
}
