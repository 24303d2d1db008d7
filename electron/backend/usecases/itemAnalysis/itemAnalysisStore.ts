/**
 * The stored item analysis of a survey. Of a public bank it lies in the database as it is; of a private bank it would
 * give away the keys, so it is sealed under the bank's key and read only while that is open.
 */
import { z } from 'zod';
import { sharesItems, type EarlierItemAnalysis } from '@shared/analysis/itemWaves';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import type { AnalysedItems } from '@shared/results/itemAnalysisResults';
import { analysedItems } from '@shared/results/itemAnalysisResults';
import { isPrivateBank, keysClosed } from '../../bankPackages/privateBank';
import { openValue, sealValue } from '../../bankPackages/secrets';
import type { SecretPlace } from '../../bankPackages/secrets';
import type { HostContext } from '../../context';
import type { JsonValue } from '../../database/json';
import { dataFingerprint } from '../../database/repositories/respondents';
import { findResult, saveResult } from '../../database/repositories/results';
import { getSurvey, listSurveys } from '../../database/repositories/surveys';
import { surveyBank } from '../banks/surveyBank';
import { traceKeyViews } from '../banks/keyViews';

const itemAnalysisSpec = { kind: 'itemAnalysis', version: 1 } as const;

/** Where a sealed analysis belongs, so that no two can be exchanged. */
const placeOf = (id: SurveyId, fingerprint: string): SecretPlace => ({
  itemId: `itemAnalysis:${id}`,
  version: fingerprint,
});

const sealedDocument = z.strictObject({ sealed: z.unknown() });

/** Stores an analysis in place of an older one. Fails with BANK_KEYS_CLOSED {bank} when it cannot be sealed. */
export function storeItemAnalysis(
  context: HostContext,
  survey: Survey,
  results: AnalysedItems,
): Result<null> {
  const bank = surveyBank(context, survey);
  const { dataFingerprint: fingerprint } = results;
  const document: Result<JsonValue> = isPrivateBank(context, bank.id)
    ? sealed(sealValue(context, bank.id, placeOf(survey.id, fingerprint), results))
    : ok(results as unknown as JsonValue);
  if (!document.ok) return document;
  return saveResult(context.vault.storage().db, {
    surveyId: survey.id,
    spec: itemAnalysisSpec,
    dataFingerprint: fingerprint,
    document: document.value,
  });
}

const sealed = (value: Result<JsonValue>): Result<JsonValue> =>
  value.ok ? ok({ sealed: value.value }) : value;

/** Null when there is none, when this version cannot read it, or when its bank's keys are closed. */
function latestItemAnalysis(context: HostContext, survey: Survey): AnalysedItems | null {
  const stored = findResult(context.vault.storage().db, survey.id, itemAnalysisSpec);
  if (stored === null) return null;
  const closed = sealedDocument.safeParse(stored.document);
  const document = closed.success
    ? openValue(context, placeOf(survey.id, stored.dataFingerprint), closed.data.sealed)
    : stored.document;
  const parsed = analysedItems.safeParse(document);
  return parsed.success ? parsed.data : null;
}

/** Demo surveys have demo predecessors only; of one year, the survey made first is the earlier one. */
function isEarlier(other: Survey, survey: Survey): boolean {
  if (other.id === survey.id || other.isDemo !== survey.isDemo) return false;
  if (other.settings.instrumentId !== survey.settings.instrumentId) return false;
  const years = other.settings.year - survey.settings.year;
  return years < 0 || (years === 0 && other.createdAt < survey.createdAt);
}

/** Stored analyses of earlier surveys with the same instrument that still stand for their data. */
export function earlierItemAnalyses(context: HostContext, survey: Survey): readonly EarlierItemAnalysis[] {
  const { db } = context.vault.storage();
  return listSurveys(db).flatMap(({ survey: other }) => {
    if (!isEarlier(other, survey)) return [];
    const results = latestItemAnalysis(context, other);
    if (results === null || results.dataFingerprint !== dataFingerprint(db, other.id)) return [];
    const { name, year, regionCode } = other.settings;
    const isSameRegion = regionCode === survey.settings.regionCode;
    return [{ surveyId: other.id, surveyName: name, year, isSameRegion, results }];
  });
}

const waveKeys = (waves: readonly { readonly surveyId: string; readonly fingerprint: string }[]): string =>
  waves
    .map(({ surveyId, fingerprint }) => `${surveyId} ${fingerprint}`)
    .sort()
    .join('\n');

/** Data, product or the earlier analyses it was compared with have changed since. */
function isOutdated(context: HostContext, survey: Survey, results: AnalysedItems): boolean {
  const { db } = context.vault.storage();
  if (results.dataFingerprint !== dataFingerprint(db, survey.id)) return true;
  if (results.applicationVersion !== context.version) return true;
  const usable = earlierItemAnalyses(context, survey).filter((earlier) =>
    sharesItems(results.items, earlier),
  );
  const found = usable.map(({ surveyId, results: { dataFingerprint: fingerprint } }) => ({
    surveyId,
    fingerprint,
  }));
  const compared = results.waves.map(({ surveyId, dataFingerprint: fingerprint }) => ({
    surveyId,
    fingerprint,
  }));
  return waveKeys(found) !== waveKeys(compared);
}

export interface StoredItemAnalysis {
  readonly results: AnalysedItems | null;
  readonly isStale: boolean;
}

/** Failures: NOT_FOUND; BANK_KEYS_CLOSED {bank} while the survey's bank is private and closed. */
export function storedItemAnalysis(context: HostContext, id: SurveyId): Result<StoredItemAnalysis> {
  const survey = getSurvey(context.vault.storage().db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const bank = surveyBank(context, survey);
  if (isPrivateBank(context, bank.id) && !context.bankKeys.isOpen(bank.id))
    return keysClosed(context, bank.id);
  const results = latestItemAnalysis(context, survey);
  return ok({ results, isStale: results !== null && isOutdated(context, survey, results) });
}

/** Leaves a trace of every key the analysis shows; a public bank has nothing to trace. */
export const traceItemAnalysis = (
  context: HostContext,
  survey: Survey,
  { items }: AnalysedItems,
): Result<null> =>
  traceKeyViews(context, {
    bank: surveyBank(context, survey),
    items: items.map(({ itemId, itemVersion }) => ({ id: itemId, version: itemVersion })),
    via: 'itemAnalysis',
  });

/** The stored analysis for somebody's eyes, its view recorded. Failures: those of `storedItemAnalysis`. */
export function viewItemAnalysis(context: HostContext, id: SurveyId): Result<StoredItemAnalysis> {
  const stored = storedItemAnalysis(context, id);
  const survey = getSurvey(context.vault.storage().db, id);
  if (!stored.ok || survey === null || stored.value.results === null) return stored;
  const traced = traceItemAnalysis(context, survey, stored.value.results);
  return traced.ok ? stored : traced;
}
