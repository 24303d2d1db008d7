/** A city's figures from its counties' packages, for a person at a terminal. Only formats. */
import type { FederatedResults } from '@shared/federation/federatedResults';
import type { Figure } from '@shared/results/surveyResults';
import {
  formatFigureInterval,
  formatFigureShare,
  formatNumber,
  isShown,
  missingMark,
} from '@shared/texts/format';
import { categoryLabel, groupingLabels } from '@shared/texts/labels';
import { respondentCountText } from '@shared/texts/smallCounts';
import type { TextColumn } from './textTable';
import { textTable } from './textTable';

const label = (header: string): TextColumn => ({ header, align: 'left' });
const value = (header: string): TextColumn => ({ header, align: 'right' });
const columns = [value('n'), value('比例'), value('95% 置信区间'), value('设计效应'), value('平均得分')];

interface Line {
  readonly literate: Figure;
  readonly meanScore: Figure;
}

const cells = ({ literate, meanScore }: Line): readonly string[] => [
  respondentCountText(literate),
  formatFigureShare(literate),
  formatFigureInterval(literate),
  isShown(literate) ? formatNumber(literate.designEffect) : missingMark,
  isShown(meanScore) ? formatNumber(meanScore.estimate) : missingMark,
];

export function federatedText(results: FederatedResults): string {
  const counties = textTable(
    [label('地区'), ...columns],
    [
      ['合计', ...cells(results.headline)],
      ...results.counties.map((county) => [county.name, ...cells(county)]),
    ],
  );
  const groups = textTable(
    [label('分组'), label('人群'), ...columns],
    results.groups.map((group) => [
      groupingLabels[group.grouping],
      categoryLabel(group.grouping, group.category),
      ...cells(group),
    ]),
  );
  const withheld = results.withheldGroups.map(
    ({ grouping, category, counties: names }) =>
      `${categoryLabel(grouping, category)}（${names.join('、')}）`,
  );
  return [
    results.isDemo ? '【演示数据】由程序生成，不是真实调查结果，不得引用。\n' : '',
    `${results.year} 年公民具备科学素质比例，由 ${results.counties.length} 个县的汇总包合成\n\n${counties}`,
    results.groups.length === 0 ? '' : `\n${groups}`,
    withheld.length === 0 ? '' : `\n因人数过少没有汇总的分组：${withheld.join('；')}\n`,
    `\n层 ${results.stratumCount} 个，初级单元 ${results.psuCount} 个；重点人群相互重叠，不能相加；※ 为不予公布。\n`,
  ].join('');
}
