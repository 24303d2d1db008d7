/** 分人群: every category of the survey's groupings over the whole region, with the definitions of key groups. */
import { groupings } from '../../domain/groups';
import { categoryLabel, groupingLabels } from '../../texts/labels';
import type { GroupResult } from '../../results/surveyResults';
import {
  estimateCells,
  estimateColumns,
  figureCells,
  figureColumns,
  intervalHeader,
  labelColumn,
  remarkCell,
  remarkColumn,
} from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetModel, SheetRow } from '../sheetModel';
import { fullRow, row, text } from '../sheetModel';
import { framed, markNotes } from '../wording';

const toRow = ({ grouping, category, literate, meanScore }: GroupResult): SheetRow =>
  row([
    text(categoryLabel(grouping, category)),
    ...figureCells(literate, 'share'),
    ...estimateCells(meanScore, 'points'),
    remarkCell(literate),
  ]);

function groupRows({ results }: ReportInput): readonly SheetRow[] {
  return groupings.flatMap((grouping) => {
    const own = results.groups.filter((group) => group.grouping === grouping);
    return own.length === 0 ? [] : [fullRow(groupingLabels[grouping], 'section'), ...own.map(toRow)];
  });
}

/** Printed definitions, needed wherever key groups are shown. */
export function keyGroupNotes({ results, keyGroupDefinitions }: ReportInput): readonly string[] {
  if (!results.groups.some((group) => group.grouping === 'keyGroup')) return [];
  return [
    '重点人群相互重叠：一人可同时属于几个人群，各人群的人数和比例不能相加。',
    `重点人群定义（${keyGroupDefinitions.note}）：`,
    ...keyGroupDefinitions.groups.map(({ label, definition }) => `${label}：${definition}`),
    '18 岁以下青少年属另一总体，不计入 18–69 岁比例。',
  ];
}

export function groupsSheet(input: ReportInput): SheetModel {
  const { headline, groups } = input.results;
  const columns = [
    labelColumn('人群', 26),
    ...figureColumns('具备比例', input),
    ...estimateColumns('平均总分', 'points1'),
    remarkColumn(28),
  ];
  const figures = groups.flatMap((group) => [group.literate, group.meanScore]);
  return framed(input, {
    id: 'groups',
    name: '分人群',
    title: `${regionName(input, headline.regionCode)}分人群公民具备科学素质比例`,
    columns,
    headerRows: intervalHeader(columns, input),
    rows: [
      row(
        [
          text('全体'),
          ...figureCells(headline.literate, 'share'),
          ...estimateCells(headline.meanScore, 'points'),
          remarkCell(headline.literate),
        ],
        'total',
      ),
      ...groupRows(input),
    ],
    notes: [...markNotes([headline.literate, ...figures], input), ...keyGroupNotes(input)],
    print: { orientation: 'landscape', repeatHeader: true, onePage: true },
    frozenColumns: 1,
  });
}
