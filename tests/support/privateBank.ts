/** A private bank in a test host: a folder with a passphrase, and a sealed bank installed in it. */
import { createPrivateKey } from 'node:crypto';
import type { BankItem } from '@shared/assessment/bank';
import { jobId } from '@shared/domain/ids';
import { sealPackage } from '@electron/backend/bankPackages/sealPackage';
import type { SealedBank } from '@electron/backend/bankPackages/sealPackage';
import { generateSigningKey } from '@electron/backend/federation/signingKey';
import type { TestHost } from './host';

export const folderPassphrase = '夏天 池塘 蜻蜓 荷叶青青';
export const questionsPassphrase = '春天 河岸 柳树 燕子';
export const keysPassphrase = '冬天 山谷 雪松 木屋';

/** Words that stand in secrets only: where one of them turns up, something leaked. */
export const secretWords = { rationale: '机密解析', misconception: '机密误解', fact: '机密事实' } as const;

/** Private copies of shipped items: own numbers, secrets with words nothing else holds. */
export function secretItems(app: TestHost, count: number): readonly BankItem[] {
  const { items } = app.host.context.registry.bank;
  return items
    .filter(({ type, stimulus }) => type === 'single' && stimulus === undefined)
    .slice(0, count)
    .map((item, index): BankItem => {
      const [dimension, benchmark, area] = item.id.split('-');
      const { options, ...rest } = item;
      return {
        ...rest,
        id: `${dimension}-${benchmark}-${area}-Z${String(index + 1).padStart(3, '0')}`,
        stem: `${item.stem.replace(/？$/u, '')}（第 ${index + 1} 号）？`,
        rationale: `${secretWords.rationale}${index}`,
        references: item.references.map(({ ref }) => ({ ref, fact: `${secretWords.fact}${index}` })),
        enemies: [],
        ...(options === undefined
          ? {}
          : {
              options: options.map((option) => ({
                ...option,
                misconception: `${secretWords.misconception}${index}`,
              })),
            }),
      };
    });
}

const bankMeta = {
  id: 'city-2026',
  title: '市级保密题库',
  version: '1.0.0',
  licence: 'private',
  source: '测试',
  isPublic: false,
  statusNote: '测试用',
  files: { items: ['items.json'], refs: ['refs.json'] },
};

/** The two files of a private bank with these items, signed by a key of its own. */
export function sealedFiles(
  app: TestHost,
  items: readonly BankItem[],
  meta: Partial<typeof bankMeta> = {},
): SealedBank {
  const { registry } = app.host.context;
  const sealed = sealPackage({
    bank: { meta: { ...bankMeta, ...meta }, items, references: registry.bank.references },
    blueprints: registry.blueprints.map((blueprint) => ({ ...blueprint, bankId: meta.id ?? bankMeta.id })),
    targets: null,
    warningReasons: {},
    forms: [],
    records: [],
    scope: 'whole',
    passphrases: { questions: questionsPassphrase, keys: keysPassphrase },
    signingKey: createPrivateKey(generateSigningKey()),
    createdAt: '2025-10-01T00:00:00.000Z',
  });
  if (!sealed.ok) throw new Error(JSON.stringify(sealed.failure));
  return sealed.value;
}

/** Gives the folder a passphrase and leaves 题库管理员 at work. */
export async function protectFolder(app: TestHost): Promise<void> {
  await app.value('app/updateRole', { role: 'administrator' });
  await app.value('app/updatePassphrase', { current: '', next: folderPassphrase });
  await app.value('app/updateRole', { role: 'itemEditor' });
}

/** Installs both files and works on the bank from then on; its keys stay closed. Resolves with the bank's id. */
export async function installBank(app: TestHost, sealed: SealedBank): Promise<string> {
  const { files } = app.host.context;
  const { bankId } = await app.value('bank/runInstallation', {
    questions: files.put('题目.zhbank', sealed.questions).token,
    keys: files.put('答案.zhkeys', sealed.keys).token,
    passphrase: questionsPassphrase,
    confirmedSigner: sealed.fingerprint,
  });
  await app.value('bank/updateInUse', { bankId });
  return bankId;
}

export const openBank = (app: TestHost, bankId: string, passphrase = keysPassphrase) =>
  app.call('bank/runOpening', { bankId, passphrase, jobId: jobId.parse('open-bank') });
