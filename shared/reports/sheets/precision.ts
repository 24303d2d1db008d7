/** 误差与设计效应, for statisticians: every published figure in natural units (shares 0–1) with six decimals. */
import { categoryLabel, groupingLabels, intervalMethodLabels } from '../../texts/labels';
import type { Figure } from '../../results/surveyResults';
import { countCell, estimateCells, labelColumn, remarkCell, remarkColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { missing, number, plainHeader, row, text } from '../sheetModel';
import { framed, markNotes, unitWord } from '../wording';

interface Line {
  readonly scope: string;
  readonly measure: string;
  readonly figure: Figure;
}

const shareName = '具备比例';
const meanName = '平均总分';

function wholeLines({ results, instrument }: ReportInput): readonly Line[] {
  const scope = '全体';
  const tierName = (id: string): string => instrument.tiers.find((tier) => tier.id === id)?.label ?? id;
  const dimensionName = (id: string): string =>
    instrument.dimensions.find((dimension) => dimension.id === id)?.label ?? id;
  return [
    { scope, measure: shareName, figure: results.headline.literate },
    { scope, measure: meanName, figure: results.headline.meanScore },
    ...results.dimensions.map(({ dimensionId, figure }) => ({
      scope,
      measure: `平均分：${dimensionName(dimensionId)}`,
      figure,
    })),
    ...results.tiers.map(({ tierId, exclusive }) => ({
      scope,
      measure: `恰在：${tierName(tierId)}`,
      figure: exclusive,
    })),
    // Everybody is in the lowest tier or above.
    ...results.tiers.slice(0, -1).map(({ tierId, atLeast }) => ({
      scope,
      measure: `及以上：${tierName(tierId)}`,
      figure: atLeast,
    })),
  ];
}

function domainLines(input: ReportInput): readonly Line[] {
  const { units, groups, cross } = input.results;
  const both = (scope: string, literate: Figure, meanScore: Figure): readonly Line[] => [
    { scope, measure: shareName, figure: literate },
    { scope, measure: meanName, figure: meanScore },
  ];
  return [
    ...units.flatMap((unit) => both(regionName(input, unit.regionCode), unit.literate, unit.meanScore)),
    ...groups.flatMap(({ grouping, category, literate, meanScore }) =>
      both(`${groupingLabels[grouping]}：${categoryLabel(grouping, category)}`, literate, meanScore),
    ),
    ...cross.map(({ regionCode, grouping, category, literate }) => ({
      scope: `${regionName(input, regionCode)}·${groupingLabels[grouping]}：${categoryLabel(grouping, category)}`,
      measure: shareName,
      figure: literate,
    })),
  ];
}

const methodLabel = (method: string): string => intervalMethodLabels[method] ?? method;

const withoutFormat = (cell: SheetCell): SheetCell =>
  cell.kind === 'number' ? { kind: 'number', value: cell.value } : cell;

function errorCells(figure: Figure): readonly SheetCell[] {
  if (figure.state !== 'shown' || figure.interval === null)
    return [missing, missing, missing, missing, missing, missing, missing, missing];
  return [
    number(figure.psuCount),
    number(figure.weightTotal),
    number(figure.standardError),
    number(figure.coefficientOfVariation),
    number(figure.designEffect),
    number(figure.effectiveSampleSize),
    number(figure.degreesOfFreedom),
    text(methodLabel(figure.interval.method)),
  ];
}

const toRow = ({ scope, measure, figure }: Line): SheetRow =>
  row([
    text(scope),
    text(measure),
    countCell(figure),
    ...estimateCells(figure, 'share').map(withoutFormat),
    ...errorCells(figure),
    remarkCell(figure),
  ]);

const column = (
  header: string,
  format: SheetColumn['format'],
  role: SheetColumn['role'] = 'detail',
  width = 12,
): SheetColumn => ({ header, width, format, align: 'right', role });

export function precisionSheet(input: ReportInput): SheetModel {
  const columns: readonly SheetColumn[] = [
    labelColumn('范围', 32),
    labelColumn('指标', 24),
    column('样本量 n', 'count', 'count', 9),
    column('估计值', 'number6', 'estimate'),
    column('区间下限', 'number6', 'lower'),
    column('区间上限', 'number6', 'upper'),
    column('初级单元数', 'count'),
    column('权数合计', 'number3', 'detail', 14),
    column('标准误', 'number6'),
    column('变异系数', 'number6'),
    column('设计效应', 'number6'),
    column('有效样本量', 'number3'),
    column('自由度', 'count', 'detail', 8),
    remarkColumn(20, '区间方法'),
    remarkColumn(22),
  ];
  const lines = [...wholeLines(input), ...domainLines(input)];
  return framed(input, {
    id: 'precision',
    name: '误差与设计效应',
    title: `误差与设计效应（全体、分${unitWord(input)}、分人群、交叉）`,
    columns,
    headerRows: [plainHeader(columns)],
    rows: lines.map(toRow),
    notes: [
      '比例以 0–1 表示，平均分以分表示；单元格内为双精度全值。',
      ...markNotes(
        lines.map((line) => line.figure),
        input,
      ),
    ],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 2,
    hasFilter: true,
  });
}
