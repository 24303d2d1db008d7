/** Runs one TypeScript module of the project: `node runTypeScript.mjs FILE [arguments]`. Needs Node 24. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Node strips the types; the house style leaves the extension out of relative imports.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && context.parentURL !== undefined) {
      const url = new URL(`${specifier}.ts`, context.parentURL);
      if (existsSync(fileURLToPath(url))) return { url: url.href, shortCircuit: true };
    }
    return next(specifier, context);
  },
});

const [file, ...args] = process.argv.slice(2);
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(file).href);
