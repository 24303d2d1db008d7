/** The form library: forms filed for the field, and whether they may still be chosen. Nothing is ever replaced. */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
CREATE TABLE form_record (
  form_id TEXT PRIMARY KEY REFERENCES form (form_id),
  title TEXT NOT NULL,
  bank_id TEXT NOT NULL,
  blueprint_id TEXT NOT NULL,
  set_id TEXT NOT NULL,
  seed INTEGER NOT NULL,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL
) STRICT;
CREATE INDEX form_record_by_set ON form_record (set_id);

CREATE TABLE form_status (
  status_id TEXT PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES form_record (form_id),
  status TEXT NOT NULL CHECK (status IN ('available', 'retired')),
  set_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX form_status_by_form ON form_status (form_id);
`;

export const createFormRecord: Migration = {
  version: 70,
  name: 'create-form-record',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(['form_record', 'form_status']));
  },
};
