/** Listens to a page for everything that must never happen: violations of the CSP, errors, lost requests. */
import type { Page } from 'playwright-core';

export interface PageTrouble {
  /** Everything seen so far, each with where it happened. */
  readonly seen: readonly string[];
}

export function watchPage(page: Page): PageTrouble {
  const seen: string[] = [];
  const note = (what: string): void => void seen.push(`${new URL(page.url()).hash || '/'}: ${what}`);
  page.on('pageerror', (error) => note(`error ${error.message}`));
  page.on('console', (message) => {
    // A refused call answers with a status the console repeats; the refusal itself is what a test looks at.
    const isStatusLine = message.text().startsWith('Failed to load resource: the server responded');
    if ((message.type() === 'error' || message.type() === 'warning') && !isStatusLine)
      note(`console ${message.type()} ${message.text()}`);
  });
  page.on('requestfailed', (request) =>
    note(`request failed ${request.url()} ${request.failure()?.errorText}`),
  );
  return { seen };
}
