/** A private bank in a test host: a folder with a passphrase, and a sealed bank installed in it. */
import { jobId } from '@shared/domain/ids';
import type { SealedBank } from '@electron/backend/bankPackages/sealPackage';
import { passphrases, privateBank, sealed } from '../electron/bankPackages/sealedBank';
import type { TestHost } from './host';

export const folderPassphrase = '夏天 池塘 蜻蜓 荷叶青青';

/** Stand in secrets only: where one of them turns up, something leaked. */
export const secretWords = ['保密解析', '保密依据', '保密误解'] as const;

/** The two files of a private bank of so many items, without shared materials. */
export function sealedFiles(count: number): SealedBank {
  const bank = privateBank();
  const items = bank.items.filter(({ stimulus, options }) => stimulus === undefined && options !== undefined);
  return sealed({
    bank: { ...bank, items: items.slice(0, count).map((item) => ({ ...item, enemies: [] })) },
  });
}

/** Gives the folder a passphrase and leaves 题库管理员 at work. */
export async function protectFolder(app: TestHost): Promise<void> {
  await app.value('app/updateRole', { role: 'administrator' });
  await app.value('app/updatePassphrase', { current: '', next: folderPassphrase });
  await app.value('app/updateRole', { role: 'itemEditor' });
}

/** Installs both files and works on the bank from then on; its keys stay closed. Resolves with the bank's id. */
export async function installBank(app: TestHost, files: SealedBank): Promise<string> {
  const { files: shelf } = app.host.context;
  const { bankId } = await app.value('bank/runInstallation', {
    questions: shelf.put('题目.zhbank', files.questions).token,
    keys: shelf.put('答案.zhkeys', files.keys).token,
    passphrase: passphrases.questions,
    confirmedSigner: files.fingerprint,
  });
  await app.value('bank/updateInUse', { bankId });
  return bankId;
}

export const openBank = (app: TestHost, bankId: string, passphrase: string = passphrases.keys) =>
  app.call('bank/runOpening', { bankId, passphrase, jobId: jobId.parse('open-bank') });
