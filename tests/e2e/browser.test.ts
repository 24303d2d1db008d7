/** Every specification in browser mode. */
import { browserHost } from '../support/e2e/browserHost';
import { useChromium } from '../support/e2e/spec';
import { interviewJourney } from './specs/interviewJourney';

const context = { host: browserHost, browser: useChromium() };
interviewJourney(context);
