/**
 * Classification from ability estimates with normal errors (Rudner 2001, 2005): accuracy = mean P(true ability on the
 * side of the estimate), consistency = mean p^2 + (1 - p)^2, p = Phi((theta-hat - cut) / SE).
 * Agrees with R: cacIRT::class.Rud.
 */
import { normalCdf } from '../../numeric/distributions';
import { at } from '../../numeric/typedArray';

export interface RudnerClassification {
  readonly accuracy: number;
  readonly consistency: number;
}

/** `weights` null counts everybody once. */
export function rudnerClassification(
  abilities: {
    readonly theta: Float64Array;
    readonly standardError: Float64Array;
    readonly weights: Float64Array | null;
  },
  cut: number,
): RudnerClassification {
  let [total, accuracy, consistency] = [0, 0, 0];
  abilities.theta.forEach((theta, person) => {
    const weight = abilities.weights === null ? 1 : at(abilities.weights, person);
    const above = normalCdf((theta - cut) / at(abilities.standardError, person));
    total += weight;
    accuracy += weight * (theta >= cut ? above : 1 - above);
    consistency += weight * (above * above + (1 - above) * (1 - above));
  });
  return { accuracy: accuracy / total, consistency: consistency / total };
}
