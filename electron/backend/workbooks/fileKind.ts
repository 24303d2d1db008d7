/** What a file is by its first bytes; the name decides only whether plain text may be read as CSV. */
import { fail, ok, type Result } from '@shared/domain/result';
import { refuseKind } from './refusals';

export const maximumFileMb = 30;

const startsWith = (bytes: Buffer, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const zipSignature = [0x50, 0x4b, 0x03, 0x04];
const oleSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Stream name of an encrypted OOXML package inside its OLE container (MS-OFFCRYPTO 2.3.4.4). */
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

const textName = /\.(csv|txt|tsv)$/i;

/** Plain text holds no NUL, except UTF-16, which its byte order mark tells. */
function looksBinary(bytes: Buffer): boolean {
  const hasUtf16Mark = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  return !hasUtf16Mark && bytes.includes(0);
}

/**
 * `xlsx` or `csv`, or why the file cannot be read: empty, larger than 30 MB, password-protected, or a type we do
 * not read (`found` names it, `advice` = `saveAsXlsx`).
 */
export function detectFileKind(bytes: Buffer, fileName: string): Result<'xlsx' | 'csv'> {
  if (bytes.length === 0) return fail('FILE_EMPTY', { fileName });
  const sizeMb = Math.ceil(bytes.length / 1_048_576);
  if (sizeMb > maximumFileMb) return fail('FILE_TOO_LARGE', { fileName, sizeMb, limitMb: maximumFileMb });
  if (startsWith(bytes, zipSignature)) return ok('xlsx');
  if (startsWith(bytes, oleSignature)) {
    if (bytes.includes(encryptedPackage)) return fail('FILE_PASSWORD_PROTECTED', { fileName });
    return refuseKind('xls', fileName);
  }
  if (textName.test(fileName) && !looksBinary(bytes)) return ok('csv');
  return refuseKind('other', fileName);
}
