/**
 * Comparisons of the units and groups whose figures are shown: pairwise differences, rank sets, tiers against the
 * whole region, groups that cannot be told apart, gap indices. A figure that is withheld takes no part anywhere, so no
 * difference can give it away. One rule separates everywhere: the simultaneous interval leaves out zero.
 */
import { groupings } from '../domain/groups';
import type { Grouping } from '../domain/groups';
import type { Domain } from '../estimation/estimate';
import type { JointEstimates } from '../estimation/jointEstimates';
import type { Result } from '../domain/result';
import type { ComparisonResults } from '../results/comparisonResults';
import type { GroupResult, SurveyResults, UnitResult } from '../results/surveyResults';
import { groupDomains, unitDomains } from './domains';
import type { AnalysedRow } from './analysisInput';
import { dispersionOf, gapPairOf, residenceGapOf } from './gapIndices';
import { wholeId } from './jointParts';
import { compareUnits } from './unitComparison';

export interface ComparisonInput {
  readonly rows: readonly AnalysedRow[];
  readonly basis: SurveyResults['basis'];
  readonly confidenceLevel: number;
  readonly headline: SurveyResults['headline'];
  readonly units: readonly UnitResult[];
  readonly groups: readonly GroupResult[];
  /** Literate shares of domains with their covariance. */
  readonly jointly: (domains: readonly Domain[]) => Result<JointEstimates>;
}

const everyone = (rows: readonly AnalysedRow[]): Domain => ({
  id: wholeId,
  member: new Uint8Array(rows.length).fill(1),
});

/** Joint estimates of the domains, the whole region last when its own figure is shown; null when there are none. */
function jointOf(input: ComparisonInput, domains: readonly Domain[]): JointEstimates | null {
  if (domains.length === 0) return null;
  const whole = input.headline.literate.state === 'shown' ? [everyone(input.rows)] : [];
  const joint = input.jointly([...domains, ...whole]);
  return joint.ok ? joint.value : null;
}

function shownUnits(input: ComparisonInput): readonly UnitResult[] {
  return input.units.filter((unit) => unit.literate.state === 'shown');
}

function shownGroups(input: ComparisonInput, grouping: Grouping): readonly Domain[] {
  const shown = input.groups.filter(
    (group) => group.grouping === grouping && group.literate.state === 'shown',
  );
  return groupDomains(input.rows, [grouping]).flatMap((domain) =>
    domain.category !== null && shown.some(({ category }) => category === domain.category)
      ? [{ id: domain.category, member: domain.member }]
      : [],
  );
}

/** Comparison section of the results document; it refuses by name inside and never fails the analysis. */
export function comparisonOf(input: ComparisonInput): ComparisonResults {
  const { confidenceLevel } = input;
  const units = shownUnits(input);
  const codes = units.map(({ regionCode }) => regionCode);
  const unitJoint = jointOf(input, unitDomains(input.rows, codes));
  const groupJoints = groupings.flatMap((grouping) => {
    const joint = jointOf(input, shownGroups(input, grouping));
    return joint === null ? [] : [{ grouping, joint }];
  });
  return {
    method: input.basis === 'probability' ? 'design' : 'model',
    confidenceLevel,
    units: compareUnits({ unitCount: units.length, joint: unitJoint, confidenceLevel }),
    gaps: {
      residence: residenceGapOf(
        groupJoints.find(({ grouping }) => grouping === 'residence')?.joint,
        confidenceLevel,
      ),
      groupings: groupJoints.map(({ grouping, joint }) => ({
        grouping,
        ...gapPairOf(joint, confidenceLevel),
      })),
      units: gapPairOf(unitJoint, confidenceLevel),
      dispersion: dispersionOf(units, unitJoint, confidenceLevel),
    },
  };
}
