/** Words and marks that several results pages share: goal, target line, interval name. */
import { computed } from 'vue';
import type { Figure, SurveyResults, Verdict } from '@shared/results/surveyResults';
import { formatShare, isShown } from '@shared/texts/format';
import { unitWordOf } from '@shared/texts/unitWord';
import { digitsApart, goalText, goalWords, intervalName, regionFinding } from '@shared/texts/sentences';
import type { MarkLine } from '../../charts/chartTypes';
import { useSurveyStore } from '../../stores/survey';
import { shareUnitFor } from './units';

/** What the product assumes of a plan until it has arrived: no goal of its own, no draft. */
const noPlan = { headlineGoals: [], status: 'inForce' } as const;

export function useFinding(source: () => SurveyResults) {
  const store = useSurveyStore();
  const plan = computed(() => store.plan ?? noPlan);
  const isModelBased = computed(() => source().basis === 'nonprobability');
  const unit = computed(() => unitWordOf(source().units.map((each) => each.regionCode)));
  const shareUnit = computed(() => shareUnitFor(source().basis));
  const interval = computed(() => intervalName(source().basis, source().confidenceLevel));
  const regionName = computed(() => store.regionName(source().headline.regionCode));
  const goal = computed(() => goalWords(plan.value, source().headline.verdict, source().year));
  const target = computed<MarkLine>(() => ({
    value: goal.value.value,
    label: `目标 ${goalText(goal.value)}${plan.value.status === 'draftForComment' ? '（征求意见稿）' : ''}`,
  }));
  /** The region's own estimate as a reference line; null when it is not shown. */
  const cityLine = computed<MarkLine | null>(() => {
    const { literate, verdict } = source().headline;
    if (!isShown(literate)) return null;
    const share = formatShare(literate.estimate, digitsApart(literate.estimate, verdict.target));
    return { value: literate.estimate, label: `${regionName.value} ${share}` };
  });
  const findingOf = (name: string, unit: { literate: Figure; verdict: Verdict }) =>
    regionFinding(source(), plan.value, name, unit);
  const headline = computed(() => findingOf(regionName.value, source().headline));
  const words = { unit, shareUnit, interval, regionName, goal, target, cityLine, headline };
  return { store, plan, isModelBased, ...words, findingOf };
}
