/**
 * Runs the built preload bundle as a sandboxed preload would see the world: a fresh context of plain JavaScript
 * whose only door is `require('electron')`; no process, no Buffer, no file system, no code from strings.
 */
import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { refuseUnknown } from '../electronStandIn/refuse';

type Invoke = (channel: string, args: readonly unknown[]) => Promise<unknown>;

/** What the preload handed to the page: plain data with functions replaced by their path. */
export interface ExposedApi {
  readonly name: string;
  /** Own property names of the exposed object, in order. */
  readonly functionNames: readonly string[];
  /** Names whose value is not a function; the product exposes none. */
  readonly otherNames: readonly string[];
  call(functionName: string, args: readonly unknown[]): Promise<unknown>;
}

const isFunction = (value: unknown): value is (...args: readonly unknown[]) => unknown =>
  typeof value === 'function';

function exposed(name: string, api: Readonly<Record<string, unknown>>): ExposedApi {
  const entries = Object.entries(api);
  const functions = new Map(entries.flatMap(([key, value]) => (isFunction(value) ? [[key, value]] : [])));
  return {
    name,
    functionNames: [...functions.keys()],
    otherNames: entries.flatMap(([key, value]) => (isFunction(value) ? [] : [key])),
    async call(functionName, args) {
      const run = functions.get(functionName);
      if (run === undefined) throw new Error(`${name}.${functionName} was not exposed`);
      return run(...args);
    },
  };
}

/** Evaluates the bundle; `invoke` is the ipcRenderer's way to main. Exposing nothing or twice is an error. */
export function runPreload(file: string, invoke: Invoke): ExposedApi {
  const found: ExposedApi[] = [];
  const electron = refuseUnknown('electron', {
    ipcRenderer: refuseUnknown('ipcRenderer', {
      invoke: (channel: string, ...args: readonly unknown[]) => invoke(channel, args),
    }),
    contextBridge: refuseUnknown('contextBridge', {
      exposeInMainWorld: (name: string, api: Readonly<Record<string, unknown>>) => {
        found.push(exposed(name, api));
      },
    }),
  });
  const context = createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
  });
  const source = `(function (require, module, exports) {${readFileSync(file, 'utf8')}\n})`;
  const bundle = new Script(source, { filename: file }).runInContext(context) as (
    require: (name: string) => unknown,
    module: { exports: object },
    exports: object,
  ) => void;
  const module = { exports: {} };
  bundle(
    (name) => {
      if (name === 'electron') return electron;
      throw new Error(`the sandboxed preload may not require ${name}`);
    },
    module,
    module.exports,
  );
  const api = found[0];
  if (api === undefined || found.length > 1) throw new Error(`the preload exposed ${found.length} objects`);
  return api;
}
