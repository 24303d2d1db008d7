/** Every specification in browser mode. */
import { browserHost } from '../support/e2e/browserHost';
import { useChromium } from '../support/e2e/spec';
import { bankJourney } from './specs/bankJourney';
import { demoResults } from './specs/demoResults';
import { everyScreen } from './specs/everyScreen';
import { formJourney } from './specs/formJourney';
import { hostility } from './specs/hostility';
import { importing } from './specs/importing';
import { itemImport } from './specs/itemImport';
import { interviewJourney } from './specs/interviewJourney';
import { paperJourney } from './specs/paperJourney';
import { plans } from './specs/plans';

const context = { host: browserHost, browser: useChromium() };
interviewJourney(context);
demoResults(context);
importing(context);
itemImport(context);
paperJourney(context);
plans(context);
formJourney(context);
bankJourney(context);
hostility(context);
everyScreen(context);
