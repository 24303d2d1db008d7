/** Shapes of one row of an interval plot: point with interval bar, or hatch and words where there is no figure. */
import type { CustomSeriesRenderItemReturn } from 'echarts';
import type { ChartTheme } from './theme';
import type { IntervalRow } from './chartTypes';
import type { IntervalLayout, IntervalSpec } from './intervalLayout';
import { countOf, estimateText, gap, limitsText } from './intervalLayout';

export type Shape = NonNullable<CustomSeriesRenderItemReturn>;

export interface RowPlace {
  readonly label: string;
  /** Vertical middle of the row. */
  readonly y: number;
  readonly x: (value: number) => number;
  readonly plotLeft: number;
  readonly plotRight: number;
}

const capHalf = 5;
const pointRadius = 5;

export function text(
  words: string,
  at: { x: number; y: number; align?: 'left' | 'right' | 'center'; width?: number },
  look: { fill: string; size: number; font: string; weight?: number; ground?: string },
): Shape {
  return {
    type: 'text',
    style: {
      text: words,
      x: at.x,
      y: at.y,
      fill: look.fill,
      fontSize: look.size,
      fontFamily: look.font,
      ...(look.weight === undefined ? {} : { fontWeight: look.weight }),
      ...(look.ground === undefined ? {} : { backgroundColor: look.ground, padding: [2, 4] }),
      align: at.align ?? 'left',
      verticalAlign: 'middle',
      ...(at.width === undefined ? {} : { width: at.width, overflow: 'break', lineHeight: look.size + 2 }),
    },
  };
}

export const line = (
  from: readonly [number, number],
  to: readonly [number, number],
  style: { stroke: string; lineWidth: number; lineDash?: number[] },
): Shape => ({
  type: 'line',
  shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
  style: { ...style, fill: 'none' },
});

/** Colour says the verdict a second time; the shape says it first. */
function toneOf(row: IntervalRow, theme: ChartTheme): string {
  switch (row.verdict) {
    case 'reached':
      return theme.reached;
    case 'missed':
      return theme.missed;
    case 'pointReachedInconclusive':
    case 'pointMissedInconclusive':
      return theme.undecided;
    case 'undecidable':
      return theme.ink2;
    case null:
      return theme.accent;
  }
}

function point(row: IntervalRow, cx: number, cy: number, look: { tone: string; surface: string }): Shape {
  const isOpen = row.verdict === 'missed' || row.verdict === 'undecidable';
  const style = { fill: isOpen ? look.surface : look.tone, stroke: look.tone, lineWidth: 2 };
  const isUndecided = row.verdict === 'pointReachedInconclusive' || row.verdict === 'pointMissedInconclusive';
  if (!isUndecided) return { type: 'circle', shape: { cx, cy, r: pointRadius }, style };
  const r = pointRadius + 1;
  const points = [
    [cx, cy - r],
    [cx + r, cy],
    [cx, cy + r],
    [cx - r, cy],
  ];
  return { type: 'polygon', shape: { points }, style };
}

function intervalShapes(row: IntervalRow, place: RowPlace, spec: IntervalSpec, theme: ChartTheme): Shape[] {
  if (row.estimate === null) return [];
  const tone = toneOf(row, theme);
  const shapes: Shape[] = [];
  if (row.lower !== null && row.upper !== null) {
    const [from, to] = [place.x(row.lower), place.x(row.upper)];
    const solid = { stroke: tone, lineWidth: 2 };
    const dash = spec.isModelBased ? { lineDash: [5, 4] } : {};
    shapes.push(line([from, place.y], [to, place.y], { ...solid, ...dash }));
    for (const end of [from, to])
      shapes.push(line([end, place.y - capHalf], [end, place.y + capHalf], solid));
  }
  shapes.push(point(row, place.x(row.estimate), place.y, { tone, surface: theme.surface }));
  return shapes;
}

/** Suppressed: a hatched band; not surveyed: a dashed line. Both say it in words. */
function absenceShapes(row: IntervalRow, place: RowPlace, theme: ChartTheme): Shape[] {
  const words = text(
    row.absence ?? '',
    { x: place.plotLeft + 76, y: place.y },
    {
      fill: theme.ink2,
      size: theme.textSmall,
      font: theme.font,
      ground: theme.surface,
    },
  );
  const [from, to] = [place.plotLeft + 8, place.plotLeft + 64];
  if (row.state === 'notSurveyed')
    return [
      line([from, place.y], [to, place.y], { stroke: theme.suppressed, lineWidth: 1, lineDash: [2, 4] }),
      words,
    ];
  const hatch = Array.from({ length: 8 }, (_, index) => from + index * 7);
  return [
    ...hatch.map((x) =>
      line([x, place.y + capHalf], [x + 7, place.y - capHalf], { stroke: theme.suppressed, lineWidth: 1.5 }),
    ),
    words,
  ];
}

function scaleShapes(row: IntervalRow, place: RowPlace, theme: ChartTheme): Shape[] {
  if (row.maximum === null) return [];
  const end = place.x(row.maximum);
  const style = { stroke: theme.line, lineWidth: 6 };
  return [
    line([place.plotLeft, place.y], [end, place.y], style),
    line([end, place.y - capHalf], [end, place.y + capHalf], { stroke: theme.lineStrong, lineWidth: 2 }),
  ];
}

function wordShapes(
  row: IntervalRow,
  place: RowPlace,
  context: { spec: IntervalSpec; layout: IntervalLayout; theme: ChartTheme },
): Shape[] {
  const { spec, layout, theme } = context;
  const small = { fill: theme.ink3, size: theme.textSmall, font: theme.font };
  const strong = { fill: theme.ink, size: theme.text, font: theme.font };
  const valueEnd = layout.width;
  return [
    text(place.label, { x: 0, y: place.y, width: layout.labelWidth + 4 }, strong),
    text(countOf(row), { x: layout.left - gap, y: place.y, align: 'right' }, small),
    text(estimateText(row, spec.unit), { x: place.plotRight + gap, y: place.y }, { ...strong, weight: 600 }),
    text(limitsText(row, spec.unit), { x: valueEnd, y: place.y, align: 'right' }, small),
  ];
}

export function rowShape(
  row: IntervalRow,
  place: RowPlace,
  context: { spec: IntervalSpec; layout: IntervalLayout; theme: ChartTheme },
): Shape {
  const { spec, layout, theme } = context;
  const half = layout.rowHeight / 2;
  const hover = {
    type: 'rect',
    shape: { x: 0, y: place.y - half, width: layout.width, height: layout.rowHeight },
    style: { fill: 'transparent' },
  } as Shape;
  const base = line([0, place.y + half], [layout.width, place.y + half], {
    stroke: theme.line,
    lineWidth: 1,
  });
  const marks =
    row.state === 'shown' ? intervalShapes(row, place, spec, theme) : absenceShapes(row, place, theme);
  return {
    type: 'group',
    children: [hover, base, ...scaleShapes(row, place, theme), ...marks, ...wordShapes(row, place, context)],
  };
}
