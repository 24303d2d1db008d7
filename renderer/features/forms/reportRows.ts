/** Reports of forms side by side: one row a figure, one value a form. */
import type { FormReport } from '@shared/assessment/formReport';
import { formatNumber, formatShare, missingMark } from '@shared/texts/format';
import { assemblyMethodLabels } from '@shared/texts/formTexts';

/** A form as a column. */
export interface ReportColumn {
  readonly title: string;
  readonly report: FormReport;
}

export interface ReportRow {
  readonly label: string;
  readonly values: readonly string[];
}

export interface ReportGroup {
  readonly title: string;
  readonly rows: readonly ReportRow[];
}

const minutes = (value: number): string => `${Math.round(value)} 分钟`;
const sharePercent = (share: number): string => (share < 0.0001 ? '<0.01%' : formatShare(share, 2));

function rowOf(
  label: string,
  columns: readonly ReportColumn[],
  value: (report: FormReport) => string,
): ReportRow {
  return { label, values: columns.map(({ report }) => value(report)) };
}

type Cut = FormReport['outlook']['cuts'][number];

function cutGroup(cut: Cut, columns: readonly ReportColumn[]): ReportGroup {
  const at = (value: (own: Cut) => string) => (report: FormReport) => {
    const own = report.outlook.cuts.find(({ id }) => id === cut.id);
    return own === undefined ? missingMark : value(own);
  };
  const byScores = (kind: 'accuracy' | 'consistency') =>
    at(({ livingstonLewis }) =>
      livingstonLewis === null ? missingMark : formatShare(livingstonLewis[kind]),
    );
  const label = columns[0]?.report.levels[cut.id]?.label ?? cut.id;
  return {
    title: `${label}（${formatNumber(cut.cut, 0)} 分）`,
    rows: [
      rowOf(
        '设计人群预计达到',
        columns,
        at(({ observedShare }) => formatShare(observedShare)),
      ),
      rowOf(
        '全靠猜达到',
        columns,
        at(({ guessPassProbability }) => sharePercent(guessPassProbability)),
      ),
      rowOf(
        '判断正确（李氏法）',
        columns,
        at(({ accuracy }) => formatShare(accuracy)),
      ),
      rowOf(
        '判断一致（李氏法）',
        columns,
        at(({ consistency }) => formatShare(consistency)),
      ),
      rowOf('判断正确（利文斯顿–刘易斯法）', columns, byScores('accuracy')),
      rowOf('判断一致（利文斯顿–刘易斯法）', columns, byScores('consistency')),
    ],
  };
}

/** Every figure of the reports, in groups; cuts are those of the first form (forms of a set share an instrument). */
export function reportGroups(columns: readonly ReportColumn[]): readonly ReportGroup[] {
  const row = (label: string, value: (report: FormReport) => string): ReportRow =>
    rowOf(label, columns, value);
  return [
    {
      title: '试卷',
      rows: [
        row('题数', ({ itemCount }) => String(itemCount)),
        row('用时：自己看', (report) => minutes(report.minutes.selfRead)),
        row('用时：访员读题', (report) => minutes(report.minutes.readAloud)),
        row('用时：60 岁及以上，访员读题', (report) => minutes(report.minutes.elderReadAloud)),
        row('互斥题同卷', ({ enemyPairs }) =>
          enemyPairs.length === 0
            ? '没有'
            : enemyPairs.map(({ first, second }) => `${first} 与 ${second}`).join('；'),
        ),
        row('组卷方法', ({ method }) => assemblyMethodLabels[method]),
      ],
    },
    {
      title: '设计人群的得分',
      rows: [
        row('预计平均分', ({ outlook }) => formatNumber(outlook.expectedScore.mean, 1)),
        row('标准差（分）', ({ outlook }) => formatNumber(outlook.expectedScore.standardDeviation, 1)),
        row('平均正确率', ({ meanDifficulty }) => formatShare(meanDifficulty)),
        row('信度（KR-20）', ({ outlook }) => formatNumber(outlook.reliability.kr20)),
        row('测量标准误（分）', ({ outlook }) =>
          formatNumber(outlook.reliability.standardErrorOfMeasurement, 1),
        ),
      ],
    },
    ...(columns[0]?.report.outlook.cuts ?? []).map((cut) => cutGroup(cut, columns)),
  ];
}
