/**
 * Browser mode over HTTP on 127.0.0.1: the same handlers as the desktop, one session, one person.
 * The token of this run in the printed URL becomes an HttpOnly cookie; every call needs the cookie, a same-origin
 * request and an exact Host header, so that other pages and rebound names get nothing.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { channelNames } from '@shared/contract/contract';
import { fail } from '@shared/domain/result';
import { readBundled, secureHeaders } from '../backend/host/bundle';
import type { Host } from '../backend/host/createHost';
import { importSizeLimitBytes } from '../backend/host/fileShelf';
import { BodyTooLargeError, readBody } from './readBody';

const jsonLimitBytes = 4 * 1024 * 1024;
/** Cookies do not know ports: two products on one machine must not take each other's. */
const cookieName = (parts: Pick<ServerParts, 'port'>): string => `zhiheng-session-${parts.port}`;

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

interface ServerParts {
  readonly host: Host;
  readonly rendererDir: string;
  readonly entryToken: string;
  readonly sessionToken: string;
  port: number;
}

const sameText = (left: string, right: string): boolean => {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
};

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...secureHeaders, 'content-type': type });
  response.end(body);
}

const sendJson = (response: ServerResponse, status: number, value: unknown): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));

const cookieOf = (request: IncomingMessage, parts: ServerParts): string =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName(parts)}=`))
    ?.slice(cookieName(parts).length + 1) ?? '';

function isOwnRequest(request: IncomingMessage, parts: ServerParts): boolean {
  const expected = `127.0.0.1:${parts.port}`;
  const { origin } = request.headers;
  return (
    request.headers.host === expected &&
    (origin === undefined || origin === `http://${expected}`) &&
    (request.headers['sec-fetch-site'] ?? 'same-origin') !== 'cross-site'
  );
}

/**
 * The printed URL: its token brings the page and the session cookie in one answer. The page takes the token out of
 * the address bar at once; it opens nothing after this run of the program.
 */
async function enter(url: URL, response: ServerResponse, parts: ServerParts): Promise<boolean> {
  const token = url.searchParams.get('token');
  if (url.pathname !== '/' || token === null || !sameText(token, parts.entryToken)) return false;
  response.setHeader(
    'set-cookie',
    `${cookieName(parts)}=${parts.sessionToken}; HttpOnly; SameSite=Strict; Path=/`,
  );
  await page(url, response, parts);
  return true;
}

async function call(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const name = decodeURIComponent(
    new URL(request.url ?? '/', 'http://127.0.0.1').pathname.slice('/call/'.length),
  );
  const known = channelNames.some((channel) => channel === name);
  if (!known || request.headers['content-type'] !== 'application/json') {
    sendJson(response, 400, fail('INVALID_INPUT', { channel: name.slice(0, 60) }));
    return;
  }
  let input: unknown;
  try {
    input = JSON.parse((await readBody(request, jsonLimitBytes)).toString('utf8'));
  } catch {
    sendJson(response, 400, fail('INVALID_INPUT', { channel: name }));
    return;
  }
  sendJson(response, 200, await parts.host.dispatch(name, input));
}

async function upload(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const name = decodeURIComponent(String(request.headers['x-file-name'] ?? 'file')).slice(0, 200);
  try {
    const file = parts.host.context.files.put(name, await readBody(request, importSizeLimitBytes));
    sendJson(response, 200, { ok: true, value: { token: file.token, name, size: file.bytes.length } });
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    const params = { limitMb: Math.floor(importSizeLimitBytes / 2 ** 20) };
    sendJson(response, 413, fail('FILE_TOO_LARGE', params));
  }
}

function download(url: URL, response: ServerResponse, parts: ServerParts): void {
  const file = parts.host.context.files.get(url.pathname.slice('/files/'.length));
  if (file === null) {
    sendJson(response, 404, fail('NOT_FOUND'));
    return;
  }
  response.writeHead(200, {
    ...secureHeaders,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(file.bytes);
}

async function page(url: URL, response: ServerResponse, parts: ServerParts): Promise<void> {
  const found = await readBundled(parts.rendererDir, url.pathname);
  if (found === null) send(response, 404, 'text/plain; charset=utf-8', '没有这个页面');
  else send(response, 200, found.type, found.bytes);
}

const lockedPage =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>知衡</title><p>请使用启动窗口中打印的完整网址打开知衡（网址带有一次性口令）。</p></html>';

/** What a request without the session gets: the page that says where to look, or a plain refusal. */
function turnAway(request: IncomingMessage, url: URL, response: ServerResponse): void {
  if (request.method === 'GET' && url.pathname === '/')
    send(response, 401, 'text/html; charset=utf-8', lockedPage);
  else sendJson(response, 401, fail('FORBIDDEN', { role: 'session' }));
}

const handlesFiles = ({ pathname }: URL): boolean => pathname === '/files' || pathname.startsWith('/files/');

async function post(
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
  parts: ServerParts,
): Promise<void> {
  if (url.pathname.startsWith('/call/')) await call(request, response, parts);
  else if (url.pathname === '/files') await upload(request, response, parts);
  else sendJson(response, 404, fail('NOT_FOUND'));
}

async function get(url: URL, response: ServerResponse, parts: ServerParts): Promise<void> {
  if (url.pathname.startsWith('/files/')) download(url, response, parts);
  else await page(url, response, parts);
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${parts.port}`);
  const { method } = request;
  if (!isOwnRequest(request, parts)) sendJson(response, 403, fail('FORBIDDEN', { role: 'origin' }));
  else if (method === 'GET' && (await enter(url, response, parts))) return;
  else if (!sameText(cookieOf(request, parts), parts.sessionToken)) turnAway(request, url, response);
  else if (handlesFiles(url) && parts.host.context.vault.status().state !== 'ready')
    sendJson(response, 401, fail('STORAGE_LOCKED'));
  else if (method === 'POST') await post(request, url, response, parts);
  else if (method === 'GET') await get(url, response, parts);
  else sendJson(response, 405, fail('INVALID_INPUT', { channel: url.pathname.slice(0, 60) }));
}

/**
 * Starts browser mode.
 * @param port 0 picks a random free port.
 */
export async function startHttpServer(host: Host, rendererDir: string, port: number): Promise<RunningServer> {
  const parts: ServerParts = {
    host,
    rendererDir,
    entryToken: randomBytes(24).toString('base64url'),
    sessionToken: randomBytes(32).toString('base64url'),
    port,
  };
  const server: Server = createServer((request, response) => {
    answer(request, response, parts).catch((error: unknown) => {
      host.context.log.write('http.failed', { name: error instanceof Error ? error.name : 'unknown' });
      if (!response.headersSent) sendJson(response, 500, fail('INTERNAL_ERROR'));
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  parts.port = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${parts.port}/?token=${parts.entryToken}`,
    port: parts.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
