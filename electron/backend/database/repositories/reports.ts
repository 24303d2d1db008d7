/** Ledger of exported reports: which file, from which data and specification. */
import { randomUUID } from 'node:crypto';
import type { SurveyId } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { toJson } from '../json';
import type { JsonValue } from '../json';

export interface ReportExport {
  readonly surveyId: SurveyId;
  /** E.g. `workbook`, `template`. */
  readonly reportKind: string;
  readonly fileName: string;
  /** SHA-256 of the file, hex. */
  readonly contentHash: string;
  readonly spec: JsonValue;
  readonly dataFingerprint: string;
}

export interface StoredReport {
  readonly reportId: string;
  readonly reportKind: string;
  readonly fileName: string;
  readonly contentHash: string;
  readonly dataFingerprint: string;
  readonly exportedAt: string;
}

/** Notes that a report left the product; returns its id. */
export function recordReport(db: WritableDb, report: ReportExport): Result<string> {
  return db.transact(() => {
    const reportId = randomUUID();
    db.record({ kind: 'reportExported', reportId, ...report, at: db.now() });
    return ok(reportId);
  });
}

/** Reports of a survey, newest first. */
export function listReports(db: ReadableDb, surveyId: SurveyId): readonly StoredReport[] {
  return db.connection
    .prepare<[string], StoredReport>(
      `SELECT report_id AS reportId, kind AS reportKind, file_name AS fileName, content_hash AS contentHash,
         data_fingerprint AS dataFingerprint, exported_at AS exportedAt
       FROM report_export WHERE survey_id = ? ORDER BY exported_at DESC, rowid DESC`,
    )
    .all(surveyId);
}

export function applyReportExported(connection: Connection, entry: EntryOf<'reportExported'>): void {
  connection
    .prepare(
      `INSERT INTO report_export
         (report_id, survey_id, kind, file_name, content_hash, spec_json, data_fingerprint, exported_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.reportId,
      entry.surveyId,
      entry.reportKind,
      entry.fileName,
      entry.contentHash,
      toJson(entry.spec),
      entry.dataFingerprint,
      entry.at,
    );
}
