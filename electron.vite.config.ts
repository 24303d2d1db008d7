import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const alias = { '@shared': path('./shared') };

/** One build makes all doors of the product: desktop main, browser-mode server, CLI and the worker they share. */
export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: 'out/main',
      lib: {
        entry: {
          index: path('./electron/main/index.ts'),
          server: path('./electron/server/index.ts'),
          cli: path('./electron/cli/index.ts'),
          worker: path('./electron/backend/workers/worker.ts'),
        },
        formats: ['es'],
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: path('./electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path('./renderer'),
    base: './',
    resolve: { alias },
    plugins: [vue()],
    build: {
      outDir: path('./out/renderer'),
      chunkSizeWarningLimit: 4000,
      rollupOptions: { input: { index: path('./renderer/index.html') } },
    },
  },
});
