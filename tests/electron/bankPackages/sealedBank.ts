/** A private bank for tests: the trial bank's items under other numbers, sealed by an office. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import { sealPackage } from '@electron/backend/bankPackages/sealPackage';
import type { SealRequest, SealedBank } from '@electron/backend/bankPackages/sealPackage';
import { loadTrialBank } from '../../question-banks/trialBank';

export const privateBankId = 'city-2026';
export const passphrases = { questions: '题目口令 春江 花月 夜半', keys: '答案口令 松下 问童 言师' } as const;

/** K-02-ME-001 becomes K-02-ME-P001, so that no number belongs to the public bank too. */
const privateId = (id: string): string => id.replace(/-[A-Z]?(\d{3,4})$/, '-P$1');

/** Numbers -001 and -C001 would become the same; the first keeps it. */
function uniqueItems(items: readonly BankItem[]): readonly BankItem[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => {
    const own = privateId(id);
    if (seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

/** Every secret text has a mark of its own, so that a search for it cannot hit something else. */
export function privateBank(version = '1.0.0'): ItemBank {
  const trial = loadTrialBank();
  return {
    ...trial,
    meta: { ...trial.meta, id: privateBankId, title: '某市保密题库', version, isPublic: false },
    items: uniqueItems(trial.items).map(({ enemies, stimulus, options, ...item }, index) => ({
      ...item,
      id: privateId(item.id),
      rationale: `保密解析${index}：${item.rationale ?? ''}`,
      references: item.references.map(({ ref, fact }) => ({ ref, fact: `保密依据${index}：${fact}` })),
      ...(options === undefined
        ? {}
        : { options: options.map(({ id, text }) => ({ id, text, misconception: `保密误解${index}${id}` })) }),
      ...(enemies === undefined ? {} : { enemies: enemies.map(privateId) }),
      ...(stimulus === undefined ? {} : { stimulus: { ...stimulus, id: `P-${stimulus.id}` } }),
    })),
  };
}

export const newSigningKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

export function sealed(changes: Partial<SealRequest> = {}): SealedBank {
  const result = sealPackage({
    bank: privateBank(),
    blueprints: [],
    targets: null,
    warningReasons: {},
    forms: [],
    records: [],
    scope: 'whole',
    passphrases,
    signingKey: newSigningKey(),
    createdAt: '2026-11-22T08:00:00.000Z',
    ...changes,
  });
  if (!result.ok) throw new Error(`not sealed: ${JSON.stringify(result.failure)}`);
  return result.value;
}
