/** Which model a sample supports (question-bank-spec §3.2). */

/** Rasch is kept while its BIC is less than this above that of the 2PL. */
export const bicMargin = 10;
/** Below this nothing is calibrated. */
export const fewestPersons = 200;
/** Below this slopes are not estimated: Rasch only. */
export const fewestPersonsForSlopes = 500;
/** What an operational calibration should rest on. */
export const recommendedPersons = 1000;

export const preferredModel = (bicRasch: number, bic2pl: number): 'Rasch' | '2PL' =>
  bicRasch - bic2pl < bicMargin ? 'Rasch' : '2PL';
