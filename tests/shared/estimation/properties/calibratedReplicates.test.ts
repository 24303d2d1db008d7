/** Replicates calibrated to continuous variables by sums per PSU are those calibrated row by row. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateWithReplicates, type ReplicateRequest } from '@shared/estimation/replicateEstimate';
import { subbootstrapReplicates } from '@shared/estimation/variance/bootstrapReplicates';
import { createRandom } from '@shared/numeric/seededRandom';
import { calibrate, cellCalibration, type CalibrationOptions } from '@shared/weighting/calibrate';
import { auxiliarySpace, type CalibrationSpace } from '@shared/weighting/calibrationSpace';
import { designOf, failureOf, valueOf } from '../support';
import { expectClose, seeds } from './closeness';

const PSUS = 18;
const PERSONS = 40;

/** Three strata of six PSUs with clustered, skewed auxiliaries; every row is a cell of its own. */
function sampleOf(seed: number) {
  const random = createRandom(seed);
  const psuOfRow = Int32Array.from({ length: PSUS * PERSONS }, (_, row) => Math.floor(row / PERSONS));
  const column = (value: (row: number) => number): Float64Array =>
    Float64Array.from({ length: psuOfRow.length }, (_, row) => value(row));
  const level = Float64Array.from({ length: PSUS }, () => 0.2 * random.normal());
  const weights = column(() => 100 + 400 * random.next());
  const income = column((row) => Math.exp((level[psuOfRow[row] ?? 0] ?? 0) + 0.5 * random.normal()));
  const age = column(() => 18 + 60 * random.next());
  const score = column((row) =>
    row % 50 === 0 ? NaN : 40 + 5 * (income[row] ?? 0) + (age[row] ?? 0) / 5 + 8 * random.normal(),
  );
  const totalOf = (values: Float64Array): number =>
    values.reduce((sum, value, row) => sum + value * (weights[row] ?? 0), 0);
  const space = auxiliarySpace([
    { name: 'size', values: column(() => 1), total: totalOf(column(() => 1.01)) },
    { name: 'income', values: income, total: 1.03 * totalOf(income) },
    { name: 'age', values: age, total: totalOf(age) },
  ]);
  const design = designOf({
    stages: [
      {
        units: Array.from(psuOfRow, (psu) => `p${psu}`),
        strata: Array.from(psuOfRow, (psu) => `h${psu % 3}`),
      },
    ],
    weights,
  });
  const children = column(() => random.int(4) + 1);
  return { psuOfRow, weights, score, children, space, design };
}

type Sample = ReturnType<typeof sampleOf>;

/** Domains that overlap, one of them in few PSUs. */
const domainsOf = ({ psuOfRow }: Sample) => [
  { id: 'all', member: new Uint8Array(psuOfRow.length).fill(1) },
  { id: 'thirds', member: Uint8Array.from(psuOfRow, (_, row) => (row % 3 === 0 ? 1 : 0)) },
  { id: 'few', member: Uint8Array.from(psuOfRow, (psu) => (psu < 9 ? 1 : 0)) },
];

function requestsOf({ score, children }: Sample): readonly Omit<ReplicateRequest, 'reweigh'>[] {
  return [
    { statistic: 'mean', outcome: score },
    { statistic: 'total', outcome: children },
    { statistic: 'ratio', outcome: score, denominator: children },
  ];
}

const calibrations: readonly CalibrationOptions[] = [
  { distance: 'linear' },
  { distance: 'raking' },
  { distance: 'logit', bounds: { lower: 0.1, upper: 8 } },
  { distance: 'linear-bounded', bounds: { lower: 0.1, upper: 8 } },
];

describe.each(calibrations)('calibration to two continuous variables, $distance', (options) => {
  it('gives every replicate of every domain the value it has row by row, wherever it starts', () => {
    let compared = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = sampleOf(seed);
        const { design, space, weights } = sample;
        const replicates = valueOf(subbootstrapReplicates(design, { seed, replicateCount: 6 }));
        const estimates = (request: ReplicateRequest) =>
          estimateWithReplicates(design, request, replicates, domainsOf(sample));
        for (const request of requestsOf(sample)) {
          const byRows = estimates({ ...request, reweigh: (base) => calibrate(base, space, options) });
          for (const start of [null, weights]) {
            const bySums = estimates({
              ...request,
              reweigh: valueOf(cellCalibration(space, options, start)),
            });
            expect(bySums.ok).toBe(byRows.ok);
            if (!byRows.ok || !bySums.ok) continue;
            compared++;
            byRows.value.forEach(({ estimate, values }, domain) => {
              expectClose(bySums.value[domain]?.estimate, estimate, 1e-10);
              values.forEach((value, index) =>
                expectClose(bySums.value[domain]?.values[index], value, 1e-10),
              );
            });
          }
        }
      }),
      { numRuns: 4 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});

describe('multipliers from sums per PSU', () => {
  const prepared = (sample: Sample, distance: 'linear' | 'raking') => {
    const { byUnits } = valueOf(cellCalibration(sample.space, { distance }, sample.weights));
    const find = byUnits?.prepare(sample.psuOfRow, PSUS, sample.weights);
    if (!find) throw new Error('sums per PSU were expected to serve');
    return find;
  };

  /** Largest relative error of the rows' calibrated totals. */
  function marginError(
    { space, weights, psuOfRow }: Sample,
    factors: Float64Array,
    ratio: (predictor: number) => number,
    multipliers: Float64Array,
  ): number {
    const size = space.variableCount;
    const sums = new Float64Array(size);
    weights.forEach((weight, row) => {
      const start = (space.cellOfRow[row] ?? 0) * size;
      const x = space.variables.subarray(start, start + size);
      const predictor = x.reduce((sum, value, k) => sum + value * (multipliers[k] ?? 0), 0);
      const calibrated = weight * (factors[psuOfRow[row] ?? 0] ?? 0) * ratio(predictor);
      x.forEach((value, k) => (sums[k] = (sums[k] ?? 0) + calibrated * value));
    });
    return Math.max(...space.totals.map((total, k) => Math.abs((sums[k] ?? 0) / total - 1)));
  }

  it('meet the margins on the rows when the calibration is linear, whatever the factors', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = sampleOf(seed);
        const random = createRandom(`factors ${seed}`);
        const factors = Float64Array.from({ length: PSUS }, () => random.int(3));
        factors.set([1, 1, 1]);
        const found = prepared(sample, 'linear')(factors);
        expect(found).not.toBeNull();
        if (found === null) return;
        expect(marginError(sample, factors, (u) => 1 + u, found.multipliers)).toBeLessThan(1e-10);
      }),
      { numRuns: 12 },
    );
  });

  it('nearly meet them when raking to factors near one, far better than the sample’s own multipliers do', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = sampleOf(seed);
        const random = createRandom(`factors ${seed}`);
        const factors = Float64Array.from({ length: PSUS }, () => 0.9 + 0.2 * random.next());
        const find = prepared(sample, 'raking');
        const own = find(new Float64Array(PSUS).fill(1));
        const found = find(factors);
        expect(found).not.toBeNull();
        if (found === null || own === null) return;
        const error = marginError(sample, factors, Math.exp, found.multipliers);
        expect(error).toBeLessThan(1e-6);
        expect(error).toBeLessThan(1e-3 * marginError(sample, factors, Math.exp, own.multipliers));
      }),
      { numRuns: 12 },
    );
  });
});

describe('a replicate that no weights can calibrate', () => {
  it.each(['linear', 'raking'] as const)('fails as it does row by row: %s', (distance) => {
    const sample = sampleOf(1);
    const { design, space, weights } = sample;
    const doubled: CalibrationSpace = auxiliarySpace(
      [0, 1, 2, 1].map((k, position) => ({
        name: position === 3 ? 'income again' : (space.names[k] ?? ''),
        values: Float64Array.from(
          weights,
          (_, row) => space.variables[(space.cellOfRow[row] ?? 0) * 3 + k] ?? 0,
        ),
        total: (space.totals[k] ?? 0) * (position === 3 ? 2 : 1),
      })),
    );
    const replicates = valueOf(subbootstrapReplicates(design, { seed: 1, replicateCount: 2 }));
    const request = { statistic: 'mean', outcome: sample.score } as const;
    const [byRows, bySums] = [
      (base: Float64Array) => calibrate(base, doubled, { distance }),
      valueOf(cellCalibration(doubled, { distance })),
    ].map((reweigh) =>
      failureOf(estimateWithReplicates(design, { ...request, reweigh }, replicates, domainsOf(sample))),
    );
    expect(bySums?.code).toBe(byRows?.code);
    expect(bySums?.params['variable']).toBe('income again');
  });
});
