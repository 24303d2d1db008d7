/** The repository's trial bank and its blueprints, read from disk as a host reads them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bankSchema, parseBank } from '@shared/assessment/bank';
import type { BankFile, ItemBank } from '@shared/assessment/bank';
import { parseBlueprint } from '@shared/assessment/blueprint';
import type { Blueprint } from '@shared/assessment/blueprint';

const folder = fileURLToPath(new URL('../../question-banks/', import.meta.url));

export const readBankJson = (path: string, bankId = 'trial-2026'): unknown =>
  JSON.parse(readFileSync(`${folder}${bankId}/${path}`, 'utf8'));

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function loadBank(bankId: string): ItemBank {
  const meta = readBankJson('bank.json', bankId);
  const { files } = bankSchema.parse(meta);
  const read = (below: string) => (name: string): BankFile => ({
    name,
    content: readBankJson(`${below}/${name}`, bankId),
  });
  const parsed = parseBank(meta, files.items.map(read('items')), files.refs.map(read('refs')));
  if (!parsed.ok) throw new Error(String(parsed.failure.params['where']));
  return parsed.value;
}

export const loadTrialBank = (): ItemBank => loadBank('trial-2026');

export function loadBlueprint(id: string): Blueprint {
  const parsed = parseBlueprint(readBankJson(`blueprints/${id}.json`));
  if (!parsed.ok) throw new Error(String(parsed.failure.params['where']));
  return parsed.value;
}
