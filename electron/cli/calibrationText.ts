/** Item analysis as readable tables. */
import type { AnalysedItem, ItemAnalysis } from '@shared/psychometrics/analyseItems';
import type { ItemFlag } from '@shared/psychometrics/flagRules';
import { flagSeverityTexts, itemActionTexts, itemFlagTexts } from '@shared/texts/itemAnalysisTexts';
import { textTable, type TextColumn } from './textTable';

const digits = (value: number | null | undefined, places: number): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '—' : value.toFixed(places);

const right = (header: string): TextColumn => ({ header, align: 'right' });
const left = (header: string): TextColumn => ({ header, align: 'left' });

const itemColumns = [
  left('题目'),
  right('人数'),
  right('p'),
  right('SE(p)'),
  right('校正r'),
  right('a'),
  right('SE(a)'),
  right('b'),
  right('SE(b)'),
  right('infit'),
  right('outfit'),
  right('S-X² p'),
  left('标记'),
];

function itemRow({
  itemId,
  difficulty,
  itemRestCorrelation,
  parameters,
  raschFit,
  ...rest
}: AnalysedItem): string[] {
  return [
    itemId,
    String(difficulty.respondentCount),
    digits(difficulty.estimate, 3),
    digits(difficulty.standardError, 3),
    digits(itemRestCorrelation, 2),
    digits(parameters.a, 2),
    digits(parameters.standardErrors.a, 2),
    digits(parameters.b, 2),
    digits(parameters.standardErrors.b, 2),
    digits(raschFit.infit, 2),
    digits(raschFit.outfit, 2),
    digits(rest.summedScoreFit?.pValue, 3),
    [...new Set(rest.flags.map(({ code }) => code))].join(' '),
  ];
}

const flagSentence = ({ rule, value, threshold, subject }: ItemFlag): string =>
  itemFlagTexts[rule]
    .replace('{value}', digits(value, 2))
    .replace('{threshold}', digits(threshold, 2))
    .replace('{subject}', subject ?? '');

const flagRows = (items: readonly AnalysedItem[]): string[][] =>
  items.flatMap(({ itemId, flags }) =>
    flags.map((flag) => [
      itemId,
      flag.code,
      flagSeverityTexts[flag.severity],
      flagSentence(flag),
      itemActionTexts[flag.action],
    ]),
  );

function convergenceLine({ calibration, modelChoice }: ItemAnalysis): string {
  const { convergence, personCount, bookletCount, logLikelihood } = calibration;
  const state = convergence.hasConverged
    ? `已收敛（${convergence.cycles} 轮）`
    : `未收敛（${convergence.cycles} 轮后最大变化 ${convergence.largestChange.toExponential(1)}），参数不要用于正式评分`;
  const bic = `BIC：Rasch ${digits(modelChoice.bicRasch, 1)}，2PL ${digits(modelChoice.bic2pl, 1)}`;
  return `模型 ${calibration.model}，${personCount} 人，${bookletCount} 种题册；${state}；对数似然 ${digits(logLikelihood, 2)}；${bic}。\n`;
}

const bookletTable = ({ booklets }: ItemAnalysis): string =>
  textTable(
    [
      right('题册'),
      right('题数'),
      right('人数'),
      right('平均答对'),
      right('标准差'),
      right('KR-20'),
      right('SEM'),
    ],
    booklets.map(
      ({ itemIds, respondentCount, mean, standardDeviation, alpha, standardErrorOfMeasurement }, index) => [
        String(index + 1),
        String(itemIds.length),
        String(respondentCount),
        digits(mean, 2),
        digits(standardDeviation, 2),
        digits(alpha, 3),
        digits(standardErrorOfMeasurement, 2),
      ],
    ),
  );

/** Sections in the order a reader needs them: fit of the model, booklets, items, what to do. */
export function calibrationText(analysis: ItemAnalysis, ignoredColumns: readonly string[]): string {
  const rows = flagRows(analysis.items);
  const ignored = ignoredColumns.length === 0 ? '' : `未当作题目的列：${ignoredColumns.join('、')}。\n`;
  const flags =
    rows.length === 0
      ? '没有题目触发标记。\n'
      : textTable([left('题目'), left('标记'), left('级别'), left('依据'), left('处理')], rows);
  return [
    `${convergenceLine(analysis)}${ignored}量表边际信度 ${digits(analysis.marginalReliability, 3)}；残差相关 Q3 均值 ${digits(analysis.meanQ3, 3)}。\n`,
    bookletTable(analysis),
    textTable(
      itemColumns,
      analysis.items.map((item) => itemRow(item)),
    ),
    flags,
  ].join('\n');
}
