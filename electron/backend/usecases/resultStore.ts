/** Latest stored results of a survey and whether the data have moved on since. */
import type { SurveyId } from '@shared/domain/ids';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../context';
import { dataFingerprint } from '../database/repositories/respondents';
import type { StoredResult } from '../database/repositories/results';
import { findResult } from '../database/repositories/results';
import { findInstrument } from '../registry/registry';

/** The application's own analysis; a statistician's analysis spec will be another one. */
export const standardSpec = { kind: 'standard', version: 1 } as const;

export const latestResults = (context: HostContext, id: SurveyId): StoredResult | null =>
  findResult(context.vault.storage().db, id, standardSpec);

/** Data, product or scoring rule have changed since: the figures may no longer be what this product would print. */
function isOutdated(
  context: HostContext,
  id: SurveyId,
  stored: StoredResult,
  results: SurveyResults,
): boolean {
  const instrument = findInstrument(context.registry, results.instrumentId);
  return (
    stored.dataFingerprint !== dataFingerprint(context.vault.storage().db, id) ||
    results.applicationVersion !== context.version ||
    results.instrumentVersion !== instrument?.version
  );
}

/** Null when nothing was computed yet, or by a version whose document this one cannot read. */
export function storedResults(
  context: HostContext,
  id: SurveyId,
): { readonly results: SurveyResults | null; readonly isStale: boolean } {
  const stored = latestResults(context, id);
  const parsed = stored === null ? null : surveyResults.safeParse(stored.document);
  if (stored === null || parsed === null || !parsed.success) return { results: null, isStale: true };
  return { results: parsed.data, isStale: isOutdated(context, id, stored, parsed.data) };
}
