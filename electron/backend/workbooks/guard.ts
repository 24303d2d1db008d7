/**
 * Inspects an .xlsx before any Excel library sees it and inflates its parts under hard limits: size, number and
 * ratio of entries, names, macros, external links, embedded objects, DTDs and nesting. Limits: reliability.md
 * §6.5, except the file size, which is 30 MB for answer tables.
 */
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { fail, ok, type Result } from '@shared/domain/result';
import { refuseFile, refuseKind, type RefusalReason } from './refusals';

const megabyte = 1_048_576;
export const guardLimits = {
  entryCount: 500,
  entryBytes: 48 * megabyte,
  totalBytes: 64 * megabyte,
  /** Inflated : compressed, judged only above one megabyte. */
  ratio: 120,
  xmlDepth: 64,
} as const;

const forbiddenParts: readonly (readonly [RegExp, RefusalReason])[] = [
  [/vbaproject|\/macrosheets\/|\/dialogsheets\//, 'macro'],
  [/\/externallinks\//, 'externalLink'],
  [/\/embeddings\/|\/activex\//, 'embeddedObject'],
];

/** Parts the reader needs; pictures, drawings and printer settings stay unread. */
const neededPart = /^(\[content_types\]\.xml|_rels\/|xl\/[^/]+\.xml$|xl\/_rels\/|xl\/worksheets\/)/;

function checkEntry(entry: Entry): Result<null> {
  const name = entry.fileName.toLowerCase();
  const forbidden = forbiddenParts.find(([pattern]) => pattern.test(name));
  if (forbidden) return refuseFile(forbidden[1], entry.fileName);
  if (entry.isEncrypted()) return fail('FILE_PASSWORD_PROTECTED', {});
  if (entry.uncompressedSize > guardLimits.entryBytes) return refuseFile('entrySize', entry.fileName);
  const isDense = entry.uncompressedSize > guardLimits.ratio * Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > megabyte && isDense) return refuseFile('compressionRatio', entry.fileName);
  return ok(null);
}

/** Every entry of the directory after its checks; nothing is inflated yet. */
async function listEntries(zip: ZipFile): Promise<Result<Entry[]>> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const checked = checkEntry(entry);
    if (!checked.ok) return checked;
    total += entry.uncompressedSize;
    if (total > guardLimits.totalBytes) return refuseFile('totalSize', entry.fileName);
    const name = entry.fileName.toLowerCase();
    if (names.has(name)) return refuseFile('duplicateName', entry.fileName);
    names.add(name);
    if (names.size > guardLimits.entryCount) return refuseFile('entryCount', entry.fileName);
    entries.push(entry);
  }
  return ok(entries);
}

/** Reads at most the declared size: yauzl ends the stream with an error as soon as the entry is longer. */
async function inflate(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Whether elements nest deeper than the limit; comments and declarations do not count. */
function isTooDeep(xml: Buffer): boolean {
  let depth = 0;
  for (let at = xml.indexOf(0x3c); at >= 0; at = xml.indexOf(0x3c, at + 1)) {
    const next = xml[at + 1];
    if (next === 0x21 || next === 0x3f) continue;
    if (next === 0x2f) {
      depth -= 1;
      continue;
    }
    const end = xml.indexOf(0x3e, at);
    if (end > 0 && xml[end - 1] !== 0x2f) depth += 1;
    if (depth > guardLimits.xmlDepth) return true;
  }
  return false;
}

function checkXml(xml: Buffer, part: string): Result<null> {
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) return refuseFile('documentType', part);
  return isTooDeep(xml) ? refuseFile('nesting', part) : ok(null);
}

/** Judges the declared workbook part only: writers list the types of parts they might have had as defaults. */
function checkContentTypes(contentTypes: string): Result<null> {
  const overrides = contentTypes.match(/<Override\b[^>]*>/g) ?? [];
  if (overrides.some((override) => /excel\.(sheet|template)\.macroEnabled/.test(override))) {
    return refuseFile('macro', '[Content_Types].xml');
  }
  if (/spreadsheetml\.(sheet|template)\.main\+xml/.test(contentTypes)) return ok(null);
  return refuseKind('package');
}

async function inflateNeeded(zip: ZipFile, entries: readonly Entry[]): Promise<Result<Map<string, Buffer>>> {
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    if (!neededPart.test(entry.fileName.toLowerCase())) continue;
    const content = await inflate(zip, entry);
    const checked = checkXml(content, entry.fileName);
    if (!checked.ok) return checked;
    parts.set(entry.fileName, content);
  }
  return ok(parts);
}

/** yauzl reports every problem as an Error; wrong sizes and bad names are attacks, the rest is damage. */
function failureOf(error: unknown): ReturnType<typeof fail> {
  const message = error instanceof Error ? error.message : '';
  if (/bytes in the stream|size mismatch|more than/i.test(message)) return refuseFile('lyingSize');
  if (/relative path|absolute path|invalid characters/i.test(message)) return refuseFile('entryName');
  return /encrypt/i.test(message) ? fail('FILE_PASSWORD_PROTECTED', {}) : fail('FILE_DAMAGED', {});
}

async function inspect(zip: ZipFile): Promise<Result<Map<string, Buffer>>> {
  const entries = await listEntries(zip);
  if (!entries.ok) return entries;
  const contentTypes = entries.value.find((entry) => entry.fileName === '[Content_Types].xml');
  if (!contentTypes) return refuseKind('package');
  const declared = checkContentTypes(await text(await zip.openReadStreamPromise(contentTypes)));
  return declared.ok ? inflateNeeded(zip, entries.value) : declared;
}

/**
 * Inflated parts of a workbook by name, ready for the parser.
 * Fails with FILE_HOSTILE (param `reason`), FILE_PASSWORD_PROTECTED, FILE_TYPE_NOT_SUPPORTED or FILE_DAMAGED.
 */
export async function openWorkbookParts(bytes: Buffer): Promise<Result<Map<string, Buffer>>> {
  try {
    const zip = await fromBufferPromise(bytes, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    });
    return await inspect(zip);
  } catch (error) {
    return failureOf(error);
  }
}
