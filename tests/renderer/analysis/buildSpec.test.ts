/** Choices of the 自定义分析 page and the specification they stand for. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import { readAnalysisSpec } from '@shared/analysisSpec/readAnalysisSpec';
import type { BuilderState } from '@renderer/features/analysis/builderState';
import {
  adjustedRegions,
  comparisonRefusal,
  missingChoice,
  usualState,
} from '@renderer/features/analysis/builderState';
import { buildSpec } from '@renderer/features/analysis/buildSpec';
import { readChoices } from '@renderer/features/analysis/readChoices';
import { baseDocument, columns } from './sampleSpec';

let base: AnalysisSpec;
beforeAll(() => {
  const read = readAnalysisSpec(baseDocument);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  base = read.value;
});

const choose = (changes: Partial<BuilderState>): BuilderState => ({ ...usualState(true), ...changes });
const build = (changes: Partial<BuilderState>): AnalysisSpec => buildSpec(base, choose(changes), columns);
const place = { columns, isProbability: true };

describe('choices', () => {
  it('keep data, design and weighting of the survey', () => {
    const { data, design, weighting, files, title } = build({ by: ['sex'] });
    expect({ data, design, weighting, files, title }).toEqual({
      data: base.data,
      design: base.design,
      weighting: base.weighting,
      files: base.files,
      title: base.title,
    });
  });

  it('become the question in the order the categories are printed', () => {
    const spec = build({ by: ['unit', 'sex'], filter: [{ column: 'residence', value: 'rural' }] });
    expect(spec.analyses).toMatchObject([
      {
        kind: 'estimates',
        statistic: 'proportion',
        outcomes: [{ kind: 'column', column: 'passed' }],
        by: [
          { column: 'unit', categories: ['320505', '320506'] },
          { column: 'sex', categories: ['male', 'female'] },
        ],
        filter: { is: 'equal', column: 'residence', value: 'rural' },
        intervals: ['logit'],
      },
    ]);
  });

  it('of the adjusted regions make a logistic regression with Wald tests and margins, after the crude shares', () => {
    const spec = buildSpec(base, adjustedRegions(usualState(true), 'unit'), columns);
    expect(spec.analyses).toMatchObject([
      { kind: 'estimates', by: [{ column: 'unit' }] },
      {
        kind: 'regression',
        family: 'logistic',
        outcome: { column: 'passed' },
        terms: ['unit', 'ageBand', 'education', 'residence'].map((column) => ({
          kind: 'categorical',
          column,
        })),
        waldTests: [
          { columns: ['unit'] },
          { columns: ['ageBand'] },
          { columns: ['education'] },
          { columns: ['residence'] },
        ],
        predictiveMargins: ['unit'],
      },
    ]);
  });

  const cases: readonly (readonly [string, Partial<BuilderState>])[] = [
    ['the literate share of everyone', {}],
    ['tiers by sex', { question: 'tiers', by: ['sex'] }],
    ['scores by two columns, all pairs', { question: 'score', by: ['sex', 'unit'], comparison: 'allPairs' }],
    ['units against everyone', { by: ['unit'], comparison: 'overall' }],
    ['a t test', { by: ['sex'], comparison: 'tTest', first: 'male', second: 'female' }],
    ['chi-square of tiers', { question: 'tiers', by: ['sex'], comparison: 'chiSquare' }],
    ['quartiles', { question: 'column', column: 'total', statistic: 'quantiles', by: ['sex'] }],
    ['a ratio', { question: 'column', column: 'total', statistic: 'ratio', denominator: 'dimension_k' }],
    [
      'one category, filtered twice',
      {
        question: 'column',
        column: 'education',
        category: 'bachelor',
        by: ['sex'],
        comparison: 'allPairs',
        filter: [
          { column: 'residence', value: 'urban' },
          { column: 'ageBand', value: '18-29' },
        ],
      },
    ],
    ['bootstrap errors', { variance: 'subbootstrap', replicateCount: 200, seed: 20251, interval: 'wilson' }],
    ['the jackknife at 90 %', { variance: 'jackknife', level: 0.9 }],
    ['a linear regression', { question: 'score', by: ['sex'], comparison: 'regression', controls: ['unit'] }],
  ];
  it.each(cases)('%s: come back from their specification', (_name, changes) => {
    expect(missingChoice(choose(changes), place)).toBeNull();
    const spec = build(changes);
    const back = readChoices(base, spec, columns);
    if (back === null) throw new Error('no choices for a specification the page built');
    expect(buildSpec(base, back, columns)).toEqual(spec);
    expect(back).toMatchObject({ by: changes.by ?? [], comparison: changes.comparison ?? 'none' });
  });

  it('do not exist for a specification that says more than the page can', () => {
    const spec = build({ by: ['sex'] });
    const weighting: AnalysisSpec['weighting'] = [
      { step: 'trimming', cap: { kind: 'timesMedian', factor: 3 } },
    ];
    expect(readChoices(base, { ...spec, weighting }, columns)).toBeNull();
    expect(
      readChoices(base, { ...spec, analyses: [...spec.analyses, ...base.analyses] }, columns),
    ).toBeNull();
  });
});

describe('what does not fit together', () => {
  it('is said before anything is computed', () => {
    expect(missingChoice(choose({ question: 'column' }), place)).toBe('请选要分析的列。');
    expect(missingChoice(choose({ comparison: 'allPairs' }), place)).toContain('请先选分组');
    expect(missingChoice(choose({ by: ['sex'], comparison: 'tTest' }), place)).toContain('两个组');
    expect(missingChoice(choose({ filter: [{ column: 'sex', value: '' }] }), place)).toContain('筛选条件');
  });

  it('of a non-probability survey are chi-square and regression', () => {
    const state = { ...usualState(false), by: ['sex'] };
    const refusal = (comparison: BuilderState['comparison']): string | null =>
      comparisonRefusal(comparison, state, { columns, isProbability: false });
    expect(state.variance).toBe('modelBootstrap');
    expect(refusal('chiSquare')).toBe('非概率样本不能做');
    expect(refusal('regression')).toBe('非概率样本不能做');
    expect(refusal('allPairs')).toBeNull();
  });
});
