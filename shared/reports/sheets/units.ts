/** 分区县: every unit judged on its own, in register order and never ranked, with the whole region above them. */
import { formatPercentValue, isShown } from '../../texts/format';
import { goalText, goalWords } from '../../texts/sentences';
import type { UnitResult, Verdict } from '../../results/surveyResults';
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
import type { IntervalChart, RowStyle, SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { missing, number, row, text } from '../sheetModel';
import { verdictText } from '../verdictText';
import { draftMark, framed, intervalTitle, markNotes, planName, unitWord } from '../wording';

/** More units than this would print too small on one page with their chart. */
const onePageUnits = 20;

const verdictColumns: readonly SheetColumn[] = [
  { header: '规划目标', width: 9, format: 'share1', align: 'right', role: 'target' },
  { header: '判定', width: 20, format: 'text', align: 'left', role: 'detail' },
  { header: '达到目标\n的把握', width: 10, format: 'share1', align: 'right', role: 'detail' },
  { header: '可判定所需\n答卷数', width: 11, format: 'count', align: 'right', role: 'detail' },
];

/** A verdict that is already clear needs no further interviews. */
const settleCell = ({ value, sampleSizeToSettle }: Verdict): SheetCell =>
  value === 'reached' || value === 'missed' ? missing : number(sampleSizeToSettle);

function toRow(input: ReportInput, unit: UnitResult, style: RowStyle): SheetRow {
  const { verdict, literate, meanScore } = unit;
  return row(
    [
      text(regionName(input, unit.regionCode)),
      ...figureCells(literate, 'share', verdict.target),
      number(verdict.target),
      text(verdictText(verdict)),
      number(verdict.confidenceAbove),
      settleCell(verdict),
      ...estimateCells(meanScore, 'points'),
      remarkCell(literate),
    ],
    style,
  );
}

function chartOf(input: ReportInput, units: readonly UnitResult[]): IntervalChart | null {
  const points = units.flatMap((unit) => {
    if (!isShown(unit.literate) || unit.literate.interval === null) return [];
    const { estimate, respondentCount, interval } = unit.literate;
    const { lower, upper } = interval;
    return [{ label: regionName(input, unit.regionCode), respondentCount, estimate, lower, upper }];
  });
  if (points.length < 2) return null;
  const { verdict } = input.results.headline;
  return {
    title: `各${unitWord(input)}公民具备科学素质比例及${intervalTitle(input)}`,
    targetLabel: `目标 ${formatPercentValue(verdict.target * 100)}${draftMark(input.plan.status === 'draftForComment')}`,
    target: verdict.target,
    points,
  };
}

function notesOf(input: ReportInput): readonly string[] {
  const { results, plan } = input;
  const { headline, units } = results;
  const goal = goalWords(plan, headline.verdict, results.year);
  const figures = [headline, ...units].flatMap((unit) => [unit.literate, unit.meanScore]);
  return [
    `规划目标：${goal.year} 年${goalText(goal)}，${planName(input)}。${unitWord(input)}没有单独的目标值时，以全域目标为参照。`,
    '按调查设置的顺序排列，不是名次。区间相互重叠的地区不能据此分出先后。',
    '“达到目标的把握”：按估计值和误差算出的、真实比例满足目标的把握程度；只对概率样本计算。',
    '“可判定所需答卷数”：比例和设计效应不变时，区间不再跨越目标所需的完成答卷数；已能判定的不列。',
    ...markNotes(figures, input),
  ];
}

export function unitsSheet(input: ReportInput): SheetModel {
  const { headline, units } = input.results;
  const columns = [
    labelColumn(unitWord(input), 15),
    ...figureColumns('具备比例', input),
    ...verdictColumns,
    ...estimateColumns('平均总分', 'points1'),
    remarkColumn(22),
  ];
  return framed(input, {
    id: 'units',
    name: `分${unitWord(input)}`,
    title: `分${unitWord(input)}公民具备科学素质比例与达标判定`,
    columns,
    headerRows: intervalHeader(columns, input),
    rows: [toRow(input, headline, 'total'), ...units.map((unit) => toRow(input, unit, 'normal'))],
    notes: notesOf(input),
    print: { orientation: 'landscape', repeatHeader: true, onePage: units.length <= onePageUnits },
    frozenColumns: 1,
    chart: chartOf(input, units),
  });
}
