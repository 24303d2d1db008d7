/** Interviews, the append-only answer events with their hash chain, current answers, and scores. */
import type { Migration } from '../migrate';

const sql = `
CREATE TABLE interview (
  interview_id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  origin TEXT NOT NULL CHECK (origin IN ('live', 'import')),
  batch_id TEXT REFERENCES import_batch (batch_id),
  case_code TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('interviewer', 'selfAdministered', 'unknown')),
  form_id TEXT REFERENCES form (form_id),
  seed INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'voided')),
  disposition TEXT,
  region_code TEXT,
  design_json TEXT NOT NULL CHECK (json_valid(design_json)),
  background_json TEXT CHECK (background_json IS NULL OR json_valid(background_json)),
  assistance TEXT,
  started_at TEXT NOT NULL,
  closed_at TEXT,
  current_question_id TEXT,
  void_reason TEXT,
  CHECK ((origin = 'import') = (batch_id IS NOT NULL)),
  CHECK (state = 'open' OR disposition IS NOT NULL),
  CHECK ((state = 'voided') = (void_reason IS NOT NULL))
) STRICT;
CREATE INDEX interview_by_survey ON interview (survey_id, state, disposition);
CREATE INDEX interview_by_batch ON interview (batch_id) WHERE batch_id IS NOT NULL;
CREATE TRIGGER interview_no_delete BEFORE DELETE ON interview
BEGIN SELECT RAISE(ABORT, 'interviews are voided, never deleted'); END;

CREATE TABLE answer_event (
  event_id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interview (interview_id),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  question_id TEXT NOT NULL,
  answer_json TEXT NOT NULL CHECK (json_valid(answer_json)),
  elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
  recorded_at TEXT NOT NULL,
  device_counter INTEGER NOT NULL,
  mode TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (interview_id, sequence)
) STRICT;
CREATE TRIGGER answer_event_no_update BEFORE UPDATE ON answer_event
BEGIN SELECT RAISE(ABORT, 'answer_event is append-only'); END;
CREATE TRIGGER answer_event_no_delete BEFORE DELETE ON answer_event
BEGIN SELECT RAISE(ABORT, 'answer_event is append-only'); END;

CREATE TABLE answer_current (
  interview_id TEXT NOT NULL REFERENCES interview (interview_id),
  question_id TEXT NOT NULL,
  answer_json TEXT NOT NULL CHECK (json_valid(answer_json)),
  sequence INTEGER NOT NULL,
  PRIMARY KEY (interview_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE score (
  score_id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interview (interview_id),
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  computed_at TEXT NOT NULL,
  superseded_at TEXT
) STRICT;
CREATE UNIQUE INDEX score_in_force ON score (interview_id) WHERE superseded_at IS NULL;
CREATE INDEX score_by_interview ON score (interview_id, computed_at);
CREATE TRIGGER score_no_update BEFORE UPDATE ON score
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR NEW.score_id <> OLD.score_id
  OR NEW.interview_id <> OLD.interview_id OR NEW.document_json <> OLD.document_json
  OR NEW.computed_at <> OLD.computed_at
BEGIN SELECT RAISE(ABORT, 'score is append-only'); END;
CREATE TRIGGER score_no_delete BEFORE DELETE ON score
BEGIN SELECT RAISE(ABORT, 'score is append-only'); END;
`;

export const createInterview: Migration = {
  version: 20,
  name: 'create-interview',
  up: (connection) => {
    connection.exec(sql);
  },
};
