/**
 * Entry of the stand-in's main process: maps 'electron' to the stand-in, evaluates the built main bundle, then
 * lets the app become ready – in this order, because Electron waits for the main module too.
 * Usage: node run.mjs BUNDLE [arguments of the product]
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const standIn = new URL('./electron.ts', import.meta.url).href;
const own = new URL('./', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: standIn, shortCircuit: true };
    // The stand-in is TypeScript in the house style: relative imports carry no extension.
    if (specifier.startsWith('.') && context.parentURL?.startsWith(own)) {
      const url = new URL(`${specifier}.ts`, context.parentURL);
      if (existsSync(fileURLToPath(url))) return { url: url.href, shortCircuit: true };
    }
    return next(specifier, context);
  },
});

const [bundle, ...args] = process.argv.slice(2);
process.argv = [process.execPath, dirname(dirname(dirname(bundle))), ...args];

const { becomeReady } = await import(standIn);
await import(pathToFileURL(bundle).href);
becomeReady();
