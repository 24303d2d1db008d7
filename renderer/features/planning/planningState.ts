/** Inputs of a sample plan as people type them (percent, whole numbers), and the question they make. */
import type { Plan } from '@shared/domain/plan';
import type { Region } from '@shared/domain/region';
import type { AllocationRule } from '@shared/estimation/allocation';
import type { SamplePlanQuestion } from '@shared/estimation/samplePlan';
import { defaultUnitCodes } from '../wizard/units';

export interface PlanningDistrict {
  readonly id: string;
  readonly name: string;
  /** Persons aged 18–69; undefined until known. */
  population: number | undefined;
  /** Assumed share in percent; undefined: as the whole. */
  sharePercent: number | undefined;
}

export interface PlanningInputs {
  total: number;
  rule: AllocationRule;
  exponent: number;
  minimumPerDistrict: number;
  sharePercent: number;
  targetPercent: number;
  marginPoints: number;
  changePoints: number;
  significancePercent: number;
  powerPercent: number;
  respondentsPerPsu: number;
  intraclassCorrelation: number;
  weightVariation: number;
  responsePercent: number;
  costPerPsu: number;
  costPerRespondent: number;
}

/** A prudent start: statistics.md section 10 (rho .03–.08, ten PSUs a district, three points). Costs are examples. */
export const usualInputs = (): PlanningInputs => ({
  total: 4000,
  rule: 'power',
  exponent: 0.5,
  minimumPerDistrict: 200,
  sharePercent: 18,
  targetPercent: 15,
  marginPoints: 3,
  changePoints: 3,
  significancePercent: 5,
  powerPercent: 80,
  respondentsPerPsu: 10,
  intraclassCorrelation: 0.05,
  weightVariation: 0.5,
  responsePercent: 70,
  costPerPsu: 1000,
  costPerRespondent: 100,
});

/** Target of the plan's next goal from `year` on, in percent. */
export function goalOf(plan: Plan, year: number): { readonly value: number; readonly year: number } | null {
  const goals = [...plan.headlineGoals].sort((a, b) => a.year - b.year);
  return goals.find((goal) => goal.year >= year) ?? goals.at(-1) ?? null;
}

/** Units of the plan's region that count nobody twice. */
export function planningDistricts(regions: readonly Region[], plan: Plan, year: number): PlanningDistrict[] {
  const codes = defaultUnitCodes(regions, plan, year);
  return codes.map((id) => ({
    id,
    name: regions.find((region) => region.code === id)?.name ?? id,
    population: undefined,
    sharePercent: undefined,
  }));
}

/** Null until at least one district has a population; the others are left out. */
export function questionOf(
  inputs: PlanningInputs,
  districts: readonly PlanningDistrict[],
): SamplePlanQuestion | null {
  const known = districts.flatMap(({ id, population, sharePercent }) =>
    population === undefined || population < 1
      ? []
      : [{ id, populationCount: population, share: sharePercent === undefined ? null : sharePercent / 100 }],
  );
  if (known.length === 0) return null;
  return {
    districts: known,
    total: inputs.total,
    rule: inputs.rule,
    exponent: inputs.exponent,
    minimumPerDistrict: inputs.minimumPerDistrict,
    share: inputs.sharePercent / 100,
    target: inputs.targetPercent / 100,
    margin: inputs.marginPoints / 100,
    change: inputs.changePoints / 100,
    significanceLevel: inputs.significancePercent / 100,
    power: inputs.powerPercent / 100,
    confidenceLevel: 0.95,
    respondentsPerPsu: inputs.respondentsPerPsu,
    intraclassCorrelation: inputs.intraclassCorrelation,
    weightVariation: inputs.weightVariation,
    responseRate: inputs.responsePercent / 100,
    costPerPsu: inputs.costPerPsu,
    costPerRespondent: inputs.costPerRespondent,
  };
}

/** Numbers pasted from a column of a sheet; thousands separators and blanks are forgiven, other texts give undefined. */
export const pastedNumbers = (text: string): readonly (number | undefined)[] =>
  text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => {
      const digits = (line.split('\t')[0] ?? '').replaceAll(/[,，\s]/g, '');
      return /^\d+$/.test(digits) ? Number(digits) : undefined;
    });
