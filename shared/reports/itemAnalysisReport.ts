/** The item analysis as a workbook of its own: the item sheets of the statistician's report, nothing else. */
import type { Survey } from '../domain/survey';
import { basisLabels } from '../texts/labels';
import type { ReportedItems } from './reportedItems';
import type { ReportMeta, SheetModel } from './sheetModel';
import { itemAnalysisSheet } from './sheets/itemAnalysis';
import { itemOptionsSheet } from './sheets/itemOptions';
import { itemWavesSheet } from './sheets/itemWaves';
import { demoPrefix, type SheetSetting } from './wording';

export interface ItemAnalysisReport {
  readonly survey: Survey;
  readonly instrument: SheetSetting['instrument'];
  readonly isPublicBank: boolean;
  readonly analysis: Extract<ReportedItems, { state: 'analysed' }>;
  /** ISO time. */
  readonly generatedAt: string;
}

export function itemAnalysisReport({
  survey,
  instrument,
  isPublicBank,
  analysis,
  generatedAt,
}: ItemAnalysisReport): {
  readonly models: readonly SheetModel[];
  readonly meta: ReportMeta;
} {
  const { name, year, basis } = survey.settings;
  const setting = { surveyName: name, year, basis, isDemo: survey.isDemo };
  const input = { results: setting, instrument, isPublicBank, itemAnalysis: analysis };
  const { applicationVersion, dataFingerprint } = analysis.results;
  const mark = survey.isDemo ? demoPrefix : '';
  return {
    models: [itemAnalysisSheet(input), itemOptionsSheet(input), itemWavesSheet(input)],
    meta: {
      title: `${mark}${name}试题分析`,
      subject: `${name}（${year} 年）`,
      creator: `知衡 ${applicationVersion}`,
      createdAt: generatedAt,
      pageHeader: { left: '内部使用', center: `${mark}${name}`, right: basisLabels[basis] },
      pageFooter: { left: `数据指纹 ${dataFingerprint.slice(0, 16)}` },
    },
  };
}
