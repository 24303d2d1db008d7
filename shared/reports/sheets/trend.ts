/** 趋势: published figures beside the survey's own, with a break line wherever the scoring regime changes. */
import { isShown } from '../../texts/format';
import { regimeLabels, sourceConfidenceText } from '../../texts/labels';
import { intervalHeader, labelColumn, remarkColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import type { SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, missing, number, row, text } from '../sheetModel';
import { framed } from '../wording';
import { changeRows, progressRows } from './progressRows';

type Series = ReportInput['results']['trend'][number];
type Point = Series['points'][number];

const columns: readonly SheetColumn[] = [
  labelColumn('地区', 14),
  { header: '年份', width: 8, format: 'year', align: 'center', role: 'label' },
  { header: '比例（%）', width: 10, format: 'published', align: 'right', role: 'published' },
  { header: '样本量\nn', width: 9, format: 'count', align: 'right', role: 'count' },
  { header: '下限（%）', width: 10, format: 'published', align: 'right', role: 'lower' },
  { header: '上限（%）', width: 10, format: 'published', align: 'right', role: 'upper' },
  remarkColumn(35, '测评口径'),
  remarkColumn(20, '可信度'),
  remarkColumn(48, '来源'),
];

const regimeLabel = (regime: string): string => regimeLabels[regime] ?? regime;

function ownCount({ results }: ReportInput): SheetCell {
  const { literate } = results.headline;
  return isShown(literate) ? number(literate.respondentCount) : missing;
}

function pointRow(input: ReportInput, regionName: string, point: Point): SheetRow {
  const unpublished = text('未公布');
  return row(
    [
      text(regionName),
      number(point.year),
      number(point.value),
      point.isOwn ? ownCount(input) : unpublished,
      point.isOwn ? number(point.lower) : unpublished,
      point.isOwn ? number(point.upper) : unpublished,
      text(regimeLabel(point.regime)),
      text(sourceConfidenceText(point.confidence)),
      text(point.source),
    ],
    point.isOwn ? 'total' : 'normal',
  );
}

/** Two points may be read as a change only under the same known regime. */
const isComparable = (before: Point, after: Point): boolean =>
  before.regime === after.regime && before.regime !== 'unknown';

function seriesRows(input: ReportInput, { regionName, points }: Series): readonly SheetRow[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const breakRows =
      before === undefined || isComparable(before, point)
        ? []
        : [fullRow('┄┄ 口径不同或未查明，上下两行不可直接比较 ┄┄', 'break')];
    return [...breakRows, pointRow(input, regionName, point)];
  });
}

export function trendSheet(input: ReportInput): SheetModel {
  return framed(input, {
    id: 'trend',
    name: '趋势',
    title: '公布数与本次结果',
    columns,
    headerRows: intervalHeader(columns, input),
    rows: [
      ...input.results.trend.flatMap((series) => [
        fullRow(series.regionName, 'section'),
        ...seriesRows(input, series),
      ]),
      ...progressRows(input),
      ...changeRows(input),
    ],
    notes: [
      '公布数照录来源，未附样本量和区间；不同测评口径之间不连线、不计算增减。',
      '本次结果为本地测评口径，不是官方公布的公民科学素质数据。',
      '比例单位为百分数（%）。',
    ],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 2,
  });
}
