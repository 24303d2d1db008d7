/**
 * The two bootstraps of PSUs within strata that R survey knows, told apart by R's own names:
 * `subbootstrap` draws n_h - 1 of n_h PSUs (Rao & Wu 1988; Rao, Wu & Yue 1992), `bootstrap` n_h of n_h (Canty & Davison
 * 1999). Both with replacement and for negligible sampling fractions. The first is unbiased for linear statistics in
 * every stratum and is the product's own; the second corrects for n_h by one factor over all strata.
 * A seed gives the same factors on every machine; they are not R's draws, whose generator is another.
 */
import { fail, ok, type Result } from '../../domain/result';
import { createRandom } from '../../numeric/seededRandom';
import { addAt, at } from '../../numeric/typedArray';
import type { DesignStage } from '../design/stages';
import type { SurveyDesign } from '../design/surveyDesign';
import type { ReplicateWeights } from './replicates';

export interface BootstrapOptions {
  readonly seed: number | string;
  /** At least 2; 500 to 1,000 for standard errors. */
  readonly replicateCount: number;
}

interface BootstrapRule {
  readonly method: 'bootstrap' | 'subbootstrap';
  /** PSUs drawn from `sampledCount`, and what one draw adds to a PSU's factor. */
  readonly drawCount: (sampledCount: number) => number;
  readonly factor: (sampledCount: number) => number;
  /** Overall scale times (replicates - 1). */
  readonly scale: (first: DesignStage) => number;
}

const raoWu: BootstrapRule = {
  method: 'subbootstrap',
  drawCount: (count) => count - 1,
  factor: (count) => count / (count - 1),
  scale: () => 1,
};

const cantyDavison: BootstrapRule = {
  method: 'bootstrap',
  drawCount: (count) => count,
  factor: () => 1,
  scale: ({ sampledUnitCount, stratumCount }) => {
    const harmonic = stratumCount / sampledUnitCount.reduce((sum, count) => sum + 1 / count, 0);
    return harmonic / (harmonic - 1);
  },
};

/**
 * Rao & Wu: factor n_h/(n_h-1) x times drawn among n_h - 1 draws; scale 1/(replicates - 1).
 * Failure: SINGLE_PSU_STRATUM {stratum}. Agrees with R: as.svrepdesign(type = "subbootstrap").
 */
export const subbootstrapReplicates = (
  design: SurveyDesign,
  options: BootstrapOptions,
): Result<ReplicateWeights> => draw(design, options, raoWu);

/**
 * Canty & Davison: factor = times drawn among n_h draws; scale m/((m-1)(replicates - 1)), m the harmonic mean of the
 * n_h. Failure: SINGLE_PSU_STRATUM {stratum}. Agrees with R: as.svrepdesign(type = "bootstrap") without fpc.
 */
export const cantyDavisonReplicates = (
  design: SurveyDesign,
  options: BootstrapOptions,
): Result<ReplicateWeights> => draw(design, options, cantyDavison);

function draw(
  design: SurveyDesign,
  options: BootstrapOptions,
  rule: BootstrapRule,
): Result<ReplicateWeights> {
  const first = design.stages[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  const single = first.sampledUnitCount.findIndex((count) => count < 2);
  if (single >= 0)
    return fail('SINGLE_PSU_STRATUM', { stratum: first.stratumLabels[single] ?? '', stage: 1, count: 1 });
  const { replicateCount } = options;
  return ok({
    method: rule.method,
    replicateCount,
    factors: drawFactors(first, options, rule),
    overallScale: rule.scale(first) / (replicateCount - 1),
    replicateScales: new Float64Array(replicateCount).fill(1),
  });
}

function drawFactors(first: DesignStage, options: BootstrapOptions, rule: BootstrapRule): Float64Array {
  const random = createRandom(options.seed);
  const strata = Array.from({ length: first.stratumCount }, (_, stratum) =>
    Int32Array.from(first.stratumOfUnit.keys()).filter((unit) => first.stratumOfUnit[unit] === stratum),
  );
  const factors = new Float64Array(options.replicateCount * first.unitCount);
  for (let replicate = 0; replicate < options.replicateCount; replicate++) {
    for (const units of strata) {
      const factor = rule.factor(units.length);
      for (let k = 0; k < rule.drawCount(units.length); k++) {
        const unit = at(units, random.int(units.length));
        addAt(factors, replicate * first.unitCount + unit, factor);
      }
    }
  }
  return factors;
}
