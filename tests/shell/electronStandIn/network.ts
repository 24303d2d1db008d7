/** `protocol` and `session`: what the product lets a page load and use. */
import type { CustomScheme, Protocol, Session } from 'electron';
import { onlyAfterReady, onlyBeforeReady } from './lifecycle';
import { refuseUnknown } from './refuse';
import type { PlainRequest, PlainResponse } from './wire';

type UsedProtocol = Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
type UsedWebRequest = Pick<Session['webRequest'], 'onBeforeRequest'>;
type UsedSession = Pick<Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler'> & {
  readonly webRequest: UsedWebRequest;
};
type BeforeRequest = (
  details: { readonly url: string; readonly method: string },
  callback: (response: { cancel?: boolean }) => void,
) => void;
type PermissionRequest = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

const schemes = new Set<string>();
const schemeHandlers = new Map<string, Parameters<Protocol['handle']>[1]>();
let beforeRequest: BeforeRequest | null = null;
let permissionRequest: PermissionRequest | null = null;
let permissionCheck: PermissionCheck | null = null;

export const privilegedSchemes = (): ReadonlySet<string> => schemes;

export const protocol: UsedProtocol = refuseUnknown<UsedProtocol>('protocol', {
  registerSchemesAsPrivileged(customSchemes: readonly CustomScheme[]) {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of customSchemes)
      if (privileges?.standard === true && privileges.secure === true) schemes.add(scheme);
  },
  handle(scheme, handler) {
    onlyAfterReady('protocol.handle');
    if (schemeHandlers.has(scheme)) throw new Error(`the scheme ${scheme} already has a handler`);
    schemeHandlers.set(scheme, handler);
  },
});

const webRequest = refuseUnknown<UsedWebRequest>('session.webRequest', {
  onBeforeRequest: ((listener: BeforeRequest | null) => {
    beforeRequest = listener;
  }) as unknown as UsedWebRequest['onBeforeRequest'],
});

const defaultSession = refuseUnknown<UsedSession>('session', {
  webRequest,
  setPermissionRequestHandler(handler) {
    permissionRequest = handler;
  },
  setPermissionCheckHandler(handler) {
    permissionCheck = handler;
  },
});

export const session = refuseUnknown('session', {
  get defaultSession(): UsedSession {
    onlyAfterReady('session.defaultSession');
    return defaultSession;
  },
});

const isCancelled = (request: PlainRequest): Promise<boolean> =>
  new Promise((resolve) => {
    if (beforeRequest === null) resolve(false);
    else
      beforeRequest({ url: request.url, method: request.method }, ({ cancel }) => resolve(cancel === true));
  });

export async function answerRequest(request: PlainRequest): Promise<PlainResponse> {
  if (await isCancelled(request)) return { kind: 'cancelled' };
  const handler = schemeHandlers.get(new URL(request.url).protocol.slice(0, -1));
  if (handler === undefined) return { kind: 'network' };
  const body = request.body === null ? null : Buffer.from(request.body);
  const response = await handler(
    new Request(request.url, { method: request.method, headers: request.headers, body }),
  );
  return {
    kind: 'answered',
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** Whether a page would get this permission. Without handlers Electron grants, so does the stand-in. */
export async function mayUse(permission: string): Promise<boolean> {
  const asked = await new Promise<boolean>((resolve) => {
    if (permissionRequest === null) resolve(true);
    else
      (permissionRequest as unknown as (c: null, p: string, done: (is: boolean) => void) => void)(
        null,
        permission,
        resolve,
      );
  });
  const checked =
    permissionCheck === null ||
    (permissionCheck as unknown as (c: null, p: string, o: string) => boolean)(null, permission, '');
  return asked || checked;
}
