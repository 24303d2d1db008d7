/** The journal file by itself: order, tampering, withdrawn records, days. */
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal, readAfter } from '@electron/backend/journal/journal';
import type { JournalOptions } from '@electron/backend/journal/journal';
import { generateDataKey } from '@electron/backend/keys/deriveKey';
import { temporaryFolder } from './storageFixture';

const dataKey = generateDataKey();
const on = (directory: string, day = '2026-03-01'): JournalOptions => ({
  directory,
  dataKey,
  clock: () => new Date(`${day}T08:00:00Z`),
});
const textsOf = (options: JournalOptions, after = 0): readonly string[] =>
  readAfter(options, after).entries.map((entry) => entry.text);

function written(texts: readonly string[]): string {
  const directory = temporaryFolder();
  const journal = openJournal(on(directory), 0);
  for (const text of texts) journal.append(text);
  journal.close();
  return directory;
}

const onlyFile = (directory: string): string => join(directory, readdirSync(directory)[0] ?? '');

describe('the journal', () => {
  it('gives back what was written after a number, in order', () => {
    const directory = written(['一', '二', '三']);
    expect(textsOf(on(directory))).toEqual(['一', '二', '三']);
    expect(textsOf(on(directory), 2)).toEqual(['三']);
    expect(readAfter(on(directory), 3)).toMatchObject({
      entries: [],
      damaged: 0,
      lastNumber: 3,
      firstNumber: 1,
    });
  });

  it('is unreadable without the key and holds no readable text', () => {
    const directory = written(['marker-one', 'marker-two']);
    expect(readFileSync(onlyFile(directory)).toString('latin1')).not.toContain('marker');
    const stranger = { ...on(directory), dataKey: generateDataKey() };
    expect(readAfter(stranger, 0)).toMatchObject({ entries: [], damaged: 2 });
  });

  it('reads only the header of a file that is wholly older', () => {
    const directory = written(['a']);
    const old = onlyFile(directory);
    const nextDay = openJournal(on(directory, '2026-03-02'), 1);
    nextDay.append('b');
    nextDay.close();
    truncateSync(old, 3 * 2 ** 30); // sparse; too large to be read whole
    expect(readAfter(on(directory), 1)).toMatchObject({
      entries: [{ text: 'b' }],
      damaged: 0,
      firstNumber: 1,
    });
  });

  it('keeps one file a day and goes on in it after a restart', () => {
    const directory = written(['a']);
    const again = openJournal(on(directory), 1);
    again.append('b');
    again.close();
    const nextDay = openJournal(on(directory, '2026-03-02'), 2);
    nextDay.append('c');
    nextDay.close();
    expect(readdirSync(directory).sort()).toEqual(['iv-20260301-0001.svj', 'iv-20260302-0002.svj']);
    expect(textsOf(on(directory))).toEqual(['a', 'b', 'c']);
  });

  it('takes a record that was not committed out of the history', () => {
    const directory = temporaryFolder();
    const journal = openJournal(on(directory), 0);
    journal.append('kept');
    journal.withdraw(journal.append('withdrawn'));
    journal.append('instead');
    journal.close();
    expect(textsOf(on(directory))).toEqual(['kept', 'instead']);
  });

  it('shows a damaged record and still reads the ones behind it', () => {
    const directory = written(['a', 'b', 'c']);
    const bytes = readFileSync(onlyFile(directory));
    const recordLength = (bytes.length - 32) / 3;
    const inSecond = 32 + recordLength + 17;
    bytes.writeUInt8(bytes.readUInt8(inSecond) ^ 1, inSecond);
    writeFileSync(onlyFile(directory), bytes);
    expect(readAfter(on(directory), 0)).toMatchObject({ damaged: 1, lastNumber: 3 });
    expect(textsOf(on(directory))).toEqual(['a', 'c']);
  });

  it('does not accept records in another order', () => {
    const directory = written(['a', 'b', 'c']);
    const bytes = readFileSync(onlyFile(directory));
    const length = (bytes.length - 32) / 3;
    const part = (index: number): Buffer => bytes.subarray(32 + index * length, 32 + (index + 1) * length);
    writeFileSync(onlyFile(directory), Buffer.concat([bytes.subarray(0, 32), part(1), part(0), part(2)]));
    expect(textsOf(on(directory))).toEqual([]);
  });

  it('ends at a torn record and starts a new file behind it', () => {
    const directory = written(['a', 'b']);
    const bytes = readFileSync(onlyFile(directory));
    writeFileSync(onlyFile(directory), bytes.subarray(0, bytes.length - 5));
    expect(textsOf(on(directory))).toEqual(['a']);
    const journal = openJournal(on(directory), 1);
    journal.append('c');
    journal.close();
    expect(textsOf(on(directory))).toEqual(['a', 'c']);
  });

  it('stores a long text small', () => {
    const long = '公民科学素质'.repeat(50_000);
    const directory = written([long]);
    expect(textsOf(on(directory))).toEqual([long]);
    expect(readFileSync(onlyFile(directory)).length).toBeLessThan(20_000);
  });
});
