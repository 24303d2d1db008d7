/** Stored calibrations of item parameters, with the link to an earlier one. Appended, never overwritten. */
import type { Migration } from '../migrate';
import { appendOnlyTriggers } from './appendOnly';

const sql = `
CREATE TABLE calibration (
  calibration_id TEXT PRIMARY KEY,
  bank_id TEXT NOT NULL,
  scale_id TEXT NOT NULL,
  document_json TEXT NOT NULL CHECK (json_valid(document_json)),
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX calibration_by_bank ON calibration (bank_id);
`;

export const createCalibration: Migration = {
  version: 90,
  name: 'create-calibration',
  up: (connection) => {
    connection.exec(sql + appendOnlyTriggers(['calibration']));
  },
};
