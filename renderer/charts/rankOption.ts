/** ECharts option of rank sets: bars over possible ranks, never a point that would read as the rank. */
import type { CustomSeriesOption } from 'echarts/charts';
import { rankSetText } from '@shared/texts/comparisonTexts';
import type { BuiltChart, ChartOption } from './chartTypes';
import { tooltipLook } from './intervalOption';
import { line, text } from './intervalShapes';
import type { Shape } from './intervalShapes';
import { textWidth, widest } from './textWidth';
import type { ChartTheme } from './theme';

interface Ranks {
  readonly lower: number;
  readonly upper: number;
}

export interface RankRow {
  readonly id: string;
  readonly label: string;
  /** Estimate with its interval, in words. */
  readonly value: string;
  readonly marginal: Ranks;
  readonly simultaneous: Ranks;
}

export interface RankSpec {
  readonly rows: readonly RankRow[];
  readonly intervalName: string;
  readonly description: string;
}

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

const gap = 12;
const marginalWidth = 8;
const capHalf = 6;

export const rankDescription = (title: string, rows: readonly RankRow[]): string =>
  `${title}。${rows
    .map(
      ({ label, value, marginal, simultaneous }) =>
        `${label}：${value}，单独${rankSetText(marginal)}，同时${rankSetText(simultaneous)}`,
    )
    .join('；')}。`;

function rowSeries(spec: RankSpec, theme: ChartTheme, width: number): CustomSeriesOption {
  const renderItem: RenderItem = (params, api) => {
    const row = spec.rows[params.dataIndex];
    const box = params.coordSys as unknown as { x: number; y: number; width: number };
    if (row === undefined) return null;
    const x = (rank: number): number => api.coord([rank, params.dataIndex])[0] ?? box.x;
    const y = box.y + theme.row * (params.dataIndex + 0.5);
    // Half a rank on either side: a single possible rank still has a length.
    const span = (ranks: Ranks): readonly [number, number] => [x(ranks.lower - 0.4), x(ranks.upper + 0.4)];
    const [from, to] = span(row.simultaneous);
    const [ownFrom, ownTo] = span(row.marginal);
    const thin = { stroke: theme.accent, lineWidth: 2 };
    const strong = { fill: theme.ink, size: theme.text, font: theme.font };
    const small = { fill: theme.ink2, size: theme.textSmall, font: theme.font };
    const children: Shape[] = [
      {
        type: 'rect',
        shape: { x: 0, y: y - theme.row / 2, width, height: theme.row },
        style: { fill: 'transparent' },
      },
      line([0, y + theme.row / 2], [width, y + theme.row / 2], { stroke: theme.line, lineWidth: 1 }),
      line([from, y], [to, y], thin),
      line([from, y - capHalf], [from, y + capHalf], thin),
      line([to, y - capHalf], [to, y + capHalf], thin),
      line([ownFrom, y], [ownTo, y], { stroke: theme.accent, lineWidth: marginalWidth }),
      text(row.label, { x: 0, y }, strong),
      text(row.value, { x: box.x - gap, y, align: 'right' }, small),
      text(rankSetText(row.simultaneous), { x: width, y, align: 'right' }, strong),
    ];
    return { type: 'group', children };
  };
  return {
    type: 'custom',
    id: 'ranks',
    renderItem,
    clip: false,
    animation: false,
    encode: { x: 0, y: 1 },
    data: spec.rows.map((row, index) => [row.simultaneous.lower, index]),
  };
}

function axes(spec: RankSpec, theme: ChartTheme): Pick<ChartOption, 'xAxis' | 'yAxis'> {
  const axisLook = { color: theme.ink2, fontSize: theme.textSmall };
  return {
    xAxis: {
      type: 'value',
      min: 0.5,
      max: spec.rows.length + 0.5,
      // Ticks at whole ranks: the axis starts half a rank before the first.
      interval: 0.5,
      name: '名次（1 = 比例最高）',
      nameLocation: 'middle',
      nameGap: theme.textSmall + 16,
      nameTextStyle: axisLook,
      axisLabel: {
        ...axisLook,
        hideOverlap: true,
        formatter: (value: number) => (Number.isInteger(value) ? String(value) : ''),
      },
      axisLine: { show: true, lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      data: spec.rows.map((row) => row.id),
      inverse: true,
      axisLabel: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
    },
  };
}

export function buildRankChart(spec: RankSpec, theme: ChartTheme, width: number): BuiltChart {
  const count = spec.rows.length;
  const labels = widest(
    spec.rows.map((row) => row.label),
    theme.text,
  );
  const values = widest(
    spec.rows.map((row) => row.value),
    theme.textSmall,
  );
  const top = 8;
  const bottom = theme.textSmall * 2 + 28;
  const option: ChartOption = {
    animation: false,
    aria: { enabled: true, label: { description: spec.description } },
    textStyle: { fontFamily: theme.font },
    grid: {
      left: labels + values + 3 * gap,
      right: textWidth('第 10–10 位', theme.text) + 2 * gap,
      top,
      height: count * theme.row,
      outerBoundsMode: 'none',
    },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'item',
      formatter: (item) => {
        const row = spec.rows[(item as { dataIndex: number }).dataIndex];
        if (row === undefined) return '';
        return [
          row.label,
          `${row.value}，${spec.intervalName}`,
          `单独：${rankSetText(row.marginal)}`,
          `同时：${rankSetText(row.simultaneous)}`,
        ].join('\n');
      },
    },
    ...axes(spec, theme),
    series: [rowSeries(spec, theme, width)],
  };
  return { option, height: top + count * theme.row + bottom };
}
