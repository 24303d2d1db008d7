/** 交数 and 收数: ended interviews go from an answer station to the office in a sealed, signed file. */
import { z } from 'zod';
import { disposition } from '../../domain/disposition';
import { fileToken, surveyId } from '../../domain/ids';
import { channel } from '../channel';

const sending = ['enumerator', 'supervisor', 'statistician', 'administrator'] as const;
const receiving = ['supervisor', 'statistician', 'administrator'] as const;
const passphrase = z.string().min(1).max(200);

export const sentHandIn = z.strictObject({
  seq: z.int(),
  interviewCount: z.int(),
  at: z.iso.datetime(),
});

export const receivedHandIn = z.strictObject({
  station: z.string(),
  signer: z.string(),
  seq: z.int(),
  interviewCount: z.int(),
  addedCount: z.int(),
  conflictCount: z.int(),
  at: z.iso.datetime(),
});

/** Numbers between 1 and the highest one received that never came in. */
export const missingHandIns = z.strictObject({
  station: z.string(),
  signer: z.string(),
  /** The lowest ones; `count` has them all. */
  seqs: z.array(z.int()),
  count: z.int(),
});
export type MissingHandIns = z.infer<typeof missingHandIns>;

/** One copy of an interview two sides have differently. */
export const conflictSide = z.strictObject({
  caseCode: z.string(),
  startedAt: z.iso.datetime(),
  disposition: disposition.nullable(),
  isVoided: z.boolean(),
});

/** content: same interview, other facts; voided: voided at the station after it was taken in; caseCode: the number
 * belongs to another interview here; otherSurvey: the interview is part of another survey here. */
export const conflictReasons = ['content', 'voided', 'caseCode', 'otherSurvey'] as const;

export const handInConflict = z.strictObject({
  reason: z.enum(conflictReasons),
  /** Kept as it is. */
  here: conflictSide,
  /** Not taken in. */
  sent: conflictSide,
});
export type HandInConflict = z.infer<typeof handInConflict>;

export const handInOverview = z.strictObject({
  /** Name this station gave itself last; '' before the first package. */
  station: z.string(),
  /** Of this data folder's own key. */
  fingerprint: z.string(),
  newCount: z.int(),
  allCount: z.int(),
  /** Open interviews stay where they are. */
  openCount: z.int(),
  /** Case codes of the first of them. */
  openCases: z.array(z.string()),
  sent: z.array(sentHandIn),
  received: z.array(receivedHandIn),
  missing: z.array(missingHandIns),
});
export type HandInOverview = z.infer<typeof handInOverview>;

export const handInHead = z.strictObject({
  fileName: z.string(),
  station: z.string(),
  surveyName: z.string(),
  seq: z.int(),
  interviewCount: z.int(),
  createdAt: z.iso.datetime(),
  signer: z.string(),
  /** new: nobody compared this fingerprint yet; changed: the station signed with another key before. */
  standing: z.enum(['known', 'new', 'changed']),
  /** The fingerprint known for the station's name; null for a new one. */
  knownSigner: z.string().nullable(),
});
export type HandInHead = z.infer<typeof handInHead>;

export const handInReceipt = z.strictObject({
  /** This very package was taken in before. */
  isRepeated: z.boolean(),
  station: z.string(),
  seq: z.int(),
  addedCount: z.int(),
  presentCount: z.int(),
  conflictCount: z.int(),
  /** The first of them. */
  conflicts: z.array(handInConflict),
  /** Complete cases of the survey that wait for the keys. */
  unscoredCount: z.int(),
  missing: z.array(missingHandIns),
});
export type HandInReceipt = z.infer<typeof handInReceipt>;

export const handInChannels = {
  'handIn/get': channel(z.strictObject({ surveyId }), handInOverview, { roles: sending }),
  'handIn/createFile': channel(
    z.strictObject({
      surveyId,
      station: z.string().trim().min(2).max(40),
      /** new: not in an earlier package; all: every ended interview, e.g. when a file was lost. */
      what: z.enum(['new', 'all']),
      passphrase,
    }),
    z.strictObject({
      token: fileToken,
      fileName: z.string(),
      seq: z.int(),
      interviewCount: z.int(),
      signer: z.string(),
    }),
    { roles: sending },
  ),
  /** What a chosen file says of itself; its signature is right, nothing is decrypted. */
  'handIn/getFile': channel(z.strictObject({ token: fileToken }), handInHead, { roles: receiving }),
  'handIn/runReceipt': channel(
    z.strictObject({
      surveyId,
      token: fileToken,
      passphrase,
      /** The fingerprint somebody compared aloud; '' when it is known. */
      confirmedSigner: z.string().max(200),
    }),
    handInReceipt,
    { roles: receiving },
  ),
} as const;
