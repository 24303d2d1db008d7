/** Opens a bank package: size, magic, header, signature, passphrase, decryption, inflation with a limit, schema. */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { bankPartLabels } from '@shared/texts/bankPackageTexts';
import type { DataKey } from '../keys/deriveKey';
import { isConsistent, keysContent, questionsContent } from './content';
import type { KeysContent, QuestionsContent } from './content';
import { bankPackageFormat, bankPackageHeader, bankPackageVersion } from './header';
import type { BankPackageHeader } from './header';
import { contentOf, readSealedFile, unwrapKey } from './sealedFile';
import type { SealedFile } from './sealedFile';

/** A bank package whose signature is right; its content is still sealed. */
export type BankPackage = SealedFile<BankPackageHeader>;

const bankFormat = { format: bankPackageFormat, version: bankPackageVersion, header: bankPackageHeader };

/** Fails as `readSealedFile` does. */
export const readPackage = (file: string, bytes: Buffer): Result<BankPackage> =>
  readSealedFile(file, bytes, bankFormat);

/** Refuses the other part. Fails with BANK_PART_WRONG {file, found, wanted}. */
export function requirePart(opened: BankPackage, wanted: BankPackageHeader['part']): Result<null> {
  const { part } = opened.header;
  if (part === wanted) return ok(null);
  return fail('BANK_PART_WRONG', {
    file: opened.file,
    found: bankPartLabels[part],
    wanted: bankPartLabels[wanted],
  });
}

const partOf = (opened: BankPackage, key: DataKey): Result<unknown> =>
  contentOf(opened, key, opened.header.contents[opened.header.part]);

const fits = (header: BankPackageHeader, content: QuestionsContent): boolean =>
  content.meta.id === header.bankId &&
  content.meta.version === header.bankVersion &&
  content.items.length === header.itemCount &&
  content.forms.length === header.formCount &&
  isConsistent(content);

/** Content of a questions file. Fails with BANK_PART_WRONG, WRONG_PASSPHRASE or PACKAGE_DAMAGED {file}. */
export function openQuestions(opened: BankPackage, passphrase: string): Result<QuestionsContent> {
  const part = requirePart(opened, 'questions');
  if (!part.ok) return part;
  const key = unwrapKey(opened, passphrase);
  if (!key.ok) return key;
  const json = partOf(opened, key.value);
  key.value.fill(0);
  if (!json.ok) return json;
  const content = questionsContent.safeParse(json.value);
  return content.success && fits(opened.header, content.data)
    ? ok(content.data)
    : fail('PACKAGE_DAMAGED', { file: opened.file });
}

/** Content of a keys file and its key. Fails with BANK_PART_WRONG, WRONG_PASSPHRASE or PACKAGE_DAMAGED {file}. */
export function openKeys(
  opened: BankPackage,
  passphrase: string,
): Result<{ readonly content: KeysContent; readonly key: DataKey }> {
  const part = requirePart(opened, 'keys');
  if (!part.ok) return part;
  const key = unwrapKey(opened, passphrase);
  if (!key.ok) return key;
  const json = partOf(opened, key.value);
  const content = json.ok ? keysContent.safeParse(json.value) : null;
  return content?.success === true
    ? ok({ content: content.data, key: key.value })
    : fail('PACKAGE_DAMAGED', { file: opened.file });
}
