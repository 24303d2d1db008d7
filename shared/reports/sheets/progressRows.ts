/** The way to the target, the change since an earlier survey and the sensitivity of the weighting, as paragraphs. */
import { formatShare } from '../../texts/format';
import {
  changeRefusalTexts,
  changeSentence,
  judgementSentence,
  paceSentence,
  pathOf,
  pointsText,
  projectionSentence,
  requirementSentence,
  sensitivityNote,
  sensitivitySentence,
  smallestChangeSentence,
  tippingSentence,
  variantLabel,
} from '../../texts/progressTexts';
import type { PathScaleName } from '../../texts/progressTexts';
import type { RegionProgress } from '../../results/progressResults';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetRow } from '../sheetModel';
import { fullRow } from '../sheetModel';

const scales: readonly PathScaleName[] = ['logit', 'linear'];

function regionSentences(input: ReportInput, region: RegionProgress): readonly string[] {
  const { progress, year } = input.results;
  const onPath = scales.flatMap((scale) => [
    requirementSentence(progress, region, { scale, year }),
    region.reason === null ? judgementSentence(region, scale) : null,
  ]);
  const reason = region.reason === null ? null : judgementSentence(region, 'logit');
  const projected = projectionSentence(progress, pathOf(region, 'logit')?.judgement ?? null);
  return [...onPath, reason, paceSentence(progress, region), projected].filter(
    (sentence) => sentence !== null,
  );
}

/** The region in full, units only where they have a start of their own. */
export function progressRows(input: ReportInput): readonly SheetRow[] {
  const { progress } = input.results;
  return progress.regions.flatMap((region, index) => {
    if (index > 0 && region.start === null) return [];
    const name = regionName(input, region.regionCode);
    return [
      fullRow(`到 ${progress.targetYear} 年目标的进度：${name}`, 'section'),
      ...regionSentences(input, region).map((sentence) => fullRow(sentence)),
    ];
  });
}

export function changeRows(input: ReportInput): readonly SheetRow[] {
  const { change } = input.results;
  if (change === null) return [];
  const head = fullRow('与上次调查相比', 'section');
  if (change.refusal !== null) {
    const refused = `与《${change.surveyName}》（${change.year} 年）：${changeRefusalTexts[change.refusal]}`;
    return [head, fullRow(refused)];
  }
  const lines = change.rows.map(
    (row) => `${regionName(input, row.regionCode)}：${changeSentence(change, row)}`,
  );
  const [first] = change.rows;
  const least = first === undefined ? [] : [smallestChangeSentence(first)];
  return [head, ...[...lines, ...least].map((line) => fullRow(line))];
}

/** Empty for a probability sample. */
export function sensitivityTexts({ results }: ReportInput): readonly string[] {
  const { sensitivity } = results;
  if (sensitivity === null) return [];
  const variants = sensitivity.variants.map((variant) => {
    const { estimate, difference, kind } = variant;
    const share = estimate === null ? '无法校准' : formatShare(estimate);
    const apart = kind === 'main' || difference === null ? '' : `，相差 ${pointsText(difference)} 个百分点`;
    return `${variantLabel(variant)}：${share}${apart}。`;
  });
  const tipping = tippingSentence(sensitivity);
  return [
    sensitivityNote,
    ...variants,
    sensitivitySentence(sensitivity),
    ...(tipping === null ? [] : [tipping]),
  ];
}
