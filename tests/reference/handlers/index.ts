/** Which code answers for which reference case. */
import type { Handler } from '../support/referenceCase';
import { calibrationCase } from './calibration';
import { city } from './city';
import { distributions } from './distributions';
import { domains } from './domains';
import { proportionIntervals } from './proportionIntervals';
import { schools } from './schools';
import { targets } from './targets';

export const handlers: Readonly<Record<string, Handler>> = {
  P01_api: schools,
  P02_city: city,
  P06_calibration: calibrationCase,
  P07_ci: proportionIntervals,
  P08_domains: domains,
  P13_target_trend: targets,
  P18_distributions: distributions,
};
