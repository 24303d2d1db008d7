/** The very sheets the workbook will hold, built here for looking at, with their cells as text. */
import type { Plan } from '@shared/domain/plan';
import type { Survey } from '@shared/domain/survey';
import type { Instrument } from '@shared/assessment/instrument';
import type { ReportAudience, ReportInput } from '@shared/reports/reportInput';
import type { CellFormat, SheetCell, SheetModel, SheetRow } from '@shared/reports/sheetModel';
import { isFullWidth } from '@shared/reports/sheetModel';
import { coverSheet } from '@shared/reports/sheets/cover';
import { overallSheet } from '@shared/reports/sheets/overall';
import { unitsSheet } from '@shared/reports/sheets/units';
import { unitWord } from '@shared/reports/wording';
import type { SurveyResults } from '@shared/results/surveyResults';
import {
  formatCount,
  formatNumber,
  formatShare,
  missingMark,
  notSurveyedText,
  suppressedMark,
} from '@shared/texts/format';
import { sheetLines } from './audiences';

export interface PreviewSource {
  readonly results: SurveyResults;
  readonly survey: Survey;
  readonly plan: Plan;
  readonly instrument: Instrument;
  readonly regionNames: Readonly<Record<string, string>>;
  readonly bankTitle: string;
  readonly isPublicBank: boolean;
  readonly audience: ReportAudience;
  readonly generatedAt: string;
}

/** Definitions, codebook, changed keys and item analysis fill sheets that are not previewed. */
const notPreviewed: Pick<
  ReportInput,
  'keyGroupDefinitions' | 'codebook' | 'keyChanges' | 'isPublicBank' | 'itemAnalysis'
> = {
  keyGroupDefinitions: { id: 'key-groups', version: '1.0.0', note: missingMark, groups: [] },
  codebook: [],
  keyChanges: [],
  isPublicBank: true,
  itemAnalysis: { state: 'otherRole' },
};

export function previewSheets(source: PreviewSource): readonly SheetModel[] {
  const input: ReportInput = { ...source, ...notPreviewed };
  const contents = sheetLines(source.audience, unitWord(input)).slice(1);
  return [coverSheet(input, contents), overallSheet(input), unitsSheet(input)];
}

const dayMs = 86_400_000;
/** Day 0 of a spreadsheet, counted from 1970-01-01. */
const serialOfEpoch = 25_569;

const formats: Readonly<Record<CellFormat, (value: number) => string>> = {
  text: String,
  count: formatCount,
  year: String,
  share1: (value) => formatShare(value),
  share2: (value) => formatShare(value, 2),
  points1: (value) => formatNumber(value, 1),
  number2: (value) => formatNumber(value, 2),
  number3: (value) => formatNumber(value, 3),
  number6: (value) => formatNumber(value, 6),
  published: (value) => String(Number(value.toFixed(2))),
  date: (value) => new Date((value - serialOfEpoch) * dayMs).toISOString().slice(0, 10),
};

export function cellText(cell: SheetCell, format: CellFormat): string {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'number':
      return formats[cell.format ?? format](cell.value);
    case 'suppressed':
      return suppressedMark;
    case 'notSurveyed':
      return notSurveyedText;
    case 'missing':
      return missingMark;
    case 'blank':
      return '';
  }
}

export const spansSheet = (row: SheetRow): boolean => isFullWidth(row.style);
