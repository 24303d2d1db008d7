/** Normative checks whose statistic the engine does not have yet, by case. Nothing else may be left out. */
export const notImplemented: Readonly<Record<string, readonly string[]>> = {
  P01_api: [
    'dstrat_logit',
    'dstrat_lm',
    'dstrat_chisq_F',
    'dstrat_chisq_Chisq',
    'dstrat_chisq_Wald',
    'dstrat_chisq_adjWald',
    'dstrat_ttest',
    'dclus1_logit',
    'dclus1_lm',
    'dclus1_chisq_F',
    'dclus1_chisq_Chisq',
    'dclus1_chisq_Wald',
    'dclus1_chisq_adjWald',
    'dclus1_ttest',
    'dclus2_logit',
    'dclus2_lm',
    'dclus2_chisq_F',
    'dclus2_chisq_Chisq',
    'dclus2_chisq_Wald',
    'dclus2_chisq_adjWald',
    'dclus2_ttest',
    'dclus2wr_logit',
    'dclus2wr_lm',
    'dclus2wr_chisq_F',
    'dclus2wr_chisq_Chisq',
    'dclus2wr_chisq_Wald',
    'dclus2wr_chisq_adjWald',
    'dclus2wr_ttest',
    'rep_jk1_dclus1',
    'rep_jkn_dstrat',
    'rep_jk1_raked',
  ],
  P06_calibration: [
    'ttest_AB',

    'chisq_F',
    'chisq_Chisq',
    'chisq_Wald',
    'chisq_adjWald',
    'chisq_F_2',
    'glm_logit',
    'glm_gauss',
    'glm_wald_grp',
    'direct_standardised',
  ],
  P10_tests: [
    'ttest_AB',
    'chisq_F',
    'chisq_Chisq',
    'chisq_Wald',
    'chisq_adjWald',
    'chisq_F_2',
    'glm_logit',
    'glm_gauss',
    'glm_wald_grp',
    'direct_standardised',
  ],
};

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
