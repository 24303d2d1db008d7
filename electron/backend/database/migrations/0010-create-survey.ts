/** Surveys with their revisions, forms, settings and the device's counters. */
import type { Migration } from '../migrate';

const sql = `
CREATE TABLE form (
  form_id TEXT PRIMARY KEY,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE survey (
  survey_id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('draft', 'fielding', 'closed')),
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  form_id TEXT REFERENCES form (form_id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  settings_json TEXT NOT NULL CHECK (json_valid(settings_json)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE survey_revision (
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  status TEXT NOT NULL,
  form_id TEXT,
  settings_json TEXT NOT NULL CHECK (json_valid(settings_json)),
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (survey_id, revision)
) STRICT;
CREATE TRIGGER survey_revision_no_update BEFORE UPDATE ON survey_revision
BEGIN SELECT RAISE(ABORT, 'survey_revision is append-only'); END;
CREATE TRIGGER survey_revision_no_delete BEFORE DELETE ON survey_revision
BEGIN SELECT RAISE(ABORT, 'survey_revision is append-only'); END;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value_json TEXT NOT NULL CHECK (json_valid(value_json))
) STRICT;

CREATE TABLE device_counter (
  name TEXT PRIMARY KEY CHECK (name IN ('journal', 'answer')),
  value INTEGER NOT NULL CHECK (value >= 0)
) STRICT;
INSERT INTO device_counter (name, value) VALUES ('journal', 0), ('answer', 0);
`;

export const createSurvey: Migration = {
  version: 10,
  name: 'create-survey',
  up: (connection) => {
    connection.exec(sql);
  },
};
