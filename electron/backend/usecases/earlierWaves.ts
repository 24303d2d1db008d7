/** Earlier surveys of the same plan and region whose stored results still stand for their data. */
import { earlierWaveOf } from '@shared/analysis/earlierWave';
import type { EarlierWave } from '@shared/analysis/earlierWave';
import type { Survey } from '@shared/domain/survey';
import { surveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../context';
import { dataFingerprint } from '../database/repositories/respondents';
import { listSurveys } from '../database/repositories/surveys';
import { latestResults } from './resultStore';

/** Demo surveys have demo predecessors only. */
const isPredecessor = (of: Survey, other: Survey): boolean =>
  other.id !== of.id &&
  other.isDemo === of.isDemo &&
  other.settings.planId === of.settings.planId &&
  other.settings.regionCode === of.settings.regionCode &&
  other.settings.year < of.settings.year;

/** A survey without results, or whose data have moved on since, is left out rather than quoted wrongly. */
export function earlierWaves(context: HostContext, survey: Survey): readonly EarlierWave[] {
  const { db } = context.vault.storage();
  return listSurveys(db).flatMap(({ survey: other }) => {
    if (!isPredecessor(survey, other)) return [];
    const stored = latestResults(context, other.id);
    if (stored === null || stored.dataFingerprint !== dataFingerprint(db, other.id)) return [];
    const parsed = surveyResults.safeParse(stored.document);
    return parsed.success ? [earlierWaveOf(parsed.data)] : [];
  });
}
