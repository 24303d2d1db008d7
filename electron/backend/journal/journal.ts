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
  readSync,
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
import type { FoundRecord, JournalHeader, RecordKey } from './record';

export type Clock = () => Date;

export interface JournalOptions {
  readonly directory: string;
  readonly dataKey: DataKey;
  readonly clock: Clock;
}

export interface JournalText {
  readonly number: number;
  readonly text: string;
}

export interface JournalReading {
  readonly entries: readonly JournalText[];
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

/** Reads every record with a number greater than `after`, oldest first. Of files that are wholly older only the header is read. */
export function readAfter(options: JournalOptions, after: number): JournalReading {
  const paths = listFiles(options.directory).map(({ name }) => join(options.directory, name));
  const heads = paths.map(readHead);
  const headers = heads.map(parseHeader);
  const unreadable = heads.filter((bytes, index) => headers[index] === null && bytes.length === headerBytes);
  const reading = { entries: [] as JournalText[], damaged: unreadable.length, lastNumber: 0 };
  paths.forEach((path, index) => {
    const header = headers[index] ?? null;
    const end = endOfFile(headers.slice(index + 1));
    if (header === null || end - 1 <= after) return;
    for (const record of readRecords(readFileSync(path), recordKeyOf(header, options.dataKey))) {
      if (record.number >= end) break;
      reading.lastNumber = Math.max(reading.lastNumber, record.number);
      if (record.number <= after) continue;
      if (record.text === null) reading.damaged += 1;
      else reading.entries.push({ number: record.number, text: record.text });
    }
  });
  const firstNumber = headers.find((header) => header !== null)?.firstNumber ?? null;
  return { ...reading, firstNumber };
}

/** The header's bytes, fewer when the file is shorter: files of past months are not read any further. */
function readHead(path: string): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  const descriptor = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, headerBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** First number that belongs to a later file: that file supersedes equal numbers of this one. */
const endOfFile = (later: readonly (JournalHeader | null)[]): number =>
  Math.min(
    ...later.flatMap((header) => (header === null ? [] : [header.firstNumber])),
    Number.MAX_SAFE_INTEGER,
  );

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
  const previousTag = tagBefore(next, bytes, key);
  return previousTag === null ? null : { descriptor: openSync(path, 'a'), day, key, previousTag };
}

/** Tag the record `next` must follow; null when the file does not end, whole, just before it. */
function tagBefore(next: number, bytes: Buffer, key: RecordKey): Buffer | null {
  const records = readRecords(bytes, key);
  let last: FoundRecord = { number: key.header.firstNumber - 1, text: '', tag: firstPreviousTag() };
  for (let step = records.next(); ; step = records.next()) {
    if (step.done !== true) {
      last = step.value;
      continue;
    }
    const isWhole = step.value === bytes.length && last.text !== null;
    return isWhole && last.number === next - 1 ? last.tag : null;
  }
}
