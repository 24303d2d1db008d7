/** Imported answer tables as they were given, and calibration margins. */
import type { Migration } from '../migrate';

const sql = `
CREATE TABLE import_batch (
  batch_id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  content_hash TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sheet TEXT NOT NULL,
  mapping_json TEXT NOT NULL CHECK (json_valid(mapping_json)),
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  imported_at TEXT NOT NULL,
  voided_at TEXT,
  void_reason TEXT,
  CHECK ((voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX import_batch_once ON import_batch (survey_id, content_hash) WHERE voided_at IS NULL;

CREATE TABLE imported_record (
  batch_id TEXT NOT NULL REFERENCES import_batch (batch_id),
  row_number INTEGER NOT NULL CHECK (row_number >= 1),
  interview_id TEXT NOT NULL UNIQUE REFERENCES interview (interview_id),
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  PRIMARY KEY (batch_id, row_number)
) STRICT;
CREATE TRIGGER imported_record_no_update BEFORE UPDATE ON imported_record
BEGIN SELECT RAISE(ABORT, 'imported_record is append-only'); END;
CREATE TRIGGER imported_record_no_delete BEFORE DELETE ON imported_record
BEGIN SELECT RAISE(ABORT, 'imported_record is append-only'); END;

CREATE TABLE margin_table (
  margin_id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  source TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  replaced_at TEXT
) STRICT;
CREATE UNIQUE INDEX margin_table_in_force ON margin_table (survey_id) WHERE replaced_at IS NULL;
`;

export const createImport: Migration = {
  version: 30,
  name: 'create-import',
  up: (connection) => {
    connection.exec(sql);
  },
};
