/**
 * Electron hardening, after the official security list (docs/tutorial/security.md): own `app://` scheme with a
 * strict CSP, everything else refused, no navigation, no new windows, no permissions.
 */
import type { App, Protocol, Session } from 'electron';
import { readBundled, secureHeaders } from '../backend/host/bundle';

export const appScheme = 'app';
export const appHost = 'bundle';
export const appUrl = `${appScheme}://${appHost}/index.html`;

/** Must run before the app is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveBundle(protocol: Protocol, root: string): void {
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url);
    const found = url.hostname === appHost ? await readBundled(root, url.pathname) : null;
    if (found === null) return new Response('', { status: 404, headers: secureHeaders });
    return new Response(new Uint8Array(found.bytes), {
      headers: { ...secureHeaders, 'content-type': found.type },
    });
  });
}

/** Only the bundle itself, and pictures a page made, may be loaded. */
export function closeSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const { protocol } = new URL(details.url);
    callback({ cancel: ![`${appScheme}:`, 'blob:', 'data:', 'devtools:'].includes(protocol) });
  });
}

export function lockNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** A call counts only from the top frame of our own bundle. Origins are not compared: Node prints 'null' for app://. */
export function isOwnFrame(frame: { url: string; parent: unknown } | null): boolean {
  if (frame === null || frame.parent !== null) return false;
  const url = URL.parse(frame.url);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.hostname === appHost &&
    url.port === '' &&
    url.username === ''
  );
}
