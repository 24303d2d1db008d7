/** What a check of a table says, for a person at a terminal. */
import { basename } from 'node:path';
import type { CellErrorView, ImportCheck } from '@shared/contract/areas/imports';
import { roleLabels } from '@shared/importing/importTexts';
import type { ColumnRole } from '@shared/importing/roles';
import { formatCount } from '@shared/texts/format';
import type { MappedAnswers } from './answers';
import { textTable } from './textTable';

/** A terminal shows this many; `--errors` writes the whole list. */
const shownProblems = 50;

const place = ({ sheet, row, column, header }: CellErrorView): string =>
  `${sheet}!${column === '' ? `第 ${row} 行` : `${column}${row}`}${header === '' ? '' : `（${header}）`}`;

const line = (error: CellErrorView): string =>
  `  ${place(error)}${error.value === '' ? '' : ` “${error.value}”`}：${error.problem}${error.remedy}\n`;

/** One line per problem, the first fifty; empty without problems. */
export function cellErrorLines(title: string, problems: readonly CellErrorView[]): string {
  if (problems.length === 0) return '';
  const rest = problems.length - shownProblems;
  const more = rest > 0 ? `  …另有 ${rest} 处，用 --errors FILE.xlsx 写出完整清单。\n` : '';
  return `${title}：\n${problems.slice(0, shownProblems).map(line).join('')}${more}`;
}

const targetText = (role: string, target: string | null): string =>
  `${roleLabels[role as ColumnRole]}${target === null ? '' : ` ${target}`}`;

function mappingTable({ mapping, sheet }: MappedAnswers): string {
  const byColumn = new Map(sheet.columns.map((column) => [column.column, column]));
  const rows = mapping.columns.map(({ column, role, target }) => {
    const seen = byColumn.get(column);
    return [
      seen?.letter ?? String(column + 1),
      seen?.header ?? '',
      targetText(role, target),
      seen?.reason ?? '',
    ];
  });
  const left = (header: string): { header: string; align: 'left' } => ({ header, align: 'left' });
  return textTable([left('列'), left('表头'), left('对应'), left('依据')], rows);
}

/** File, sheet, mapping, counts, problems. */
export function checkText(mapped: MappedAnswers, check: ImportCheck): string {
  const { inspection, mapping } = mapped;
  const counts =
    `共 ${formatCount(check.rowCount)} 行：完成 ${formatCount(check.completeCount)}，` +
    `未完成 ${formatCount(check.nonresponseCount)}；错误 ${formatCount(check.errorCount)} 处，` +
    `提醒 ${formatCount(check.warningCount)} 处。`;
  return [
    `文件：${basename(inspection.fileName)}    工作表：${mapping.sheet}    表头：第 ${mapping.headerRow} 行\n`,
    mappingTable(mapped),
    `${counts}\n`,
    cellErrorLines('错误', check.errors),
    cellErrorLines('提醒', check.warnings),
  ].join('');
}
