/** 封存导出: the two files of a bank on the shelf, named so that nobody takes one for the other. */
import type { Input, Output } from '@shared/contract/contract';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import { sealInstalledBank } from '../../bankPackages/sealInstalled';
import type { HostContext } from '../../context';
import { findBankSource } from '../items/bankSources';

/** Characters no file system minds. */
const forFileName = (title: string): string => title.replace(/[\\/:*?"<>|\s]+/gu, '-').slice(0, 60);

/** Failures: those of `sealInstalledBank`. */
export function sealFiles(
  context: HostContext,
  { bankId, formIds, passphrases }: Input<'bank/createFiles'>,
): Result<Output<'bank/createFiles'>> {
  const what = formIds === null ? 'whole' : { formIds };
  const sealed = sealInstalledBank(context, bankId, { what, passphrases });
  if (!sealed.ok) return sealed;
  const { questions, keys, itemCount, formCount, fingerprint } = sealed.value;
  const title = findBankSource(context, bankId)?.read().bank.meta.title ?? bankId;
  const day = context.clock().toISOString().slice(0, 10);
  const put = (bytes: Buffer, ending: string) => {
    const { token, name } = context.files.put(`${forFileName(title)}-${day}-${ending}`, bytes);
    return { token, fileName: name, size: bytes.length };
  };
  return ok({
    questions: put(questions, '题目.zhbank'),
    keys: put(keys, '答案.zhkeys'),
    itemCount,
    formCount,
    signer: fingerprint,
  });
}
