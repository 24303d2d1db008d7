/** Weighting steps and replicates of a run, computed by hand or two ways. */
import { describe, expect, it } from 'vitest';
import type { AnalysisSpecInput } from '@shared/analysisSpec/analysisSpec';
import { done, lines, mean, refused, sample } from './support/smallRun';

const independence = { kind: 'chiSquare', id: 'chi', rows: 'sex', columns: 'y' } as const;
const regression: AnalysisSpecInput['analyses'][number] = {
  kind: 'regression',
  id: 'model',
  family: 'linear',
  outcome: { kind: 'column', column: 'y' },
  terms: [{ kind: 'categorical', column: 'sex' }],
  predictiveMargins: ['sex'],
};

describe('errors from replicates', () => {
  const bootstrap = (seed: number): AnalysisSpecInput['variance'] => ({
    method: 'replicates',
    source: { kind: 'subbootstrap', count: 50, seed },
  });
  const errorOf = (variance: AnalysisSpecInput['variance'], more: Partial<AnalysisSpecInput> = {}): number =>
    lines(done({ variance, ...more }))[0]?.standardError ?? NaN;

  it('are the same for the same seed and others for another', () => {
    expect(errorOf(bootstrap(1))).toBe(errorOf(bootstrap(1)));
    expect(errorOf(bootstrap(2))).not.toBe(errorOf(bootstrap(1)));
  });

  it('repeat the weighting unless told not to', () => {
    const late = { is: 'atLeast', column: 'person', value: 5 } as const;
    const shared: Partial<AnalysisSpecInput> = {
      derived: [{ kind: 'indicator', name: 'late', when: late }],
      weighting: [
        {
          step: 'postStratification',
          margin: {
            source: 'inline',
            variables: ['late'],
            cells: [
              { categories: ['0'], total: 50 },
              { categories: ['1'], total: 150 },
            ],
          },
        },
      ],
      analyses: [mean({ outcomes: [{ kind: 'column', column: 'late' }] })],
    };
    const repeated = { method: 'replicates', source: { kind: 'jackknife' } } as const;
    // The share of late persons is a margin: repeated, it cannot vary; taken as given, it does.
    expect(errorOf(repeated, shared)).toBeCloseTo(0, 12);
    expect(errorOf({ ...repeated, reweigh: false }, shared)).toBeGreaterThan(0.05);
  });

  it('may come from weights per row, which say what the factors per PSU say', () => {
    const { replicates } = done({ variance: { method: 'replicates', source: { kind: 'jackknife' } } });
    const factorOf = new Map(
      (replicates?.rows ?? []).slice(1).map((row) => [row[1], row.slice(2).map(Number)]),
    );
    const weights = [...(sample.columns['w'] ?? [])].map(Number);
    const columns = Array.from({ length: 6 }, (_, r): [string, Float64Array] => [
      `w${r + 1}`,
      Float64Array.from(
        weights,
        (w, row) => w * (factorOf.get(String(sample.columns['psu']?.[row]))?.[r] ?? NaN),
      ),
    ]);
    const byRow: AnalysisSpecInput['variance'] = {
      method: 'replicates',
      source: {
        kind: 'file',
        file: 'byRow',
        per: 'row',
        prefix: 'w',
        content: 'weights',
        overallScale: 1,
        replicateScales: 2 / 3,
      },
    };
    const table = { rowCount: 12, columns: Object.fromEntries(columns) };
    const found = lines(done({ variance: byRow }, { byRow: table }))[0]?.standardError ?? NaN;
    expect(found).toBeCloseTo(errorOf({ method: 'replicates', source: { kind: 'jackknife' } }), 12);
  });

  const bySex = (female: number) => ({
    source: 'inline' as const,
    variables: ['sex'],
    cells: [
      { categories: ['F'], total: female },
      { categories: ['M'], total: 100 },
    ],
  });
  /** Cuts nothing, but takes the weighting by cells away: then every replicate is weighted row by row. */
  const idle = { step: 'trimming', cap: { kind: 'weight', weight: 1e9 } } as const;
  const byStratum = {
    source: 'inline' as const,
    variables: ['h'],
    cells: [
      { categories: ['a'], total: 70 },
      { categories: ['b'], total: 150 },
    ],
  };
  const steps: readonly (readonly [string, NonNullable<AnalysisSpecInput['weighting']>[number]])[] = [
    ['post-stratification', { step: 'postStratification', margin: bySex(120) }],
    ['raking', { step: 'raking', margins: [bySex(120), byStratum] }],
    ['linear calibration', { step: 'calibration', distance: 'linear', margins: [bySex(120), byStratum] }],
  ];
  it.each(steps)('are the same by cells and row by row: %s', (_name, step) => {
    const analyses: AnalysisSpecInput['analyses'] = [
      mean({ by: [{ column: 'h' }] }),
      mean({ id: 'total', statistic: 'total' }),
      {
        kind: 'contrasts',
        id: 'difference',
        statistic: 'mean',
        outcome: { kind: 'column', column: 'y' },
        by: [{ column: 'h' }],
        contrast: { kind: 'allPairs' },
      },
      {
        kind: 'quantiles',
        id: 'median',
        outcomes: [{ kind: 'column', column: 'age' }],
        probabilities: [0.5],
        rule: 'hf7',
      },
    ];
    const source = { kind: 'subbootstrap', count: 40, seed: 3 } as const;
    const answers = (weighting: NonNullable<AnalysisSpecInput['weighting']>): readonly unknown[] =>
      done({ analyses, weighting, variance: { method: 'replicates', source } }).result.analyses;
    const [byCells, byRows] = [answers([step]), answers([idle, step])].map((each) =>
      JSON.stringify(each, (_key, value: unknown) =>
        typeof value === 'number' ? Number(value.toPrecision(10)) : value,
      ),
    );
    expect(byCells).toBe(byRows);
    expect(byCells).toContain('"method":"replicates"');
  });

  it('of a model are for means and proportions only', () => {
    const variance = { method: 'modelBootstrap', units: 'psu', count: 50, seed: 'x' } as const;
    const [line] = lines(done({ variance }));
    expect(line).toMatchObject({ method: 'model-based-bootstrap', degreesOfFreedom: 5 });
    expect(refused({ variance, analyses: [mean({ statistic: 'total' })] })).toMatchObject({
      code: 'SPEC_NOT_SUPPORTED',
      params: { path: 'analyses[0]' },
    });
  });

  it('of a model give no chi-square and no regression', () => {
    const variance = { method: 'modelBootstrap', units: 'psu', count: 50, seed: 'x' } as const;
    for (const analysis of [independence, regression]) {
      expect(refused({ variance, analyses: [mean(), analysis] })).toEqual({
        code: 'SPEC_MODEL_NEEDS_PROBABILITY',
        params: { path: 'analyses[1]' },
      });
    }
  });

  it('leave chi-square and regression linearised, and the answer says so', () => {
    const analyses = [independence, regression];
    const variance = { method: 'replicates', source: { kind: 'jackknife' } } as const;
    const [linear, replicated] = [done({ analyses }), done({ analyses, variance })].map(
      ({ result }) => result.analyses,
    );
    for (const k of [0, 1]) {
      expect(linear?.[k]).toMatchObject({ method: 'linearised', replacesReplicates: false });
      expect(replicated?.[k]).toEqual({ ...linear?.[k], replacesReplicates: true });
    }
  });
});

describe('weights', () => {
  it('of a file that gives nothing, zero or text are refused by row', () => {
    const design = (name: string): AnalysisSpecInput['design'] => ({
      weights: { kind: 'column', column: name },
    });
    expect(refused({ design: design('age') })).toMatchObject({
      code: 'SPEC_VALUE_MISSING',
      params: { row: 12 },
    });
    expect(refused({ design: design('sex') })).toMatchObject({
      code: 'SPEC_NOT_NUMERIC',
      params: { value: 'F' },
    });
  });

  it('of every stage are kept, each with its sum and adjustment', () => {
    const found = done({
      weighting: [
        { step: 'nonresponseClasses', responded: { is: 'present', column: 'y' }, variables: ['h'] },
        { step: 'trimming', cap: { kind: 'weight', weight: 22 } },
      ],
    });
    const [base, adjusted, trimmed] = found.result.weighting;
    expect(base).toMatchObject({ step: 'base', rowCount: 12, total: 180 });
    expect(adjusted).toMatchObject({
      rowCount: 11,
      maximum: 24,
      minimumAdjustment: 1,
      maximumAdjustment: 1.2,
    });
    expect(trimmed).toMatchObject({ rowCount: 11, maximum: 22, cutCount: 5 });
    expect(trimmed?.total).toBeCloseTo(180, 10);
    expect(Object.keys(found.weights.columns)).toEqual([
      'row',
      'baseWeight',
      'w1_nonresponseClasses',
      'w2_trimming',
      'finalWeight',
    ]);
  });

  it('can be calibrated to numeric totals, and contradicting bounds are refused', () => {
    const derived: AnalysisSpecInput['derived'] = [{ kind: 'constant', name: 'one', value: 1 }];
    const totals = [{ column: 'one', total: 200 }];
    const found = done({ derived, weighting: [{ step: 'calibration', distance: 'linear', totals }] });
    expect(found.result.weighting[1]?.total).toBeCloseTo(200, 9);
    expect(
      refused({ derived, weighting: [{ step: 'calibration', distance: 'logit', totals }] }),
    ).toMatchObject({
      code: 'SPEC_INVALID',
      params: { path: 'weighting[0].bounds' },
    });
  });
});
