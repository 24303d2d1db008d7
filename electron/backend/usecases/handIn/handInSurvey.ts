/** The survey both sides of a hand-in must agree on, and the ledger as a screen shows it. */
import type { HandInOverview, MissingHandIns } from '@shared/contract/areas/handIn';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import type { HostContext } from '../../context';
import type { HandIn } from '../../database/repositories/handIns';
import { endedInterviews, listHandIns } from '../../database/repositories/handIns';
import { pageInterviews } from '../../database/repositories/interviewQueries';
import { getSurvey } from '../../database/repositories/surveys';
import { fingerprintOf, publicKeyText, signingKeyOf } from '../../federation/signingKey';
import type { SurveyFacts } from '../../handIn/handInPackage';
import { loadForm } from '../storedForm';

const mostShown = 50;

export interface SurveyInHand {
  readonly survey: Survey;
  readonly facts: SurveyFacts;
}

/** Fails with NOT_FOUND {what} for the survey or its form. */
export function loadSurveyInHand(context: HostContext, id: SurveyId): Result<SurveyInHand> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const stored = loadForm(db, survey.formId);
  if (!stored.ok) return stored;
  const { planId, regionCode, year, instrumentId, basis, modules } = survey.settings;
  const facts: SurveyFacts = {
    planId,
    regionCode,
    year,
    instrumentId,
    basis,
    modules: [...modules].sort(),
    questionnaireVersion: context.registry.questionnaire.version,
    formId: stored.value.form.id,
    formHash: stored.value.form.contentHash,
    isDemo: survey.isDemo,
  };
  return ok({ survey, facts });
}

/** Open interviews of a survey: how many, and the case codes of the first. */
export function openInterviews(
  context: HostContext,
  id: SurveyId,
): Pick<HandInOverview, 'openCount' | 'openCases'> {
  const filter = { surveyId: id, state: 'open', origin: 'live' } as const;
  const page = pageInterviews(context.vault.storage().db, filter, { offset: 0, limit: mostShown });
  return { openCount: page.total, openCases: page.interviews.map(({ caseCode }) => caseCode) };
}

/** Ended interviews that no package of this folder had in the state they are in now. */
export function notYetSent(context: HostContext, id: SurveyId): ReturnType<typeof endedInterviews> {
  const { db } = context.vault.storage();
  const sent = new Set(
    listHandIns(db, id, 'out').flatMap(({ interviews }) =>
      interviews.map(({ interviewId, isVoided }) => `${interviewId} ${isVoided}`),
    ),
  );
  return endedInterviews(db, id).filter(
    ({ interviewId, isVoided }) => !sent.has(`${interviewId} ${isVoided}`),
  );
}

function gapsOf(received: readonly HandIn[]): MissingHandIns | null {
  const last = received.at(-1);
  if (last === undefined) return null;
  const known = new Set(received.map(({ seq }) => seq));
  const count = Math.max(...known) - known.size;
  const seqs: number[] = [];
  for (let seq = 1; seqs.length < Math.min(count, mostShown); seq += 1) if (!known.has(seq)) seqs.push(seq);
  return count === 0 ? null : { station: last.station, signer: last.signer, seqs, count };
}

/** By station and by the station's own survey, since its numbers run over that. */
export function missingHandInsOf(received: readonly HandIn[]): readonly MissingHandIns[] {
  const bySource = new Map<string, HandIn[]>();
  for (const each of received) {
    const source = `${each.signer} ${each.stationSurveyId}`;
    bySource.set(source, [...(bySource.get(source) ?? []), each]);
  }
  return [...bySource.values()].flatMap((each) => gapsOf(each) ?? []);
}

/** Fails with NOT_FOUND for the survey. */
export function handInOverview(context: HostContext, id: SurveyId): Result<HandInOverview> {
  const { db, dataKey } = context.vault.storage();
  if (getSurvey(db, id) === null) return fail('NOT_FOUND', { what: 'survey' });
  const sent = listHandIns(db, id, 'out');
  const received = listHandIns(db, id, 'in');
  return ok({
    station: sent.at(-1)?.station ?? '',
    fingerprint: fingerprintOf(publicKeyText(signingKeyOf(dataKey))),
    newCount: notYetSent(context, id).length,
    allCount: endedInterviews(db, id).length,
    ...openInterviews(context, id),
    sent: sent.map(({ seq, interviews, at }) => ({ seq, interviewCount: interviews.length, at })),
    received: received.map(({ station, signer, seq, interviews, addedCount, conflictCount, at }) => ({
      station,
      signer,
      seq,
      interviewCount: interviews.length,
      addedCount,
      conflictCount,
      at,
    })),
    missing: [...missingHandInsOf(received)],
  });
}
