/** The ledger of packages of interviews, sent and received. */
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import type { Connection, ReadableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';

/** An interview as a package had it. */
export interface HandedIn {
  readonly interviewId: string;
  readonly contentHash: string;
  readonly isVoided: boolean;
}

export interface HandIn {
  readonly handInId: string;
  readonly packageId: string;
  /** The station's survey; the numbers run over it. */
  readonly stationSurveyId: string;
  readonly station: string;
  readonly seq: number;
  readonly signer: string;
  readonly contentHash: string;
  readonly interviews: readonly HandedIn[];
  readonly addedCount: number;
  readonly conflictCount: number;
  readonly recordedBy: string;
  readonly at: string;
}

const columns = `hand_in_id AS handInId, package_id AS packageId, station_survey_id AS stationSurveyId, station, seq,
  signer, content_hash AS contentHash, interviews_json AS interviewsJson, added_count AS addedCount,
  conflict_count AS conflictCount, recorded_by AS recordedBy, recorded_at AS at`;

type Row = Omit<HandIn, 'interviews'> & { readonly interviewsJson: string };

const toHandIn = ({ interviewsJson, ...row }: Row): HandIn => ({
  ...row,
  interviews: fromJson(interviewsJson) as readonly HandedIn[],
});

/** Oldest first. */
export const listHandIns = (db: ReadableDb, surveyId: SurveyId, direction: 'out' | 'in'): readonly HandIn[] =>
  db.connection
    .prepare<[string, string], Row>(
      `SELECT ${columns} FROM hand_in WHERE survey_id = ? AND direction = ? ORDER BY rowid`,
    )
    .all(surveyId, direction)
    .map(toHandIn);

/** Whether a package signed with this key was ever taken in here. */
export const isKnownSigner = (db: ReadableDb, signer: string): boolean =>
  db.connection
    .prepare<[string]>("SELECT 1 FROM hand_in WHERE direction = 'in' AND signer = ? LIMIT 1")
    .get(signer) !== undefined;

/** The key packages of a station were signed with so far, in any survey; null before the first one. */
export const signerOfStation = (db: ReadableDb, station: string): string | null =>
  db.connection
    .prepare<[string], string>("SELECT signer FROM hand_in WHERE direction = 'in' AND station = ? LIMIT 1")
    .pluck()
    .get(station) ?? null;

/** Interviews held on this machine that were not imported from a table and are no longer open. */
export const endedInterviews = (
  db: ReadableDb,
  surveyId: SurveyId,
): readonly { readonly interviewId: InterviewId; readonly isVoided: boolean }[] =>
  db.connection
    .prepare<[string], { interviewId: InterviewId; voided: number }>(
      `SELECT interview_id AS interviewId, state = 'voided' AS voided FROM interview
       WHERE survey_id = ? AND origin = 'live' AND state <> 'open' ORDER BY started_at, interview_id`,
    )
    .all(surveyId)
    .map(({ interviewId, voided }) => ({ interviewId, isVoided: voided === 1 }));

/** An interview that has one of these answer events already; null when none has. */
export const ownerOfEvents = (db: ReadableDb, eventIds: readonly string[]): InterviewId | null =>
  db.connection
    .prepare<[string], InterviewId>(
      'SELECT interview_id FROM answer_event WHERE event_id IN (SELECT value FROM json_each(?)) LIMIT 1',
    )
    .pluck()
    .get(toJson(eventIds)) ?? null;

/** Also marks which of the interviews that came in were answered on paper. */
export function applyHandInRecorded(connection: Connection, entry: EntryOf<'handInRecorded'>): void {
  const { interviews, paperIds, handInId, packageId, direction, surveyId, stationSurveyId, at } = entry;
  const { station, seq, signer, contentHash, addedCount, conflictCount, recordedBy } = entry;
  connection
    .prepare(
      `INSERT INTO hand_in (hand_in_id, package_id, direction, survey_id, station_survey_id, station, seq, signer,
         content_hash, interviews_json, added_count, conflict_count, recorded_by, recorded_at)
       VALUES (:handInId, :packageId, :direction, :surveyId, :stationSurveyId, :station, :seq, :signer,
         :contentHash, :interviewsJson, :addedCount, :conflictCount, :recordedBy, :at)`,
    )
    .run({
      handInId,
      packageId,
      direction,
      surveyId,
      stationSurveyId,
      station,
      seq,
      signer,
      contentHash,
      interviewsJson: toJson(interviews),
      addedCount,
      conflictCount,
      recordedBy,
      at,
    });
  const mark = connection.prepare<[string]>("UPDATE interview SET medium = 'paper' WHERE interview_id = ?");
  for (const id of paperIds) mark.run(id);
}
