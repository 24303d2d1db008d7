/** The editable bank: versions of items, their reviews and statuses, corrections of keys. Nothing is ever replaced. */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
CREATE TABLE item_version (
  item_id TEXT NOT NULL,
  version TEXT NOT NULL,
  bank_id TEXT NOT NULL,
  previous_version TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('edit', 'import', 'correction')),
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (item_id, version),
  CHECK (previous_version IS NULL OR previous_version <> version)
) STRICT;
CREATE UNIQUE INDEX item_version_line ON item_version (item_id, previous_version)
  WHERE previous_version IS NOT NULL;

CREATE TABLE item_status (
  status_id TEXT PRIMARY KEY,
  item_id TEXT NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'review', 'pilot', 'active', 'hold', 'retired')),
  set_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX item_status_by_item ON item_status (item_id);

CREATE TABLE item_review (
  review_id TEXT PRIMARY KEY,
  item_id TEXT NOT NULL,
  version TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('content', 'language', 'sensitivity')),
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'revise', 'reject')),
  note TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX item_review_by_item ON item_review (item_id);

CREATE TABLE key_change (
  change_id TEXT PRIMARY KEY,
  item_id TEXT NOT NULL,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE key_change_survey (
  change_id TEXT NOT NULL REFERENCES key_change (change_id),
  survey_id TEXT NOT NULL REFERENCES survey (survey_id),
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  PRIMARY KEY (change_id, survey_id)
) STRICT, WITHOUT ROWID;
`;

const tables = ['item_version', 'item_status', 'item_review', 'key_change', 'key_change_survey'] as const;

export const createItem: Migration = {
  version: 50,
  name: 'create-item',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(tables));
  },
};
