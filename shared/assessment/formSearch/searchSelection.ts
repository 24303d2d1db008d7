/**
 * Seeded search for a lawful selection: a random start that covers every 基准, then simulated annealing over swaps
 * on the total violation (the swap heuristic of question-bank-spec §3.4), restarted a few times. No clock: the
 * effort is a number of swaps, so one seed gives one form on every machine.
 */
import type { SeededRandom } from '../../numeric/seededRandom';
import type { ConstraintModel, SelectionUnit } from './constraintModel';
import { Selection } from './selection';

const swapsPerStart = 60_000;
const starts = 4;
const firstTemperature = 2;
const lastTemperature = 0.03;
const attemptsForSameDimension = 6;

export interface SearchOutcome {
  readonly units: readonly SelectionUnit[];
  /** Ids of rows that stay violated, each with its sum; empty when the selection is lawful. */
  readonly violated: readonly string[];
}

class SwapSearch {
  readonly #model: ConstraintModel;
  readonly #random: SeededRandom;
  readonly #selection: Selection;

  constructor(model: ConstraintModel, random: SeededRandom) {
    this.#model = model;
    this.#random = random;
    this.#selection = new Selection(model);
  }

  #fits(unit: number): boolean {
    const size = this.#selection.sizeOf(unit);
    return !this.#selection.has(unit) && this.#selection.itemCount + size <= this.#model.blueprint.itemCount;
  }

  #covers(unit: number, benchmark: number): boolean {
    return this.#model.units[unit]?.items.some((item) => item.benchmark.no === benchmark) ?? false;
  }

  /** One random unit for each 基准 that needs one, then random units until the form is full. */
  start(): void {
    const order = this.#random.shuffle([...this.#model.units.keys()]);
    for (const [benchmark, range] of Object.entries(this.#model.blueprint.benchmarks)) {
      const candidates = order.filter((unit) => this.#covers(unit, Number(benchmark)));
      if (range.min === 0 || candidates.some((unit) => this.#selection.has(unit))) continue;
      const chosen = candidates.find((unit) => this.#fits(unit));
      if (chosen !== undefined) this.#selection.toggle(chosen);
    }
    for (const unit of order) if (this.#fits(unit)) this.#selection.toggle(unit);
  }

  #dimensionOf(unit: number): string | undefined {
    return this.#model.units[unit]?.items[0]?.dimension;
  }

  #pickUnit(accepts: (unit: number) => boolean): number | null {
    for (let attempt = 0; attempt < 200; attempt++) {
      const unit = this.#random.int(this.#model.units.length);
      if (accepts(unit)) return unit;
    }
    return null;
  }

  /** A selected unit to give up for `incoming`, of the same dimension when one turns up quickly. */
  #pickOutgoing(incoming: number): number | null {
    const isCandidate = (unit: number): boolean => unit !== incoming && this.#selection.has(unit);
    let picked = this.#pickUnit(isCandidate);
    for (let attempt = 0; attempt < attemptsForSameDimension; attempt++) {
      if (picked === null || this.#dimensionOf(picked) === this.#dimensionOf(incoming)) return picked;
      picked = this.#pickUnit(isCandidate);
    }
    return picked;
  }

  /** Brings one unit in, takes units out until the form is not too long and refills it; returns what changed. */
  #swap(): number[] {
    const incoming = this.#pickUnit((unit) => !this.#selection.has(unit));
    if (incoming === null) return [];
    const changed = [incoming];
    const toggle = (unit: number): void => {
      this.#selection.toggle(unit);
      if (unit !== incoming) changed.push(unit);
    };
    toggle(incoming);
    while (this.#selection.itemCount > this.#model.blueprint.itemCount) {
      const outgoing = this.#pickOutgoing(incoming);
      if (outgoing === null) break;
      toggle(outgoing);
    }
    while (this.#selection.itemCount < this.#model.blueprint.itemCount) {
      const refill = this.#pickUnit((unit) => this.#fits(unit) && !changed.includes(unit));
      if (refill === null) break;
      toggle(refill);
    }
    return changed;
  }

  /** Returns the violation reached; 0 ends the run at once. */
  anneal(): number {
    let current = this.#selection.violation();
    const cooling = (lastTemperature / firstTemperature) ** (1 / swapsPerStart);
    let temperature = firstTemperature;
    for (let swap = 0; swap < swapsPerStart && current > 0; swap++, temperature *= cooling) {
      const changed = this.#swap();
      const next = this.#selection.violation();
      const isFull = this.#selection.itemCount === this.#model.blueprint.itemCount;
      if (isFull && (next <= current || this.#random.next() < Math.exp((current - next) / temperature)))
        current = next;
      else for (const unit of changed) this.#selection.toggle(unit);
    }
    return current;
  }

  outcome(): SearchOutcome {
    const { units, rows, blueprint } = this.#model;
    const violated = this.#selection.violatedRows().map(({ row, sum }) => {
      const found = rows[row];
      return `${found?.id} = ${Math.round(sum * 1000) / 1000} (${found?.min}..${found?.max})`;
    });
    if (this.#selection.hasTooFewBands()) violated.push('minimumBandsPerDimension');
    if (this.#selection.itemCount !== blueprint.itemCount)
      violated.push(`itemCount = ${this.#selection.itemCount} (${blueprint.itemCount})`);
    return { units: this.#selection.selectedUnits().flatMap((unit) => units[unit] ?? []), violated };
  }
}

/** Best selection of up to four starts; the first lawful one ends the search. */
export function searchSelection(model: ConstraintModel, random: SeededRandom): SearchOutcome {
  let best: SearchOutcome = { units: [], violated: ['itemCount = 0'] };
  let bestViolation = Infinity;
  for (let start = 0; start < starts && bestViolation > 0; start++) {
    const search = new SwapSearch(model, random);
    search.start();
    const violation = search.anneal();
    if (violation >= bestViolation) continue;
    bestViolation = violation;
    best = search.outcome();
  }
  return best;
}
