import { describe, expect, it } from 'vitest';
import { svgOf } from '@renderer/charts/exportChart';
import { buildIntervalChart, rowTooltip } from '@renderer/charts/intervalOption';
import type { IntervalSpec } from '@renderer/charts/intervalLayout';
import { countOf, layoutIntervals, niceTick } from '@renderer/charts/intervalLayout';
import { readTheme } from '@renderer/charts/theme';
import { buildTrendChart } from '@renderer/charts/trendOption';
import { breakYears, segmentsOf } from '@renderer/charts/trendTypes';
import { intervalRow, unitRows } from '@renderer/features/results/figureRows';
import { trendLines } from '@renderer/features/results/trendLines';
import { shareUnit } from '@renderer/features/results/units';
import { demoResults, unitNames } from '../../support/resultsFixture';

const theme = readTheme();
const results = demoResults();
const spec = (): IntervalSpec => ({
  rows: unitRows(results, (code) => unitNames[code] ?? code, 'share').map(intervalRow),
  unit: shareUnit,
  description: '各区县',
  intervalName: '95% 区间',
  target: { value: 0.23, label: '目标 力争达到 23%' },
  reference: { value: 0.2213, label: '苏州市 22.1%' },
  isCompact: false,
  isModelBased: false,
});
const caption = { title: '各区县', provenance: '演示数据 · 测试' };
const svg = (width: number): string =>
  svgOf({ build: (at) => buildIntervalChart(spec(), theme, at), width: () => width }, caption, theme);
const kinds = (option: { series?: unknown }): readonly string[] =>
  (option.series as { type: string }[]).map((series) => series.type);

describe('an interval plot', () => {
  it('draws no columns: every share is a point with its interval', () => {
    expect(kinds(buildIntervalChart(spec(), theme, 1000).option)).toEqual(['custom', 'custom']);
  });

  it('writes share, interval and n of every district, and the target', () => {
    const picture = svg(1100);
    expect(picture).toContain('26.2%');
    expect(picture).toContain('n=396');
    expect(picture).toMatch(/\d\d\.\d%–\d\d\.\d%/);
    expect(picture).toContain('目标 力争达到 23%');
  });

  it('says in words which district is suppressed and which was not surveyed', () => {
    const picture = svg(1100);
    expect(picture).toContain('※ 样本量低于公布下限');
    expect(picture).toContain('未调查');
  });

  it('writes n<10 instead of the exact size of a small withheld district, also in its tooltip', () => {
    const rows = spec().rows.map((row) =>
      row.state === 'suppressed' ? { ...row, countText: '<10', isCountHidden: true } : row,
    );
    const hidden = rows.find((row) => row.isCountHidden);
    expect(hidden === undefined ? '' : countOf(hidden)).toBe('n<10');
    expect(hidden === undefined ? '' : rowTooltip(hidden, spec())).toContain('n<10');
  });

  it('carries its title and 演示数据 out of the product', () => {
    expect(svg(1100)).toContain('演示数据 · 测试');
  });

  it('grows with its rows and keeps room for the longest name', () => {
    const few = { ...spec(), rows: spec().rows.slice(0, 2) };
    const rowHeight = layoutIntervals(spec(), theme, 1000).rowHeight;
    const heights = [few, spec()].map((each) => buildIntervalChart(each, theme, 1000).height);
    expect(heights[1]).toBe((heights[0] ?? 0) + 10 * rowHeight);
    const layout = layoutIntervals(spec(), theme, 520);
    expect(layout.left + layout.right).toBeLessThan(520 - 100);
    expect(layout.labelWidth).toBeGreaterThanOrEqual('江北新区管委会直管区'.length * theme.text);
  });

  it('cuts its axis at round values that enclose all intervals and the target', () => {
    expect(niceTick(0.27, 6)).toBeCloseTo(0.05, 12);
    const { range } = layoutIntervals(spec(), theme, 1000);
    const limits = spec()
      .rows.flatMap((row) => [row.lower, row.upper])
      .filter((value) => value !== null);
    expect(range[0]).toBeLessThanOrEqual(Math.min(...limits, 0.23));
    expect(range[1]).toBeGreaterThanOrEqual(Math.max(...limits, 0.23));
  });
});

describe('a trend', () => {
  const [suzhou] = trendLines(results);

  it('joins only points of one known regime', () => {
    const runs = segmentsOf(suzhou?.points ?? []).map((run) => run.map((point) => point.year));
    expect(runs).toEqual([[2015], [2016], [2017], [2018, 2020], [2025]]);
  });

  it('marks every break once, without cutting a line of another series', () => {
    expect(breakYears(suzhou === undefined ? [] : [suzhou])).toEqual([2015.5, 2016.5, 2017.5, 2022.5]);
    expect(breakYears(trendLines(results))).toEqual([2015.5, 2016.5, 2017.5, 2024.5]);
  });

  it('says in words that both sides must not be compared', () => {
    const build = (width: number) =>
      buildTrendChart(
        { lines: trendLines(results), path: null, description: '趋势', isCompact: false },
        theme,
        width,
      );
    expect(new Set(kinds(build(1100).option))).toEqual(new Set(['custom', 'line']));
    const picture = svgOf({ build, width: () => 1100 }, caption, theme);
    expect(picture).toContain('口径不同');
    expect(picture).toContain('不可直接比较');
  });
});
