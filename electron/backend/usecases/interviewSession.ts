/**
 * One open interview put together from what is stored: script, answers, state. Built anew for every call, so a
 * killed process resumes at the same question as a living one.
 */
import type { InterviewProgress, InterviewView } from '@shared/contract/areas/interviews';
import type { InterviewId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import type { CalendarDate } from '@shared/questionnaire/age';
import type { InterviewState } from '@shared/questionnaire/interviewState';
import { interviewState } from '@shared/questionnaire/interviewState';
import type { Script } from '@shared/questionnaire/script';
import type { Answers } from '@shared/questions/answer';
import type { HostContext } from '../context';
import type { Interview } from '../database/repositories/interviewQueries';
import { getInterview } from '../database/repositories/interviewQueries';
import { getAnswers } from '../database/repositories/interviews';
import { getSurvey } from '../database/repositories/surveys';
import { scriptOf } from './interviewScript';
import { loadForm } from './storedForm';
import type { StoredForm } from './storedForm';

/** Answers the host itself writes beside the questionnaire's: 城乡 of the place, and confirmed soft checks. */
export const placeQuestion = 'place.residence';
export const confirmedSuffix = '.confirmed';

export interface InterviewSession {
  readonly interview: Interview;
  readonly survey: Survey;
  readonly stored: StoredForm;
  readonly script: Script;
  readonly answers: Answers;
  readonly today: CalendarDate;
  readonly state: InterviewState;
}

/** Calendar date on the wall of the survey site, not UTC: an age is judged by the local day. */
export const localDate = (moment: Date): CalendarDate => ({
  year: moment.getFullYear(),
  month: moment.getMonth() + 1,
  day: moment.getDate(),
});

/** Ids of soft checks the enumerator has confirmed, one a line in the host's own answers. */
export const confirmedIds = (answers: Answers): readonly string[] =>
  Object.entries(answers).flatMap(([id, answer]) =>
    id.endsWith(confirmedSuffix) && answer.kind === 'text' ? answer.text.split('\n') : [],
  );

interface Prepared {
  readonly stored: StoredForm;
  readonly script: Script;
}

/** Scripts of the interviews in hand: form, seed and modules never change within one, so they are built once. */
const prepared = new WeakMap<HostContext, Map<string, Prepared>>();
const keptScripts = 16;

function prepare(context: HostContext, survey: Survey, interview: Interview): Result<Prepared> {
  const known = prepared.get(context) ?? new Map<string, Prepared>();
  prepared.set(context, known);
  const key = `${interview.id}:${survey.revision}`;
  const found = known.get(key);
  if (found !== undefined) return ok(found);
  const stored = loadForm(context.vault.storage().db, interview.formId);
  if (!stored.ok) return stored;
  const script = scriptOf(context, survey, stored.value, {
    mode: interview.mode === 'interviewer' ? 'interviewer' : 'selfAdministered',
    seed: interview.seed,
    onPaper: interview.medium === 'paper',
  });
  const [oldest] = known.keys();
  if (known.size >= keptScripts && oldest !== undefined) known.delete(oldest);
  known.set(key, { stored: stored.value, script });
  return ok({ stored: stored.value, script });
}

/** Failures: NOT_FOUND for the interview, its survey or its form. */
export function loadSession(context: HostContext, id: InterviewId): Result<InterviewSession> {
  const { db } = context.vault.storage();
  const interview = getInterview(db, id);
  if (interview === null || interview.origin !== 'live') return fail('NOT_FOUND', { what: 'interview' });
  const survey = getSurvey(db, interview.surveyId);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const parts = prepare(context, survey, interview);
  if (!parts.ok) return parts;
  const { stored, script } = parts.value;
  const answers = getAnswers(db, id);
  const today = localDate(new Date(interview.startedAt));
  const state = interviewState(script, answers, today, confirmedIds(answers));
  return ok({ interview, survey, stored, script, answers, today, state });
}

function progressState(session: InterviewSession): InterviewProgress['state'] {
  const { interview, state } = session;
  if (interview.state !== 'open') return interview.state;
  return state.status === 'open' ? 'open' : 'readyToFinish';
}

/** Where the screen stands: the place the person went back to, as long as it is still asked. */
function currentQuestion({ interview, state }: InterviewSession): string | null {
  const wanted = interview.currentQuestionId;
  const isThere = state.steps.some(({ step, status }) => step.id === wanted && status !== 'inactive');
  return wanted !== null && isThere ? wanted : state.currentId;
}

export function progressOf(session: InterviewSession, savedAt: string | null): InterviewProgress {
  const { interview, state, script } = session;
  const relevant = state.steps.filter(({ status }) => status !== 'inactive');
  const currentId = interview.state === 'open' ? currentQuestion(session) : null;
  return {
    state: progressState(session),
    currentQuestionId: currentId,
    currentQuestion: relevant.find(({ step }) => step.id === currentId)?.question ?? null,
    states: Object.fromEntries(state.steps.map(({ step, status }) => [step.id, status])),
    answers: Object.fromEntries(
      relevant.flatMap(({ step, answer }) => (answer === null ? [] : [[step.id, answer]])),
    ),
    answered: state.progress.answered,
    total: state.progress.total,
    testItemCount: script.steps.filter(({ testPosition }) => testPosition !== null).length,
    disposition: interview.disposition ?? state.disposition,
    notices: relevant.flatMap(({ step, notices }) => notices.map((text) => ({ questionId: step.id, text }))),
    breaksAfter: relevant.flatMap(({ step, offerBreak }) => (offerBreak ? [step.id] : [])),
    confirmations: state.confirmations.map(({ questionId, message }) => ({ questionId, message })),
    savedAt,
  };
}

export function viewOf(session: InterviewSession): InterviewView {
  const { interview, survey, state } = session;
  return {
    interviewId: interview.id,
    surveyId: survey.id,
    surveyName: survey.settings.name,
    isDemo: survey.isDemo,
    caseCode: interview.caseCode,
    mode: interview.mode === 'interviewer' ? 'interviewer' : 'selfAdministered',
    header: survey.settings.header,
    steps: state.steps
      .filter(({ step }) => step.standIn === null)
      .map(({ step, question }) => ({
        question,
        section: step.sectionId,
        sectionTitle: step.sectionTitle,
        testPosition: step.testPosition,
        interviewerOnly: step.interviewerOnly,
      })),
    progress: progressOf(session, null),
  };
}
