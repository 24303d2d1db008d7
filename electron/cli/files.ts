/** Files of the command line: read with a size limit, written whole or not at all, never over another by accident. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { errorCodeOf, fileFailure } from '../backend/files/fileFailure';
import { writeAtomically } from '../backend/files/writeAtomically';
import { maximumFileMb } from '../backend/workbooks/fileKind';
import { fail } from '@shared/domain/result';
import type { Step } from './outcome';
import { refuse, refusedBy, step } from './outcome';

const bytesPerMb = 1_048_576;
const settingsLimitMb = 1;

function readLimited(path: string, limitMb: number): Step<Buffer> {
  try {
    const { size } = statSync(path);
    if (size > limitMb * bytesPerMb) {
      const sizeMb = Math.ceil(size / bytesPerMb);
      return refusedBy(fail('FILE_TOO_LARGE', { fileName: basename(path), sizeMb, limitMb }).failure);
    }
    return step(readFileSync(path));
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === '') throw error;
    return refuse(code === 'ENOENT' ? 'INPUT_NOT_FOUND' : 'INPUT_NOT_READABLE', { file: path });
  }
}

/** Bytes of a table. Refused with INPUT_NOT_FOUND, INPUT_NOT_READABLE or FILE_TOO_LARGE (30 MB). */
export const readTableFile = (path: string): Step<Buffer> => readLimited(path, maximumFileMb);

/** A JSON value; null when the text is no JSON. Refused as `readTableFile`, with a limit of 1 MB. */
export function readJsonFile(path: string): Step<unknown> {
  const bytes = readLimited(path, settingsLimitMb);
  if (!bytes.ok) return bytes;
  try {
    return step(JSON.parse(bytes.value.toString('utf8').replace(/^\uFEFF/, '')) as unknown);
  } catch {
    return step(null);
  }
}

export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Readable by its owner only, e.g. a key. */
  readonly isSecret?: boolean;
}

/** Refuses early, before long work, what could not be written at its end. */
export function requireWritable(paths: readonly string[], force: boolean): Step<null> {
  for (const path of paths.map((each) => resolve(each))) {
    if (!existsSync(path)) continue;
    const isFile = statSync(path).isFile();
    if (!force || !isFile) return refuse(isFile ? 'OUTPUT_EXISTS' : 'OUTPUT_NOT_WRITABLE', { file: path });
  }
  return step(null);
}

/** Files are readable by the user's group and others as far as the umask allows. */
const plainFileMode = 0o666;
const secretFileMode = 0o600;

/** Writes all files or none: what was new is taken back when a later one fails. */
export function writeOutputs(files: readonly OutputFile[], force: boolean): Step<readonly string[]> {
  const writable = requireWritable(
    files.map(({ path }) => path),
    force,
  );
  if (!writable.ok) return writable;
  const fresh: string[] = [];
  for (const file of files) {
    const path = resolve(file.path);
    const isNew = !existsSync(path);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeAtomically(path, file.bytes, { mode: file.isSecret === true ? secretFileMode : plainFileMode });
    } catch (error) {
      if (errorCodeOf(error) === '') throw error;
      for (const each of [...fresh, `${path}.part`]) rmSync(each, { force: true });
      return fileFailure(error)?.code === 'DISK_FULL'
        ? refusedBy(fail('DISK_FULL').failure)
        : refuse('OUTPUT_NOT_WRITABLE', { file: path });
    }
    if (isNew) fresh.push(path);
  }
  return step(files.map(({ path }) => resolve(path)));
}
