/** Writes the facts about paper questionnaires into their append-only tables; contradictions throw. */
import type { Connection } from '../connection';
import type { EntryOf } from '../journalEntry';

export function applyPaperPrinted(connection: Connection, entry: EntryOf<'paperPrinted'>): void {
  const { runId, surveyId, formId, firstNumber, copies, mode, versionMark, printedBy, at } = entry;
  connection
    .prepare(
      `INSERT INTO paper_run (run_id, survey_id, form_id, first_number, copies, mode, version_mark, printed_by,
         recorded_at)
       VALUES (:runId, :surveyId, :formId, :firstNumber, :copies, :mode, :versionMark, :printedBy, :at)`,
    )
    .run({ runId, surveyId, formId, firstNumber, copies, mode, versionMark, printedBy, at });
}

export function applyPaperEntryOpened(connection: Connection, entry: EntryOf<'paperEntryOpened'>): void {
  const { entryId, paperNumber, surveyId, round, typist, samePersonReason, at } = entry;
  connection
    .prepare(
      `INSERT INTO paper_entry (entry_id, paper_number, survey_id, round, typist, same_person_reason, recorded_at)
       VALUES (:entryId, :paperNumber, :surveyId, :round, :typist, :samePersonReason, :at)`,
    )
    .run({ entryId, paperNumber, surveyId, round, typist, samePersonReason, at });
}

export function applyPaperKeyed(connection: Connection, entry: EntryOf<'paperKeyed'>): void {
  const { entryId, fieldId, keyed, strokes, at } = entry;
  connection
    .prepare(
      `INSERT INTO paper_keyed (entry_id, sequence, field_id, keyed, strokes, recorded_at)
       SELECT :entryId, coalesce(max(sequence), 0) + 1, :fieldId, :keyed, :strokes, :at
       FROM paper_keyed WHERE entry_id = :entryId`,
    )
    .run({ entryId, fieldId, keyed, strokes, at });
}

export function applyPaperEntryEnded(connection: Connection, entry: EntryOf<'paperEntryEnded'>): void {
  connection
    .prepare('INSERT INTO paper_entry_end (entry_id, recorded_at) VALUES (?, ?)')
    .run(entry.entryId, entry.at);
}

export function applyPaperRuled(connection: Connection, entry: EntryOf<'paperRuled'>): void {
  const { rulingId, paperNumber, fieldId, keyed, choice, ruledBy, reason, at } = entry;
  connection
    .prepare(
      `INSERT INTO paper_ruling (ruling_id, paper_number, field_id, keyed, choice, ruled_by, reason, recorded_at)
       VALUES (:rulingId, :paperNumber, :fieldId, :keyed, :choice, :ruledBy, :reason, :at)`,
    )
    .run({ rulingId, paperNumber, fieldId, keyed, choice, ruledBy, reason, at });
}

/** Also marks the interview: its answers were given on paper. */
export function applyPaperFiled(connection: Connection, entry: EntryOf<'paperFiled'>): void {
  connection
    .prepare(
      'INSERT INTO paper_filing (paper_number, interview_id, filed_by, recorded_at) VALUES (?, ?, ?, ?)',
    )
    .run(entry.paperNumber, entry.interviewId, entry.filedBy, entry.at);
  connection.prepare("UPDATE interview SET medium = 'paper' WHERE interview_id = ?").run(entry.interviewId);
}

export function applyPaperVoided(connection: Connection, entry: EntryOf<'paperVoided'>): void {
  connection
    .prepare('INSERT INTO paper_void (paper_number, voided_by, reason, recorded_at) VALUES (?, ?, ?, ?)')
    .run(entry.paperNumber, entry.voidedBy, entry.reason, entry.at);
}
