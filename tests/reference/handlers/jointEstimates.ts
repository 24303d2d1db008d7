/** Domain covariances, differences and contrasts of P06 (raked) and P10 (base weights). */
import {
  contrast,
  deviationFromMean,
  differenceOf,
  estimateJointly,
  ratioOf,
  type JointEstimates,
} from '@shared/estimation/jointEstimates';
import { modelAnswer } from './models';
import type { Check } from '../support/referenceCase';
import { domainsBy, valueOf, type Sample } from '../support/survey';

interface PairArgs {
  readonly a: string;
  readonly b: string;
}

function regions(sample: Sample): JointEstimates {
  const domains = domainsBy({ region: sample.text('region') }).map(({ domain }) => domain);
  return valueOf(
    estimateJointly(sample.design, { statistic: 'mean', outcome: sample.numbers('literate') }, domains),
  );
}

/** Rows of a symmetric matrix. */
const rowsOf = (joint: JointEstimates): number[][] =>
  joint.ids.map((_, i) => [...joint.covariance.subarray(i * joint.ids.length, (i + 1) * joint.ids.length)]);

function differenceRow(joint: JointEstimates, args: PairArgs): object {
  const found = contrast(joint, differenceOf(joint, joint.ids.indexOf(args.a), joint.ids.indexOf(args.b)));
  return {
    diff: found.estimate,
    se: found.standardError,
    t: found.t,
    df: found.degreesOfFreedom,
    p_two: found.pValue,
    lo: found.interval?.lower,
    hi: found.interval?.upper,
  };
}

function ratioRow(joint: JointEstimates, args: PairArgs): object {
  const found = valueOf(
    ratioOf(joint, { first: joint.ids.indexOf(args.a), second: joint.ids.indexOf(args.b) }),
  );
  return {
    est: found.estimate,
    se: found.standardError,
    log_se: found.logStandardError,
    lo: found.interval?.lower,
    hi: found.interval?.upper,
  };
}

function fromOverall(sample: Sample): object[] {
  const domains = domainsBy({ region: sample.text('region') }).map(({ domain }) => domain);
  const everyone = { id: 'all', member: new Uint8Array(sample.design.rowCount).fill(1) };
  const request = { statistic: 'mean', outcome: sample.numbers('literate') } as const;
  const joint = valueOf(estimateJointly(sample.design, request, [...domains, everyone]));
  return domains.map(({ id }, index) => {
    const found = contrast(joint, differenceOf(joint, domains.length, index));
    return { region: id, dev: found.estimate, se: found.standardError };
  });
}

export function jointAnswer(sample: Sample, check: Check): unknown {
  const args = check.args as PairArgs;
  switch (check.id) {
    case 'domain_cov': {
      const joint = regions(sample);
      return { regions: joint.ids, est: [...joint.estimates], cov: rowsOf(joint) };
    }
    case 'diff_AB':
      return differenceRow(regions(sample), args);
    case 'ratio_AB':
      return ratioRow(regions(sample), args);
    case 'dev_from_mean': {
      const joint = regions(sample);
      return joint.ids.map((region, index) => {
        const found = contrast(joint, deviationFromMean(joint, index));
        return { region, dev: found.estimate, se: found.standardError };
      });
    }
    case 'dev_from_overall':
      return fromOverall(sample);
    default:
      return modelAnswer(sample, check);
  }
}
