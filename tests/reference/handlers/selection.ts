/** P20: PPS inclusion probabilities, the systematic draw and joint probabilities. */
import { inclusionProbabilities, systematicSelection } from '@shared/sampling/inclusion';
import { jointInclusionProbabilities, type UnequalProbabilityMethod } from '@shared/sampling/jointInclusion';
import type { Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { valueOf } from '../support/survey';

const methods: Readonly<Record<string, UnequalProbabilityMethod>> = {
  joint_sf: 'sampford',
  joint_sy: 'systematic',
  joint_me: 'conditionalPoisson',
  joint_mz: 'midzuno',
};

const countedFromOne = (units: readonly number[]): number[] => units.map((unit) => unit + 1);

export const selection: Handler = (check) => {
  const sizes = readTable('frame25.csv').numbers('size');
  const whole = valueOf(inclusionProbabilities(sizes, 8));
  if (check.id === 'incl') {
    return { pi: [...whole.probabilities], certainty: countedFromOne(whole.certainty) };
  }
  if (check.id === 'systematic') {
    const { u } = check.values as { u: number };
    return { u, selected: countedFromOne(systematicSelection(whole.probabilities, u)) };
  }
  const method = methods[check.id];
  if (method === undefined) return undefined;
  const part = valueOf(inclusionProbabilities(sizes.slice(0, 12), 4)).probabilities;
  const joint = valueOf(jointInclusionProbabilities(part, method));
  return { pi2: Array.from(part, (_, i) => [...joint.subarray(i * 12, (i + 1) * 12)]) };
};
