/** Builds window.api from the contract: one function per channel, no events, no ipcRenderer, frozen. */
import { contextBridge, ipcRenderer } from 'electron';
import { channelNames } from '@shared/contract/contract';

const api = Object.fromEntries(
  channelNames.map((name) => [name, (input: unknown): Promise<unknown> => ipcRenderer.invoke(name, input)]),
);

contextBridge.exposeInMainWorld('api', Object.freeze(api));
