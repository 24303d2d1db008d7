/** Answers simulated from known item parameters and abilities. Relative imports: the benchmark runs it without a bundler. */
import { probabilityCorrect, type ItemParameters } from '../../../shared/psychometrics/irt/responseFunction';
import { notPresented, type ResponseMatrix } from '../../../shared/psychometrics/responses';
import { createRandom } from '../../../shared/numeric/seededRandom';

export interface Simulated {
  readonly matrix: ResponseMatrix;
  readonly items: readonly ItemParameters[];
  readonly abilities: Float64Array;
}

export interface Simulation {
  readonly persons: number;
  readonly items: number;
  readonly seed: string;
  /** log a ~ N(0, spread^2); 0 makes Rasch items. Default .3. */
  readonly slopeSpread?: number;
  /** Whether a person is shown an item; default everybody sees everything. */
  readonly isPresented?: (person: number, item: number) => boolean;
  /** Ability shift of a person; default 0. */
  readonly shift?: (person: number) => number;
  readonly fixedItems?: readonly ItemParameters[];
}

export function simulateResponses(simulation: Simulation): Simulated {
  const { persons, seed, slopeSpread = 0.3, isPresented = () => true, shift = () => 0 } = simulation;
  const random = createRandom(seed);
  const items =
    simulation.fixedItems ??
    Array.from({ length: simulation.items }, () => ({
      a: Math.exp(slopeSpread * random.normal()),
      b: Math.max(-2.5, Math.min(2.5, random.normal())),
      c: 0,
    }));
  const abilities = Float64Array.from({ length: persons }, (_, person) => random.normal() + shift(person));
  const values = new Uint8Array(persons * items.length);
  abilities.forEach((theta, person) => {
    items.forEach((item, index) => {
      const isRight = random.next() < probabilityCorrect(item, theta);
      values[person * items.length + index] = !isPresented(person, index) ? notPresented : isRight ? 1 : 0;
    });
  });
  const itemIds = items.map((_, index) => `item${index + 1}`);
  return { matrix: { itemIds, personCount: persons, values, weights: null }, items, abilities };
}

/** Root mean squared difference. */
export function rmse(found: readonly number[], truth: readonly number[]): number {
  const sum = found.reduce((total, value, k) => total + (value - (truth[k] ?? NaN)) ** 2, 0);
  return Math.sqrt(sum / found.length);
}
