/** Units against each other and against the whole region, from their joint estimates. */
import {
  adjustKnown,
  differenceDegreesOfFreedom,
  differenceError,
  twoSidedPValue,
} from '../estimation/comparisons';
import { homogeneousGroups } from '../estimation/homogeneousGroups';
import type { JointEstimates } from '../estimation/jointEstimates';
import { rankSetFrom } from '../estimation/rankSets';
import { allPairs, type Pair } from '../estimation/simultaneous';
import { simultaneousDifferences, type SimultaneousDifference } from '../estimation/simultaneousDifferences';
import { at } from '../numeric/typedArray';
import type {
  ComparedUnits,
  Separation,
  UnitComparison,
  UnitDifference,
  UnitRanks,
  UnitTier,
} from '../results/comparisonResults';
import { comparablePositions, selectEstimates, wholeId } from './jointParts';

interface UnitsInput {
  /** Units whose figure is shown. */
  readonly unitCount: number;
  /** Shown units in their order, then possibly the whole region; null when there is no joint estimate. */
  readonly joint: JointEstimates | null;
  readonly confidenceLevel: number;
}

type Tested = Omit<UnitDifference, 'first' | 'second'>;

function separationOf({ interval }: SimultaneousDifference): Separation {
  if (interval === null) return 'undecidable';
  if (interval.lower > 0) return 'above';
  return interval.upper < 0 ? 'below' : 'indistinguishable';
}

interface TestedList {
  readonly tests: readonly Tested[];
  readonly integrationError: number | null;
}

/** Every pair tested: by itself, by Holm over the list, and simultaneously over the list. */
function testPairs(joint: JointEstimates, pairs: readonly Pair[], confidenceLevel: number): TestedList {
  const { differences, integrationError } = simultaneousDifferences(joint, pairs, confidenceLevel);
  const singles = differences.map(({ i, j, difference }) => {
    const error = differenceError(joint, i, j);
    if (error === null || error === 0)
      return { standardError: null, degreesOfFreedom: null, statistic: null, pValue: null };
    const degreesOfFreedom = differenceDegreesOfFreedom(joint, i, j);
    const statistic = difference / error;
    const pValue = twoSidedPValue(statistic, degreesOfFreedom);
    return { standardError: error, degreesOfFreedom, statistic, pValue };
  });
  const holm = adjustKnown(
    singles.map(({ pValue }) => pValue),
    'holm',
  );
  const tests = differences.flatMap((each, index): readonly Tested[] => {
    const single = singles[index];
    if (single === undefined) return [];
    const { difference, interval, pValue: simultaneousPValue } = each;
    const separation = separationOf(each);
    return [
      { difference, ...single, holmPValue: holm[index] ?? null, simultaneousPValue, interval, separation },
    ];
  });
  return { tests, integrationError };
}

/** Compares units; refuses with fewer than two, or where no joint error exists. */
export function compareUnits({ unitCount, joint, confidenceLevel }: UnitsInput): UnitComparison {
  if (unitCount < 2) return { state: 'refused', reason: 'fewUnits' };
  if (joint === null) return { state: 'refused', reason: 'noJointError' };
  const all = joint.ids.map((_, k) => k).filter((k) => joint.ids[k] !== wholeId);
  const positions = all.filter((k) => comparablePositions(joint).includes(k));
  if (positions.length < 2) return { state: 'refused', reason: 'noJointError' };
  const units = selectEstimates(joint, positions);
  const pairs = allPairs(units.ids.length);
  const { tests, integrationError } = testPairs(units, pairs, confidenceLevel);
  const differences = pairs.flatMap(({ i, j }, index): readonly UnitDifference[] => {
    const test = tests[index];
    return test === undefined ? [] : [{ first: units.ids[i] ?? '', second: units.ids[j] ?? '', ...test }];
  });
  return {
    state: 'compared',
    differences,
    ranks: ranksOf(units, differences, confidenceLevel),
    tiers: tiersOf(joint, positions, confidenceLevel),
    groups: groupsOf(units, differences),
    integrationError,
    withoutError: all.filter((k) => !positions.includes(k)).map((k) => joint.ids[k] ?? ''),
  };
}

const opposite = (separation: Separation): Separation => {
  if (separation === 'above') return 'below';
  return separation === 'below' ? 'above' : separation;
};

/** How a unit stands to each of the others, by their differences. */
function standingsOf(id: string, differences: readonly UnitDifference[]): readonly Separation[] {
  return differences.flatMap(({ first, second, separation }) => {
    if (first === id) return [separation];
    return second === id ? [opposite(separation)] : [];
  });
}

const count = (standings: readonly Separation[], wanted: Separation): number =>
  standings.filter((standing) => standing === wanted).length;

/** Simultaneous sets from all differences, marginal ones from the differences of the unit alone. */
function ranksOf(
  units: JointEstimates,
  differences: readonly UnitDifference[],
  confidenceLevel: number,
): UnitRanks[] {
  const size = units.ids.length;
  const setOf = (standings: readonly Separation[]): UnitRanks['marginal'] =>
    rankSetFrom(size, count(standings, 'below'), count(standings, 'above'));
  return units.ids.map((regionCode, i) => {
    const own = units.ids.flatMap((_, j) => (j === i ? [] : [{ i, j }]));
    const { differences: alone } = simultaneousDifferences(units, own, confidenceLevel);
    return {
      regionCode,
      marginal: setOf(alone.map(separationOf)),
      simultaneous: setOf(standingsOf(regionCode, differences)),
    };
  });
}

/** Units minus the whole region; null when that has no comparable estimate. */
function tiersOf(
  joint: JointEstimates,
  positions: readonly number[],
  confidenceLevel: number,
): UnitTier[] | null {
  const whole = joint.ids.indexOf(wholeId);
  if (whole < 0) return null;
  const chosen = selectEstimates(joint, [...positions, whole]);
  const pairs = positions.map((_, i) => ({ i, j: positions.length }));
  const { tests } = testPairs(chosen, pairs, confidenceLevel);
  return tests.map((test, i) => ({ regionCode: chosen.ids[i] ?? '', ...test }));
}

/** Groups in the order of their highest share. */
function groupsOf(units: JointEstimates, differences: readonly UnitDifference[]): ComparedUnits['groups'] {
  const order = units.ids
    .map((_, k) => k)
    .sort((a, b) => at(units.estimates, b) - at(units.estimates, a) || a - b);
  const apart = new Set(
    differences.flatMap(({ first, second, separation }) =>
      separation === 'above' || separation === 'below' ? [`${first}|${second}`, `${second}|${first}`] : [],
    ),
  );
  const differs = (i: number, j: number): boolean => apart.has(`${units.ids[i] ?? ''}|${units.ids[j] ?? ''}`);
  const groups = homogeneousGroups(order, differs);
  return groups === null ? null : groups.map((group) => group.map((k) => units.ids[k] ?? ''));
}
