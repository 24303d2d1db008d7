/** What charts draw: rows and points already computed and worded; a chart only places them. */
import type { ComposeOption, EChartsType } from 'echarts/core';
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { VerdictValue } from '@shared/results/surveyResults';

export type ChartOption = ComposeOption<
  | CustomSeriesOption
  | LineSeriesOption
  | AriaComponentOption
  | GridComponentOption
  | TitleComponentOption
  | TooltipComponentOption
>;
export type Chart = EChartsType;

export interface ValueUnit {
  /** Axis title with its unit, e.g. 比例（%）. */
  readonly axisTitle: string;
  readonly kind: 'share' | 'points';
  /** `digits` are the decimals of a share; one unless told. */
  readonly format: (value: number, digits?: number) => string;
  readonly formatTick: (value: number) => string;
}

/** One row of an interval plot. */
export interface IntervalRow {
  readonly id: string;
  readonly label: string;
  /** Second part of the label, e.g. 70 分及以上. */
  readonly sub: string | null;
  readonly state: 'shown' | 'suppressed' | 'notSurveyed';
  readonly estimate: number | null;
  /** Decimals of a share, enough to tell it from the target it is judged against. */
  readonly digits: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Number of respondents as it may be printed, e.g. 396 or <10; null when it is not said. */
  readonly countText: string | null;
  /** `countText` hides a small number. */
  readonly isCountHidden: boolean;
  /** Why there is no figure, in words; null for a shown one. */
  readonly absence: string | null;
  readonly cautions: readonly string[];
  readonly verdict: VerdictValue | null;
  /** End of the row's own scale, e.g. a dimension's maximum points. */
  readonly maximum: number | null;
}

export interface MarkLine {
  readonly value: number;
  readonly label: string;
}

export interface BuiltChart {
  readonly option: ChartOption;
  readonly height: number;
}
