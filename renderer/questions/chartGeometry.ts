/** Where the bars and points of a stimulus chart stand, in the units of its drawing. */
import type { Stimulus } from '@shared/questions/stimulus';

export type ChartStimulus = Extract<Stimulus, { kind: 'chart' }>;

export interface ChartBar {
  readonly series: number;
  readonly label: string;
  readonly y: number;
  readonly width: number;
}
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export const chartWidth = 640;
const rowGap = 14;
const barHeight = 24;

const maximumOf = (chart: ChartStimulus): number =>
  Math.max(...chart.series.flatMap((series) => series.values), 0) || 1;

/** Horizontal bars, one block per category; lengths start at zero so that they may be compared. */
export function barLayout(
  chart: ChartStimulus,
  room: number,
): {
  readonly height: number;
  readonly barHeight: number;
  readonly blocks: readonly {
    readonly category: string;
    readonly y: number;
    readonly bars: readonly ChartBar[];
  }[];
} {
  const blockHeight = chart.series.length * barHeight + rowGap;
  const maximum = maximumOf(chart);
  const blocks = chart.categories.map((category, index) => ({
    category,
    y: index * blockHeight + (blockHeight - rowGap) / 2,
    bars: chart.series.map((series, order) => ({
      series: order,
      label: String(series.values[index] ?? ''),
      y: index * blockHeight + order * barHeight,
      width: (Math.max(series.values[index] ?? 0, 0) / maximum) * room,
    })),
  }));
  return { height: chart.categories.length * blockHeight, barHeight, blocks };
}

/** Lines over evenly spaced categories. The axis starts at zero unless values are negative. */
export function lineLayout(
  chart: ChartStimulus,
  area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): readonly (readonly ChartPoint[])[] {
  const maximum = maximumOf(chart);
  const minimum = Math.min(...chart.series.flatMap((series) => series.values), 0);
  const stepX = (area.right - area.left) / Math.max(chart.categories.length - 1, 1);
  const scaleY = (area.bottom - area.top) / (maximum - minimum || 1);
  return chart.series.map((series) =>
    series.values.map((value, index) => ({
      x: area.left + index * stepX,
      y: area.bottom - (value - minimum) * scaleY,
      label: String(value),
    })),
  );
}
