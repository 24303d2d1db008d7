/** 区县×人群: one line for each unit and category, so that every share stands beside its own n and interval. */
import { categoryLabel, groupingLabels } from '../../texts/labels';
import {
  figureCells,
  figureColumns,
  intervalHeader,
  labelColumn,
  remarkCell,
  remarkColumn,
} from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetModel } from '../sheetModel';
import { row, text } from '../sheetModel';
import { framed, markNotes, unitWord } from '../wording';

export function crossSheet(input: ReportInput): SheetModel {
  const { cross } = input.results;
  const unit = unitWord(input);
  const columns = [
    labelColumn(unit, 16),
    labelColumn('分组', 12),
    labelColumn('人群', 24),
    ...figureColumns('具备比例', input),
    remarkColumn(30),
  ];
  const hasKeyGroups = cross.some((line) => line.grouping === 'keyGroup');
  return framed(input, {
    id: 'cross',
    name: `${unit}×人群`,
    title: `分${unit}、分人群公民具备科学素质比例`,
    columns,
    headerRows: intervalHeader(columns, input),
    rows: cross.map(({ regionCode, grouping, category, literate }) =>
      row([
        text(regionName(input, regionCode)),
        text(groupingLabels[grouping]),
        text(categoryLabel(grouping, category)),
        ...figureCells(literate, 'share'),
        remarkCell(literate),
      ]),
    ),
    notes: [
      '交叉组的样本量小，区间宽；不宜逐格比较高低。',
      ...markNotes(
        cross.map((line) => line.literate),
        input,
      ),
      ...(hasKeyGroups ? ['重点人群相互重叠，不能相加；定义见“分人群”。'] : []),
    ],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 3,
    hasFilter: cross.length > 0,
  });
}
