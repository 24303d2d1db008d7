/** What one should know before handing the report on. */
import type { SurveySettings } from '@shared/domain/survey';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';
import { headerWarning } from '../wizard/steps';

function suppressedCount(results: SurveyResults): number {
  const figures: readonly Figure[] = [
    results.headline.literate,
    ...results.units.map(({ literate }) => literate),
    ...results.groups.map(({ literate }) => literate),
    ...results.cross.map(({ literate }) => literate),
  ];
  return figures.filter(({ state }) => state === 'suppressed').length;
}

/** Which figures the report withholds, and by which rule. */
export function suppressionNote(results: SurveyResults, settings: SurveySettings): string {
  const { minimumRespondents, minimumPsus } = settings.disclosure;
  const rule = `答卷少于 ${minimumRespondents} 份或初级单元少于 ${minimumPsus} 个的比例不公布，印作 ※`;
  const count = suppressedCount(results);
  return count === 0
    ? `${rule}；本次没有隐去的比例。`
    : `${rule}；本次共隐去 ${count} 个比例（含为防止反推而一并隐去的）。`;
}

export interface ReportNotice {
  readonly text: string;
  /** Page where it can be put right; null when there is nothing to do. */
  readonly route: 'settings' | null;
}

export function reportNotices(
  settings: SurveySettings,
  state: { readonly today: string; readonly isDemo: boolean; readonly isStale: boolean },
): readonly ReportNotice[] {
  const header = headerWarning(settings.header, state.today);
  return [
    ...(state.isDemo ? [{ text: '演示数据：报告每一页都会标明，不得引用。', route: null }] : []),
    ...(header === null ? [] : [{ text: `表头：${header}`, route: 'settings' as const }]),
    ...(state.isStale
      ? [{ text: '数据或设置有更新：生成前会自动重新计算，下面的预览是更新前的结果。', route: null }]
      : []),
  ];
}
