/**
 * Grids for integrals over a normal ability distribution.
 * Equally spaced nodes converge exponentially for smooth posteriors (61 nodes on [-6, 6]: 1e-8 for ordinary answer
 * patterns, 1e-6 for all right or all wrong); an integrand with a jump needs panels that end at the jump.
 */
import { gaussLegendre } from '../../numeric/gaussLegendre';
import { at } from '../../numeric/typedArray';

/** weights: probability of each node; equally spaced grids are normalised to sum 1. */
export interface LatentGrid {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

export interface NormalPopulation {
  readonly mean: number;
  readonly standardDeviation: number;
}

export const standardNormal: NormalPopulation = { mean: 0, standardDeviation: 1 };

export const normalDensity = (x: number, { mean, standardDeviation }: NormalPopulation): number =>
  Math.exp(-0.5 * ((x - mean) / standardDeviation) ** 2) / (standardDeviation * Math.sqrt(2 * Math.PI));

export interface GridSpan {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The grid of mirt and TAM defaults: 61 nodes from -6 to 6. */
export const standardSpan: GridSpan = { from: -6, to: 6, count: 61 };

/** Equally spaced nodes weighted by the normal density, normalised. */
export function equallySpacedGrid(
  population: NormalPopulation = standardNormal,
  span: GridSpan = standardSpan,
): LatentGrid {
  const step = (span.to - span.from) / (span.count - 1);
  const nodes = Float64Array.from({ length: span.count }, (_, k) => span.from + k * step);
  const density = nodes.map((node) => normalDensity(node, population));
  const total = density.reduce((sum, value) => sum + value, 0);
  return { nodes, weights: density.map((value) => value / total) };
}

/** Abilities beyond so many standard deviations carry less than 1e-22 of the population. */
const REACH = 10;
const panelRule = gaussLegendre(10);

/**
 * Gauss-Legendre panels of at most one standard deviation over mean +- 10 standard deviations, with panel ends at
 * the finite `breaks`: integrands may jump there. Exact to about 1e-12 for the integrands used here.
 */
export function panelGrid(population: NormalPopulation, breaks: readonly number[] = []): LatentGrid {
  const { mean, standardDeviation } = population;
  const [lower, upper] = [mean - REACH * standardDeviation, mean + REACH * standardDeviation];
  const inside = breaks.filter((each) => each > lower && each < upper).sort((x, y) => x - y);
  const ends = [lower, ...inside, upper];
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let segment = 1; segment < ends.length; segment++) {
    const [start, end] = [ends[segment - 1] ?? lower, ends[segment] ?? upper];
    const panels = Math.max(1, Math.ceil((end - start) / standardDeviation));
    const half = (end - start) / panels / 2;
    for (let panel = 0; panel < panels; panel++) {
      const centre = start + (2 * panel + 1) * half;
      for (let k = 0; k < panelRule.nodes.length; k++) {
        const node = centre + half * at(panelRule.nodes, k);
        nodes.push(node);
        weights.push(half * at(panelRule.weights, k) * normalDensity(node, population));
      }
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
}
