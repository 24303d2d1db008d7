/** 差距指标: gap indices of groups and units, each with its interval. */
import type { GapLine } from '../../texts/comparisonTexts';
import {
  gapIntervalName,
  gapNotes,
  groupingLines,
  residenceLines,
  unitLines,
} from '../../texts/comparisonTexts';
import { labelColumn, remarkColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { CellFormat, SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, number, plainHeader, row, text } from '../sheetModel';
import { framed, unitWord } from '../wording';

const formats: Readonly<Record<GapLine['kind'], CellFormat>> = {
  points: 'share1',
  ratio: 'number2',
  share: 'share1',
};
const unitNames: Readonly<Record<GapLine['kind'], string>> = { points: '百分点', ratio: '倍', share: '%' };

function toRow({ label, detail, value, limits, kind }: GapLine): SheetRow {
  const cell = (each: number): SheetCell => number(each, formats[kind]);
  return row([
    text(label),
    cell(value),
    cell(limits.lower),
    cell(limits.upper),
    text(unitNames[kind]),
    text(detail),
  ]);
}

function section(title: string, lines: readonly GapLine[]): readonly SheetRow[] {
  return [
    fullRow(title, 'section'),
    ...(lines.length === 0 ? [fullRow('可公布的数不足，不计算。')] : lines.map(toRow)),
  ];
}

export function gapsSheet(input: ReportInput): SheetModel {
  const { gaps, method, confidenceLevel } = input.results.comparison;
  const unit = unitWord(input);
  const name = gapIntervalName(method, confidenceLevel);
  const groups = [...residenceLines(gaps), ...groupingLines(gaps)];
  const units = unitLines(gaps, unit, (code) => regionName(input, code));
  const value = { width: 13, format: 'share1', align: 'right', role: 'detail' } as const;
  const columns: readonly SheetColumn[] = [
    labelColumn('指标', 34),
    { header: '数值', ...value },
    { header: `${name}\n下限`, ...value },
    { header: `${name}\n上限`, ...value },
    remarkColumn(9, '单位'),
    remarkColumn(56),
  ];
  return framed(input, {
    id: 'gaps',
    name: '差距指标',
    title: '城乡、人群和地区间的差距',
    columns,
    headerRows: [plainHeader(columns)],
    rows: [...section('一、人群', groups), ...section(`二、${unit}`, units)],
    notes: ['单位为百分点的差和标准差，表中记作 %。', ...gapNotes([...groups, ...units])],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 1,
  });
}
