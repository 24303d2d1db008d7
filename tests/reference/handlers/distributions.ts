import {
  betaCdf,
  betaQuantile,
  chiSquareQuantile,
  chiSquareTails,
  fTails,
  logGamma,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from '@shared/numeric/distributions';
import { studentizedRangeUpper } from '@shared/numeric/studentizedRange';
import type { Handler } from '../support/referenceCase';

/** Infinity stands as a text in the reference. */
type Row = Readonly<Record<string, number | 'Inf'>>;

const number = (row: Row, key: string): number => {
  const value = row[key];
  if (value === undefined) throw new Error(`no ${key}`);
  return typeof value === 'string' ? Infinity : value;
};

const functions: Readonly<Record<string, (row: Row) => object>> = {
  dist_qnorm: (r) => ({ v: normalQuantile(number(r, 'p')) }),
  dist_pnorm: (r) => ({ v: normalCdf(number(r, 'x')) }),
  dist_qt: (r) => ({ v: studentQuantile(number(r, 'p'), number(r, 'df')) }),
  dist_pt: (r) => ({ v: studentCdf(number(r, 'x'), number(r, 'df')) }),
  dist_qbeta: (r) => ({ v: betaQuantile(number(r, 'p'), number(r, 'a'), number(r, 'b')) }),
  dist_pbeta: (r) => ({ v: betaCdf(number(r, 'x'), number(r, 'a'), number(r, 'b')) }),
  dist_pf: (r) => fTails(number(r, 'x'), number(r, 'df1'), number(r, 'df2')),
  dist_pchisq: (r) => chiSquareTails(number(r, 'x'), number(r, 'df')),
  dist_qchisq: (r) => ({ v: chiSquareQuantile(number(r, 'p'), number(r, 'df')) }),
  dist_ptukey_upper: (r) => ({ v: studentizedRangeUpper(number(r, 'q'), number(r, 'k'), number(r, 'df')) }),
  dist_lgamma: (r) => ({ v: logGamma(number(r, 'x')) }),
};

/** P18: the reference table itself holds the arguments. */
export const distributions: Handler = (check) => {
  const compute = functions[check.id];
  return compute && (check.values as Row[]).map((row) => ({ ...row, ...compute(row) }));
};
