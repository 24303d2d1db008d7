/** Fixtures of the assessment tests: the 18 worked samples of question-bank-spec §6.3, and the instruments. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mergeDefaults } from '@shared/assessment/bank';
import { parseInstrument } from '@shared/assessment/instrument';
import type { Instrument } from '@shared/assessment/instrument';
import type { Form } from '@shared/assessment/form';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

export const readJson = (path: string): unknown => JSON.parse(readFileSync(`${repository}${path}`, 'utf8'));

interface SampleFile {
  readonly refs: Record<string, unknown>;
  readonly defaults: Record<string, unknown>;
  readonly items: readonly Record<string, unknown>[];
}

export const sampleFile = readJson('tests/fixtures/bank/spec-samples.json') as SampleFile;

/** One sample with its defaults merged and some fields replaced. */
export function sampleItem(id: string, changes: Record<string, unknown> = {}): unknown {
  const found = sampleFile.items.find((item) => item['id'] === id);
  if (found === undefined) throw new Error(`no sample ${id}`);
  return mergeDefaults(sampleFile.defaults, { ...found, ...changes });
}

export const sampleBankJson = {
  id: 'spec-samples',
  title: '样例',
  version: '1.0.0',
  licence: 'test',
  source: 'question-bank-spec §6.3',
  isPublic: true,
  statusNote: '示例题',
  files: { items: ['samples.json'], refs: ['samples.json'] },
};

export function loadInstrument(id: string): Instrument {
  const parsed = parseInstrument(readJson(`seeds/instruments/${id}.json`));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

/** A form over the given item ids, in order, without blocks. */
export function formOf(instrumentId: string, itemIds: readonly string[]): Form {
  return {
    id: 'form-test',
    blueprintId: 'test',
    blueprintVersion: '1.0.0',
    bankId: 'test',
    bankVersion: '1.0.0',
    instrumentId,
    seed: 1,
    entries: itemIds.map((itemId, index) => ({
      itemId,
      itemVersion: '1.0.0',
      position: index + 1,
      blockId: null,
    })),
    contentHash: 'test-hash',
  };
}
