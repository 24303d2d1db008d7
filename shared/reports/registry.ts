/**
 * The one list of report sheets, and the report as a whole. A new sheet = its file, an id in `sheetList.ts` and a
 * line here; the compiler names what was forgotten.
 */
import { basisLabels } from '../texts/labels';
import type { ReportInput } from './reportInput';
import { regionName } from './reportInput';
import type { SheetId } from './sheetList';
import { sheetEntries, sheetsFor } from './sheetList';
import type { ReportMeta, SheetModel } from './sheetModel';
import { comparisonSheet } from './sheets/comparison';
import { coverSheet } from './sheets/cover';
import { crossSheet } from './sheets/cross';
import { dictionarySheet } from './sheets/dictionary';
import { gapsSheet } from './sheets/gaps';
import { groupsSheet } from './sheets/groups';
import { itemAnalysisSheet } from './sheets/itemAnalysis';
import { itemOptionsSheet } from './sheets/itemOptions';
import { itemWavesSheet } from './sheets/itemWaves';
import { methodSheet } from './sheets/method';
import { modelBasedSheet } from './sheets/modelBased';
import { overallSheet } from './sheets/overall';
import { precisionSheet } from './sheets/precision';
import { responseSheet } from './sheets/response';
import { smallAreaSheet } from './sheets/smallArea';
import { trendSheet } from './sheets/trend';
import { unitsSheet } from './sheets/units';
import { weightsSheet } from './sheets/weights';
import { demoPrefix } from './wording';

export type SheetBuilder = (input: ReportInput) => SheetModel;

export const sheetBuilders = {
  method: methodSheet,
  overall: overallSheet,
  units: unitsSheet,
  comparison: comparisonSheet,
  groups: groupsSheet,
  gaps: gapsSheet,
  cross: crossSheet,
  smallArea: smallAreaSheet,
  modelBased: modelBasedSheet,
  response: responseSheet,
  trend: trendSheet,
  dictionary: dictionarySheet,
  weights: weightsSheet,
  precision: precisionSheet,
  itemAnalysis: itemAnalysisSheet,
  itemOptions: itemOptionsSheet,
  itemWaves: itemWavesSheet,
} as const satisfies Readonly<Record<SheetId, SheetBuilder>>;

/** All sheets of the report, the cover first; which ones depends on `input.audience`. */
export function buildReport(input: ReportInput): readonly SheetModel[] {
  const ids = sheetsFor(input.audience);
  const sheets = ids.map((id) => sheetBuilders[id](input));
  const contents = sheets.map((sheet, index) => {
    const id = ids[index];
    return { name: sheet.name, purpose: id === undefined ? '' : sheetEntries[id].purpose };
  });
  return [coverSheet(input, contents), ...sheets];
}

/** Document properties, page header and footer that go with the sheets. */
export function reportMeta(input: ReportInput): ReportMeta {
  const { results, survey } = input;
  const { formNumber } = survey.settings.header;
  const region = regionName(input, results.headline.regionCode);
  const mark = results.isDemo ? demoPrefix : '';
  return {
    title: `${mark}${region}公民科学素质调查报告`,
    subject: `${results.surveyName}（${results.year} 年）`,
    creator: `知衡 ${results.applicationVersion}`,
    createdAt: input.generatedAt,
    pageHeader: {
      left: formNumber === '' ? '' : `表号：${formNumber}`,
      center: `${mark}${results.surveyName}`,
      right: basisLabels[results.basis],
    },
    pageFooter: { left: `数据指纹 ${results.dataFingerprint.slice(0, 16)}` },
  };
}
