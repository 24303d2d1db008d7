/**
 * Bytes of a journal file. Header (32): magic 8, file id 16, number of the first record 8. Record: length of
 * the sealed text 4, nonce 12, sealed text, tag 16. Each record authenticates the header, its own number and the
 * tag before it, so records cannot be swapped, dropped in the middle or moved to another file unseen.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { deriveKey } from '../keys/deriveKey';
import type { DataKey } from '../keys/deriveKey';

const magic = Buffer.from('ZHJRNL1\n', 'latin1');
export const headerBytes = 32;
const lengthBytes = 4;
const nonceBytes = 12;
export const tagBytes = 16;
export const recordOverhead = lengthBytes + nonceBytes + tagBytes;
/** Above this a text is deflated first: single answers stay below it, imported batches shrink tenfold. */
const deflateFromBytes = 16 * 1024;
const storedPlain = 0;
const storedDeflated = 1;

export interface JournalHeader {
  readonly bytes: Buffer;
  readonly firstNumber: number;
}

export interface RecordKey {
  readonly header: JournalHeader;
  readonly key: Buffer;
}

/** One record found in a file; `text` is null when its bytes are damaged. */
export interface FoundRecord {
  readonly number: number;
  readonly text: string | null;
  readonly tag: Buffer;
}

export function createHeader(firstNumber: number): JournalHeader {
  const bytes = Buffer.concat([magic, randomBytes(16), Buffer.alloc(8)]);
  bytes.writeBigUInt64BE(BigInt(firstNumber), magic.length + 16);
  return { bytes, firstNumber };
}

/** Header of a journal file, null when these bytes are none. */
export function parseHeader(file: Buffer): JournalHeader | null {
  if (file.length < headerBytes || !file.subarray(0, magic.length).equals(magic)) return null;
  const bytes = Buffer.from(file.subarray(0, headerBytes));
  return { bytes, firstNumber: Number(bytes.readBigUInt64BE(magic.length + 16)) };
}

export function recordKeyOf(header: JournalHeader, dataKey: DataKey): RecordKey {
  return {
    header,
    key: deriveKey(dataKey, 'journal', header.bytes.subarray(magic.length, magic.length + 16)),
  };
}

export const firstPreviousTag = (): Buffer => Buffer.alloc(tagBytes);

/** Seals a text as the record `number` that follows the record with `previousTag`. */
export function sealRecord(
  key: RecordKey,
  number: number,
  previousTag: Buffer,
  text: string,
): { readonly bytes: Buffer; readonly tag: Buffer } {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce).setAAD(
    contextOf(key.header, number, previousTag),
  );
  const sealed = Buffer.concat([cipher.update(pack(text)), cipher.final()]);
  const tag = cipher.getAuthTag();
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(sealed.length);
  return { bytes: Buffer.concat([length, nonce, sealed, tag]), tag };
}

/**
 * Records of a file in order. A damaged record is yielded without text and reading goes on behind it; a record
 * cut off by the end of the file ends the reading. Returns the offset behind the last whole record.
 */
export function* readRecords(file: Buffer, key: RecordKey): Generator<FoundRecord, number> {
  let offset = headerBytes;
  let number = key.header.firstNumber;
  let previousTag = firstPreviousTag();
  while (offset + recordOverhead <= file.length) {
    const end = offset + recordOverhead + file.readUInt32BE(offset);
    if (end > file.length) break;
    const tag = Buffer.from(file.subarray(end - tagBytes, end));
    const text = openRecord(
      key,
      file.subarray(offset + lengthBytes, end),
      contextOf(key.header, number, previousTag),
    );
    yield { number, text, tag };
    previousTag = tag;
    number += 1;
    offset = end;
  }
  return offset;
}

function openRecord(key: RecordKey, body: Buffer, context: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key.key, body.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(context)
    .setAuthTag(body.subarray(body.length - tagBytes));
  const packed = decipher.update(body.subarray(nonceBytes, body.length - tagBytes));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return unpack(packed);
}

function contextOf(header: JournalHeader, number: number, previousTag: Buffer): Buffer {
  const numberBytes = Buffer.alloc(8);
  numberBytes.writeBigUInt64BE(BigInt(number));
  return Buffer.concat([header.bytes, numberBytes, previousTag]);
}

function pack(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length < deflateFromBytes
    ? Buffer.concat([Buffer.of(storedPlain), bytes])
    : Buffer.concat([Buffer.of(storedDeflated), deflateRawSync(bytes, { level: 1 })]);
}

function unpack(packed: Buffer): string {
  const body = packed.subarray(1);
  return (packed[0] === storedDeflated ? inflateRawSync(body) : body).toString('utf8');
}
