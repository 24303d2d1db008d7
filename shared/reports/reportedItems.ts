/** What the item sheets print from: the stored item analysis of the survey, or why there is none. */
import type { AnalysedItems } from '../results/itemAnalysisResults';
import type { ReportInput } from './reportInput';
import { itemSheetTexts } from '../texts/itemSheetTexts';
import type { SheetColumn, SheetModel } from './sheetModel';
import { fullRow } from './sheetModel';
import { framed, type SheetSetting } from './wording';

export type ReportedItems =
  | { readonly state: 'analysed'; readonly results: AnalysedItems; readonly isStale: boolean }
  /** Nobody ran the item analysis of this survey. */
  | { readonly state: 'notRun' }
  /** The survey's bank is private and its keys are closed. */
  | { readonly state: 'keysClosed' }
  /** The report is made for, or by, somebody who may not see the analysis. */
  | { readonly state: 'otherRole' };

export type ItemSheetInput = SheetSetting & Pick<ReportInput, 'itemAnalysis' | 'isPublicBank'>;

interface ItemSheet {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly build: (results: AnalysedItems) => Pick<SheetModel, 'headerRows' | 'rows' | 'notes'>;
}

/** The frame of an item sheet; without an analysis it says so instead of being empty. */
export function itemSheet(input: ItemSheetInput, sheet: ItemSheet): SheetModel {
  const { id, name, title, columns, build } = sheet;
  const { itemAnalysis } = input;
  const print = { orientation: 'landscape', repeatHeader: true } as const;
  if (itemAnalysis.state !== 'analysed')
    return framed(input, {
      id,
      name,
      title,
      columns,
      headerRows: [],
      rows: [fullRow(itemSheetTexts[itemAnalysis.state])],
      notes: [],
      print: { ...print, repeatHeader: false },
    });
  const { rows, notes, headerRows } = build(itemAnalysis.results);
  const stale = itemAnalysis.isStale ? [fullRow(itemSheetTexts.stale, 'break')] : [];
  return framed(input, {
    id,
    name,
    title,
    subtitles: [itemSheetTexts.internal],
    columns,
    headerRows,
    rows: [...stale, ...rows],
    notes,
    print,
    frozenColumns: 2,
  });
}
