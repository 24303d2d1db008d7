/** How a chart tells the frame around it what can be exported. */
import type { InjectionKey } from 'vue';
import type { BuiltChart } from './chartTypes';

export interface ExportableChart {
  /** Option and height of the picture at a width in pixels. */
  readonly build: (width: number) => BuiltChart;
  readonly width: () => number;
}

export const registerChartKey: InjectionKey<(chart: ExportableChart | null) => void> =
  Symbol('registerChart');

/** What every exported picture must carry: survey, 演示数据, rule and time. */
export const provenanceKey: InjectionKey<() => string> = Symbol('provenance');
