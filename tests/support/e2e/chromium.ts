/** One Chromium for a test file or a walk. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumPath } from './paths';

export const contextOptions = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: { width: 1366, height: 768 },
  reducedMotion: 'reduce',
} as const satisfies BrowserContextOptions;

/** Longest wait for one thing on a page: generous, because the test machine may be busy. */
export const actionLimitMs = 30_000;

/** Flags of a Chromium without network services, sandboxed by the container it runs in. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: flags });
