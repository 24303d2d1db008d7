import { describe, expect, it } from 'vitest';
import { areComparable, headlineSeries, publishedFiguresSchema } from '@shared/domain/publishedFigure';
import type { PublishedFigure } from '@shared/domain/publishedFigure';
import { findRegion } from '@shared/domain/region';
import { loadRegionTree, readJson } from './planSeeds';

const figures = publishedFiguresSchema.parse(readJson('seeds/published-figures.json'));
const find = (id: string): PublishedFigure | undefined => figures.figures.find((figure) => figure.id === id);
const pairs = (code: string): readonly (readonly [number, number])[] =>
  headlineSeries(figures, code)
    .filter((figure) => figure.regime !== 'benchmark')
    .map((figure) => [figure.year, figure.value] as const);

describe('the published figures', () => {
  it('have unique ids and regions of the region tree', () => {
    const tree = loadRegionTree();
    expect(new Set(figures.figures.map((figure) => figure.id)).size).toBe(figures.figures.length);
    for (const figure of figures.figures) expect(findRegion(tree, figure.regionCode), figure.id).not.toBeNull();
  });

  it('hold one figure per region, year, measure, group and regime', () => {
    const keys = figures.figures.map(({ regionCode, year, measure, group, regime }) =>
      JSON.stringify([regionCode, year, measure, group, regime]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('give the national series of domain-facts §5.1, without 2025', () => {
    expect(pairs('000000')).toEqual([
      [1996, 0.2],
      [2001, 1.4],
      [2003, 1.98],
      [2005, 1.6],
      [2007, 2.25],
      [2010, 3.27],
      [2015, 6.2],
      [2018, 8.47],
      [2020, 10.56],
      [2022, 12.93],
      [2023, 14.14],
      [2024, 15.37],
    ]);
  });

  it.each([
    ['national-2015-female', 3.38],
    ['national-2010-rural', 1.83],
    ['national-2022-18-29', 24.26],
    ['national-2023-60-69', 4.45],
    ['national-2023-bachelor', 43.99],
    ['national-2023-primary', 2.91],
    ['national-2020-yangtzeRiverDelta', 15.54],
    ['national-2024-atLeast85', 2.3],
    ['national-2024-atLeast55', 44.07],
    ['370000-2020', 11.47],
    ['320000-2016-female', 7.3],
    ['320800-2020', 10.8],
    ['110000-2017-benchmark', 31.35],
  ])('%s is %d', (id, value) => {
    expect(find(id)?.value).toBe(value);
  });

  it('give the local series of domain-facts §5.2, targets left out', () => {
    expect(pairs('320500')).toEqual([
      [2015, 11],
      [2016, 12.1],
      [2017, 13.1],
      [2018, 14.4],
      [2020, 16.7],
    ]);
    expect(pairs('321000')).toEqual([
      [2015, 8.2],
      [2020, 12.7],
    ]);
    expect(pairs('320000').map(([year]) => year)).toEqual([2007, 2014, 2015, 2016, 2018, 2020, 2022]);
  });

  it('stay empty where nothing is published: 淮阴区 and 聊城', () => {
    expect([headlineSeries(figures, '320804'), headlineSeries(figures, '371500')]).toEqual([[], []]);
  });

  it('flag the 昆山 figure as probably that of 苏州', () => {
    expect(find('320583-2020')).toMatchObject({ value: 16.7, suspectedParentFigure: true, confidence: 'C' });
  });

  it('mark derived values as derived with confidence C', () => {
    const derived = figures.figures.filter((figure) => figure.derived);
    expect(derived.map((figure) => figure.id).toSorted()).toEqual(
      [
        '320000-2018',
        '320400-2020',
        '320500-2017',
        '320600-2019',
        '321200-2015',
        'national-2022-east',
        'national-2022-female',
        'national-2022-male',
        'national-2022-west',
      ].toSorted(),
    );
    expect(derived.every((figure) => figure.confidence === 'C')).toBe(true);
  });

  it('claim no check against the official text that nobody has made', () => {
    expect(figures.figures.some((figure) => figure.checkedAgainstOriginal)).toBe(false);
  });
});

describe('the scoring regimes', () => {
  it('follow the years: miller to 2015, cast from 2018, benchmark in the 2017 pilot only', () => {
    for (const { year, regime } of figures.figures) {
      if (year <= 2015) expect(regime).toBe('miller');
      if (year >= 2018) expect(regime).toBe('cast');
      if (regime === 'benchmark') expect(year).toBe(2017);
    }
  });

  it('are comparable only with themselves, and an unknown one with nothing', () => {
    const comparable = (left: string, right: string): boolean | null => {
      const [a, b] = [find(left), find(right)];
      return a === undefined || b === undefined ? null : areComparable(a, b);
    };
    expect(comparable('national-2020', 'national-2024')).toBe(true);
    expect(comparable('national-2015', 'national-2018')).toBe(false);
    expect(comparable('110000-2017-benchmark', '110000-2020')).toBe(false);
    expect(comparable('320500-2016', '320500-2017')).toBe(false);
  });
});
