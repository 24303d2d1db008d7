/** Private banks: what was installed of them, in two parts, and the sealed secrets of edited items. Append-only. */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
CREATE TABLE private_bank (
  package_id TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('questions', 'keys')),
  bank_id TEXT NOT NULL,
  bank_version TEXT NOT NULL,
  title TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('whole', 'forms')),
  origin TEXT NOT NULL CHECK (origin IN ('created', 'installed')),
  signer TEXT NOT NULL,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  installed_by TEXT NOT NULL,
  installed_at TEXT NOT NULL,
  PRIMARY KEY (package_id, part)
) STRICT;
CREATE INDEX private_bank_by_bank ON private_bank (bank_id);

CREATE TABLE item_secret (
  item_id TEXT NOT NULL,
  version TEXT NOT NULL,
  bank_id TEXT NOT NULL,
  sealed_json TEXT NOT NULL CHECK (json_valid(sealed_json)),
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (item_id, version)
) STRICT;
`;

const tables = ['private_bank', 'item_secret'] as const;

export const createPrivateBank: Migration = {
  version: 60,
  name: 'create-private-bank',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(tables));
  },
};
