/** The only file that reaches a host: window.api on the desktop, HTTP in browser mode. */
import type { CallInput, ChannelName, Output } from '@shared/contract/contract';
import type { Reply } from '@shared/contract/channel';
import type { FileHandle } from '@shared/contract/areas/app';
import type { FileToken } from '@shared/domain/ids';
import { fail } from '@shared/domain/result';
import { filePurposes } from '@shared/texts/filePurposes';
import type { FilePurpose } from '@shared/texts/filePurposes';

async function post<C extends ChannelName>(name: C, input: CallInput<C>): Promise<Reply<Output<C>>> {
  try {
    const response = await fetch(`/call/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Reply<Output<C>>;
  } catch {
    return fail('HOST_UNREACHABLE');
  }
}

const desktop = window.api;

/** Calls one channel of the contract. Never throws: trouble is a failure value with a Chinese text. */
export function call<C extends ChannelName>(name: C, input: CallInput<C>): Promise<Reply<Output<C>>> {
  if (desktop === undefined) return post(name, input);
  const send = desktop[name] as (value: CallInput<C>) => Promise<Reply<Output<C>>>;
  return send(input).catch(() => fail('HOST_UNREACHABLE'));
}

async function upload(file: File): Promise<Reply<FileHandle>> {
  try {
    const response = await fetch('/files', {
      method: 'POST',
      headers: { 'x-file-name': encodeURIComponent(file.name) },
      body: file,
    });
    return (await response.json()) as Reply<FileHandle>;
  } catch {
    return fail('HOST_UNREACHABLE');
  }
}

function chooseInBrowser(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** Lets the person choose a file; null when they changed their mind. */
export async function pickFile(purpose: FilePurpose): Promise<Reply<FileHandle | null>> {
  if (desktop !== undefined) return call('file/runOpenDialog', { purpose });
  const endings = filePurposes[purpose].endings.map((ending) => `.${ending}`);
  const file = await chooseInBrowser(endings.join(','));
  return file === null ? { ok: true, value: null } : upload(file);
}

/** A file dropped on the page. The desktop takes it the same way: bytes, never a path. */
export const uploadDropped = upload;

/** Whether dropping files works here: the desktop window has no upload route. */
export const canDrop = desktop === undefined;

/** Hands a finished file to the person: save dialog on the desktop, download in the browser. */
export async function saveFile(token: FileToken, fileName: string): Promise<Reply<{ saved: boolean }>> {
  if (desktop !== undefined) return call('file/runSaveDialog', { token });
  const link = document.createElement('a');
  link.href = `/files/${encodeURIComponent(token)}`;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  return { ok: true, value: { saved: true } };
}
