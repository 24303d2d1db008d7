/** Normative checks whose statistic the engine does not have yet, by case. Nothing else may be left out. */
export const notImplemented: Readonly<Record<string, readonly string[]>> = {};

/** Checks whose reference value is an accident of R's arithmetic that nothing else can repeat, with the reason. */
export const accidents: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  P06_calibration: {
    quantile_hf4:
      'x(1-g) + xg of two tied values is or is not equal to x in the last bit; R then counts all ties of x as above ' +
      'the quantile at p = 0.75. The four other probabilities agree.',
  },
  P19_weighting: {
    nr_prop:
      'R’s fit did not converge here: coefficients of 1e15 and fitted shares of 0 and 1 are not estimates.',
  },
};
