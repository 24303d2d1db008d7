/** 模型估计: raw and model-based shares side by side for the whole, every unit and every group. Never judged. */
import type { EstimatedModelShares } from '../../results/modelBasedResults';
import type { Figure } from '../../results/surveyResults';
import {
  modelBasedName,
  modelBasedReasonTexts,
  modelComparisonSentence,
  modelMethodNotes,
} from '../../texts/calibrationTexts';
import { isShown } from '../../texts/format';
import { categoryLabel, groupingLabels } from '../../texts/labels';
import { countCell, estimateCells, labelColumn, remarkCell, remarkColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, missing, number, plainHeader, row, text } from '../sheetModel';
import { framed, markNotes, unitWord } from '../wording';

const share = { width: 11, format: 'share1', align: 'right' } as const;
const columns: readonly SheetColumn[] = [
  labelColumn('地区或人群', 24),
  { header: '样本量\nn', width: 9, format: 'count', align: 'right', role: 'count' },
  { header: '原始比例', ...share, role: 'estimate' },
  { header: '原始比例\n区间下限', ...share, role: 'lower' },
  { header: '原始比例\n区间上限', ...share, role: 'upper' },
  { header: '模型估计', ...share, role: 'estimate' },
  { header: '模型估计\n区间下限', ...share, role: 'lower' },
  { header: '模型估计\n区间上限', ...share, role: 'upper' },
  { header: '模型估计\n标准误', ...share, format: 'share2', role: 'detail' },
  { header: '误差中\n来自测量', ...share, role: 'detail' },
  remarkColumn(26),
];

function toRow(
  name: string,
  raw: Figure,
  { figure, missingInformation }: EstimatedModelShares['headline'],
): SheetRow {
  return row([
    text(name),
    countCell(raw),
    ...estimateCells(raw, 'share'),
    ...estimateCells(figure, 'share'),
    isShown(figure) && figure.interval !== null ? number(figure.standardError) : missing,
    number(missingInformation),
    remarkCell(figure),
  ]);
}

function unitRows(input: ReportInput, model: EstimatedModelShares): readonly SheetRow[] {
  const rows = input.results.units.flatMap(({ regionCode, literate }) => {
    const found = model.units.find((unit) => unit.regionCode === regionCode);
    return found === undefined ? [] : [toRow(regionName(input, regionCode), literate, found)];
  });
  return rows.length === 0 ? [] : [fullRow(`各${unitWord(input)}`, 'section'), ...rows];
}

function groupRows({ results }: ReportInput, model: EstimatedModelShares): readonly SheetRow[] {
  return results.groups.flatMap(({ grouping, category, literate }, index) => {
    const found = model.groups.find((group) => group.grouping === grouping && group.category === category);
    if (found === undefined) return [];
    const isFirst = results.groups[index - 1]?.grouping !== grouping;
    const head = isFirst ? [fullRow(groupingLabels[grouping], 'section')] : [];
    return [...head, toRow(categoryLabel(grouping, category), literate, found)];
  });
}

function estimatedRows(input: ReportInput, model: EstimatedModelShares): readonly SheetRow[] {
  const { headline } = input.results;
  return [
    toRow(regionName(input, headline.regionCode), headline.literate, model.headline),
    ...unitRows(input, model),
    ...groupRows(input, model),
  ];
}

export function modelBasedSheet(input: ReportInput): SheetModel {
  const { modelBased, headline, units, groups, confidenceLevel } = input.results;
  const frame = {
    id: 'modelBased',
    name: '模型估计',
    title: `公民具备科学素质比例：原始比例与${modelBasedName}`,
    columns,
    frozenColumns: 1,
  };
  if (modelBased.state === 'unavailable')
    return framed(input, {
      ...frame,
      headerRows: [],
      rows: [fullRow(modelBasedReasonTexts[modelBased.reason])],
      notes: [],
      print: { orientation: 'landscape', repeatHeader: false },
    });
  const figures = [headline, ...units, ...groups].map(({ literate }) => literate);
  return framed(input, {
    ...frame,
    headerRows: [plainHeader(columns)],
    rows: estimatedRows(input, modelBased),
    notes: [
      modelComparisonSentence(headline.literate, modelBased),
      ...modelMethodNotes(modelBased, confidenceLevel),
      ...markNotes(figures, input),
    ],
    print: { orientation: 'landscape', repeatHeader: true },
  });
}
