/** 交数: ended interviews of a survey into a sealed file. Nothing is removed here. */
import { randomUUID } from 'node:crypto';
import type { Input, Output } from '@shared/contract/contract';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { endedInterviews, listHandIns } from '../../database/repositories/handIns';
import { fingerprintOf, signingKeyOf } from '../../federation/signingKey';
import { sealHandIn } from '../../handIn/handInPackage';
import type { HandInContent, SealedHandIn } from '../../handIn/handInPackage';
import { readInterviewRecord, recordHash } from '../../handIn/interviewRecord';
import { loadSurveyInHand, notYetSent, openInterviews } from './handInSurvey';

type Request = Input<'handIn/createFile'>;

function interviewsOf(context: HostContext, { surveyId, what }: Request): HandInContent['interviews'] {
  const { db } = context.vault.storage();
  const chosen = what === 'new' ? notYetSent(context, surveyId) : endedInterviews(db, surveyId);
  return chosen.flatMap(({ interviewId }) => {
    const recorded = readInterviewRecord(db, interviewId);
    return recorded === null ? [] : [{ ...recorded, hash: recordHash(recorded.record) }];
  });
}

/** Ledger and log entry: the number of a package is used once. */
function record(
  context: HostContext,
  { surveyId, interviews }: Pick<HandInContent, 'surveyId' | 'interviews'>,
  { header }: SealedHandIn,
): Result<null> {
  const { db } = context.vault.storage();
  const { packageId, station, seq, content: contentHash } = header;
  const signer = fingerprintOf(header.publicKey);
  const { role } = context.session;
  return db.transact(() => {
    db.record({
      kind: 'handInRecorded',
      handInId: randomUUID(),
      packageId,
      direction: 'out',
      surveyId,
      stationSurveyId: surveyId,
      station,
      seq,
      signer,
      contentHash,
      interviews: interviews.map(({ record: { interviewId }, hash, voidReason }) => ({
        interviewId,
        contentHash: hash,
        isVoided: voidReason !== null,
      })),
      paperIds: [],
      addedCount: 0,
      conflictCount: 0,
      recordedBy: role,
      at: db.now(),
    });
    const detail = { packageId, station, seq, count: interviews.length, contentHash, signer, role };
    return appendAudit(db, { action: 'handIn.sent', subject: surveyId, detail });
  });
}

/**
 * Failures: NOT_FOUND {what}, HAND_IN_EMPTY {open}, BANK_PASSPHRASE_WEAK, HAND_IN_TOO_LARGE {sizeMb, limitMb}, and those of
 * the storage.
 */
export function sendHandIn(context: HostContext, request: Request): Result<Output<'handIn/createFile'>> {
  const { surveyId, station, passphrase } = request;
  const loaded = loadSurveyInHand(context, surveyId);
  if (!loaded.ok) return loaded;
  const interviews = interviewsOf(context, request);
  if (interviews.length === 0)
    return fail('HAND_IN_EMPTY', { open: openInterviews(context, surveyId).openCount });
  const { db, dataKey } = context.vault.storage();
  const { survey, facts } = loaded.value;
  const seq = (listHandIns(db, surveyId, 'out').at(-1)?.seq ?? 0) + 1;
  const sealed = sealHandIn({
    content: { station, seq, surveyId, survey: facts, interviews },
    surveyName: survey.settings.name,
    passphrase,
    signingKey: signingKeyOf(dataKey),
    createdAt: context.clock().toISOString(),
  });
  if (!sealed.ok) return sealed;
  const recorded = record(context, { surveyId, interviews }, sealed.value);
  if (!recorded.ok) return recorded;
  const { header, bytes } = sealed.value;
  const name = `${survey.settings.name}-${station}-第${seq}包`.replace(/[\\/:*?"<>|\s]+/gu, '-');
  const { token, name: fileName } = context.files.put(`${name}.zhanswers`, bytes);
  const signer = fingerprintOf(header.publicKey);
  return ok({ token, fileName, seq, interviewCount: interviews.length, signer });
}
