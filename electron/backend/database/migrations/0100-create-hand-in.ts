/** Packages of interviews that left for the office or came in from a station. Appended, never overwritten. */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
CREATE TABLE hand_in (
  hand_in_id TEXT PRIMARY KEY,
  package_id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  station_survey_id TEXT NOT NULL,
  station TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  signer TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  interviews_json TEXT NOT NULL CHECK (json_valid(interviews_json)),
  added_count INTEGER NOT NULL CHECK (added_count >= 0),
  conflict_count INTEGER NOT NULL CHECK (conflict_count >= 0),
  recorded_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX hand_in_by_survey ON hand_in (survey_id, direction);
CREATE UNIQUE INDEX hand_in_sent ON hand_in (survey_id, seq) WHERE direction = 'out';
`;

export const createHandIn: Migration = {
  version: 100,
  name: 'create-hand-in',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(['hand_in']));
  },
};
