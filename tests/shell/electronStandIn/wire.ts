/**
 * Calls between the stand-in's main process and the harness over Node's IPC channel (structured clone). Both
 * sides use this file; each names the methods it offers and the methods it calls.
 */

/** A request of a page, with the address as Electron's main process would see it. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export type PlainResponse =
  | { readonly kind: 'cancelled' }
  /** No handler for the scheme: Electron would ask the network, which the harness does not have. */
  | { readonly kind: 'network' }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    };

/** Frame a call came from; `parent` is null for the top frame. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: { readonly url: string } | null;
}

/** What main offers to the harness: everything a page or a person can cause. */
export type MainMethods = {
  fetch(request: PlainRequest): Promise<PlainResponse>;
  invoke(frame: SenderFrame | null, channel: string, args: readonly unknown[]): Promise<unknown>;
  mayNavigate(url: string): Promise<boolean>;
  mayOpenWindow(url: string): Promise<boolean>;
  mayUse(permission: string): Promise<boolean>;
  pageDied(reason: string): Promise<void>;
  closeWindow(): Promise<void>;
  secondInstance(argv: readonly string[]): Promise<void>;
  quit(): Promise<void>;
};

export interface DialogOptions {
  readonly title?: string | undefined;
  readonly defaultPath?: string | undefined;
  readonly properties?: readonly string[] | undefined;
  readonly filters?: readonly { readonly name: string; readonly extensions: readonly string[] }[] | undefined;
}

/** What the harness offers to main: the screen. */
export type ScreenMethods = {
  openWindow(window: {
    readonly preload: string;
    readonly title: string;
    readonly schemes: readonly string[];
  }): Promise<void>;
  loadUrl(url: string): Promise<void>;
  /** Window states a test may want to see: 'show', 'focus', 'restore', 'reload'. */
  windowDid(what: string): Promise<void>;
  /** Path the person chose, null when they cancelled. */
  chooseToOpen(options: DialogOptions): Promise<string | null>;
  chooseToSave(options: DialogOptions): Promise<string | null>;
  showError(title: string, content: string): Promise<void>;
  lockRefused(argv: readonly string[]): Promise<void>;
};

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };

/** One end of the channel: `process` in the child, the ChildProcess in the harness. */
export interface Port {
  send(message: Message): void;
  onMessage(listener: (message: Message) => void): void;
}

export interface Wire<Remote> {
  readonly remote: Remote;
  /** Fails every call that is still waiting: the other side is gone. */
  close(reason: string): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function connectWire<Local extends Methods, Remote extends Methods>(
  port: Port,
  local: Local,
): Wire<Remote> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed: string | null = null;

  const answer = async (id: number, method: string, args: readonly unknown[]): Promise<void> => {
    const run = local[method] as ((...given: readonly unknown[]) => Promise<unknown>) | undefined;
    try {
      if (run === undefined) throw new Error(`no method ${method}`);
      port.send({ kind: 'reply', id, value: await run(...args) });
    } catch (error) {
      port.send({ kind: 'error', id, message: error instanceof Error ? error.message : String(error) });
    }
  };

  port.onMessage((message) => {
    if (message.kind === 'call') {
      void answer(message.id, message.method, message.args);
      return;
    }
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'reply') entry?.resolve(message.value);
    else entry?.reject(new Error(message.message));
  });

  const call = (method: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed !== null) {
        reject(new Error(closed));
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      port.send({ kind: 'call', id: lastId, method, args });
    });

  return {
    remote: new Proxy(
      {},
      {
        get:
          (_target, method) =>
          (...args: readonly unknown[]) =>
            call(String(method), args),
      },
    ) as Remote,
    close(reason) {
      closed = reason;
      for (const entry of waiting.values()) entry.reject(new Error(reason));
      waiting.clear();
    },
  };
}
