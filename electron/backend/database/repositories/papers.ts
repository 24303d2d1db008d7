/** Reading paper questionnaires: print runs, entries with what was keyed, rulings, filings. */
import { z } from 'zod';
import { formId, interviewId, surveyId } from '@shared/domain/ids';
import type { SurveyId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';

const paperRun = z.object({
  runId: z.string(),
  surveyId,
  formId,
  firstNumber: z.int(),
  copies: z.int(),
  mode: z.enum(['interviewer', 'selfAdministered']),
  versionMark: z.string(),
  printedBy: z.string(),
  at: z.string(),
});
export type PaperRun = z.infer<typeof paperRun>;

const paperEntry = z.object({
  entryId: z.string(),
  paperNumber: z.int(),
  surveyId,
  round: z.union([z.literal(1), z.literal(2)]),
  typist: z.string(),
  samePersonReason: z.string().nullable(),
  at: z.string(),
  endedAt: z.string().nullable(),
});
export type PaperEntry = z.infer<typeof paperEntry>;

const paperRuling = z.object({
  paperNumber: z.int(),
  fieldId: z.string(),
  keyed: z.string(),
  choice: z.enum(['first', 'second', 'other']),
  ruledBy: z.string(),
  reason: z.string(),
  at: z.string(),
});
export type PaperRuling = z.infer<typeof paperRuling>;

const paperFiling = z.object({ paperNumber: z.int(), interviewId, filedBy: z.string(), at: z.string() });
export type PaperFiling = z.infer<typeof paperFiling>;

export interface PaperVoid {
  readonly paperNumber: number;
  readonly voidedBy: string;
  readonly reason: string;
  readonly at: string;
}

const runColumns = `run_id AS runId, survey_id AS surveyId, form_id AS formId, first_number AS firstNumber, copies,
  mode, version_mark AS versionMark, printed_by AS printedBy, recorded_at AS at`;

/** Print runs of a survey, oldest first. */
export const listPaperRuns = (db: ReadableDb, id: SurveyId): readonly PaperRun[] =>
  db.connection
    .prepare<[string]>(`SELECT ${runColumns} FROM paper_run WHERE survey_id = ? ORDER BY first_number`)
    .all(id)
    .map((row) => paperRun.parse(row));

/** The print run a number belongs to, whatever the survey; null when the number was never printed. */
export function findPaperRun(db: ReadableDb, paperNumber: number): PaperRun | null {
  const row = db.connection
    .prepare<[number, number]>(
      `SELECT ${runColumns} FROM paper_run WHERE first_number <= ? AND first_number + copies > ?`,
    )
    .get(paperNumber, paperNumber);
  return row === undefined ? null : paperRun.parse(row);
}

/** First number no print run of this folder has used. */
export function nextPaperNumber(db: ReadableDb): number {
  const row = db.connection
    .prepare<[], { next: number | null }>('SELECT max(first_number + copies) AS next FROM paper_run')
    .get();
  return row?.next ?? 1;
}

const entryColumns = `paper_entry.entry_id AS entryId, paper_number AS paperNumber, survey_id AS surveyId, round, typist,
  same_person_reason AS samePersonReason, paper_entry.recorded_at AS at, paper_entry_end.recorded_at AS endedAt
  FROM paper_entry LEFT JOIN paper_entry_end USING (entry_id)`;

/** Entries of a survey by paper and round. */
export const listPaperEntries = (db: ReadableDb, id: SurveyId): readonly PaperEntry[] =>
  db.connection
    .prepare<[string]>(`SELECT ${entryColumns} WHERE survey_id = ? ORDER BY paper_number, round`)
    .all(id)
    .map((row) => paperEntry.parse(row));

export const entriesOfPaper = (db: ReadableDb, paperNumber: number): readonly PaperEntry[] =>
  db.connection
    .prepare<[number]>(`SELECT ${entryColumns} WHERE paper_number = ? ORDER BY round`)
    .all(paperNumber)
    .map((row) => paperEntry.parse(row));

export function getPaperEntry(db: ReadableDb, entryId: string): PaperEntry | null {
  const row = db.connection.prepare<[string]>(`SELECT ${entryColumns} WHERE entry_id = ?`).get(entryId);
  return row === undefined ? null : paperEntry.parse(row);
}

/** What an entry holds now, by field: the newest text of each. */
export function keyedTexts(db: ReadableDb, entryId: string): ReadonlyMap<string, string> {
  const rows = db.connection
    .prepare<[string], { fieldId: string; keyed: string }>(
      'SELECT field_id AS fieldId, keyed FROM paper_keyed WHERE entry_id = ? ORDER BY sequence',
    )
    .all(entryId);
  return new Map(rows.map(({ fieldId, keyed }) => [fieldId, keyed]));
}

/** Keys pressed for an entry. */
export function strokesOf(db: ReadableDb, entryId: string): number {
  const row = db.connection
    .prepare<[string], { strokes: number | null }>(
      'SELECT sum(strokes) AS strokes FROM paper_keyed WHERE entry_id = ?',
    )
    .get(entryId);
  return row?.strokes ?? 0;
}

/** Rulings of a paper, oldest first; the newest of a field is in force. */
export const rulingsOf = (db: ReadableDb, paperNumber: number): readonly PaperRuling[] =>
  db.connection
    .prepare<[number]>(
      `SELECT paper_number AS paperNumber, field_id AS fieldId, keyed, choice, ruled_by AS ruledBy, reason,
         recorded_at AS at FROM paper_ruling WHERE paper_number = ? ORDER BY rowid`,
    )
    .all(paperNumber)
    .map((row) => paperRuling.parse(row));

export function filingOf(db: ReadableDb, paperNumber: number): PaperFiling | null {
  const row = db.connection
    .prepare<[number]>(
      `SELECT paper_number AS paperNumber, interview_id AS interviewId, filed_by AS filedBy, recorded_at AS at
       FROM paper_filing WHERE paper_number = ?`,
    )
    .get(paperNumber);
  return row === undefined ? null : paperFiling.parse(row);
}

export const voidOf = (db: ReadableDb, paperNumber: number): PaperVoid | null =>
  db.connection
    .prepare<[number], PaperVoid>(
      `SELECT paper_number AS paperNumber, voided_by AS voidedBy, reason, recorded_at AS at
       FROM paper_void WHERE paper_number = ?`,
    )
    .get(paperNumber) ?? null;

/** Numbers of a survey that were voided without any entry, e.g. spoilt in print; with an entry they are listed there. */
export const voidedNumbers = (db: ReadableDb): ReadonlySet<number> =>
  new Set(db.connection.prepare<[], number>('SELECT paper_number FROM paper_void').pluck().all());
