/** File dialogs of the desktop: the only place where paths exist, and they stay here. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { ok } from '@shared/domain/result';
import { filePurposes } from '@shared/texts/filePurposes';
import type { Dialogs } from '../backend/context';
import { saveForUser } from '../backend/files/saveForUser';
import { importSizeLimitBytes } from '../backend/host/fileShelf';

export function createDialogs(window: () => BrowserWindow | null): Dialogs {
  return {
    async open(purpose) {
      const parent = window();
      const { name, endings } = filePurposes[purpose];
      const options = {
        properties: ['openFile' as const],
        filters: [{ name, extensions: [...endings] }],
      };
      const choice = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      const path = choice.filePaths[0];
      if (choice.canceled || path === undefined) return null;
      const { size } = await stat(path);
      // An oversized file is not read: its refusal needs the size only, which the guard sees from one byte more.
      const bytes =
        size > importSizeLimitBytes ? Buffer.alloc(importSizeLimitBytes + 1) : await readFile(path);
      return { name: basename(path), bytes };
    },
    async save(file) {
      const parent = window();
      const options = { defaultPath: file.name };
      const choice = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      if (choice.canceled || choice.filePath === '') return ok(false);
      const saved = saveForUser(choice.filePath, file.bytes);
      return saved.ok ? ok(true) : saved;
    },
  };
}
