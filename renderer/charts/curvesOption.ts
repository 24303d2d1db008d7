/** ECharts option of curves over a number line, with labelled vertical marks: score distributions, information. */
import type { LineSeriesOption } from 'echarts/charts';
import type { BuiltChart, ChartOption } from './chartTypes';
import { tooltipLook } from './intervalOption';
import type { ChartTheme } from './theme';

export interface Curve {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
  /** Drawn thick and grey: what the others are compared with. */
  readonly isTarget: boolean;
}

export interface CurveMark {
  readonly x: number;
  readonly label: string;
}

export interface CurvesInput {
  readonly curves: readonly Curve[];
  readonly marks: readonly CurveMark[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xRange: readonly [number, number];
  readonly formatY: (value: number) => string;
  readonly description: string;
}

/** Dash patterns tell curves apart where colour does not. */
const dashes = ['solid', [8, 4], [2, 3], [12, 3, 2, 3], [5, 2]] as const;

function curveSeries(curve: Curve, place: number, theme: ChartTheme): LineSeriesOption {
  const color = curve.isTarget ? theme.ink3 : (theme.series[place % theme.series.length] ?? theme.accent);
  const dash = dashes[place % dashes.length] ?? 'solid';
  return {
    type: 'line',
    name: curve.label,
    animation: false,
    showSymbol: false,
    symbol: 'circle',
    lineStyle: {
      color,
      width: curve.isTarget ? 4 : 2,
      type: curve.isTarget || typeof dash === 'string' ? 'solid' : [...dash],
      opacity: curve.isTarget ? 0.6 : 1,
    },
    itemStyle: { color },
    z: curve.isTarget ? 1 : 2,
    data: curve.points.map(([x, y]) => [x, y]),
  };
}

function markSeries({ x, label }: CurveMark, top: number, theme: ChartTheme): LineSeriesOption {
  return {
    type: 'line',
    name: label,
    animation: false,
    silent: true,
    showSymbol: false,
    tooltip: { show: false },
    lineStyle: { color: theme.undecided, width: 1, type: 'dashed' },
    endLabel: { show: true, formatter: label, color: theme.ink2, fontSize: theme.textSmall, offset: [0, -6] },
    data: [
      [x, 0],
      [x, top],
    ],
  };
}

export function buildCurves(input: CurvesInput, theme: ChartTheme): BuiltChart {
  const look = { color: theme.ink2, fontSize: theme.textSmall };
  const highest = Math.max(0, ...input.curves.flatMap(({ points }) => points.map(([, y]) => y)));
  const top = highest * 1.12;
  const height = theme.plotCompact + 40;
  const option: ChartOption = {
    animation: false,
    aria: { enabled: true, label: { description: input.description } },
    textStyle: { fontFamily: theme.font },
    grid: {
      left: 56,
      right: 56,
      top: 28,
      height: height - 28 - theme.textSmall * 2 - 28,
      outerBoundsMode: 'none',
    },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'axis',
      valueFormatter: (value) => input.formatY(Number(value)),
    },
    xAxis: {
      type: 'value',
      min: input.xRange[0],
      max: input.xRange[1],
      name: input.xTitle,
      nameLocation: 'middle',
      nameGap: theme.textSmall + 14,
      nameTextStyle: look,
      axisLabel: look,
      axisLine: { lineStyle: { color: theme.lineStrong } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top,
      name: input.yTitle,
      nameTextStyle: { ...look, align: 'left' },
      axisLine: { show: false, onZero: false },
      axisLabel: { ...look, showMaxLabel: false, formatter: (value: number) => input.formatY(value) },
      splitLine: { lineStyle: { color: theme.line } },
    },
    series: [
      ...input.curves.map((curve, place) => curveSeries(curve, place, theme)),
      ...input.marks.map((mark) => markSeries(mark, top, theme)),
    ],
  };
  return { option, height };
}
