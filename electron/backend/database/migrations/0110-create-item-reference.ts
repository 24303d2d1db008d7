/** Sources of items as they were added and changed here, and imports of items with their recorded undo. */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
CREATE TABLE item_reference (
  bank_id TEXT NOT NULL,
  reference_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  previous_version INTEGER,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  status TEXT NOT NULL CHECK (status IN ('current', 'superseded', 'withdrawn')),
  superseded_by TEXT,
  saved_by TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (bank_id, reference_id, version),
  CHECK (previous_version IS NULL OR previous_version < version)
) STRICT;
CREATE UNIQUE INDEX item_reference_line ON item_reference (bank_id, reference_id, previous_version)
  WHERE previous_version IS NOT NULL;

CREATE TABLE item_import (
  import_id TEXT PRIMARY KEY,
  bank_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  imported_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX item_import_by_bank ON item_import (bank_id);

CREATE TABLE item_import_undo (
  import_id TEXT PRIMARY KEY REFERENCES item_import (import_id),
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  undone_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
`;

const tables = ['item_reference', 'item_import', 'item_import_undo'] as const;

export const createItemReference: Migration = {
  version: 110,
  name: 'create-item-reference',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(tables));
  },
};
