/**
 * The draw of 《中国公民科学素质基准》 (question-bank-spec §3.4, last paragraph): one point in each of the 26 基准,
 * then as many more of the remaining points at random as the form has places, one item per point. Items carry no
 * point throughout, so the draw fixes how many items each 基准 gives; a point no eligible item is left for cannot be
 * drawn.
 */
import type { SeededRandom } from '../../numeric/seededRandom';
import type { BankItem } from '../bank';
import { formatOf } from '../blueprint';
import type { Blueprint, CountRange } from '../blueprint';
import type { SelectionUnit } from './constraintModel';

/** A 基准's `max` in a benchmarkDraw blueprint is its number of points. */
function drawCounts(blueprint: Blueprint, capacity: ReadonlyMap<string, number>, random: SeededRandom) {
  const counts = new Map<string, number>();
  const remaining: string[] = [];
  for (const [benchmark, { min, max }] of Object.entries(blueprint.benchmarks)) {
    const offered = Math.min(max, capacity.get(benchmark) ?? 0);
    counts.set(benchmark, Math.min(min, offered));
    for (let point = min; point < offered; point++) remaining.push(benchmark);
  }
  const first = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const benchmark of random.shuffle(remaining).slice(0, Math.max(0, blueprint.itemCount - first)))
    counts.set(benchmark, (counts.get(benchmark) ?? 0) + 1);
  return counts;
}

export interface BenchmarkDraw {
  readonly blueprint: Blueprint;
  readonly units: readonly SelectionUnit[];
  /** Forms to draw after this one: each finds its first point of every 基准. */
  readonly formsToCome: number;
}

/** The blueprint with the drawn number of items per 基准; a balanced blueprint stays as it is. */
export function drawBenchmarks(
  { blueprint, units, formsToCome }: BenchmarkDraw,
  random: SeededRandom,
): Blueprint {
  if (blueprint.mode !== 'benchmarkDraw') return blueprint;
  const capacity = new Map<string, number>();
  const isAsked = (item: BankItem, isInBlock: boolean): boolean =>
    blueprint.formats[formatOf(item, isInBlock)].max > 0;
  const asked = units.filter(({ items, blockId }) => items.every((item) => isAsked(item, blockId !== null)));
  for (const item of asked.flatMap(({ items }) => items)) {
    const benchmark = String(item.benchmark.no);
    capacity.set(benchmark, (capacity.get(benchmark) ?? 0) + 1);
  }
  for (const [benchmark, { min }] of Object.entries(blueprint.benchmarks))
    capacity.set(benchmark, Math.max(min, (capacity.get(benchmark) ?? 0) - formsToCome * min));
  const counts = drawCounts(blueprint, capacity, random);
  const benchmarks: Record<string, CountRange> = {};
  for (const [benchmark, range] of Object.entries(blueprint.benchmarks)) {
    const count = counts.get(benchmark) ?? 0;
    benchmarks[benchmark] = count < range.min ? range : { min: count, max: count };
  }
  return { ...blueprint, benchmarks };
}
