/** The stored item analysis in print: as sheets of a report and as a workbook of its own. */
import { contract } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { itemAnalysisReport } from '@shared/reports/itemAnalysisReport';
import type { ReportAudience } from '@shared/reports/reportInput';
import type { ReportedItems } from '@shared/reports/reportedItems';
import type { HostContext } from '../../context';
import { getSurvey } from '../../database/repositories/surveys';
import { findInstrument } from '../../registry/registry';
import { writeReportWorkbook } from '../../workbooks/report/writeReport';
import { surveyBank } from '../banks/surveyBank';
import { storedItemAnalysis } from './itemAnalysisStore';

function printable(context: HostContext, id: SurveyId): ReportedItems {
  const stored = storedItemAnalysis(context, id);
  if (!stored.ok) return { state: 'keysClosed' };
  const { results, isStale } = stored.value;
  return results === null ? { state: 'notRun' } : { state: 'analysed', results, isStale };
}

/** Only for the statistician's report made by a role that may see the analysis on screen. */
export function reportedItems(context: HostContext, survey: Survey, audience: ReportAudience): ReportedItems {
  const mayRead = contract['itemAnalysis/get'].roles?.includes(context.session.role) === true;
  return audience === 'statistician' && mayRead ? printable(context, survey.id) : { state: 'otherRole' };
}

/** Failures: NOT_FOUND, also when the analysis was never run. BANK_KEYS_CLOSED {bank}. */
export async function itemAnalysisFile(
  context: HostContext,
  id: SurveyId,
): Promise<Result<{ readonly fileName: string; readonly bytes: Buffer }>> {
  const survey = getSurvey(context.vault.storage().db, id);
  const instrument = survey === null ? null : findInstrument(context.registry, survey.settings.instrumentId);
  if (survey === null || instrument === null) return fail('NOT_FOUND', { what: 'survey' });
  const stored = storedItemAnalysis(context, id);
  if (!stored.ok) return stored;
  const { results, isStale } = stored.value;
  if (results === null) return fail('NOT_FOUND', { what: 'itemAnalysis' });
  const { models, meta } = itemAnalysisReport({
    survey,
    instrument,
    isPublicBank: surveyBank(context, survey).isPublic,
    analysis: { state: 'analysed', results, isStale },
    generatedAt: context.clock().toISOString(),
  });
  const fileName = `${survey.settings.name}-试题分析-${meta.createdAt.slice(0, 10)}.xlsx`;
  return ok({ fileName, bytes: await writeReportWorkbook(models, meta) });
}
