/** ECharts option of a trend: lines only within one known regime, breaks marked in words. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { BuiltChart, ChartOption } from './chartTypes';
import { tooltipLook } from './intervalOption';
import { niceTick } from './intervalLayout';
import { line, text } from './intervalShapes';
import { textWidth } from './textWidth';
import type { ChartTheme } from './theme';
import { breakYears, segmentsOf } from './trendTypes';
import type { TrendLine, TrendPath, TrendPoint } from './trendTypes';

export interface TrendSpec {
  readonly lines: readonly TrendLine[];
  /** The way from a baseline to the target; null when there is none to draw. */
  readonly path: TrendPath | null;
  readonly description: string;
  readonly isCompact: boolean;
}

export const breakWords = ['口径不同', '不可直接比较'] as const;
export const breakMark = '≠';

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

const symbols: Readonly<Record<string, string>> = { miller: 'rect', cast: 'circle', benchmark: 'triangle' };
const symbolOf = (point: TrendPoint): string =>
  point.isOwn ? 'diamond' : (symbols[point.regime] ?? 'circle');

/** A hollow point: its rule is not known. */
const isOpen = (point: TrendPoint): boolean => !point.isOwn && symbols[point.regime] === undefined;

export function pointTooltip(point: TrendPoint, name: string): string {
  const limits =
    point.lower === null || point.upper === null
      ? ''
      : `（区间 ${point.lower.toFixed(1)}%–${point.upper.toFixed(1)}%）`;
  const count = point.n === null ? [] : [`n=${point.n.toLocaleString('zh-CN')}`];
  const value = point.isOwn ? `${point.value.toFixed(1)}%` : `${Number(point.value.toFixed(2))}%`;
  return [`${name} ${point.year} 年`, value + limits, ...count, point.regimeLabel].join('\n');
}

function lineSeries(entry: TrendLine, theme: ChartTheme): LineSeriesOption[] {
  const color = theme.series[entry.tone % theme.series.length] ?? theme.accent;
  return segmentsOf(entry.points).map((segment) => ({
    type: 'line',
    name: entry.name,
    animation: false,
    clip: false,
    lineStyle: { color, width: 2 },
    itemStyle: { color },
    data: segment.map((point) => ({
      value: [point.year, point.value],
      symbol: symbolOf(point),
      ...(isOpen(point) ? { itemStyle: { color: theme.surface, borderColor: color, borderWidth: 2 } } : {}),
      symbolSize: point.isOwn ? 14 : 8,
      label: {
        show: point.isOwn,
        formatter: `${point.value.toFixed(1)}%`,
        position: 'right',
        distance: 8,
        color: theme.ink,
        fontSize: theme.text,
        fontWeight: 600,
      },
      tooltip: { formatter: () => pointTooltip(point, entry.name) },
    })),
  }));
}

/** Whether the survey's own point stands at or above the end of the path in the same year. */
function isEndPassed(path: TrendPath, lines: readonly TrendLine[]): boolean {
  const end = path.points.at(-1);
  return lines.some(({ points }) =>
    points.some((point) => point.isOwn && point.year === end?.year && point.value >= end.value),
  );
}

/** A dashed line without points of its own; its end carries the target, clear of the survey's own label. */
function pathSeries(path: TrendPath, lines: readonly TrendLine[], theme: ChartTheme): LineSeriesOption {
  const last = path.points.at(-1);
  const labelShift = isEndPassed(path, lines) ? 12 : -12;
  return {
    type: 'line',
    name: path.name,
    animation: false,
    clip: false,
    symbol: 'none',
    lineStyle: { color: theme.ink2, width: 1.5, type: 'dashed' },
    itemStyle: { color: theme.ink2 },
    tooltip: { show: false },
    data: path.points.map(({ year, value }) => ({
      value: [year, value],
      symbol: year === last?.year ? 'emptyCircle' : 'none',
      symbolSize: 7,
      label: {
        show: year === last?.year,
        formatter: path.endLabel,
        position: 'right',
        offset: [0, labelShift],
        color: theme.ink2,
        fontSize: theme.textSmall,
      },
    })),
  };
}

function intervalSeries(lines: readonly TrendLine[], theme: ChartTheme): CustomSeriesOption {
  const bars = lines.flatMap((entry) =>
    entry.points.flatMap(({ year, lower, upper }) =>
      lower === null || upper === null ? [] : [{ year, lower, upper, tone: entry.tone }],
    ),
  );
  const renderItem: RenderItem = (params, api) => {
    const bar = bars[params.dataIndex];
    if (bar === undefined) return null;
    const [x = 0, bottom = 0] = api.coord([bar.year, bar.lower]);
    const [, top = 0] = api.coord([bar.year, bar.upper]);
    const style = { stroke: theme.series[bar.tone % theme.series.length] ?? theme.accent, lineWidth: 2 };
    return {
      type: 'group',
      children: [
        line([x, bottom], [x, top], style),
        line([x - 5, bottom], [x + 5, bottom], style),
        line([x - 5, top], [x + 5, top], style),
      ],
    };
  };
  return {
    type: 'custom',
    id: 'intervals',
    silent: true,
    animation: false,
    renderItem,
    encode: { x: 0, y: [1, 2] },
    data: bars.map((bar) => [bar.year, bar.lower, bar.upper]),
  };
}

/** Dashed vertical marks; the words where there is room, the sign ≠ (explained below the chart) elsewhere. */
function breakSeries(years: readonly number[], theme: ChartTheme): CustomSeriesOption {
  const need = textWidth(breakWords[1], theme.textSmall) + 8;
  const look = { fill: theme.ink2, size: theme.textSmall, font: theme.font };
  const renderItem: RenderItem = (params, api) => {
    const year = years[params.dataIndex];
    if (year === undefined) return null;
    const box = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
    const xOf = (each: number): number => api.coord([each, 0])[0] ?? 0;
    const x = xOf(year);
    const nearest = years.filter((each) => each !== year).map((each) => Math.abs(xOf(each) - x));
    const hasRoom = Math.min(...nearest, Infinity) > need && x + need / 2 < box.x + box.width + 60;
    const lineHeight = theme.textSmall + 4;
    const words = hasRoom
      ? breakWords.map((part, index) =>
          text(
            part,
            { x, y: box.y - 8 - (breakWords.length - 1 - index) * lineHeight, align: 'center' },
            look,
          ),
        )
      : [text(breakMark, { x, y: box.y - 8, align: 'center' }, look)];
    const style = { stroke: theme.lineStrong, lineWidth: 1, lineDash: [4, 4] };
    return { type: 'group', children: [line([x, box.y], [x, box.y + box.height], style), ...words] };
  };
  return {
    type: 'custom',
    id: 'breaks',
    silent: true,
    animation: false,
    clip: false,
    renderItem,
    encode: { x: 0, y: 1 },
    data: years.map((year) => [year, 0]),
  };
}

function yearRange({ lines, path }: TrendSpec): readonly [number, number] {
  const drawn = [...lines, ...(path === null ? [] : [path])];
  const years = drawn.flatMap((entry) => entry.points.map((point) => point.year));
  return years.length === 0 ? [0, 1] : [Math.min(...years) - 1, Math.max(...years) + 1];
}

export function buildTrendChart(spec: TrendSpec, theme: ChartTheme, width: number): BuiltChart {
  const { lines, path } = spec;
  const height = spec.isCompact ? theme.plotCompact : theme.plot;
  const [from, to] = yearRange(spec);
  const highest = Math.max(
    5,
    ...lines.flatMap((entry) => entry.points.map((point) => point.upper ?? point.value)),
    ...(path?.points ?? []).map((point) => point.value),
  );
  const tick = niceTick(highest * 1.05, 5);
  const axisLook = { color: theme.ink2, fontSize: theme.textSmall };
  const top = theme.textSmall * 3 + 8;
  const bottom = theme.textSmall * 2 + 24;
  const option: ChartOption = {
    animation: false,
    aria: { enabled: true, label: { description: spec.description } },
    textStyle: { fontFamily: theme.font },
    grid: { left: 48, right: 56, top, height: height - top - bottom, outerBoundsMode: 'none' },
    tooltip: { ...tooltipLook(theme), trigger: 'item' },
    xAxis: {
      type: 'value',
      min: from,
      max: to,
      interval: Math.max(1, niceTick(to - from, Math.floor(width / 64))),
      name: '年份',
      nameLocation: 'middle',
      nameGap: theme.textSmall + 14,
      nameTextStyle: axisLook,
      axisLabel: { ...axisLook, formatter: (value: number) => String(value) },
      axisLine: { show: true, lineStyle: { color: theme.lineStrong } },
      axisTick: { show: true, lineStyle: { color: theme.lineStrong } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: Math.ceil((highest * 1.05) / tick) * tick,
      interval: tick,
      axisLabel: { ...axisLook, formatter: (value: number) => `${value}%` },
      splitLine: { lineStyle: { color: theme.line } },
    },
    series: [
      breakSeries(breakYears(lines), theme),
      intervalSeries(lines, theme),
      ...(path === null ? [] : [pathSeries(path, lines, theme)]),
      ...lines.flatMap((entry) => lineSeries(entry, theme)),
    ],
  };
  return { option, height };
}
