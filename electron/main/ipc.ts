/** The only file that touches ipcMain: one handler per channel of the contract, own frames only. */
import { ipcMain } from 'electron';
import { channelNames } from '@shared/contract/contract';
import { fail } from '@shared/domain/result';
import type { Dispatch } from '../backend/dispatch';
import { isOwnFrame } from './security';

export function registerIpc(dispatch: Dispatch): void {
  for (const name of channelNames)
    ipcMain.handle(name, async (event, input: unknown) =>
      isOwnFrame(event.senderFrame) ? dispatch(name, input) : fail('FORBIDDEN', { role: 'frame' }),
    );
}
