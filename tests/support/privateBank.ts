/** A private bank in a test host: folder with a passphrase, an empty bank made on it, items imported with keys. */
import type { BankItem } from '@shared/assessment/bank';
import { jobId } from '@shared/domain/ids';
import { bankInUse } from '@electron/backend/usecases/items/bankSources';
import { importItems } from '@electron/backend/usecases/items/transferItems';
import type { TestHost } from './host';

export const folderPassphrase = '夏天 池塘 蜻蜓 荷叶';
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
              options: options.map((option) => ({ ...option, misconception: `${secretWords.misconception}${index}` })),
            }),
      };
    });
}

export interface SeededBank {
  readonly bankId: string;
  readonly itemIds: readonly string[];
}

/** As 题库管理员: folder passphrase, new bank, keys opened, chosen for work. */
export async function createBank(app: TestHost, title = '市级保密题库'): Promise<string> {
  await app.value('app/updateRole', { role: 'administrator' });
  await app.value('app/updatePassphrase', { current: '', next: folderPassphrase });
  await app.value('app/updateRole', { role: 'itemEditor' });
  const { bankId } = await app.value('bank/create', { title, passphrase: keysPassphrase });
  await openBank(app, bankId);
  await app.value('bank/updateInUse', { bankId });
  return bankId;
}

export const openBank = (app: TestHost, bankId: string, passphrase = keysPassphrase) =>
  app.value('bank/runOpening', { bankId, passphrase, jobId: jobId.parse('open-bank') });
