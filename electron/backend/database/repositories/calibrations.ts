/** Stored calibrations, in the order they were recorded. */
import { calibrationRecord } from '@shared/psychometrics/calibrationRecord';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';

export function saveCalibration(db: WritableDb, record: CalibrationRecord): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'calibrationStored', record });
    return ok(null);
  });
}

/** Oldest first. */
export function listCalibrations(db: ReadableDb): readonly CalibrationRecord[] {
  return db.connection
    .prepare<[], { documentJson: string }>(
      'SELECT document_json AS documentJson FROM calibration ORDER BY rowid',
    )
    .all()
    .map(({ documentJson }) => calibrationRecord.parse(fromJson(documentJson)));
}

export function applyCalibrationStored(
  connection: Connection,
  { record }: EntryOf<'calibrationStored'>,
): void {
  connection
    .prepare(
      `INSERT INTO calibration (calibration_id, bank_id, scale_id, document_json, recorded_at)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .run(record.calibrationId, record.bankId, record.scaleId, toJson(record), record.at);
}
