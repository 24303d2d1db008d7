/** 小域估计: model estimates beside the direct ones, in the order of the survey, never ranked. */
import type { SmallAreaEstimate } from '../../results/comparisonResults';
import { modelEstimateName, smallAreaNotes, smallAreaRefusal } from '../../texts/comparisonTexts';
import { countCell, labelColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, number, plainHeader, row, text } from '../sheetModel';
import { framed, unitWord } from '../wording';

function columnsOf(input: ReportInput): readonly SheetColumn[] {
  const share = { width: 11, format: 'share1', align: 'right' } as const;
  return [
    labelColumn(unitWord(input), 22),
    { header: '样本量\nn', width: 9, format: 'count', align: 'right', role: 'count' },
    { header: '直接估计', ...share, role: 'estimate' },
    { header: '直接估计\n区间下限', ...share, role: 'lower' },
    { header: '直接估计\n区间上限', ...share, role: 'upper' },
    { header: modelEstimateName, ...share, role: 'estimate' },
    { header: '模型区间\n下限', ...share, role: 'lower' },
    { header: '模型区间\n上限', ...share, role: 'upper' },
    { header: '模型误差\n（RMSE）', ...share, format: 'share2', role: 'detail' },
    { header: '直接估计\n的权重', ...share, role: 'detail' },
    { header: '标准化\n残差', ...share, format: 'number2', role: 'detail' },
  ];
}

function toRow(input: ReportInput, area: SmallAreaEstimate): readonly SheetRow[] {
  const unit = input.results.units.find(({ regionCode }) => regionCode === area.regionCode);
  if (unit === undefined || area.directInterval === null) return [];
  return [
    row([
      text(regionName(input, area.regionCode)),
      countCell(unit.literate),
      number(area.direct),
      number(area.directInterval.lower),
      number(area.directInterval.upper),
      number(area.model),
      number(area.interval.lower),
      number(area.interval.upper),
      number(area.rootMeanSquaredError),
      number(area.directWeight),
      number(area.residual),
    ]),
  ];
}

export function smallAreaSheet(input: ReportInput): SheetModel {
  const { smallArea } = input.results;
  const unit = unitWord(input);
  const columns = columnsOf(input);
  const isFitted = smallArea.state === 'fitted';
  return framed(input, {
    id: 'smallArea',
    name: '小域估计',
    title: `${unit}小域估计：直接估计与${modelEstimateName}`,
    columns,
    headerRows: isFitted ? [plainHeader(columns)] : [],
    rows: isFitted
      ? smallArea.areas.flatMap((area) => toRow(input, area))
      : [fullRow(smallAreaRefusal(smallArea, unit))],
    notes: isFitted ? smallAreaNotes(smallArea, unit) : [],
    print: { orientation: 'landscape', repeatHeader: isFitted },
    frozenColumns: 1,
  });
}
