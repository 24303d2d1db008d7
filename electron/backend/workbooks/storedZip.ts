/**
 * Writes a plain zip of uncompressed entries. The reader hands the Excel library this repacked copy of the
 * parts the guard has inflated itself, so that library and guard can never read two different files.
 */
import { crc32 } from 'node:zlib';

interface Placed {
  readonly header: Buffer;
  readonly name: Buffer;
  readonly offset: number;
}

/** Sizes, checksum and name length shared by the local and the central header (APPNOTE 4.3.7, 4.3.12). */
function commonFields(content: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0); // version needed: 2.0
  fields.writeUInt16LE(0x0800, 2); // names are UTF-8
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralHeader(entry: Placed): Buffer {
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x02014b50, 0);
  start.writeUInt16LE(20, 4);
  const end = Buffer.alloc(14);
  end.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([start, entry.header, end, entry.name]);
}

/** @param entries content by entry name; names and contents are trusted. */
export function packStored(entries: ReadonlyMap<string, Buffer>): Buffer {
  const chunks: Buffer[] = [];
  const placed: Placed[] = [];
  let offset = 0;
  for (const [entryName, content] of entries) {
    const name = Buffer.from(entryName, 'utf8');
    const header = commonFields(content, name);
    placed.push({ header, name, offset });
    chunks.push(Buffer.from('PK\u0003\u0004', 'latin1'), header, name, content);
    offset += 4 + header.length + name.length + content.length;
  }
  const directory = Buffer.concat(placed.map(centralHeader));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(placed.length, 8);
  end.writeUInt16LE(placed.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, directory, end]);
}
