/** Which code answers for which reference case. */
import type { Handler } from '../support/referenceCase';
import { behaviour } from './behaviour';
import { calibrationCase } from './calibration';
import { city } from './city';
import { distributions } from './distributions';
import { domains } from './domains';
import { irt } from './irt';
import { jointAnswer } from './jointEstimates';
import { lonely, multistage } from './multistage';
import { sampleSizes, weightingSteps } from './planning';
import { predictiveMarginCase } from './predictiveMargins';
import { psychometrics } from './psychometrics';
import { proportionIntervals } from './proportionIntervals';
import { citySample } from '../support/survey';
import { replicatesCase } from './replicates';
import { ranks } from './ranks';
import { schools } from './schools';
import { selection } from './selection';
import { smallAreas } from './smallArea';
import { targets } from './targets';
import { unequalProbabilities } from './unequalProbabilities';

export const handlers: Readonly<Record<string, Handler>> = {
  P01_api: schools,
  P02_city: city,
  P03_multistage_fpc: multistage,
  P04_pps: unequalProbabilities,
  P05_lonely: lonely,
  P06_calibration: calibrationCase,
  P07_ci: proportionIntervals,
  P08_domains: domains,
  P09_replicates: replicatesCase,
  P10_tests: (check) => jointAnswer(citySample(), check),
  P11_fay_herriot: smallAreas,
  P12_irt: irt,
  P13_target_trend: targets,
  P14_ranks: ranks,
  P16_sample_size: sampleSizes,
  P18_distributions: distributions,
  P19_weighting: weightingSteps,
  P20_selection: selection,
  P21_behaviour: behaviour,
  P22_predictive_margins: predictiveMarginCase,
  P23_psychometrics: psychometrics,
};
