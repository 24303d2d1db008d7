/** Target and reference lines of an interval plot with their words, and the heading of the interval column. */
import type { CustomSeriesOption } from 'echarts/charts';
import type { MarkLine } from './chartTypes';
import type { IntervalLayout, IntervalSpec } from './intervalLayout';
import { line, text } from './intervalShapes';
import type { Shape } from './intervalShapes';
import { textWidth } from './textWidth';
import type { ChartTheme } from './theme';

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

export interface PlotBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Context {
  readonly spec: IntervalSpec;
  readonly layout: IntervalLayout;
  readonly theme: ChartTheme;
}

const columnHead = (box: PlotBox, { spec, layout, theme }: Context): Shape =>
  text(
    spec.intervalName,
    { x: layout.width, y: box.y - 10, align: 'right' },
    { fill: theme.ink3, size: theme.textSmall, font: theme.font },
  );

interface Mark extends MarkLine {
  readonly tone: string;
  readonly lineDash: number[];
}

function marksOf({ spec, theme }: Context): readonly Mark[] {
  const { target, reference } = spec;
  return [
    ...(target === null ? [] : [{ ...target, tone: theme.ink, lineDash: [6, 3] }]),
    ...(reference === null ? [] : [{ ...reference, tone: theme.ink2, lineDash: [2, 3] }]),
  ];
}

/** Left end of the words: two marks write away from each other, one alone is centred; never outside the plot. */
function wordsStart(
  mark: Mark,
  marks: readonly Mark[],
  place: { x: number; box: PlotBox; width: number },
): number {
  const { x, box, width } = place;
  const other = marks.find((each) => each !== mark);
  const wanted = other === undefined ? x - width / 2 : mark.value >= other.value ? x - 4 : x - width + 4;
  return Math.max(0, Math.min(wanted, box.x + box.width - width));
}

/** Vertical lines with their words above the plot, one line of words each. */
export function markSeries(
  spec: IntervalSpec,
  layout: IntervalLayout,
  theme: ChartTheme,
): CustomSeriesOption {
  const context = { spec, layout, theme };
  const marks = marksOf(context);
  const renderItem: RenderItem = (params, api) => {
    const mark = marks[params.dataIndex];
    const box = params.coordSys as unknown as PlotBox;
    if (mark === undefined) return columnHead(box, context);
    const x = api.coord([mark.value, 0])[0] ?? box.x;
    const y = box.y - 10 - (marks.length - 1 - params.dataIndex) * (theme.textSmall + 8);
    const width = textWidth(mark.label, theme.textSmall);
    const style = { stroke: mark.tone, lineWidth: 1.5, lineDash: mark.lineDash };
    return {
      type: 'group',
      children: [
        line([x, y + theme.textSmall / 2 + 3], [x, box.y + box.height], style),
        text(
          mark.label,
          { x: wordsStart(mark, marks, { x, box, width }), y },
          { fill: mark.tone, size: theme.textSmall, font: theme.font },
        ),
      ],
    };
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
    data: [...marks.map((mark) => [mark.value, 0]), [layout.range[0], 0]],
  };
}
