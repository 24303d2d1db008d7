/** Closing an interview: disposition, derived background and score in one transaction; score shown by permission. */
import { scoreInterview } from '@shared/assessment/scoring';
import type { InterviewScore } from '@shared/assessment/score';
import type { Output } from '@shared/contract/contract';
import type { Disposition } from '@shared/domain/disposition';
import type { Residence } from '@shared/domain/groups';
import type { InterviewId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { deriveBackground } from '@shared/questionnaire/background';
import { finalAnswers } from '@shared/questionnaire/finalAnswers';
import type { Answer, Answers } from '@shared/questions/answer';
import type { HostContext } from '../context';
import { getInterview } from '../database/repositories/interviewQueries';
import { closeInterview } from '../database/repositories/interviews';
import { getScore } from '../database/repositories/scores';
import { getSurvey } from '../database/repositories/surveys';
import { findInstrument } from '../registry/registry';
import type { InterviewSession } from './interviewSession';
import { loadSession, placeQuestion } from './interviewSession';
import { unscoredIds } from '../database/repositories/unscored';
import { scoringBasisOf } from './storedForm';

type Finished = Output<'interview/runFinish'>;

/** Z4 = 1: somebody else answered for the respondent, so the test part does not count. */
const proxyQuestion = 'Z4';
const isProxy = (answer: Answer | undefined): boolean => answer?.kind === 'single' && answer.code === '1';

/** Whether a case of this disposition and these answers gets a score at all. */
export const isScored = (disposition: Disposition, answers: Answers): boolean =>
  disposition === 'complete' && !isProxy(answers[proxyQuestion]);

function placeOf(answers: Answers): { readonly residence: Residence | null } {
  const place = answers[placeQuestion];
  if (place?.kind !== 'single') return { residence: null };
  return { residence: place.code === 'rural' ? 'rural' : 'urban' };
}

interface Scored {
  readonly score: InterviewScore | null;
  /** 待评分: complete, but the keys of its bank are closed here. */
  readonly pending: boolean;
}

const unscored: Scored = { score: null, pending: false };

function scoreOf(context: HostContext, session: InterviewSession, disposition: Disposition): Result<Scored> {
  const instrument = findInstrument(context.registry, session.survey.settings.instrumentId);
  if (instrument === null) return fail('NOT_FOUND', { what: 'instrument' });
  if (!isScored(disposition, session.answers)) return ok(unscored);
  const basis = scoringBasisOf(context, session.stored);
  if (!basis.ok)
    return basis.failure.code === 'BANK_KEYS_CLOSED' ? ok({ score: null, pending: true }) : basis;
  const score = scoreInterview(instrument, basis.value.form, basis.value.items, session.answers);
  return score.ok ? ok({ score: score.value, pending: false }) : score;
}

/** Enumerators see a score only where the survey says so; everyone who analyses may. */
const mayShowScore = (context: HostContext, survey: Survey): boolean =>
  context.session.role === 'enumerator' ? survey.settings.showScoreToEnumerator : true;

function report(
  context: HostContext,
  survey: Survey,
  disposition: Disposition,
  { score, pending }: Scored,
): Finished {
  const visible = mayShowScore(context, survey);
  return { disposition, score: visible ? score : null, hidden: !visible, pending };
}

function close(context: HostContext, session: InterviewSession, disposition: Disposition): Result<Finished> {
  const score = scoreOf(context, session, disposition);
  if (!score.ok) return score;
  const storage = context.vault.storage();
  const closed = closeInterview(storage.db, {
    interviewId: session.interview.id,
    disposition,
    background: deriveBackground(finalAnswers(session.state), session.today, placeOf(session.answers)),
    score: score.value.score,
  });
  if (!closed.ok) return closed;
  storage.checkpoint();
  return ok(report(context, session.survey, disposition, score.value));
}

/** Closes a complete or ended interview. Fails with ANSWER_OUT_OF_ORDER while questions are open. */
export function finishInterview(context: HostContext, id: InterviewId): Result<Finished> {
  const session = loadSession(context, id);
  if (!session.ok) return session;
  const { state, interview } = session.value;
  if (interview.state !== 'open') return fail('INTERVIEW_CLOSED', { state: interview.state });
  if (state.disposition === null)
    return fail('ANSWER_OUT_OF_ORDER', { question: state.currentId ?? '', reason: 'open' });
  return close(context, session.value, state.disposition);
}

/** Ends an interview early with the disposition the enumerator chose. */
export function breakOffInterview(
  context: HostContext,
  id: InterviewId,
  disposition: Disposition,
): Result<Finished> {
  const session = loadSession(context, id);
  if (!session.ok) return session;
  if (session.value.interview.state !== 'open')
    return fail('INTERVIEW_CLOSED', { state: session.value.interview.state });
  return close(context, session.value, disposition);
}

/** Score of a closed case, live or imported, as far as the role may see it. */
export function shownScore(context: HostContext, id: InterviewId): Result<Finished> {
  const { db } = context.vault.storage();
  const interview = getInterview(db, id);
  const survey = interview === null ? null : getSurvey(db, interview.surveyId);
  if (interview === null || survey === null) return fail('NOT_FOUND', { what: 'interview' });
  const pending = unscoredIds(db, survey.id).includes(id);
  const scored = { score: getScore(db, id), pending };
  return ok(report(context, survey, interview.disposition ?? 'unknownEligibility', scored));
}
