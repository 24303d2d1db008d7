/**
 * Paper questionnaires: what was printed, what two persons keyed from each paper, what was ruled where they differ or
 * the paper breaks a rule, and the interview it became. Nothing is ever replaced.
 */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
ALTER TABLE interview ADD COLUMN medium TEXT NOT NULL DEFAULT 'screen' CHECK (medium IN ('screen', 'paper'));

CREATE TABLE paper_run (
  run_id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  form_id TEXT NOT NULL REFERENCES form (form_id),
  first_number INTEGER NOT NULL UNIQUE CHECK (first_number >= 1),
  copies INTEGER NOT NULL CHECK (copies >= 1),
  mode TEXT NOT NULL CHECK (mode IN ('interviewer', 'selfAdministered')),
  version_mark TEXT NOT NULL,
  printed_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX paper_run_by_survey ON paper_run (survey_id);

CREATE TABLE paper_entry (
  entry_id TEXT PRIMARY KEY,
  paper_number INTEGER NOT NULL,
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  round INTEGER NOT NULL CHECK (round IN (1, 2)),
  typist TEXT NOT NULL,
  same_person_reason TEXT,
  recorded_at TEXT NOT NULL,
  UNIQUE (paper_number, round)
) STRICT;
CREATE INDEX paper_entry_by_survey ON paper_entry (survey_id);

CREATE TABLE paper_keyed (
  entry_id TEXT NOT NULL REFERENCES paper_entry (entry_id),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  field_id TEXT NOT NULL,
  keyed TEXT NOT NULL,
  strokes INTEGER NOT NULL CHECK (strokes >= 0),
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (entry_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE paper_entry_end (
  entry_id TEXT PRIMARY KEY REFERENCES paper_entry (entry_id),
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE paper_ruling (
  ruling_id TEXT PRIMARY KEY,
  paper_number INTEGER NOT NULL,
  field_id TEXT NOT NULL,
  keyed TEXT NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('first', 'second', 'other')),
  ruled_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX paper_ruling_by_paper ON paper_ruling (paper_number);

CREATE TABLE paper_filing (
  paper_number INTEGER PRIMARY KEY,
  interview_id TEXT NOT NULL UNIQUE REFERENCES interview (interview_id),
  filed_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE paper_void (
  paper_number INTEGER PRIMARY KEY,
  voided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
`;

const tables = [
  'paper_run',
  'paper_entry',
  'paper_keyed',
  'paper_entry_end',
  'paper_ruling',
  'paper_filing',
  'paper_void',
] as const;

export const createPaper: Migration = {
  version: 80,
  name: 'create-paper',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(tables));
  },
};
