/**
 * Checks that record what R survey prints where its choice differs from ours (status `r-compat`), and records that are
 * asserted nowhere (`info`): what we compute in R-compatible mode, and what we do not, with the reason.
 */
import type { Handler } from './support/referenceCase';
import { rLonely, rLonelyDomain, rRake, rReplicateDf } from './handlers/rCompatible';

/** Computed by `shared/estimation/rCompatible`; every `r-compat` check of these cases must agree. */
export const rCompatibleHandlers: Readonly<Record<string, Handler>> = {
  P05_lonely: rLonely,
  P06_calibration: rRake,
  P08_domains: rLonelyDomain,
  P09_replicates: rReplicateDf,
};

/** Records that no mode of ours reproduces, by the start of their names, with the reason. */
export const notReproduced: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  P01_api: {
    ci_: 'svyciprop as printed: logit stops at glm epsilon 1e-8, likelihood runs through a spline, asin leaves the range; the exact forms are normative checks',
    calib_defs: 'definitions, no values',
    published: 'rounded figures of the vignette; the unrounded ones are normative',
  },
  P06_calibration: {
    trim_raking:
      'trimWeights adds the excess equally to all others and breaks the margins; ours rakes again until both hold',
  },
  P07_ci: {
    ci_: 'svyciprop as printed: as P01; NaN, errors or noise at shares of 0 and 1, where ours gives Korn-Graubard',
  },
};
