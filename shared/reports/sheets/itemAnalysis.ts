/** 试题分析, for statisticians: one row an item, then the test as a whole and its sub-scores. */
import type { AnalysedItems, AnalysedSurveyItem, RaisedFlag } from '../../results/itemAnalysisResults';
import { itemActionTexts } from '../../texts/itemAnalysisTexts';
import { formatNumber } from '../../texts/format';
import { subScoreVerdictTexts } from '../../texts/itemSheetTexts';
import { itemSheet, type ItemSheetInput } from '../reportedItems';
import type { CellFormat, SheetCell, SheetColumn, SheetModel, SheetRow } from '../sheetModel';
import { blank, fullRow, missing, number, plainHeader, row, text } from '../sheetModel';

const detail = (header: string, format: CellFormat, width = 9): SheetColumn => ({
  header,
  format,
  width,
  align: format === 'text' ? 'left' : 'right',
  role: 'detail',
});

const columns: readonly SheetColumn[] = [
  { header: '题', format: 'count', width: 6, align: 'center', role: 'label' },
  { header: '题号', format: 'text', width: 24, align: 'left', role: 'label' },
  { header: '答卷\nn', format: 'count', width: 12, align: 'right', role: 'count' },
  { header: '答对率', format: 'share1', width: 9, align: 'right', role: 'estimate' },
  { header: '下限', format: 'share1', width: 9, align: 'right', role: 'lower' },
  { header: '上限', format: 'share1', width: 9, align: 'right', role: 'upper' },
  detail('标准误', 'share2'),
  detail('校正点\n二列相关', 'number3', 10),
  detail('删去后\nα', 'number3'),
  detail('不知道', 'share1'),
  detail('未答', 'share1'),
  detail('加权\n拟合', 'number2'),
  detail('不加权\n拟合', 'number2'),
  detail('S-X²', 'number2'),
  detail('自由度', 'count'),
  detail('p 值', 'number3'),
  detail('RMSEA', 'number3'),
  detail('a', 'number3'),
  detail('a 的\n标准误', 'number3'),
  detail('b', 'number3'),
  detail('b 的\n标准误', 'number3'),
  detail('用时中位\n（秒）', 'points1', 10),
  detail('项目功能差异\n（等级，D-DIF）', 'text', 30),
  detail('局部相依的题\n（Q3*）', 'text', 26),
  detail('标记与处理', 'text', 46),
];

function difText({ dif }: AnalysedSurveyItem): SheetCell {
  if (dif.length === 0) return missing;
  const notable = dif.filter(({ etsClass }) => etsClass === 'B' || etsClass === 'C');
  if (notable.length === 0) return text('A');
  return text(
    notable
      .map(({ label, etsClass, delta }) => `${label} ${etsClass ?? ''}（${formatNumber(delta)}）`)
      .join('；'),
  );
}

function partnersOf({ dependentPairs }: AnalysedItems, { itemId }: AnalysedSurveyItem): SheetCell {
  const partners = dependentPairs
    .filter(({ first, second }) => first === itemId || second === itemId)
    .map(({ first, second, q3Star }) => `${first === itemId ? second : first}（${formatNumber(q3Star)}）`);
  return partners.length === 0 ? missing : text(partners.join('；'));
}

/** Rules that name an option: which one would tell what is no answer. */
const optionRules: readonly RaisedFlag['rule'][] = [
  'distractorAboveKey',
  'deadDistractor',
  'distractorAttractsAble',
];

function flagText({ flags }: AnalysedSurveyItem, isPublicBank: boolean): SheetCell {
  if (flags.length === 0) return missing;
  const words = flags.map(({ code, rule, action, subject }) => {
    const isHidden = !isPublicBank && optionRules.includes(rule);
    return `${code} ${itemActionTexts[action]}${subject === undefined || isHidden ? '' : `（${subject}）`}`;
  });
  return text([...new Set(words)].join('；'));
}

/** p with its interval, or — for all three: no figure without its interval. */
const shareCells = (item: AnalysedSurveyItem): readonly SheetCell[] =>
  item.difficultyLower === null || item.difficultyUpper === null
    ? [missing, missing, missing]
    : [number(item.difficulty), number(item.difficultyLower), number(item.difficultyUpper)];

const fourMissing: readonly SheetCell[] = [missing, missing, missing, missing];

function fitCells({ summedScoreFit: fit }: AnalysedSurveyItem): readonly SheetCell[] {
  if (fit === null) return fourMissing;
  return [number(fit.statistic), number(fit.degreesOfFreedom), number(fit.pValue), number(fit.rmsea)];
}

function parameterCells({ parameters }: AnalysedSurveyItem): readonly SheetCell[] {
  if (parameters === null) return fourMissing;
  const { a, aError, b, bError } = parameters;
  return [number(a), number(aError), number(b), number(bError)];
}

function itemRow(results: AnalysedItems, item: AnalysedSurveyItem, isPublicBank: boolean): SheetRow {
  return row([
    number(item.position),
    text(item.itemId),
    number(results.respondentCount),
    ...shareCells(item),
    number(item.difficultyError),
    number(item.itemRestCorrelation),
    number(item.alphaIfDeleted),
    number(item.dontKnow),
    number(item.blank),
    number(item.infit),
    number(item.outfit),
    ...fitCells(item),
    ...parameterCells(item),
    number(item.medianSeconds),
    difText(item),
    partnersOf(results, item),
    flagText(item, isPublicBank),
  ]);
}

const line = (label: string, value: SheetCell): SheetRow => row([blank, text(label), value]);

function testRows({ test, respondentCount }: AnalysedItems): readonly SheetRow[] {
  const { dimensionality } = test;
  return [
    fullRow('试卷整体', 'section'),
    line('题数', number(test.itemCount)),
    line('答卷 n', number(respondentCount)),
    line('权数合计', number(test.weightTotal, 'number2')),
    line('平均答对题数', number(test.mean, 'number3')),
    line('标准差（题）', number(test.standardDeviation, 'number3')),
    line('信度 KR-20（＝α）', number(test.alpha, 'number3')),
    line('测量标准误（题）', number(test.standardErrorOfMeasurement, 'number3')),
    line('量表边际信度', number(test.marginalReliability, 'number3')),
    line('Q3 均值', number(test.meanQ3, 'number3')),
    line('第一特征值', number(dimensionality?.first ?? null, 'number3')),
    line('第二特征值', number(dimensionality?.second ?? null, 'number3')),
    line('两者之比', number(dimensionality?.ratio ?? null, 'number2')),
    line('标定模型', text(test.hasConverged ? test.model : `${test.model}，未收敛`)),
  ];
}

/** Cells of the sub-score block under the item columns that hold the like. */
function subScoreRow(cells: {
  readonly label: SheetCell;
  readonly count: SheetCell;
  readonly alpha: SheetCell;
  readonly total: SheetCell;
  readonly correlation: SheetCell;
  readonly verdict: SheetCell;
}): readonly SheetCell[] {
  const empty = (count: number): readonly SheetCell[] => Array.from({ length: count }, () => blank);
  const { label, count, alpha, total, correlation, verdict } = cells;
  return [blank, label, count, ...empty(4), alpha, total, ...empty(2), correlation, ...empty(10), verdict];
}

function subScoreRows({ subScores }: AnalysedItems): readonly SheetRow[] {
  if (subScores.length === 0) return [];
  const head = {
    label: text('维度'),
    count: text('题数'),
    alpha: text('自身α'),
    total: text('总分预测'),
    correlation: text('真分相关'),
    verdict: text('结论'),
  };
  return [
    fullRow('维度分数是否值得单独报告（Haberman 2008）', 'section'),
    row(subScoreRow(head), 'head'),
    ...subScores.map(({ label, itemCount, alpha, totalReduction, trueCorrelation, verdict }) =>
      row(
        subScoreRow({
          label: text(label),
          count: number(itemCount),
          alpha: number(alpha),
          total: number(totalReduction),
          correlation: number(trueCorrelation),
          verdict: text(subScoreVerdictTexts[verdict]),
        }),
      ),
    ),
  ];
}

const notes = [
  '答对率按调查权数和抽样设计估计，区间为 95%；“不知道”、拒答和未答计为未答对。',
  '校正点二列相关：本题与其余各题得分的相关。α、KR-20、参数、拟合按权数计算，参数标准误不含抽样设计。',
  '加权、不加权拟合即 infit、outfit；S-X² 为 Orlando–Thissen 统计量；a、b 为区分度和难度参数，能力服从 N(0, 1)。',
  'D-DIF 为 MH D-DIF，A 可忽略，B 关注，C 会审；只比较两组均满 200 人的分组。',
  '维度分数：自身α不大于总分对其真分数的预测（PRMSE）时，只在群体层面报告。特征值取自四分相关矩阵，比值大于 3 支持只报一个总分，属经验法则。',
  '— 表示无法计算或不适用。',
];

export const itemAnalysisSheet = (input: ItemSheetInput): SheetModel =>
  itemSheet(input, {
    id: 'itemAnalysis',
    name: '试题分析',
    title: '试题分析',
    columns,
    build: (results) => ({
      headerRows: [plainHeader(columns)],
      rows: [
        ...results.items.map((item) => itemRow(results, item, input.isPublicBank)),
        ...testRows(results),
        ...subScoreRows(results),
      ],
      notes,
    }),
  });
