/**
 * The append-only journal beside the database. Every fact is durable here before the database commits it, so a
 * lost or damaged database loses nothing: `readAfter` gives back what a database does not have yet.
 * Files are `iv-YYYYMMDD-NNNN.svj`; bytes that reached the disk are never changed. After a failed or withdrawn
 * append a new file starts with the same number, which supersedes the record of the older file.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncDirectory, writeFully } from '../files/writeAtomically';
import type { DataKey } from '../keys/deriveKey';
import {
  headerBytes,
  createHeader,
  firstPreviousTag,
  parseHeader,
  readRecords,
  recordKeyOf,
  sealRecord,
} from './record';
import type { FoundRecord, RecordKey } from './record';

export type Clock = () => Date;

export interface JournalOptions {
  readonly directory: string;
  readonly dataKey: DataKey;
  readonly clock: Clock;
}

export interface JournalReading {
  readonly entries: readonly { readonly number: number; readonly text: string }[];
  /** Records and files whose bytes no longer authenticate. */
  readonly damaged: number;
  /** Number of the newest record on disk, 0 for none. */
  readonly lastNumber: number;
  /** Number of the oldest record on disk, null for none. */
  readonly firstNumber: number | null;
}

export interface Journal {
  /** Number the next record will carry. */
  nextNumber(): number;
  /** Writes one record durably (fdatasync) and returns its number; throws the file system's error. */
  append(text: string): number;
  /** The record just appended was not committed: the next one takes its number. */
  withdraw(number: number): void;
  close(): void;
}

interface OpenFile {
  readonly descriptor: number;
  readonly day: string;
  readonly key: RecordKey;
  previousTag: Buffer;
}

const namePattern = /^iv-\d{8}-(\d{4,})\.svj$/;

export const hasJournal = (directory: string): boolean => listFiles(directory).length > 0;

/** Reads every record with a number greater than `after`, oldest first. Files that are wholly older are skipped. */
export function readAfter(options: JournalOptions, after: number): JournalReading {
  const files = listFiles(options.directory).map((file) => ({
    ...file,
    bytes: readFileSync(join(options.directory, file.name)),
  }));
  const headers = files.map((file) => parseHeader(file.bytes));
  const entries: { number: number; text: string }[] = [];
  let damaged = 0;
  let lastNumber = 0;
  files.forEach((file, index) => {
    const header = headers[index] ?? null;
    if (header === null) {
      damaged += file.bytes.length < headerBytes ? 0 : 1;
      return;
    }
    const later = headers.slice(index + 1).flatMap((next) => (next === null ? [] : [next.firstNumber]));
    const end = Math.min(...later, Number.MAX_SAFE_INTEGER);
    if (end - 1 <= after) return;
    for (const record of readRecords(file.bytes, recordKeyOf(header, options.dataKey))) {
      if (record.number >= end) break;
      if (record.number > after && record.text === null) damaged += 1;
      if (record.number > after && record.text !== null) {
        entries.push({ number: record.number, text: record.text });
      }
      lastNumber = Math.max(lastNumber, record.number);
    }
  });
  const firstNumber = headers.find((header) => header !== null)?.firstNumber ?? null;
  return { entries, damaged, lastNumber, firstNumber };
}

/** Opens the journal for writing behind `lastNumber`; goes on in today's file when its end is whole. */
export function openJournal(options: JournalOptions, lastNumber: number): Journal {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  let next = lastNumber + 1;
  let current = reopenToday(options, next);
  const leaveFile = (): void => {
    if (current !== null) closeSync(current.descriptor);
    current = null;
  };
  return {
    nextNumber: () => next,
    append(text) {
      if (current !== null && current.day !== dayOf(options.clock())) leaveFile();
      current ??= createFile(options, next);
      const record = sealRecord(current.key, next, current.previousTag, text);
      try {
        writeFully(current.descriptor, record.bytes);
        fdatasyncSync(current.descriptor);
      } catch (error) {
        leaveFile();
        throw error;
      }
      current.previousTag = record.tag;
      next += 1;
      return next - 1;
    },
    withdraw(number) {
      leaveFile();
      next = number;
    },
    close: leaveFile,
  };
}

/** UTC day of a moment as YYYYMMDD. */
const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10).replaceAll('-', '');

interface ListedFile {
  readonly name: string;
  readonly ordinal: number;
}

function listFiles(directory: string): readonly ListedFile[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .flatMap((name) => {
      const ordinal = namePattern.exec(name)?.[1];
      return ordinal === undefined ? [] : [{ name, ordinal: Number(ordinal) }];
    })
    .sort((a, b) => a.ordinal - b.ordinal);
}

function createFile(options: JournalOptions, firstNumber: number): OpenFile {
  const ordinal = (listFiles(options.directory).at(-1)?.ordinal ?? 0) + 1;
  const day = dayOf(options.clock());
  const header = createHeader(firstNumber);
  const name = `iv-${day}-${String(ordinal).padStart(4, '0')}.svj`;
  const descriptor = openSync(join(options.directory, name), 'ax', 0o600);
  try {
    writeFully(descriptor, header.bytes);
    fdatasyncSync(descriptor);
    syncDirectory(options.directory);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return { descriptor, day, key: recordKeyOf(header, options.dataKey), previousTag: firstPreviousTag() };
}

/** Today's newest file, when it is whole and ends just before `next`; otherwise null. */
function reopenToday(options: JournalOptions, next: number): OpenFile | null {
  const newest = listFiles(options.directory).at(-1);
  const day = dayOf(options.clock());
  if (newest === undefined || !newest.name.startsWith(`iv-${day}-`)) return null;
  const path = join(options.directory, newest.name);
  const bytes = readFileSync(path);
  const header = parseHeader(bytes);
  if (header === null) return null;
  const key = recordKeyOf(header, options.dataKey);
  const { last, end, whole } = lastRecordOf(bytes, key);
  if (!whole || end !== bytes.length) return null;
  if ((last?.number ?? header.firstNumber - 1) !== next - 1) return null;
  return { descriptor: openSync(path, 'a'), day, key, previousTag: last?.tag ?? firstPreviousTag() };
}

function lastRecordOf(bytes: Buffer, key: RecordKey) {
  const records = readRecords(bytes, key);
  let last: FoundRecord | null = null;
  for (let step = records.next(); ; step = records.next()) {
    if (step.done === true) return { last, end: step.value, whole: last === null || last.text !== null };
    last = step.value;
  }
}
