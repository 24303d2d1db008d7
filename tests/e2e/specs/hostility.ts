/** Calls no page of ours makes: refused as values with a Chinese sentence, on the way a page would send them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelNames } from '../../../shared/contract/contract';
import type { Failure } from '../../../shared/domain/result';
import { failureText } from '../../../shared/texts/failureTexts';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { rawCall } from '../../support/e2e/hosts';
import type { SpecContext } from '../../support/e2e/spec';
import { malformedInputs } from '../../support/malformed';

const isRefusal = (reply: unknown): reply is { ok: false; failure: Failure } =>
  typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok === false && 'failure' in reply;

export function hostility({ host, browser }: SpecContext): void {
  describe(`${host.name}: malformed calls`, () => {
    let session: Session;
    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
    });
    afterAll(() => session.close());

    it.each(channelNames)('%s refuses every malformed input without a trace of the inside', async (name) => {
      for (const [what, input] of Object.entries(malformedInputs)) {
        const reply = await rawCall(session, name, input);
        if (!isRefusal(reply)) throw new Error(`${what} was not refused: ${JSON.stringify(reply)}`);
        expect(failureText(reply.failure)).toMatch(/[一-鿿]{4}/);
        expect(JSON.stringify(reply)).not.toMatch(/node_modules|\.(ts|js):\d|at \w+ \(|SQLITE/);
      }
    });

    it('a page cannot leave the product, open a window or load anything from elsewhere', async () => {
      const { page } = session;
      const before = page.url();
      const loaded = await page.evaluate(async () => {
        const reached = await fetch('https://example.com/').then(
          () => true,
          () => false,
        );
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
        return { reached, injected: 'injected' in window };
      });
      expect(loaded).toEqual({ reached: false, injected: false });
      expect(page.url()).toBe(before);
    });

    it('markup in a name is shown as text', async () => {
      const { page } = session;
      await page.evaluate(() => {
        window.location.hash = '#/';
      });
      expect(await page.evaluate(() => document.querySelectorAll('img[src="x"]').length)).toBe(0);
    });
  });
}
