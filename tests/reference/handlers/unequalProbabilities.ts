/** P04: 40 of 4,600 counties drawn with probability proportional to votes, five variances. */
import {
  createSurveyDesign,
  type SurveyDesign,
  type UnequalProbabilities,
} from '@shared/estimation/design/surveyDesign';
import type { Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { estimated, valueOf } from '../support/survey';

function jointProbabilities(): Float64Array {
  const table = readTable('election_jointprob.csv');
  const columns = Array.from({ length: 40 }, (_, k) => table.numbers(`V${k + 1}`));
  return Float64Array.from({ length: 1600 }, (_, k) => columns[k % 40]?.[Math.floor(k / 40)] ?? NaN);
}

function varianceOf(method: string, p: Float64Array): UnequalProbabilities['variance'] {
  switch (method) {
    case 'brewer':
      return { method: 'brewer' };
    case 'hr': {
      // The reference takes the sum over the sample for the sum over the frame.
      const squareSum = p.reduce((sum, value) => sum + value * value, 0);
      return { method: 'hartleyRao', squareSums: p.map(() => squareSum) };
    }
    default:
      return {
        method: method === 'ht' ? 'horvitzThompson' : 'yatesGrundy',
        joint: jointProbabilities(),
      };
  }
}

function election(method: string): SurveyDesign {
  const table = readTable('election_pps.csv');
  const p = table.numbers('p');
  return valueOf(
    createSurveyDesign({
      stages: [{ units: table.text('row') }],
      weights: p.map((value) => 1 / value),
      unequalProbabilities:
        method === 'wr' ? null : { inclusionProbabilities: p, variance: varianceOf(method, p) },
    }),
  );
}

export const unequalProbabilities: Handler = (check) => {
  const [method = '', task] = check.id.split('_');
  const design = election(method);
  const votes = (name: string): Float64Array => readTable('election_pps.csv').numbers(name);
  if (task === 'ratio') {
    const found = estimated(design, {
      statistic: 'ratio',
      outcome: votes('Bush'),
      denominator: votes('Kerry'),
    });
    return { est: found.estimate, se: found.standardError };
  }
  const totals = ['Bush', 'Kerry', 'Nader'].map((name) =>
    estimated(design, { statistic: 'total', outcome: votes(name) }),
  );
  return { est: totals.map((t) => t.estimate), se: totals.map((t) => t.standardError) };
};
