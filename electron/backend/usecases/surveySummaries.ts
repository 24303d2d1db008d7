/** Surveys as the home page lists them: counts, last activity and the verdict of the latest results. */
import type { SurveySummary } from '@shared/contract/areas/surveys';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { formatCount, formatFigureInterval, formatFigureShare, isShown } from '@shared/texts/format';
import { digitsApart } from '@shared/texts/sentences';
import type { HostContext } from '../context';
import { countByDisposition, pageInterviews } from '../database/repositories/interviewQueries';
import type { SurveyWithCounts } from '../database/repositories/surveys';
import { listSurveys } from '../database/repositories/surveys';
import { findPlan } from '../registry/registry';
import { surveyBank } from './banks/surveyBank';
import { storedResults } from './resultStore';
import { unscoredCount } from './scorePending';

/** Verdict of the latest results with share, interval and n; null when there are none this product can read. */
function headlineOf(context: HostContext, id: SurveyId): SurveySummary['headline'] {
  const { results, isStale } = storedResults(context, id);
  if (results === null) return null;
  const { literate, verdict } = results.headline;
  const digits = isShown(literate) ? digitsApart(literate.estimate, verdict.target) : 1;
  const facts = isShown(literate)
    ? `（${formatFigureInterval(literate, digits)}，n=${formatCount(literate.respondentCount)}）`
    : '';
  return { text: `${formatFigureShare(literate, digits)}${facts}`, value: verdict.value, isStale };
}

function toSummary(context: HostContext, { survey, counts }: SurveyWithCounts): SurveySummary {
  const { db } = context.vault.storage();
  const outcomes = countByDisposition(db, survey.id);
  const { title, isPublic } = surveyBank(context, survey);
  const newest = pageInterviews(db, { surveyId: survey.id }, { offset: 0, limit: 1 }).interviews[0];
  return {
    survey,
    planShortName: findPlan(context.registry, survey.settings.planId)?.shortName ?? '',
    counts: {
      complete: outcomes.complete,
      open: counts.open,
      imported: counts.imported,
      issued: counts.open + counts.closed,
      unscored: isPublic ? 0 : unscoredCount(context, survey.id),
    },
    bank: { title, isPublic },
    lastActivityAt: newest === undefined ? null : (newest.closedAt ?? newest.startedAt),
    headline: headlineOf(context, survey.id),
  };
}

export const surveySummaries = (context: HostContext): SurveySummary[] =>
  listSurveys(context.vault.storage().db).map((entry) => toSummary(context, entry));

/** Fails with NOT_FOUND. */
export function surveySummary(context: HostContext, id: SurveyId): Result<SurveySummary> {
  const entry = listSurveys(context.vault.storage().db).find(({ survey }) => survey.id === id);
  return entry === undefined ? fail('NOT_FOUND', { what: 'survey' }) : ok(toSummary(context, entry));
}
