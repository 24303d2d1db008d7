/** The HTTP door of browser mode, spoken to directly: token, cookie, host, origin, paths, sizes. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerProcess } from '../support/e2e/browserHost';
import { startServer } from '../support/e2e/browserHost';
import { freshDataDir } from '../support/e2e/dataDir';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let server: ServerProcess;
let cookie = '';
let port = 0;

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Raw request: the path goes out exactly as written, which `fetch` would tidy up. */
function send({ path, method = 'GET', headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const call = (name: string, headers: Readonly<Record<string, string>>, body = '{}'): Promise<Answer> =>
  send({ path: `/call/${encodeURIComponent(name)}`, method: 'POST', headers: { ...json, ...headers }, body });

beforeAll(async () => {
  server = await startServer(freshDataDir());
  const { port: printed, search } = new URL(server.url);
  port = Number(printed);
  const entered = await send({ path: `/${search}` });
  cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
});
afterAll(() => server.end('SIGTERM'));

describe('the door of browser mode', () => {
  it('gives the cookie for the printed token only, unreadable for scripts and for this site alone', async () => {
    const entered = await send({ path: new URL(server.url).pathname + new URL(server.url).search });
    expect(entered.status).toBe(200);
    expect(entered.body).toContain('<title>知衡</title>');
    expect(String(entered.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    const wrong = await send({ path: '/?token=guess' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('answers a call with the cookie', async () => {
    expect(JSON.parse((await call('app/getStatus', { cookie })).body)).toMatchObject({ ok: true });
  });

  it.each([
    ['no cookie', {}],
    ['a wrong cookie', { cookie: 'zhiheng-session=wrong' }],
    ['the entry token as cookie', { cookie: 'zhiheng-session=' }],
  ])('refuses %s with 401', async (_what, headers: Readonly<Record<string, string>>) => {
    const answer = await call('survey/list', headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('FORBIDDEN');
    expect((await send({ path: '/index.html', headers })).status).toBe(401);
  });

  it.each([
    ['another host name', { host: 'zhiheng.example:80' }],
    ['localhost, which another page may rebind', { host: 'localhost' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['a null origin', { origin: 'null' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s with 403 even with the cookie', async (_what, headers) => {
    const own = { ...headers } as Readonly<Record<string, string>>;
    expect((await call('app/getStatus', { cookie, ...own })).status).toBe(403);
    expect((await send({ path: '/', headers: { cookie, ...own } })).status).toBe(403);
  });

  it('takes no form posts: only JSON, which another site cannot send without asking first', async () => {
    const answer = await send({
      path: '/call/app%2FgetStatus',
      method: 'POST',
      headers: { cookie, 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(answer.status).toBe(400);
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/../../main/server.js',
    '/..\\..\\package.json',
    '//etc/passwd',
    '/index.html%00.js',
    '/files/../../../etc/passwd',
    '/%E0%A4%A',
  ])('serves nothing outside the bundle: %s', async (path) => {
    const answer = await send({ path, headers: { cookie } });
    expect([400, 404, 500]).toContain(answer.status);
    expect(answer.body).not.toMatch(/"name":|root:|import |at \w+ \(/);
  });

  it.each(['', 'no/such', '__proto__', 'constructor', '%00'])(
    'an unknown channel "%s" is a failure value',
    async (name) => {
      const answer = await call(name, { cookie });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT' } });
    },
  );

  it.each(['', 'not json', '{"a":', '[]'])('a body that is %j is a failure value', async (body) => {
    expect(JSON.parse((await call('survey/get', { cookie }, body)).body)).toMatchObject({
      ok: false,
      failure: { code: 'INVALID_INPUT' },
    });
  });

  it('a body of 5 MB is refused and the server goes on', async () => {
    const answer = await call(
      'survey/get',
      { cookie },
      JSON.stringify({ surveyId: 'x'.repeat(5 * 2 ** 20) }),
    );
    expect(answer.status).toBe(400);
    expect((await call('app/getStatus', { cookie })).status).toBe(200);
  });

  it('every answer carries the strict policy and may not be stored', async () => {
    for (const answer of [
      await send({ path: '/', headers: { cookie } }),
      await call('plan/list', { cookie }),
    ]) {
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
      expect(answer.headers['content-security-policy']).not.toMatch(
        /unsafe-eval|script-src[^;]*unsafe-inline/,
      );
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('other methods are refused', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await send({ path: '/', method, headers: { cookie } })).status).toBe(405);
  });
});

describe('the ways out of browser mode', () => {
  it('a port in use is named, and the data folder is free again', async () => {
    const dataDir = freshDataDir();
    await expect(startServer(dataDir, ['--port', String(port)])).rejects.toThrow(
      `端口 ${port} 已被占用，请换一个端口或不指定端口。`,
    );
    expect(existsSync(join(dataDir, 'session.open'))).toBe(false);
  });

  it('takes and hands out no file while the data are locked', async () => {
    const shelve = (): Promise<Answer> =>
      send({ path: '/files', method: 'POST', headers: { cookie }, body: 'a' });
    const shelved = JSON.parse((await shelve()).body) as { readonly value: { readonly token: string } };
    const { token } = shelved.value;
    expect((await send({ path: `/files/${token}`, headers: { cookie } })).status).toBe(200);
    const passphrase = '纸上写好的一句长口令 2025';
    await call('app/updatePassphrase', { cookie }, JSON.stringify({ current: '', next: passphrase }));
    expect(JSON.parse((await call('app/runLock', { cookie })).body)).toMatchObject({ ok: true });
    for (const answer of [await shelve(), await send({ path: `/files/${token}`, headers: { cookie } })]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toContain('STORAGE_LOCKED');
    }
    await call('app/runUnlock', { cookie }, JSON.stringify({ passphrase }));
    expect((await send({ path: `/files/${token}`, headers: { cookie } })).status).toBe(404);
  });
});
