/** The checklist and the composition of a bank as text for a terminal. */
import type { ExplainedFinding } from '@shared/assessment/bankReport';
import type { BankTargets, SummaryRow, SummarySection } from '@shared/assessment/bankSummary';
import { summarySections } from '@shared/assessment/bankSummary';
import { benchmarkNumbers, contentAreas, itemDimensions } from '@shared/assessment/itemCodes';
import { areaLabel, dimensionLabel } from '@shared/texts/assemblyTexts';
import {
  checkRuleLabels,
  findingText,
  summaryActualText,
  summarySectionLabels,
  summarySubject,
  summaryTargetText,
} from '@shared/texts/bankCheckTexts';
import { benchmarkText } from '@shared/texts/itemTexts';
import type { CheckedBank } from '../../backend/usecases/checkItemBank';
import type { TextColumn } from '../textTable';
import { textTable } from '../textTable';

const left = (header: string): TextColumn => ({ header, align: 'left' });
const right = (header: string): TextColumn => ({ header, align: 'right' });

const metMark = (met: boolean): string => (met ? '达到' : '未达到');
interface Grid {
  readonly section: SummarySection;
  readonly corner: string;
  readonly rows: readonly { readonly code: string; readonly label: string }[];
  readonly columns: readonly { readonly code: string; readonly label: string }[];
}

/** A two-way table: `actual/target` where they differ, the number alone where they agree, · for an empty cell. */
function gridText(summary: readonly SummaryRow[], grid: Grid): string {
  const cells = new Map(
    summary.filter(({ section }) => section === grid.section).map((each) => [each.subject, each]),
  );
  const cellText = (row: string, column: string): string => {
    const cell = cells.get(`${row}/${column}`);
    if (cell === undefined || (cell.actual === 0 && cell.met)) return '·';
    return cell.met ? String(cell.actual) : `${cell.actual}/${cell.target ?? ''}`;
  };
  const sum = (of: (subject: string) => boolean): string =>
    String(
      [...cells.values()]
        .filter(({ subject }) => of(subject))
        .reduce((total, each) => total + each.actual, 0),
    );
  return textTable(
    [left(grid.corner), ...grid.columns.map(({ label }) => right(label)), right('合计')],
    [
      ...grid.rows.map(({ code, label }) => [
        label,
        ...grid.columns.map((column) => cellText(code, column.code)),
        sum((subject) => subject.startsWith(`${code}/`)),
      ]),
      [
        '合计',
        ...grid.columns.map(({ code }) => sum((subject) => subject.endsWith(`/${code}`))),
        sum(() => true),
      ],
    ],
  );
}

const dimensionColumns = itemDimensions.map((code) => ({ code, label: dimensionLabel(code) }));
const grids: readonly Grid[] = [
  {
    section: 'dimensionByBenchmark',
    corner: '基准',
    rows: benchmarkNumbers.map((number) => ({ code: String(number), label: benchmarkText(number) })),
    columns: dimensionColumns,
  },
  {
    section: 'dimensionByArea',
    corner: '维度',
    rows: dimensionColumns,
    columns: contentAreas.map((code) => ({ code, label: areaLabel(code) })),
  },
];

function listText(summary: readonly SummaryRow[], section: SummarySection, targets: BankTargets): string {
  const rows = summary.filter((row) => row.section === section);
  return textTable(
    [left(summarySectionLabels[section]), right('现有'), right('目标'), left('')],
    rows.map((row) => [
      summarySubject(row, targets.difficultyBands),
      summaryActualText(row),
      summaryTargetText(row),
      metMark(row.met),
    ]),
  );
}

function summaryText(summary: readonly SummaryRow[], targets: BankTargets): string {
  const tables = summarySections.map((section) => {
    const grid = grids.find((each) => each.section === section);
    return grid === undefined ? listText(summary, section, targets) : gridText(summary, grid);
  });
  const missed = summary.filter(({ met }) => !met).length;
  return [
    ...tables,
    `构成目标共${summary.length}项，达到${summary.length - missed}项，未达到${missed}项。\n`,
  ].join('\n');
}

function findingLine({ level, rule, itemId, reason, ...rest }: ExplainedFinding): string {
  const head = `${level === 'error' ? '错误' : '警告'} ${rule} ${checkRuleLabels[rule] ?? ''} ${itemId ?? '全库'}`;
  const sentence = findingText({ level, rule, itemId, ...rest });
  const why = level === 'error' ? '' : `  理由：${reason ?? '（没有写理由）'}`;
  return `${head}：${sentence}。${why}\n`;
}

export const countsText = ({ errorCount, warningCount, unexplainedCount }: CheckedBank): string =>
  `错误${errorCount}处，警告${warningCount}处（其中没有写理由的${unexplainedCount}处）。\n`;

/** Findings first, then the tables of the composition. */
export function bankCheckText(checked: CheckedBank, targets: BankTargets | null, title: string): string {
  const composition = targets === null ? '题库没有写明构成目标。\n' : summaryText(checked.summary, targets);
  return `${title}\n${countsText(checked)}${checked.findings.map(findingLine).join('')}\n${composition}`;
}
