/** What a specification needs from the file that runs it: a host and a Chromium. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium';
import type { Host } from './hosts';

export interface SpecContext {
  readonly host: Host;
  readonly browser: () => Browser;
}

/** One Chromium for all tests of the calling file. */
export function useChromium(): () => Browser {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return () => {
    if (browser === null) throw new Error('Chromium is not running yet');
    return browser;
  };
}
