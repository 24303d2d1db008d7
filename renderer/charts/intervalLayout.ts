/** Where the parts of an interval plot go: label column, plot, value column, and the axis range. */
import type { ChartTheme } from './theme';
import type { IntervalRow, MarkLine, ValueUnit } from './chartTypes';
import { textWidth, widest } from './textWidth';

export interface IntervalSpec {
  readonly rows: readonly IntervalRow[];
  readonly unit: ValueUnit;
  /** What the picture shows, read aloud to who cannot see it. */
  readonly description: string;
  readonly intervalName: string;
  readonly target: MarkLine | null;
  readonly reference: MarkLine | null;
  readonly isCompact: boolean;
  /** Model intervals are dashed: they are not design-based. */
  readonly isModelBased: boolean;
}

export interface IntervalLayout {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly labelWidth: number;
  /** Label of each row; without its second part where that would not fit on one line. */
  readonly labels: readonly string[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly range: readonly [number, number];
  readonly tick: number;
}

export const gap = 12;

const fullLabel = (row: IntervalRow): string => (row.sub === null ? row.label : `${row.label} ${row.sub}`);
/** @example 'n=396', or 'n<10' where the exact number stays unsaid */
export function countOf(row: IntervalRow): string {
  if (row.countText === null) return '';
  return row.isCountHidden ? `n${row.countText}` : `n=${row.countText}`;
}
export const cautionMark = '△';

export function estimateText(row: IntervalRow, unit: ValueUnit): string {
  if (row.estimate === null) return '';
  return `${unit.format(row.estimate, row.digits)}${row.cautions.length > 0 ? cautionMark : ''}`;
}

export const limitsText = (row: IntervalRow, unit: ValueUnit): string =>
  row.lower === null || row.upper === null ? '' : `${unit.format(row.lower)}–${unit.format(row.upper)}`;

const steps = [1, 2, 5, 10];

/** Round tick that cuts `span` into at most `count` parts. */
export function niceTick(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = steps.find((each) => each * power >= rough * 0.999) ?? 10;
  return step * power;
}

/** Range around everything drawn, on whole ticks; shares stay within 0..1, own scales start at 0. */
export function valueRange(
  spec: IntervalSpec,
  parts: number,
): { range: readonly [number, number]; tick: number } {
  const marks = [spec.target, spec.reference].flatMap((mark) => (mark === null ? [] : [mark.value]));
  const values = spec.rows.flatMap((row) => [row.estimate, row.lower, row.upper, row.maximum]);
  const known = [...values, ...marks].filter((value) => value !== null);
  const startsAtZero = spec.rows.some((row) => row.maximum !== null);
  const low = startsAtZero || known.length === 0 ? 0 : Math.min(...known);
  const high = known.length === 0 ? 1 : Math.max(...known);
  const span = Math.max(high - low, spec.unit.kind === 'share' ? 0.04 : 4);
  const tick = niceTick(span * 1.1, parts);
  const from = Math.max(0, Math.floor((low - span * 0.04) / tick) * tick);
  const to = Math.ceil((high + (startsAtZero ? 0 : span * 0.04)) / tick) * tick;
  return { range: [from, spec.unit.kind === 'share' ? Math.min(1, to) : to], tick };
}

export function layoutIntervals(spec: IntervalSpec, theme: ChartTheme, width: number): IntervalLayout {
  const rowHeight = spec.isCompact ? theme.rowCompact : theme.row;
  const { rows, unit } = spec;
  const countWidth = widest(rows.map(countOf), theme.textSmall);
  const room = Math.round(width * 0.36);
  const full = rows.map(fullLabel);
  const labels = widest(full, theme.text) <= room ? full : rows.map((row) => row.label);
  const labelWidth = Math.min(widest(labels, theme.text), room);
  const left = labelWidth + gap + countWidth + gap;
  const valueWidth = widest(
    rows.map((row) => estimateText(row, unit)),
    theme.text,
  );
  const limitWidth = widest(
    rows.map((row) => limitsText(row, unit)),
    theme.textSmall,
  );
  const right = Math.max(gap + valueWidth + gap + limitWidth, textWidth(spec.intervalName, theme.textSmall));
  const marks = [spec.target, spec.reference].filter((mark) => mark !== null).length;
  const top = 8 + Math.max(1, marks) * (theme.textSmall + 8);
  const bottom = theme.textSmall * 2 + 28;
  const plotWidth = Math.max(120, width - left - right);
  const { range, tick } = valueRange(spec, Math.max(3, Math.min(10, Math.floor(plotWidth / 64))));
  const height = top + rows.length * rowHeight + bottom;
  return { width, height, rowHeight, labelWidth, labels, left, right, top, bottom, range, tick };
}
