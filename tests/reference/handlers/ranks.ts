/** P14: pairwise comparisons and rank confidence sets. */
import {
  independentEstimates,
  pairwiseDifferences,
  withTukeyPValues,
  type ComparedEstimates,
} from '@shared/estimation/comparisons';
import { adjustPValues } from '@shared/estimation/multiplicity';
import {
  bonferroniRankSets,
  intervalRankSets,
  pointRanks,
  simulatedRankSets,
  type RankSet,
} from '@shared/estimation/rankSets';
import { normalQuantile } from '@shared/numeric/distributions';
import type { Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';

const lowers = (sets: readonly RankSet[]): number[] => sets.map(({ lower }) => lower);
const uppers = (sets: readonly RankSet[]): number[] => sets.map(({ upper }) => upper);

function pairs(areas: ComparedEstimates): object[] {
  const found = withTukeyPValues(pairwiseDifferences(areas, 'holm'), areas.ids.length);
  const raw = found.map(({ pValue }) => pValue ?? NaN);
  const adjusted = (kind: 'bonferroni' | 'hochberg' | 'BH'): number[] => adjustPValues(raw, kind);
  const [bonferroni, hochberg, falseShare] = [adjusted('bonferroni'), adjusted('hochberg'), adjusted('BH')];
  return found.map((pair, index) => ({
    a: pair.first,
    b: pair.second,
    diff: pair.difference,
    z: pair.statistic,
    p: pair.pValue,
    holm: pair.adjustedPValue,
    bonferroni: bonferroni[index],
    hochberg: hochberg[index],
    BH: falseShare[index],
    tukey: pair.tukeyPValue,
  }));
}

function simulated(areas: ComparedEstimates, errors: Float64Array): object {
  const table = readTable('rank_draws.csv');
  const columns = areas.ids.map((_, k) => table.numbers(`V${k + 1}`));
  const draws = Array.from({ length: table.rowCount }, (_, row) =>
    Float64Array.from(columns, (column, k) => (column[row] ?? NaN) * (errors[k] ?? NaN)),
  );
  const found = simulatedRankSets(areas, draws, 0.95);
  return {
    crit_simultaneous: found.simultaneousCriticalValue,
    simultaneous_lower: lowers(found.simultaneous),
    simultaneous_upper: uppers(found.simultaneous),
    crit_marginal: found.marginalCriticalValues,
    marginal_lower: lowers(found.marginal),
    marginal_upper: uppers(found.marginal),
    stepwise_lower: lowers(found.stepDown),
    stepwise_upper: uppers(found.stepDown),
    expected_rank: found.expectedRanks,
    prob_best: found.probabilityFirst,
    prob_top3: found.probabilityTopThree,
  };
}

export const ranks: Handler = (check) => {
  const table = readTable('rank_areas.csv');
  const errors = table.numbers('se');
  const areas = independentEstimates(table.text('area'), table.numbers('est'), errors);
  const count = areas.ids.length;
  switch (check.id) {
    case 'rank_pairs':
      return pairs(areas);
    case 'rank_cs_bonf': {
      const { marginal, simultaneous } = bonferroniRankSets(areas);
      return {
        rank: pointRanks(areas.estimates),
        crit_marginal: marginal.criticalValue,
        marginal_lower: lowers(marginal.sets),
        marginal_upper: uppers(marginal.sets),
        crit_simultaneous: simultaneous.criticalValue,
        simultaneous_lower: lowers(simultaneous.sets),
        simultaneous_upper: uppers(simultaneous.sets),
      };
    }
    case 'rank_kww': {
      const [bonferroni, independence] = [
        normalQuantile(1 - 0.05 / (2 * count)),
        normalQuantile(1 - (1 - 0.95 ** (1 / count)) / 2),
      ];
      return {
        z_bonferroni: bonferroni,
        bonferroni_lower: lowers(intervalRankSets(areas, bonferroni)),
        bonferroni_upper: uppers(intervalRankSets(areas, bonferroni)),
        z_independence: independence,
        independence_lower: lowers(intervalRankSets(areas, independence)),
        independence_upper: uppers(intervalRankSets(areas, independence)),
      };
    }
    case 'rank_cs_sim':
      return simulated(areas, errors);
    default:
      return undefined;
  }
};
