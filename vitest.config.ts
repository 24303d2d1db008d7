import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const alias = {
  '@shared': path('./shared'),
  '@electron': path('./electron'),
  '@renderer': path('./renderer'),
};

/** `node` runs everything without a page; `web` mounts components; `e2e` needs the build and Chromium. */
export default defineConfig({
  test: {
    env: { TZ: 'Asia/Shanghai' },
    // All cores: on the two-core machines the default would run one file after the other.
    maxWorkers: '100%',
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/renderer/**', 'tests/e2e/**', 'tests/shell/**'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [vue()],
        resolve: { alias },
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.ts'],
          server: { deps: { inline: ['element-plus'] } },
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts', 'tests/shell/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
