/** Bank files chosen on 题库管理: what they say of themselves, then installed together or not at all. */
import type { BankFileHead } from '@shared/contract/areas/banks';
import type { Input, Output } from '@shared/contract/contract';
import type { FileToken } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { installKeys, installQuestions } from '../../bankPackages/installBank';
import type { BankFile } from '../../bankPackages/installBank';
import { readPackage, requirePart } from '../../bankPackages/openPackage';
import type { BankPackage } from '../../bankPackages/openPackage';
import { findPrivateBank } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';

interface ChosenFile {
  readonly file: BankFile;
  readonly opened: BankPackage;
}

/** Null when no file was chosen for this part. */
function readChosen(
  context: HostContext,
  token: FileToken | null,
  part: 'questions' | 'keys',
): Result<ChosenFile | null> {
  if (token === null) return ok(null);
  const file = context.files.get(token);
  if (file === null) return fail('NOT_FOUND', { what: 'file' });
  const opened = readPackage(file.name, file.bytes);
  if (!opened.ok) return opened;
  const wanted = requirePart(opened.value, part);
  return wanted.ok ? ok({ file, opened: opened.value }) : wanted;
}

interface ChosenFiles {
  readonly questions: ChosenFile | null;
  readonly keys: ChosenFile | null;
  /** One of the two; both are of one package when both are there. */
  readonly any: BankPackage;
}

type Tokens = Pick<Input<'bank/getPackage'>, 'questions' | 'keys'>;

function readBoth(context: HostContext, tokens: Tokens): Result<ChosenFiles> {
  const questions = readChosen(context, tokens.questions, 'questions');
  if (!questions.ok) return questions;
  const keys = readChosen(context, tokens.keys, 'keys');
  if (!keys.ok) return keys;
  const any = questions.value?.opened ?? keys.value?.opened;
  if (any === undefined) return fail('INVALID_INPUT', { field: '题库文件' });
  const isPair = keys.value === null || keys.value.opened.header.packageId === any.header.packageId;
  if (!isPair) return fail('BANK_PARTS_DIFFER', { file: keys.value.file.name });
  return ok({ questions: questions.value, keys: keys.value, any });
}

const headOf = ({ file, opened: { header, fingerprint } }: ChosenFile): BankFileHead => ({
  fileName: file.name,
  part: header.part,
  scope: header.scope,
  bankId: header.bankId,
  title: header.title,
  version: header.bankVersion,
  itemCount: header.itemCount,
  formCount: header.formCount,
  createdAt: header.createdAt,
  signer: fingerprint,
});

/**
 * What the files say, signatures checked, nothing decrypted. Failures: NOT_FOUND, INVALID_INPUT, PACKAGE_DAMAGED,
 * PACKAGE_VERSION_UNKNOWN, PACKAGE_SIGNATURE_WRONG, BANK_PART_WRONG, BANK_PARTS_DIFFER.
 */
export function describePackage(context: HostContext, tokens: Tokens): Result<Output<'bank/getPackage'>> {
  const read = readBoth(context, tokens);
  if (!read.ok) return read;
  const { questions, keys, any } = read.value;
  const known = findPrivateBank(context, any.header.bankId);
  return ok({
    questions: questions === null ? null : headOf(questions),
    keys: keys === null ? null : headOf(keys),
    installed: known === null ? null : { title: known.title, version: known.version, signer: known.signer },
  });
}

/**
 * Installs the questions, then the keys, in one transaction; the files leave the shelf. Failures: those of
 * `describePackage`, `installQuestions` and `installKeys`; INVALID_INPUT when another fingerprint was confirmed.
 * @returns the bank's id
 */
export function installPackage(
  context: HostContext,
  { passphrase, confirmedSigner, ...tokens }: Input<'bank/runInstallation'>,
): Result<string> {
  const read = readBoth(context, tokens);
  if (!read.ok) return read;
  const { questions, keys, any } = read.value;
  if (confirmedSigner !== any.fingerprint) return fail('INVALID_INPUT', { field: '签发者指纹' });
  const installed = context.vault.storage().db.transact((): Result<null> => {
    const first = questions === null ? ok(null) : installQuestions(context, questions.file, passphrase);
    if (!first.ok) return first;
    const second = keys === null ? ok(null) : installKeys(context, keys.file);
    return second.ok ? ok(null) : second;
  });
  if (!installed.ok) return installed;
  for (const token of [tokens.questions, tokens.keys]) if (token !== null) context.files.remove(token);
  return ok(any.header.bankId);
}
