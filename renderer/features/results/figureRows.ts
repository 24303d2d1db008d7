/** Rows of figures as the pages list them: one shape for plots, tables and derivations. */
import { groupingCategories } from '@shared/domain/groups';
import type { Grouping } from '@shared/domain/groups';
import type { Figure, SurveyResults, Verdict } from '@shared/results/surveyResults';
import { formatCount, isShown, notSurveyedText, suppressedMark } from '@shared/texts/format';
import { digitsApart } from '@shared/texts/sentences';
import { hasSmallCount, respondentCountText } from '@shared/texts/smallCounts';
import { categoryLabel, cautionLabels, groupingLabels, suppressionLabels } from '@shared/texts/labels';
import type { Instrument } from '../../stores/survey';
import type { IntervalRow } from '../../charts/chartTypes';

export interface FigureRow {
  readonly id: string;
  readonly label: string;
  readonly sub: string | null;
  readonly figure: Figure;
  readonly statistic: 'share' | 'mean';
  readonly verdict: Verdict | null;
  readonly maximum: number | null;
  /** Who or what the figure is about, in words, for its derivation. */
  readonly domain: string;
  /** What is counted or averaged, in words. */
  readonly outcome: string;
}

/** A titled block of rows in a long table. */
export interface FigureSection {
  readonly title: string;
  readonly rows: readonly FigureRow[];
}

export type Measure = 'share' | 'mean';

const literateOutcome = '具备科学素质（达到测评口径的合格线）';
const scoreOutcome = '测评总得分';

/** Why a figure is missing, in words with its mark. */
export function absenceText(figure: Figure): string | null {
  if (figure.state === 'shown') return null;
  if (figure.state === 'notSurveyed') return notSurveyedText;
  const reasons = figure.reasons.map((reason) => suppressionLabels[reason]).join('；');
  return `${suppressedMark} ${reasons}`;
}

/** Decimals of a row's share: enough to tell it from the target it is judged against. */
export const digitsOf = ({ figure, statistic, verdict }: FigureRow): number =>
  statistic === 'share' && verdict !== null && isShown(figure)
    ? digitsApart(figure.estimate, verdict.target)
    : 1;

export function intervalRow(row: FigureRow): IntervalRow {
  const { id, label, sub, figure, maximum } = row;
  const common = { id, label, sub, maximum, absence: absenceText(figure), digits: digitsOf(row) };
  if (!isShown(figure)) {
    const isCounted = figure.state === 'suppressed' && figure.respondentCount !== null;
    const countText = isCounted ? respondentCountText(figure) : null;
    const nothing = { estimate: null, lower: null, upper: null, cautions: [], verdict: null };
    return { ...common, ...nothing, state: figure.state, countText, isCountHidden: hasSmallCount(figure) };
  }
  return {
    ...common,
    state: 'shown',
    estimate: figure.estimate,
    lower: figure.interval?.lower ?? null,
    upper: figure.interval?.upper ?? null,
    countText: formatCount(figure.respondentCount),
    isCountHidden: false,
    cautions: figure.cautions.map((caution) => cautionLabels[caution]),
    verdict: row.verdict?.value ?? null,
  };
}

const pick = <T>(measure: Measure, share: T, mean: T): T => (measure === 'share' ? share : mean);

export function headlineRow(results: SurveyResults, name: string, measure: Measure): FigureRow {
  const { literate, meanScore, verdict, regionCode } = results.headline;
  return {
    id: regionCode,
    label: name,
    sub: null,
    figure: pick(measure, literate, meanScore),
    statistic: measure,
    verdict: measure === 'share' ? verdict : null,
    maximum: null,
    domain: `${name}全部受访者`,
    outcome: pick(measure, literateOutcome, scoreOutcome),
  };
}

/** Units in the survey's administrative order. */
export const unitRows = (
  results: SurveyResults,
  regionName: (code: string) => string,
  measure: Measure,
): readonly FigureRow[] =>
  results.units.map((unit) => ({
    id: unit.regionCode,
    label: regionName(unit.regionCode),
    sub: null,
    figure: pick(measure, unit.literate, unit.meanScore),
    statistic: measure,
    verdict: measure === 'share' ? unit.verdict : null,
    maximum: null,
    domain: `居住在${regionName(unit.regionCode)}（区划代码 ${unit.regionCode}）的受访者`,
    outcome: pick(measure, literateOutcome, scoreOutcome),
  }));

export const groupRows = (
  results: SurveyResults,
  grouping: Grouping,
  measure: Measure,
): readonly FigureRow[] =>
  results.groups
    .filter((group) => group.grouping === grouping)
    .map((group) => ({
      id: `${grouping}:${group.category}`,
      label: categoryLabel(grouping, group.category),
      sub: null,
      figure: pick(measure, group.literate, group.meanScore),
      statistic: measure,
      verdict: null,
      maximum: null,
      domain: `${groupingLabels[grouping]}为“${categoryLabel(grouping, group.category)}”的受访者`,
      outcome: pick(measure, literateOutcome, scoreOutcome),
    }));

/** Groupings the survey reports, in publication order. */
export const reportedGroupings = (results: SurveyResults): readonly Grouping[] =>
  (Object.keys(groupingCategories) as Grouping[]).filter((grouping) =>
    results.groups.some((group) => group.grouping === grouping),
  );

function tierOf(instrument: Instrument | null, tierId: string) {
  return instrument?.tiers.find((tier) => tier.id === tierId) ?? null;
}

/** Cumulative rows (本级及以上) or exclusive rows (仅本级); the lowest tier and above is everybody, so it is left out. */
export function tierRows(
  results: SurveyResults,
  instrument: Instrument | null,
  kind: 'atLeast' | 'exclusive',
): readonly FigureRow[] {
  const tiers = kind === 'atLeast' ? results.tiers.slice(0, -1) : results.tiers;
  return tiers.map((entry, index) => {
    const tier = tierOf(instrument, entry.tierId);
    const name = tier?.label ?? entry.tierId;
    const label = kind === 'atLeast' && index > 0 ? `${name}及以上` : name;
    const points = tier === null || instrument?.rule === 'conjunctive' ? null : `≥${tier.atLeast} 分`;
    return {
      id: `${kind}:${entry.tierId}`,
      label,
      sub: kind === 'atLeast' ? points : null,
      figure: entry[kind],
      statistic: 'share' as const,
      verdict: null,
      maximum: null,
      domain: '全部受访者',
      outcome: kind === 'atLeast' ? `${name}及以上各级` : `恰为“${name}”一级`,
    };
  });
}

export const dimensionRows = (results: SurveyResults, instrument: Instrument | null): readonly FigureRow[] =>
  results.dimensions.map((entry) => {
    const label =
      instrument?.dimensions.find((each) => each.id === entry.dimensionId)?.label ?? entry.dimensionId;
    return {
      id: entry.dimensionId,
      label,
      sub: `满分 ${entry.maximum}`,
      figure: entry.figure,
      statistic: 'mean' as const,
      verdict: null,
      maximum: entry.maximum,
      domain: '全部受访者',
      outcome: `${label}得分（满分 ${entry.maximum}）`,
    };
  });

export const hasState = (rows: readonly FigureRow[], state: Figure['state']): boolean =>
  rows.some((row) => row.figure.state === state);
