/** ECharts option of an interval plot: estimates as points with interval bars, never as columns. */
import type { CustomSeriesOption } from 'echarts/charts';
import type { BuiltChart, ChartOption, IntervalRow, MarkLine } from './chartTypes';
import type { IntervalLayout, IntervalSpec } from './intervalLayout';
import { countOf, layoutIntervals, limitsText } from './intervalLayout';
import { markSeries } from './intervalMarks';
import type { PlotBox } from './intervalMarks';
import { rowShape } from './intervalShapes';
import { verdictLabels } from '@shared/texts/labels';
import type { ChartTheme } from './theme';

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

function rowSeries(spec: IntervalSpec, layout: IntervalLayout, theme: ChartTheme): CustomSeriesOption {
  const renderItem: RenderItem = (params, api) => {
    const row = spec.rows[params.dataIndex];
    const box = params.coordSys as unknown as PlotBox;
    if (row === undefined) return null;
    const x = (value: number): number => api.coord([value, params.dataIndex])[0] ?? box.x;
    const y = box.y + layout.rowHeight * (params.dataIndex + 0.5);
    const label = layout.labels[params.dataIndex] ?? row.label;
    const place = { label, x, y, plotLeft: box.x, plotRight: box.x + box.width };
    return rowShape(row, place, { spec, layout, theme });
  };
  return {
    type: 'custom',
    id: 'rows',
    renderItem,
    clip: false,
    animation: false,
    encode: { x: 0, y: 1 },
    data: spec.rows.map((row, index) => [row.estimate ?? layout.range[0], index]),
  };
}

export function rowTooltip(row: IntervalRow, spec: IntervalSpec): string {
  const name = row.sub === null ? row.label : `${row.label}（${row.sub}）`;
  const count = row.countText === null ? [] : [countOf(row)];
  if (row.estimate === null) return [name, row.absence ?? '', ...count].join('\n');
  const limits = limitsText(row, spec.unit);
  return [
    name,
    `${spec.unit.format(row.estimate, row.digits)}（${limits === '' ? '无法计算区间' : `${spec.intervalName} ${limits}`}）`,
    ...count,
    ...(row.verdict === null ? [] : [`判定：${verdictLabels[row.verdict]}`]),
    ...row.cautions.map((caution) => `△ ${caution}`),
  ].join('\n');
}

function axes(
  spec: IntervalSpec,
  layout: IntervalLayout,
  theme: ChartTheme,
): Pick<ChartOption, 'xAxis' | 'yAxis'> {
  return {
    xAxis: {
      type: 'value',
      min: layout.range[0],
      max: layout.range[1],
      interval: layout.tick,
      name: spec.unit.axisTitle,
      nameLocation: 'middle',
      nameGap: theme.textSmall + 16,
      nameTextStyle: { color: theme.ink2, fontSize: theme.textSmall },
      axisLabel: {
        color: theme.ink2,
        fontSize: theme.textSmall,
        formatter: (value: number) => spec.unit.formatTick(value),
      },
      axisLine: { show: true, lineStyle: { color: theme.lineStrong } },
      axisTick: { show: true, lineStyle: { color: theme.lineStrong } },
      splitLine: { lineStyle: { color: theme.line } },
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

export const tooltipLook = (theme: ChartTheme): ChartOption['tooltip'] => ({
  renderMode: 'richText',
  confine: true,
  transitionDuration: 0,
  backgroundColor: theme.surface,
  borderColor: theme.lineStrong,
  textStyle: { color: theme.ink, fontSize: theme.text, fontFamily: theme.font, lineHeight: theme.text + 6 },
});

export function buildIntervalChart(spec: IntervalSpec, theme: ChartTheme, width: number): BuiltChart {
  const layout = layoutIntervals(spec, theme, width);
  const rowHeight = spec.rows.length * layout.rowHeight;
  const option: ChartOption = {
    animation: false,
    aria: { enabled: true, label: { description: spec.description } },
    textStyle: { fontFamily: theme.font },
    grid: {
      left: layout.left,
      right: layout.right,
      top: layout.top,
      height: rowHeight,
      outerBoundsMode: 'none',
    },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'item',
      formatter: (item) => {
        const row = spec.rows[(item as { dataIndex: number }).dataIndex];
        return row === undefined ? '' : rowTooltip(row, spec);
      },
    },
    ...axes(spec, layout, theme),
    series: [markSeries(spec, layout, theme), rowSeries(spec, layout, theme)],
  };
  return { option, height: layout.height };
}

/** What a reader of the screen hears: every row with its figure, interval and n. */
export function intervalDescription(
  title: string,
  spec: Pick<IntervalSpec, 'rows' | 'unit' | 'intervalName' | 'target'>,
): string {
  const target: MarkLine | null = spec.target;
  const rows = spec.rows.map((row) => {
    if (row.estimate === null) return `${row.label}：${row.absence ?? ''}`;
    return `${row.label}：${spec.unit.format(row.estimate, row.digits)}，${spec.intervalName} ${limitsText(row, spec.unit)}，${countOf(row)}`;
  });
  return `${title}。${target === null ? '' : `${target.label}。`}${rows.join('；')}。`;
}
