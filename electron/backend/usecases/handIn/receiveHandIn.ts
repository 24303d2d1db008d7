/**
 * 收数: interviews of a station into the open survey, all of a package or nothing. An interview that is here already is
 * never replaced; scores are made here when the keys are open, otherwise the cases wait for them.
 */
import { randomUUID } from 'node:crypto';
import { scoreInterview } from '@shared/assessment/scoring';
import type { InterviewScore } from '@shared/assessment/score';
import type { HandInConflict, HandInHead, HandInReceipt } from '@shared/contract/areas/handIn';
import type { Input } from '@shared/contract/contract';
import type { FileToken, InterviewId, SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { handInDifferences } from '@shared/texts/handInTexts';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { isKnownSigner, listHandIns, signerOfStation } from '../../database/repositories/handIns';
import { openHandIn, readHandIn } from '../../handIn/handInPackage';
import type { HandInContent, HandInPackage, SurveyFacts } from '../../handIn/handInPackage';
import { lastAnswers, storeInterviewRecord } from '../../handIn/interviewRecord';
import type { InterviewRecord } from '../../handIn/interviewRecord';
import { findInstrument } from '../../registry/registry';
import { isScored } from '../finishInterview';
import { unscoredCount } from '../scorePending';
import { scoringForm } from '../storedForm';
import { classify } from './classifyInterview';
import { loadSurveyInHand, missingHandInsOf } from './handInSurvey';
import type { SurveyInHand } from './handInSurvey';

const mostShown = 50;

function readFile(context: HostContext, token: FileToken): Result<HandInPackage> {
  const file = context.files.get(token);
  return file === null ? fail('NOT_FOUND', { what: 'file' }) : readHandIn(file.name, file.bytes);
}

/** Failures: NOT_FOUND, and those of `readHandIn`. */
export function describeHandIn(context: HostContext, token: FileToken): Result<HandInHead> {
  const opened = readFile(context, token);
  if (!opened.ok) return opened;
  const { file: fileName, header, fingerprint: signer } = opened.value;
  const { station, surveyName, seq, interviewCount, createdAt } = header;
  const { db } = context.vault.storage();
  const knownSigner = signerOfStation(db, station);
  const isKnown = isKnownSigner(db, signer);
  const isChanged = knownSigner !== null && knownSigner !== signer;
  const standing = isChanged ? 'changed' : isKnown ? 'known' : 'new';
  return ok({ fileName, station, surveyName, seq, interviewCount, createdAt, signer, standing, knownSigner });
}

/** The first package of a key pins it: its fingerprint was compared by a person. */
function checkSigner(
  context: HostContext,
  { header: { station }, fingerprint }: HandInPackage,
  confirmed: string,
): Result<null> {
  const { db } = context.vault.storage();
  const known = signerOfStation(db, station);
  if (known !== null && known !== fingerprint)
    return fail('HAND_IN_SIGNER_CHANGED', { station, known, fingerprint });
  return isKnownSigner(db, fingerprint) || confirmed === fingerprint
    ? ok(null)
    : fail('HAND_IN_SIGNER_UNKNOWN', { station, fingerprint });
}

/** Fails with HAND_IN_OTHER_SURVEY {file, problem} naming the first fact that differs. */
function checkFacts(file: string, sent: SurveyFacts, here: SurveyFacts): Result<null> {
  const names = Object.keys(handInDifferences) as (keyof SurveyFacts)[];
  const differing = names.find((name) => String(sent[name]) !== String(here[name]));
  return differing === undefined
    ? ok(null)
    : fail('HAND_IN_OTHER_SURVEY', { file, problem: handInDifferences[differing] });
}

type Scorer = (record: InterviewRecord) => Result<InterviewScore | null>;

/** Scores while the keys are open; leaves the case waiting while they are closed. */
function scorerOf(context: HostContext, { survey }: SurveyInHand): Result<Scorer> {
  const instrument = findInstrument(context.registry, survey.settings.instrumentId);
  if (instrument === null) return fail('NOT_FOUND', { what: 'instrument' });
  const basis = scoringForm(context, survey.formId);
  if (!basis.ok) return basis.failure.code === 'BANK_KEYS_CLOSED' ? ok(() => ok(null)) : basis;
  const { form, items } = basis.value;
  return ok((record) => {
    const answers = lastAnswers(record);
    const isDue = record.closing !== null && isScored(record.closing.disposition, answers);
    return isDue ? scoreInterview(instrument, form, items, answers) : ok(null);
  });
}

interface Stored {
  readonly added: readonly InterviewRecord[];
  readonly presentCount: number;
  readonly conflicts: readonly HandInConflict[];
}

function storeNew(
  context: HostContext,
  surveyId: SurveyId,
  content: HandInContent,
  scoreOf: Scorer,
): Result<Stored> {
  const { db } = context.vault.storage();
  const added: InterviewRecord[] = [];
  const conflicts: HandInConflict[] = [];
  for (const recorded of content.interviews) {
    const found = classify(db, surveyId, recorded);
    if (found.kind === 'conflict') conflicts.push(found.conflict);
    if (found.kind !== 'new') continue;
    const score = scoreOf(recorded.record);
    if (!score.ok) return score;
    const stored = storeInterviewRecord(db, surveyId, recorded, score.value);
    if (!stored.ok) return stored;
    added.push(recorded.record);
  }
  return ok({ added, conflicts, presentCount: content.interviews.length - added.length - conflicts.length });
}

interface Taking {
  readonly surveyId: SurveyId;
  readonly opened: HandInPackage;
  readonly content: HandInContent;
}

function record(context: HostContext, { surveyId, opened, content }: Taking, stored: Stored): Result<null> {
  const { db } = context.vault.storage();
  const { packageId, station, seq, content: contentHash } = opened.header;
  const { role } = context.session;
  const paperIds: InterviewId[] = stored.added.flatMap(({ interviewId, medium }) =>
    medium === 'paper' ? [interviewId] : [],
  );
  const counts = { addedCount: stored.added.length, conflictCount: stored.conflicts.length };
  db.record({
    kind: 'handInRecorded',
    handInId: randomUUID(),
    packageId,
    direction: 'in',
    surveyId,
    stationSurveyId: content.surveyId,
    station,
    seq,
    signer: opened.fingerprint,
    contentHash,
    interviews: content.interviews.map(({ record: { interviewId }, hash, voidReason }) => ({
      interviewId,
      contentHash: hash,
      isVoided: voidReason !== null,
    })),
    paperIds,
    ...counts,
    recordedBy: role,
    at: db.now(),
  });
  const { presentCount } = stored;
  const detail = { packageId, station, seq, ...counts, presentCount, signer: opened.fingerprint, role };
  return appendAudit(db, { action: 'handIn.received', subject: surveyId, detail });
}

/** One transaction. A package that was here before and brings nothing leaves no trace. */
function take(
  context: HostContext,
  taking: Taking,
  scoreOf: Scorer,
): Result<Stored & { isRepeated: boolean }> {
  const { db } = context.vault.storage();
  const { surveyId, opened, content } = taking;
  const isRepeated = listHandIns(db, surveyId, 'in').some(
    ({ packageId }) => packageId === opened.header.packageId,
  );
  return db.transact(() => {
    const stored = storeNew(context, surveyId, content, scoreOf);
    if (!stored.ok) return stored;
    if (isRepeated && stored.value.added.length === 0) return ok({ ...stored.value, isRepeated });
    const recorded = record(context, taking, stored.value);
    return recorded.ok ? ok({ ...stored.value, isRepeated }) : recorded;
  });
}

/**
 * Failures: NOT_FOUND, those of `readHandIn`, HAND_IN_SIGNER_UNKNOWN {station, fingerprint}, HAND_IN_SIGNER_CHANGED
 * {station, known, fingerprint}, WRONG_PASSPHRASE, HAND_IN_OTHER_SURVEY {file, problem}, ANSWER_NOT_VALID, and those of the
 * storage. Nothing is stored when it fails.
 */
export function receiveHandIn(
  context: HostContext,
  { surveyId, token, passphrase, confirmedSigner }: Input<'handIn/runReceipt'>,
): Result<HandInReceipt> {
  const loaded = loadSurveyInHand(context, surveyId);
  if (!loaded.ok) return loaded;
  const opened = readFile(context, token);
  if (!opened.ok) return opened;
  const signer = checkSigner(context, opened.value, confirmedSigner);
  if (!signer.ok) return signer;
  const content = openHandIn(opened.value, passphrase);
  if (!content.ok) return content;
  const same = checkFacts(opened.value.file, content.value.survey, loaded.value.facts);
  if (!same.ok) return same;
  const scoreOf = scorerOf(context, loaded.value);
  if (!scoreOf.ok) return scoreOf;
  const taken = take(context, { surveyId, opened: opened.value, content: content.value }, scoreOf.value);
  if (!taken.ok) return taken;
  context.files.remove(token);
  const storage = context.vault.storage();
  storage.checkpoint();
  const { added, presentCount, conflicts, isRepeated } = taken.value;
  return ok({
    isRepeated,
    station: content.value.station,
    seq: content.value.seq,
    addedCount: added.length,
    presentCount,
    conflictCount: conflicts.length,
    conflicts: conflicts.slice(0, mostShown),
    unscoredCount: unscoredCount(context, surveyId),
    missing: [...missingHandInsOf(listHandIns(storage.db, surveyId, 'in'))],
  });
}
