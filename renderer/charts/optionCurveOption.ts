/** ECharts option of option curves: share choosing each option in fifths of respondents by score. */
import type { LineSeriesOption } from 'echarts/charts';
import { formatShare } from '@shared/texts/format';
import type { BuiltChart, ChartOption } from './chartTypes';
import { tooltipLook } from './intervalOption';
import { widest } from './textWidth';
import type { ChartTheme } from './theme';

export interface OptionCurve {
  readonly label: string;
  readonly isKey: boolean;
  /** Shares, lowest scores first. */
  readonly shares: readonly number[];
}

export const fifthLabels = ['最低 1/5', '较低', '中间', '较高', '最高 1/5'] as const;

export const curveDescription = (title: string, curves: readonly OptionCurve[]): string =>
  `${title}。${curves
    .map(
      ({ label, shares }) =>
        `${label}：由低分到高分 ${shares.map((share) => formatShare(share, 0)).join('、')}`,
    )
    .join('；')}。`;

function curveSeries(curve: OptionCurve, place: number, theme: ChartTheme): LineSeriesOption {
  const color = curve.isKey ? theme.accent : (theme.series[(place + 1) % theme.series.length] ?? theme.ink2);
  return {
    type: 'line',
    name: curve.label,
    animation: false,
    symbol: curve.isKey ? 'circle' : 'emptyCircle',
    symbolSize: curve.isKey ? 8 : 6,
    lineStyle: { color, width: curve.isKey ? 3 : 1.5, type: curve.isKey ? 'solid' : 'dashed' },
    itemStyle: { color },
    endLabel: { show: true, formatter: curve.label, color: theme.ink2, fontSize: theme.textSmall },
    labelLayout: { moveOverlap: 'shiftY' },
    data: curve.shares.map((share) => 100 * share),
  };
}

/** The key is solid and thick, every other option dashed: the curves differ without colour too. */
export function buildOptionCurves(
  curves: readonly OptionCurve[],
  description: string,
  theme: ChartTheme,
): BuiltChart {
  const look = { color: theme.ink2, fontSize: theme.textSmall };
  const [top, bottom] = [16, theme.textSmall * 2 + 28];
  const names = widest(
    curves.map(({ label }) => label),
    theme.textSmall,
  );
  const option: ChartOption = {
    animation: false,
    aria: { enabled: true, label: { description } },
    textStyle: { fontFamily: theme.font },
    grid: {
      left: 48,
      right: names + 24,
      top,
      height: theme.plotCompact - top - bottom,
      outerBoundsMode: 'none',
    },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'axis',
      valueFormatter: (value) => `${Number(value).toFixed(0)}%`,
    },
    xAxis: {
      type: 'category',
      data: [...fifthLabels],
      name: '按其余题目得分分五组',
      nameLocation: 'middle',
      nameGap: theme.textSmall + 14,
      nameTextStyle: look,
      axisLabel: look,
      axisLine: { lineStyle: { color: theme.lineStrong } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      axisLabel: { ...look, formatter: (value: number) => `${value}%` },
      splitLine: { lineStyle: { color: theme.line } },
    },
    series: curves.map((curve, place) => curveSeries(curve, place, theme)),
  };
  return { option, height: theme.plotCompact };
}
