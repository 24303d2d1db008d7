/**
 * Files the host holds on behalf of a screen. A screen only ever sees an opaque token: paths never cross the
 * contract. Bytes live in memory for the session and are dropped oldest first beyond the limit.
 */
import { randomUUID } from 'node:crypto';
import type { FileToken } from '@shared/domain/ids';
import { fileToken } from '@shared/domain/ids';
import { maximumFileMb } from '../workbooks/fileKind';

export interface ShelvedFile {
  readonly token: FileToken;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Largest file a screen may hand in; the reader refuses anything above it anyway. */
export const importSizeLimitBytes = maximumFileMb * 1024 * 1024;

const shelfLimitBytes = 256 * 1024 * 1024;

export interface FileShelf {
  put(name: string, bytes: Buffer): ShelvedFile;
  get(token: string): ShelvedFile | null;
  /** Lets go of a file that is no longer needed; what was read from it goes with it. */
  remove(token: string): void;
  clear(): void;
}

export function createFileShelf(): FileShelf {
  const files = new Map<string, ShelvedFile>();
  const trim = (): void => {
    let total = [...files.values()].reduce((sum, file) => sum + file.bytes.length, 0);
    for (const [token, file] of files) {
      if (total <= shelfLimitBytes || files.size === 1) return;
      files.delete(token);
      total -= file.bytes.length;
    }
  };
  return {
    put(name, bytes) {
      const file = { token: fileToken.parse(randomUUID()), name, bytes };
      files.set(file.token, file);
      trim();
      return file;
    },
    get: (token) => files.get(token) ?? null,
    remove(token) {
      files.delete(token);
    },
    clear: () => files.clear(),
  };
}
