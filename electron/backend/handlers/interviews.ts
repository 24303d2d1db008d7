/** Interviews: list, start, answer, move, finish, void. */
import type { interviewChannels } from '@shared/contract/areas/interviews';
import type { InterviewRow } from '@shared/contract/areas/interviews';
import type { InterviewId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import type { Interview } from '../database/repositories/interviewQueries';
import { answeredCounts } from '../database/repositories/answerCounts';
import { countByDisposition, pageInterviews } from '../database/repositories/interviewQueries';
import { voidInterview } from '../database/repositories/interviews';
import { breakOffInterview, finishInterview, shownScore } from '../usecases/finishInterview';
import { loadSession, viewOf } from '../usecases/interviewSession';
import { beginInterview, giveAnswer, moveTo } from '../usecases/runInterview';
import type { AreaHandlers } from './handlerTypes';

const toRow = (interview: Interview, answered: number): InterviewRow => ({
  interviewId: interview.id,
  caseCode: interview.caseCode,
  origin: interview.origin,
  mode: interview.medium === 'paper' ? 'paper' : interview.mode,
  state: interview.state,
  disposition: interview.disposition,
  regionCode: interview.regionCode,
  answered,
  startedAt: interview.startedAt,
  closedAt: interview.closedAt,
});

const answeredIn = (context: HostContext, ids: readonly InterviewId[]): ReadonlyMap<string, number> =>
  answeredCounts(context.vault.storage().db, ids);

export const interviewHandlers = {
  'interview/list': async ({ surveyId, origin, search, offset, limit }, context) => {
    const { db } = context.vault.storage();
    const filter = {
      surveyId,
      origin: origin === 'all' ? undefined : origin,
      search: search.trim() === '' ? undefined : search.trim(),
    };
    const page = pageInterviews(db, filter, { offset, limit });
    const answered = answeredIn(
      context,
      page.interviews.map(({ id }) => id),
    );
    return ok({
      rows: page.interviews.map((interview) => toRow(interview, answered.get(interview.id) ?? 0)),
      total: page.total,
      counts: { ...countByDisposition(db, surveyId) },
    });
  },
  'interview/create': async (input, context) => beginInterview(context, input),
  'interview/get': async ({ interviewId }, context) => {
    const session = loadSession(context, interviewId);
    return session.ok ? ok(viewOf(session.value)) : session;
  },
  'interview/updateAnswer': async (input, context) => giveAnswer(context, input),
  'interview/updateCurrent': async ({ interviewId, questionId }, context) =>
    moveTo(context, interviewId, questionId),
  'interview/runFinish': async ({ interviewId }, context) => finishInterview(context, interviewId),
  'interview/runBreakOff': async ({ interviewId, disposition, note }, context) => {
    const { db } = context.vault.storage();
    const ended = breakOffInterview(context, interviewId, disposition);
    if (!ended.ok) return ended;
    const detail = { disposition, note };
    const audited = appendAudit(db, { action: 'interview.brokenOff', subject: interviewId, detail });
    return audited.ok ? ended : audited;
  },
  'interview/runVoid': async ({ interviewId, reason }, context) => {
    const { db } = context.vault.storage();
    return db.transact(() => {
      const voided = voidInterview(db, interviewId, reason);
      if (!voided.ok) return voided;
      const audited = appendAudit(db, {
        action: 'interview.voided',
        subject: interviewId,
        detail: { reason },
      });
      if (!audited.ok) return audited;
      return ok(toRow(voided.value, answeredIn(context, [interviewId]).get(interviewId) ?? 0));
    });
  },
  'interview/getScore': async ({ interviewId }, context) => {
    const shown = shownScore(context, interviewId);
    return shown.ok && shown.value.hidden ? fail('FORBIDDEN', { role: context.session.role }) : shown;
  },
} satisfies AreaHandlers<typeof interviewChannels>;
