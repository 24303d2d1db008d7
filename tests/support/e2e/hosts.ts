/** The doors of the product as an end-to-end test sees them. The same specs run through every one of them. */
import type { Browser, Page } from 'playwright-core';
import type { Reply } from '../../../shared/contract/channel';
import type { CallInput, ChannelName, Output } from '../../../shared/contract/contract';

export interface StartOptions {
  readonly browser: Browser;
  readonly dataDir: string;
  /** Plan whose demo survey to open at start. */
  readonly demo?: string;
}

export interface SavedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One running product with its window. */
export interface Session {
  readonly page: Page;
  /** F5. */
  reload(): Promise<void>;
  /** Does `trigger`, which must ask for a file, and gives it the file at `path`. */
  chooseFile(path: string, trigger: () => Promise<void>): Promise<void>;
  /** Does `trigger`, which must hand out a file, and takes it. */
  saveFile(trigger: () => Promise<void>): Promise<SavedFile>;
  /** Ends the program as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as a person would. */
  close(): Promise<void>;
}

export interface Host {
  readonly name: string;
  start(options: StartOptions): Promise<Session>;
}

/** Calls a channel from inside the page, by the way its screens use. */
export async function call<C extends ChannelName>(
  session: Session,
  name: C,
  input: CallInput<C>,
): Promise<Reply<Output<C>>> {
  return (await rawCall(session, name, input)) as Reply<Output<C>>;
}

/** The same without types: for names and inputs the contract does not know. */
export async function rawCall(session: Session, name: string, input: unknown): Promise<unknown> {
  return session.page.evaluate(
    async (sent) => {
      const { api } = globalThis as unknown as {
        api?: Readonly<Record<string, (value: unknown) => Promise<unknown>>>;
      };
      if (api !== undefined) return api[sent.name]?.(sent.input);
      const response = await fetch(`/call/${encodeURIComponent(sent.name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent.input),
      });
      return (await response.json()) as unknown;
    },
    { name, input },
  );
}

/** The value of a call that must succeed. */
export async function value<C extends ChannelName>(
  session: Session,
  name: C,
  input: CallInput<C>,
): Promise<Output<C>> {
  const reply = await call(session, name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.failure.code} ${JSON.stringify(reply.failure.params)}`);
  return reply.value;
}

/** Opens one address of the product's router in the window. */
export async function visit(session: Session, route: string): Promise<void> {
  // The router hears of addresses only once its first page stands.
  await session.page.locator('main > *').first().waitFor({ state: 'attached' });
  await session.page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#${route}`);
}
