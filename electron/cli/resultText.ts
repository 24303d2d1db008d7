/** Results for a person at a terminal: headline and verdict, regions, groups, warnings. Only formats. */
import type { Plan } from '@shared/domain/plan';
import type { RegionTree } from '@shared/domain/region';
import { findRegion } from '@shared/domain/region';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';
import {
  formatCount,
  formatFigureInterval,
  formatFigureShare,
  formatNumber,
  isShown,
  missingMark,
} from '@shared/texts/format';
import { categoryLabel, groupingLabels, verdictLabels, warningText } from '@shared/texts/labels';
import {
  headlineSentence,
  intervalName,
  plainStatement,
  regionFinding,
  settleSentence,
} from '@shared/texts/sentences';
import type { TextColumn } from './textTable';
import { textTable } from './textTable';

export interface ResultFrame {
  readonly results: SurveyResults;
  readonly plan: Plan;
  readonly regions: RegionTree;
}

const nameOf = (regions: RegionTree, code: string): string => findRegion(regions, code)?.name ?? code;

/** The sentence of the whole region: share, interval, target, verdict. */
export function headlineOf({ results, plan, regions }: ResultFrame): string {
  const name = nameOf(regions, results.headline.regionCode);
  return headlineSentence(regionFinding(results, plan, name, results.headline));
}

function countText(figure: Figure): string {
  if (figure.state === 'notSurveyed' || figure.respondentCount === null) return missingMark;
  return formatCount(figure.respondentCount);
}

const figureCells = (figure: Figure): readonly string[] => [
  countText(figure),
  formatFigureShare(figure),
  formatFigureInterval(figure),
  isShown(figure) ? formatNumber(figure.designEffect) : missingMark,
];

const label = (header: string): TextColumn => ({ header, align: 'left' });
const figureColumns = (results: SurveyResults): readonly TextColumn[] => [
  { header: 'n', align: 'right' },
  { header: '比例', align: 'right' },
  { header: intervalName(results.basis, results.confidenceLevel), align: 'right' },
  { header: '设计效应', align: 'right' },
];

function unitTable({ results, regions }: ResultFrame): string {
  return textTable(
    [label('地区'), ...figureColumns(results), label('判定')],
    [results.headline, ...results.units].map(({ regionCode, literate, verdict }) => [
      nameOf(regions, regionCode),
      ...figureCells(literate),
      verdictLabels[verdict.value],
    ]),
  );
}

const groupTable = ({ results }: ResultFrame): string =>
  textTable(
    [label('分组'), label('人群'), ...figureColumns(results)],
    results.groups.map(({ grouping, category, literate }) => [
      groupingLabels[grouping],
      categoryLabel(grouping, category),
      ...figureCells(literate),
    ]),
  );

export function resultText(frame: ResultFrame): string {
  const { results, plan, regions } = frame;
  const finding = regionFinding(
    results,
    plan,
    nameOf(regions, results.headline.regionCode),
    results.headline,
  );
  const sentences = [headlineSentence(finding), plainStatement(finding), settleSentence(finding)];
  const { degreesOfFreedom, psuCount, stratumCount } = results.design;
  return [
    results.isDemo ? '【演示数据】由程序生成，不是真实调查结果，不得引用。\n' : '',
    `${results.surveyName}\n`,
    ...sentences.map((sentence) => (sentence === null ? '' : `${sentence}\n`)),
    `\n${unitTable(frame)}`,
    results.groups.length === 0 ? '' : `\n${groupTable(frame)}`,
    `\n层 ${stratumCount} 个，初级单元 ${psuCount} 个，自由度 ${degreesOfFreedom}；` +
      '地区按登记次序排列，不是名次；重点人群相互重叠，不能相加；※ 为不予公布。\n',
    ...results.warnings.map((warning) => `提醒：${warningText(warning)}\n`),
  ].join('');
}
