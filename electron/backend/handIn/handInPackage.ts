/** The `.zhanswers` file: ended interviews of one survey on their way from an answer station to the office. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { surveyId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { moduleId } from '@shared/domain/survey';
import { bankPartLabels, handInLabel } from '@shared/texts/bankPackageTexts';
import { largestContent, largestFile } from '../bankPackages/envelope';
import { sealedFileHeader, sha256, suite } from '../bankPackages/header';
import { readPackage } from '../bankPackages/openPackage';
import { checkPassphrase } from '../bankPackages/passphraseRule';
import { contentHash, contentOf, readSealedFile, sealFile, unwrapKey } from '../bankPackages/sealedFile';
import type { SealedFile } from '../bankPackages/sealedFile';
import { publicKeyText } from '../federation/signingKey';
import { interviewRecord, recordHash } from './interviewRecord';

const format = 'zhiheng-answers';
const version = 1;
const mostInterviews = 20_000;
const saltBytes = 32;
const bytesPerMb = 1_048_576;

const station = z.string().min(1).max(40);

export const handInHeader = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  ...sealedFileHeader,
  /** Name the sender gave itself. */
  station,
  surveyName: z.string().min(1).max(60),
  /** 1, 2, 3 … of this survey on this station. */
  seq: z.int().min(1).max(1_000_000),
  interviewCount: z.int().min(1).max(mostInterviews),
  /** SHA-256 of the content. */
  content: sha256,
});
export type HandInHeader = z.infer<typeof handInHeader>;
export type HandInPackage = SealedFile<HandInHeader>;

/** What must be the same on both sides, so that answers are answers to the same questions. */
export const surveyFacts = z.strictObject({
  planId: z.string(),
  regionCode: z.string(),
  year: z.int(),
  instrumentId: z.string(),
  basis: z.string(),
  modules: z.array(moduleId),
  questionnaireVersion: z.string(),
  formId: z.string(),
  formHash: z.string(),
  isDemo: z.boolean(),
});
export type SurveyFacts = z.infer<typeof surveyFacts>;

const handInContent = z.strictObject({
  content: z.literal('answers'),
  /** Random, so that the digest of the content cannot be tried out. */
  salt: sha256,
  station,
  seq: z.int().min(1),
  /** The station's own survey: what its numbers run over. */
  surveyId,
  survey: surveyFacts,
  interviews: z
    .array(
      z.strictObject({ record: interviewRecord, hash: sha256, voidReason: z.string().max(200).nullable() }),
    )
    .max(mostInterviews),
});
export type HandInContent = z.infer<typeof handInContent>;

export interface HandInRequest {
  readonly content: Omit<HandInContent, 'content' | 'salt'>;
  readonly surveyName: string;
  readonly passphrase: string;
  readonly signingKey: KeyObject;
  /** ISO time. */
  readonly createdAt: string;
}

export interface SealedHandIn {
  readonly bytes: Buffer;
  readonly header: Omit<HandInHeader, 'wraps'>;
}

const tooLarge = (size: number, limit: number): Result<never> =>
  fail('HAND_IN_TOO_LARGE', { sizeMb: Math.ceil(size / bytesPerMb), limitMb: limit / bytesPerMb });

/** Fails with BANK_PASSPHRASE_WEAK or HAND_IN_TOO_LARGE {sizeMb, limitMb}. */
export function sealHandIn(request: HandInRequest): Result<SealedHandIn> {
  const { passphrase, signingKey, createdAt, surveyName } = request;
  const strong = checkPassphrase(passphrase);
  if (!strong.ok) return strong;
  const content: HandInContent = {
    content: 'answers',
    salt: randomBytes(saltBytes).toString('hex'),
    ...request.content,
  };
  const plain = Buffer.from(JSON.stringify(content), 'utf8');
  if (plain.length > largestContent) return tooLarge(plain.length, largestContent);
  const header: SealedHandIn['header'] = {
    format,
    version,
    suite,
    packageId: randomUUID(),
    createdAt,
    station: content.station,
    surveyName,
    seq: content.seq,
    interviewCount: content.interviews.length,
    content: contentHash(plain),
    publicKey: publicKeyText(signingKey),
  };
  const bytes = sealFile(header, plain, { passphrase, signingKey });
  return bytes.length > largestFile ? tooLarge(bytes.length, largestFile) : ok({ bytes, header });
}

/**
 * What a file is, without its passphrase. Fails with PACKAGE_DAMAGED, PACKAGE_VERSION_UNKNOWN or PACKAGE_SIGNATURE_WRONG,
 * each with {file}, and BANK_PART_WRONG {file, found, wanted} for a file of a bank.
 */
export function readHandIn(file: string, bytes: Buffer): Result<HandInPackage> {
  const opened = readSealedFile(file, bytes, { format, version, header: handInHeader });
  const bank = opened.ok ? null : readPackage(file, bytes);
  if (bank?.ok !== true) return opened;
  return fail('BANK_PART_WRONG', {
    file,
    found: bankPartLabels[bank.value.header.part],
    wanted: handInLabel,
  });
}

/** Head and content say the same, and no interview, event or hash contradicts another. */
function isConsistent(
  header: HandInHeader,
  { station: name, seq, survey, interviews }: HandInContent,
): boolean {
  const ids = new Set(interviews.map(({ record }) => record.interviewId));
  const events = interviews.flatMap(({ record }) => record.answers.map(({ eventId }) => eventId));
  return (
    name === header.station &&
    seq === header.seq &&
    interviews.length === header.interviewCount &&
    ids.size === interviews.length &&
    new Set(events).size === events.length &&
    interviews.every(
      ({ record, hash, voidReason }) =>
        record.formId === survey.formId &&
        recordHash(record) === hash &&
        (record.closing !== null || voidReason !== null),
    )
  );
}

/** Fails with WRONG_PASSPHRASE or PACKAGE_DAMAGED {file}. */
export function openHandIn(opened: HandInPackage, passphrase: string): Result<HandInContent> {
  const key = unwrapKey(opened, passphrase);
  if (!key.ok) return key;
  const json = contentOf(opened, key.value, opened.header.content);
  key.value.fill(0);
  if (!json.ok) return json;
  const content = handInContent.safeParse(json.value);
  return content.success && isConsistent(opened.header, content.data)
    ? ok(content.data)
    : fail('PACKAGE_DAMAGED', { file: opened.file });
}
