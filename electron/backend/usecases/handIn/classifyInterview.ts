/** What an interview of a package is here: new, the same, or in conflict with what is stored. */
import type { HandInConflict } from '@shared/contract/areas/handIn';
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import type { ReadableDb } from '../../database/connection';
import { caseInForce } from '../../database/repositories/caseCodes';
import { ownerOfEvents } from '../../database/repositories/handIns';
import { getInterview } from '../../database/repositories/interviewQueries';
import type { Interview } from '../../database/repositories/interviewQueries';
import { readInterviewRecord, recordHash } from '../../handIn/interviewRecord';
import type { RecordedInterview } from '../../handIn/interviewRecord';

export type Classified =
  | { readonly kind: 'new' }
  | { readonly kind: 'present' }
  | { readonly kind: 'conflict'; readonly conflict: HandInConflict };

/** Numbers the product gives when none was typed: every station begins with F0001, so they name nobody. */
const automaticCode = /^F\d{4,}$/;

const hereSide = ({ caseCode, startedAt, disposition, state }: Interview): HandInConflict['here'] => ({
  caseCode,
  startedAt,
  disposition,
  isVoided: state === 'voided',
});

const sentSide = ({ record, voidReason }: RecordedInterview): HandInConflict['sent'] => ({
  caseCode: record.caseCode,
  startedAt: record.startedAt,
  disposition: record.closing?.disposition ?? null,
  isVoided: voidReason !== null,
});

/** Whether the interview stored under the same id has the same facts; voiding is the decision of either side. */
function compare(db: ReadableDb, here: Interview, sent: RecordedInterview): HandInConflict['reason'] | null {
  const stored = readInterviewRecord(db, here.id);
  if (stored === null || recordHash(stored.record) !== recordHash(sent.record)) return 'content';
  return sent.voidReason !== null && stored.voidReason === null ? 'voided' : null;
}

const byId = (db: ReadableDb, id: InterviewId | null): Interview | null =>
  id === null ? null : getInterview(db, id);

export function classify(db: ReadableDb, surveyId: SurveyId, sent: RecordedInterview): Classified {
  const conflict = (reason: HandInConflict['reason'], stored: Interview): Classified => ({
    kind: 'conflict',
    conflict: { reason, here: hereSide(stored), sent: sentSide(sent) },
  });
  const { interviewId, caseCode, answers } = sent.record;
  const here = getInterview(db, interviewId);
  if (here !== null) {
    if (here.surveyId !== surveyId) return conflict('otherSurvey', here);
    const reason = compare(db, here, sent);
    return reason === null ? { kind: 'present' } : conflict(reason, here);
  }
  const isCounted = sent.voidReason === null && !automaticCode.test(caseCode);
  const same = isCounted ? byId(db, caseInForce(db, surveyId, caseCode)) : null;
  if (same !== null) return conflict('caseCode', same);
  const eventIds = answers.map(({ eventId }) => eventId);
  const owner = byId(db, ownerOfEvents(db, eventIds));
  return owner === null ? { kind: 'new' } : conflict('content', owner);
}
