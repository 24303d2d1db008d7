/** 比较检验: units against the whole region and against each other, with rank sets and groups, never a bare rank. */
import type { ComparedUnits, UnitDifference, UnitTier } from '../../results/comparisonResults';
import type { UnitResult } from '../../results/surveyResults';
import {
  comparisonNotes,
  groupText,
  rankNotes,
  rankSetText,
  refusedComparison,
  separationLabels,
  simultaneousName,
  tierLabels,
} from '../../texts/comparisonTexts';
import { countCell, estimateCells, labelColumn, remarkColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { blank, fullRow, missing, number, plainHeader, row, text } from '../sheetModel';
import { framed, unitWord } from '../wording';

const right = { align: 'right', role: 'detail' } as const;

function columnsOf(input: ReportInput): readonly SheetColumn[] {
  const { method, confidenceLevel } = input.results.comparison;
  const name = simultaneousName(method, confidenceLevel);
  return [
    labelColumn(unitWord(input), 20),
    labelColumn('与谁比较', 20),
    { header: '样本量\nn', width: 8, format: 'count', align: 'right', role: 'count' },
    { header: '具备比例', width: 9, format: 'share1', align: 'right', role: 'estimate' },
    { header: '区间\n下限', width: 8, format: 'share1', align: 'right', role: 'lower' },
    { header: '区间\n上限', width: 8, format: 'share1', align: 'right', role: 'upper' },
    { header: '之差', width: 10, format: 'share1', ...right },
    { header: `${name}\n下限`, width: 13, format: 'share1', ...right },
    { header: `${name}\n上限`, width: 13, format: 'share1', ...right },
    { header: '自由度', width: 8, format: 'points1', ...right },
    { header: 't 值', width: 8, format: 'number2', ...right },
    { header: 'Holm 校正\np 值', width: 10, format: 'number3', ...right },
    remarkColumn(18, '结论'),
    remarkColumn(13, '名次范围\n（单独）'),
    remarkColumn(13, '名次范围\n（同时）'),
    remarkColumn(14, '分组'),
  ];
}

const testCells = (test: UnitTier | UnitDifference): readonly SheetCell[] => [
  number(test.difference),
  number(test.interval?.lower ?? null),
  number(test.interval?.upper ?? null),
  number(test.degreesOfFreedom),
  number(test.statistic),
  number(test.holmPValue),
];

const noTest: readonly SheetCell[] = Array.from({ length: 6 }, () => missing);

function unitRow(input: ReportInput, compared: ComparedUnits, unit: UnitResult): readonly SheetRow[] {
  const { regionCode, literate } = unit;
  const ranks = compared.ranks.find((each) => each.regionCode === regionCode);
  if (ranks === undefined) return [];
  const tier = compared.tiers?.find((each) => each.regionCode === regionCode);
  const groups = (compared.groups ?? []).flatMap((group, index) =>
    group.includes(regionCode) ? [index] : [],
  );
  return [
    row([
      text(regionName(input, regionCode)),
      text('全域'),
      countCell(literate),
      ...estimateCells(literate, 'share'),
      ...(tier === undefined ? noTest : testCells(tier)),
      tier === undefined ? missing : text(tierLabels[tier.separation]),
      text(rankSetText(ranks.marginal)),
      text(rankSetText(ranks.simultaneous)),
      text(groupText(groups)),
    ]),
  ];
}

const pairRow = (input: ReportInput, pair: UnitDifference): SheetRow =>
  row([
    text(regionName(input, pair.first)),
    text(regionName(input, pair.second)),
    ...[blank, blank, blank, blank],
    ...testCells(pair),
    text(separationLabels[pair.separation]),
    ...[blank, blank, blank],
  ]);

function rowsOf(input: ReportInput): readonly SheetRow[] {
  const { results } = input;
  const { units } = results.comparison;
  if (units.state === 'refused') return [fullRow(refusedComparison(units, unitWord(input)))];
  return [
    fullRow(`一、各${unitWord(input)}与全域比较`, 'section'),
    ...results.units.flatMap((unit) => unitRow(input, units, unit)),
    fullRow('二、两两比较（前者减后者）', 'section'),
    ...units.differences.map((pair) => pairRow(input, pair)),
  ];
}

export function comparisonSheet(input: ReportInput): SheetModel {
  const { comparison } = input.results;
  const unit = unitWord(input);
  const columns = columnsOf(input);
  return framed(input, {
    id: 'comparison',
    name: `${unit}比较检验`,
    title: `${unit}之间能否区分`,
    columns,
    headerRows: [plainHeader(columns)],
    rows: rowsOf(input),
    notes: [
      '两地之差和它的区间以百分点计，表中记作 %。',
      ...comparisonNotes(comparison.method, unit, comparison.confidenceLevel),
      ...rankNotes(unit),
    ],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 2,
  });
}
