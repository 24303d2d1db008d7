/** Writes one journal entry into the tables: the same code for a new fact and for one that is replayed. */
import type { Connection } from './connection';
import type { JournalEntry } from './journalEntry';
import { applyAnswerSaved } from './repositories/answerChain';
import { applyAuditAppended } from './repositories/audit';
import { applyFormFiled, applyFormStatusSet } from './repositories/formRecords';
import { applyCalibrationStored } from './repositories/calibrations';
import { applyHandInRecorded } from './repositories/handIns';
import { applyFormSaved } from './repositories/forms';
import { applyBatchImported, applyBatchVoided } from './repositories/imports';
import {
  applyInterviewClosed,
  applyInterviewStarted,
  applyInterviewVoided,
  applyQuestionSet,
} from './repositories/interviews';
import { applyItemImportUndone, applyItemsImported } from './repositories/itemImports';
import { applyItemReferenceSaved } from './repositories/itemReferences';
import { applyItemReviewed, applyItemStatusSet, applyItemVersionSaved } from './repositories/items';
import { applyItemKeyChanged } from './repositories/keyChanges';
import { applyMarginSaved } from './repositories/margins';
import { applyBankPartSaved, applyItemSecretSaved } from './repositories/privateBanks';
import {
  applyPaperEntryEnded,
  applyPaperEntryOpened,
  applyPaperFiled,
  applyPaperKeyed,
  applyPaperPrinted,
  applyPaperRuled,
  applyPaperVoided,
} from './repositories/paperFacts';
import { applyReportExported } from './repositories/reports';
import { applyScoreSaved } from './repositories/scores';
import { applySettingSaved } from './repositories/settings';
import { applySurveySaved } from './repositories/surveys';

type Applier<Kind extends JournalEntry['kind']> = (
  connection: Connection,
  entry: Extract<JournalEntry, { kind: Kind }>,
) => void;

const appliers: { readonly [Kind in JournalEntry['kind']]: Applier<Kind> } = {
  surveySaved: applySurveySaved,
  formSaved: applyFormSaved,
  interviewStarted: applyInterviewStarted,
  answerSaved: applyAnswerSaved,
  questionSet: applyQuestionSet,
  interviewClosed: applyInterviewClosed,
  interviewVoided: applyInterviewVoided,
  scoreSaved: applyScoreSaved,
  batchImported: applyBatchImported,
  batchVoided: applyBatchVoided,
  marginSaved: applyMarginSaved,
  reportExported: applyReportExported,
  auditAppended: applyAuditAppended,
  settingSaved: applySettingSaved,
  itemVersionSaved: applyItemVersionSaved,
  itemStatusSet: applyItemStatusSet,
  itemReviewed: applyItemReviewed,
  itemKeyChanged: applyItemKeyChanged,
  itemReferenceSaved: applyItemReferenceSaved,
  itemsImported: applyItemsImported,
  itemImportUndone: applyItemImportUndone,
  calibrationStored: applyCalibrationStored,
  paperPrinted: applyPaperPrinted,
  paperEntryOpened: applyPaperEntryOpened,
  paperKeyed: applyPaperKeyed,
  paperEntryEnded: applyPaperEntryEnded,
  paperRuled: applyPaperRuled,
  paperFiled: applyPaperFiled,
  paperVoided: applyPaperVoided,
  bankPartSaved: applyBankPartSaved,
  itemSecretSaved: applyItemSecretSaved,
  formFiled: applyFormFiled,
  formStatusSet: applyFormStatusSet,
  handInRecorded: applyHandInRecorded,
};

/** Applies an entry inside the caller's transaction; throws when it contradicts what is stored. */
export function applyEntry<Kind extends JournalEntry['kind']>(
  connection: Connection,
  entry: Extract<JournalEntry, { kind: Kind }>,
): void {
  const apply: Applier<Kind> = appliers[entry.kind];
  apply(connection, entry);
}
