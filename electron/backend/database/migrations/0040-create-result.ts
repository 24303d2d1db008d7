/** Computed results (derived, replaceable), the ledger of exported reports, and the audit chain. */
import type { Migration } from '../migrate';

const sql = `
CREATE TABLE result_snapshot (
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  spec_json TEXT NOT NULL CHECK (json_valid(spec_json)),
  data_fingerprint TEXT NOT NULL,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  computed_at TEXT NOT NULL,
  PRIMARY KEY (survey_id, spec_json)
) STRICT;

CREATE TABLE report_export (
  report_id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  spec_json TEXT NOT NULL CHECK (json_valid(spec_json)),
  data_fingerprint TEXT NOT NULL,
  exported_at TEXT NOT NULL
) STRICT;
CREATE INDEX report_export_by_survey ON report_export (survey_id, exported_at);

CREATE TABLE audit_event (
  audit_number INTEGER PRIMARY KEY CHECK (audit_number >= 1),
  audit_id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json)),
  recorded_at TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
`;

export const createResult: Migration = {
  version: 40,
  name: 'create-result',
  up: (connection) => {
    connection.exec(sql);
  },
};
