/** Every specification in the desktop shell, and what only the shell has. */
import { useChromium } from '../support/e2e/spec';
import { shellHost } from '../support/e2e/shellHost';
import { demoResults } from '../e2e/specs/demoResults';
import { hostility } from '../e2e/specs/hostility';
import { importing } from '../e2e/specs/importing';
import { interviewJourney } from '../e2e/specs/interviewJourney';
import { plans } from '../e2e/specs/plans';

const context = { host: shellHost, browser: useChromium() };
interviewJourney(context);
demoResults(context);
importing(context);
plans(context);
hostility(context);
