/** `dialog` and `Menu`: the test answers, nothing is drawn. */
import type { Dialog, Menu as ElectronMenu, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { refuseUnknown } from './refuse';
import { screen } from './remote';
import type { DialogOptions } from './wire';

type UsedDialog = Pick<Dialog, 'showErrorBox' | 'showOpenDialog' | 'showSaveDialog'>;

/** Both forms of the API: with and without a parent window. Only data crosses the wire. */
function optionsOf(args: readonly unknown[]): DialogOptions {
  const given = (args[1] ?? args[0]) as OpenDialogOptions & SaveDialogOptions;
  const { title, defaultPath, properties, filters } = given;
  return { title, defaultPath, properties, filters };
}

async function showOpenDialog(...args: readonly unknown[]) {
  const path = await screen().chooseToOpen(optionsOf(args));
  return { canceled: path === null, filePaths: path === null ? [] : [path] };
}

async function showSaveDialog(...args: readonly unknown[]) {
  const path = await screen().chooseToSave(optionsOf(args));
  return { canceled: path === null, filePath: path ?? '' };
}

export const dialog: UsedDialog = refuseUnknown<UsedDialog>('dialog', {
  showErrorBox: (title, content) => void screen().showError(title, content),
  showOpenDialog,
  showSaveDialog,
});

export const Menu: Pick<typeof ElectronMenu, 'setApplicationMenu'> = refuseUnknown('Menu', {
  setApplicationMenu: (menu: ElectronMenu | null) => {
    if (menu !== null) throw new Error('the Electron stand-in draws no menu');
  },
});
