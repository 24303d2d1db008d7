/** The specifications on a real Electron runtime; skipped, and said so, where none is installed. */
import { it } from 'vitest';
import { electronHost } from '../support/e2e/electronHost';
import { electronPath } from '../support/e2e/paths';
import { useChromium } from '../support/e2e/spec';
import { demoResults } from './specs/demoResults';
import { hostility } from './specs/hostility';
import { interviewJourney } from './specs/interviewJourney';

if (electronPath() === null) {
  it.skip('Electron is not installed here: the shell harness stands for it', () => undefined);
} else {
  const context = { host: electronHost, browser: useChromium() };
  interviewJourney(context);
  demoResults(context);
  hostility(context);
}
