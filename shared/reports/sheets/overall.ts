/** 总体结果: the headline share with its verdict, the tiers cumulated and apart, total and dimension means. */
import type { Figure } from '../../results/surveyResults';
import type { FigureScale } from '../figureColumns';
import {
  figureCells,
  figureColumns,
  furtherErrorCells,
  furtherErrorColumns,
  intervalHeader,
  labelColumn,
  remarkCell,
  remarkColumn,
} from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { RowStyle, SheetModel, SheetRow } from '../sheetModel';
import { fullRow, row, text } from '../sheetModel';
import { headlineDetails, headlineText } from '../verdictText';
import { framed, markNotes } from '../wording';

interface Line {
  readonly label: string;
  readonly figure: Figure;
  readonly scale: FigureScale;
  readonly style?: RowStyle;
  /** The share the figure is judged against on this sheet. */
  readonly target?: number;
}

const toRow = ({ label, figure, scale, style = 'normal', target }: Line): SheetRow =>
  row(
    [text(label), ...figureCells(figure, scale, target), ...furtherErrorCells(figure), remarkCell(figure)],
    style,
  );

function tierLines({ results, instrument }: ReportInput): {
  readonly atLeast: readonly Line[];
  readonly exclusive: readonly Line[];
} {
  const last = results.tiers.length - 1;
  const labelled = results.tiers.map((tier) => {
    const definition = instrument.tiers.find((each) => each.id === tier.tierId);
    return { ...tier, label: definition?.label ?? tier.tierId, cut: definition?.atLeast ?? null };
  });
  return {
    // Everybody is in the lowest tier or above, and two tiers cumulate to themselves.
    atLeast: labelled
      .filter((_tier, index) => last > 1 && index < last)
      .map(({ label, cut, atLeast }) => ({
        label: cut === null ? `${label}及以上` : `${label}（${cut} 分）及以上`,
        figure: atLeast,
        scale: 'share',
      })),
    exclusive: labelled.map(({ label, exclusive }) => ({ label, figure: exclusive, scale: 'share' })),
  };
}

function meanLines({ results, instrument }: ReportInput): readonly Line[] {
  const total: Line = {
    label: `总分（满分 ${instrument.maximum}）`,
    figure: results.headline.meanScore,
    scale: 'points',
    style: 'total',
  };
  const dimensions = results.dimensions.map(({ dimensionId, maximum, figure }): Line => {
    const label = instrument.dimensions.find((each) => each.id === dimensionId)?.label ?? dimensionId;
    return { label: `${label}（满分 ${maximum}）`, figure, scale: 'points' };
  });
  return [total, ...dimensions];
}

export function overallSheet(input: ReportInput): SheetModel {
  const { headline } = input.results;
  const columns = [
    labelColumn('指标', 32),
    ...figureColumns('估计值', input),
    ...furtherErrorColumns,
    remarkColumn(24),
  ];
  const tiers = tierLines(input);
  const means = meanLines(input);
  const share: Line = {
    label: '公民具备科学素质比例',
    figure: headline.literate,
    scale: 'share',
    style: 'total',
    target: headline.verdict.target,
  };
  const groups: readonly (readonly [string, readonly Line[]])[] = [
    ['二、分级比例（累计：该级及以上）', tiers.atLeast],
    ['三、分级比例（互斥：恰在该级）', tiers.exclusive],
    ['四、平均得分（分）', means],
  ];
  const figures = [share, ...tiers.atLeast, ...tiers.exclusive, ...means].map((line) => line.figure);
  return framed(input, {
    id: 'overall',
    name: '总体结果',
    title: `${regionName(input, headline.regionCode)}总体结果`,
    columns,
    headerRows: intervalHeader(columns, input),
    rows: [
      fullRow(headlineText(input), 'lead'),
      ...headlineDetails(input).map((sentence) => fullRow(sentence)),
      fullRow('一、公民具备科学素质比例', 'section'),
      toRow(share),
      ...groups
        .filter(([, lines]) => lines.length > 0)
        .flatMap(([title, lines]) => [fullRow(title, 'section'), ...lines.map(toRow)]),
    ],
    notes: [
      '比例的标准误以百分数表示；平均得分的标准误单位为分。单元格内为未经舍入的数值，显示位数由格式决定。',
      ...markNotes(figures, input),
    ],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 1,
  });
}
