/** The audit chain: who did what, when. Never answers, names or keys. */
import { createHash, randomUUID } from 'node:crypto';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { toJson } from '../json';
import type { JsonValue } from '../json';

export interface NewAuditEvent {
  /** E.g. `interview/void`, `report/export`, `storage/recovered`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  readonly detail: JsonValue;
}

export interface AuditEvent {
  readonly auditNumber: number;
  readonly auditId: string;
  readonly action: string;
  readonly subject: string;
  readonly detailJson: string;
  readonly recordedAt: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface AuditCheck {
  readonly eventCount: number;
  /** Number of the first event that does not fit, null when the chain is whole. */
  readonly brokenAt: number | null;
  /** Hash of the newest event; an anchor outside the database shows a cut tail. */
  readonly head: string;
}

const columns = `audit_number AS auditNumber, audit_id AS auditId, action, subject, detail_json AS detailJson,
  recorded_at AS recordedAt, previous_hash AS previousHash, hash`;

export function appendAudit(db: WritableDb, event: NewAuditEvent): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'auditAppended', auditId: randomUUID(), ...event, at: db.now() });
    return ok(null);
  });
}

/** Newest events first. */
export function listAudit(db: ReadableDb, limit: number): readonly AuditEvent[] {
  return db.connection
    .prepare<[number], AuditEvent>(`SELECT ${columns} FROM audit_event ORDER BY audit_number DESC LIMIT ?`)
    .all(limit);
}

export interface AuditFilter {
  readonly actions: readonly string[];
  /** Part of the subject or of the bank named in the detail; '' for all. */
  readonly search: string;
  /** ISO times, from inclusive, until exclusive. */
  readonly from?: string;
  readonly until?: string;
}

/** One page of the events that fit, newest first, and how many fit altogether. */
export function pageAudit(
  db: ReadableDb,
  { actions, search, from = '', until = '9999' }: AuditFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly events: readonly AuditEvent[]; readonly total: number } {
  const filter = `FROM audit_event
    WHERE action IN (SELECT value FROM json_each(:actions)) AND recorded_at >= :from AND recorded_at < :until
      AND (instr(subject, :search) > 0 OR instr(coalesce(detail_json ->> 'bankId', ''), :search) > 0)`;
  const values = { actions: JSON.stringify(actions), search, from, until };
  const total = db.connection
    .prepare<[typeof values], { total: number }>(`SELECT count(*) AS total ${filter}`)
    .get(values);
  const events = db.connection
    .prepare<[typeof values & { offset: number; limit: number }], AuditEvent>(
      `SELECT ${columns} ${filter} ORDER BY audit_number DESC LIMIT :limit OFFSET :offset`,
    )
    .all({ ...values, offset, limit });
  return { events, total: total?.total ?? 0 };
}

/** Recomputes every hash. */
export function verifyAuditChain(db: ReadableDb): AuditCheck {
  let head = '';
  let eventCount = 0;
  const events = db.connection
    .prepare<[], AuditEvent>(`SELECT ${columns} FROM audit_event ORDER BY audit_number`)
    .iterate();
  for (const event of events) {
    const fits = event.auditNumber === eventCount + 1 && event.previousHash === head;
    if (!fits || event.hash !== hashOf(event)) return { eventCount, brokenAt: event.auditNumber, head };
    head = event.hash;
    eventCount += 1;
  }
  return { eventCount, brokenAt: null, head };
}

export function applyAuditAppended(connection: Connection, entry: EntryOf<'auditAppended'>): void {
  const last = connection
    .prepare<[], { auditNumber: number; hash: string }>(
      'SELECT audit_number AS auditNumber, hash FROM audit_event ORDER BY audit_number DESC LIMIT 1',
    )
    .get();
  const content = {
    auditNumber: (last?.auditNumber ?? 0) + 1,
    auditId: entry.auditId,
    action: entry.action,
    subject: entry.subject,
    detailJson: toJson(entry.detail),
    recordedAt: entry.at,
    previousHash: last?.hash ?? '',
  };
  connection
    .prepare(
      `INSERT INTO audit_event
         (audit_number, audit_id, action, subject, detail_json, recorded_at, previous_hash, hash)
       VALUES (:auditNumber, :auditId, :action, :subject, :detailJson, :recordedAt, :previousHash, :hash)`,
    )
    .run({ ...content, hash: hashOf(content) });
}

function hashOf(event: Omit<AuditEvent, 'hash'>): string {
  const { auditNumber, auditId, action, subject, detailJson, recordedAt, previousHash } = event;
  const content = toJson([auditNumber, auditId, action, subject, detailJson, recordedAt, previousHash]);
  return createHash('sha256').update(content).digest('hex');
}
