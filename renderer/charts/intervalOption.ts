/** ECharts option of an interval plot: estimates as points with interval bars, never as columns. */
import type { CustomSeriesOption } from 'echarts/charts';
import type { BuiltChart, ChartOption, IntervalRow, MarkLine } from './chartTypes';
import type { IntervalLayout, IntervalSpec } from './intervalLayout';
import { layoutIntervals, limitsText } from './intervalLayout';
import { line, rowShape, text } from './intervalShapes';
import type { Shape } from './intervalShapes';
import { verdictLabels } from '@shared/texts/labels';
import { textWidth } from './textWidth';
import type { ChartTheme } from './theme';

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

interface PlotBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rowSeries(spec: IntervalSpec, layout: IntervalLayout, theme: ChartTheme): CustomSeriesOption {
  const renderItem: RenderItem = (params, api) => {
    const row = spec.rows[params.dataIndex];
    const box = params.coordSys as unknown as PlotBox;
    if (row === undefined) return null;
    const x = (value: number): number => api.coord([value, params.dataIndex])[0] ?? box.x;
    const y = box.y + layout.rowHeight * (params.dataIndex + 0.5);
    const place = { x, y, plotLeft: box.x, plotRight: box.x + box.width };
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

const columnHead = (
  box: PlotBox,
  ...[spec, layout, theme]: [IntervalSpec, IntervalLayout, ChartTheme]
): Shape =>
  text(
    spec.intervalName,
    { x: layout.width, y: box.y - 10, align: 'right' },
    { fill: theme.ink3, size: theme.textSmall, font: theme.font },
  );

/** Vertical lines with their words above the plot, one line of words each, never outside the picture. */
function markSeries(spec: IntervalSpec, layout: IntervalLayout, theme: ChartTheme): CustomSeriesOption {
  const marks = [
    { mark: spec.target, tone: theme.ink, lineDash: [6, 3] },
    { mark: spec.reference, tone: theme.ink3, lineDash: [2, 3] },
  ].flatMap(({ mark, ...look }) => (mark === null ? [] : [{ mark, ...look }]));
  const renderItem: RenderItem = (params, api) => {
    const entry = marks[params.dataIndex];
    const box = params.coordSys as unknown as PlotBox;
    if (entry === undefined) return columnHead(box, spec, layout, theme);
    const { mark, tone, lineDash } = entry;
    const x = api.coord([mark.value, 0])[0] ?? box.x;
    const wordsY = box.y - 10 - (marks.length - 1 - params.dataIndex) * (theme.textSmall + 8);
    const half = textWidth(mark.label, theme.textSmall) / 2;
    const wordsX = Math.min(Math.max(x, half), Math.max(box.x + box.width - half, half));
    const stroke = line([x, wordsY + theme.textSmall / 2 + 2], [x, box.y + box.height], {
      stroke: tone,
      lineWidth: 1.5,
      lineDash,
    });
    const words = text(
      mark.label,
      { x: wordsX, y: wordsY, align: 'center' },
      { fill: tone, size: theme.textSmall, font: theme.font },
    );
    return { type: 'group', children: [stroke, words] };
  };
  return {
    type: 'custom',
    id: 'marks',
    renderItem,
    clip: false,
    silent: true,
    animation: false,
    z: 1,
    encode: { x: 0, y: 1 },
    data: [...marks.map(({ mark }) => [mark.value, 0]), [layout.range[0], 0]],
  };
}

export function rowTooltip(row: IntervalRow, spec: IntervalSpec): string {
  const name = row.sub === null ? row.label : `${row.label}（${row.sub}）`;
  const count = row.n === null ? [] : [`n=${row.n.toLocaleString('zh-CN')}`];
  if (row.estimate === null) return [name, row.absence ?? '', ...count].join('\n');
  const limits = limitsText(row, spec.unit);
  return [
    name,
    `${spec.unit.format(row.estimate)}（${limits === '' ? '无法计算区间' : `${spec.intervalName} ${limits}`}）`,
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
    return `${row.label}：${spec.unit.format(row.estimate)}，${spec.intervalName} ${limitsText(row, spec.unit)}，n=${row.n ?? 0}`;
  });
  return `${title}。${target === null ? '' : `${target.label}。`}${rows.join('；')}。`;
}
