/**
 * A plan (规划): a government document with goals, as extracted into `seeds/plans/*.json`.
 * Every extracted fact carries its evidence: the clause and a short quotation found literally in the source text.
 * Nothing here judges an estimate against a goal beyond the arithmetic of "more than" and "at least".
 */
import { z } from 'zod';
import { keyGroup } from './groups';
import { regionCodeSchema } from './region';

/** Longest quotation kept: it locates the passage, it does not reproduce it. */
export const maxQuotationLength = 24;

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const year = z.int().min(1990).max(2100);
const note = z.string().min(1).nullable();

/** `三(三)2` = chapter 三, section (三), item 2. Null where no source text is kept. */
export const clauseSchema = z
  .string()
  .regex(/^[一二三四五六七八九十]+(\([一二三四五六七八九十]+\))?(\d{1,2})?$/);

const evidence = {
  clause: clauseSchema.nullable(),
  quotation: z.string().min(2).max(maxQuotationLength).nullable(),
};
const statement = z.strictObject({ wording: z.string().min(1), ...evidence, note }).readonly();

/** What each verb of a headline goal means: 超过 is strict, 力争 marks an aspiration. */
export const goalVerbs = {
  超过: { operator: 'gt', aspirational: false },
  达到: { operator: 'gte', aspirational: false },
  不低于: { operator: 'gte', aspirational: false },
  力争达到: { operator: 'gte', aspirational: true },
} as const;

const headlineGoalSchema = z
  .strictObject({
    id: z.string(),
    year,
    /** Percent, e.g. 23 for 23 %. */
    value: z.number().gt(0).lt(100),
    operator: z.enum(['gt', 'gte']),
    verb: z.literal(Object.keys(goalVerbs) as (keyof typeof goalVerbs)[]),
    aspirational: z.boolean(),
    ...evidence,
    note,
  })
  .refine((goal) => goalVerbs[goal.verb].operator === goal.operator, 'operator does not follow from the verb')
  .refine(
    (goal) => goalVerbs[goal.verb].aspirational === goal.aspirational,
    'aspirational must match the verb',
  )
  .readonly();

const qualitativeGoalSchema = z
  .strictObject({ id: z.string(), year, wording: z.string().min(1), ...evidence, note })
  .readonly();

/** `suspectedParentFigure`: equals the figure of the superior city. `yearImplied`: the text names no year. */
export const baselineFlags = ['suspectedParentFigure', 'yearImplied'] as const;

const baselineSchema = z
  .strictObject({
    id: z.string(),
    year: year.nullable(),
    value: z.number().gt(0).lt(100),
    wording: z.string().min(1),
    flags: z.array(z.enum(baselineFlags)).readonly(),
    ...evidence,
    note,
  })
  .readonly();

const keyGroupSchema = z
  .strictObject({ id: keyGroup, wording: z.string().min(1), ...evidence, note })
  .readonly();
const subGroupSchema = z
  .strictObject({ parent: keyGroup, wording: z.string().min(1), ...evidence, note })
  .readonly();

const boundSubAreasSchema = z
  .strictObject({
    wording: z.string().min(1),
    /** Level of the region tree at which results are asked for. */
    regionLevel: z.enum(['county', 'township']),
    ...evidence,
    note,
  })
  .readonly();

export const dutyFrequencies = [
  'regular',
  'yearly',
  'twiceInFiveYears',
  'whenAppropriate',
  'unstated',
] as const;

const dutySchema = z
  .strictObject({
    id: z.string(),
    text: z.string().min(1),
    frequencyWording: z.string().min(1).nullable(),
    frequency: z.enum(dutyFrequencies),
    owner: z.string().min(1).nullable(),
    ...evidence,
    note,
  })
  .readonly();

/**
 * A quantified target other than the headline share. `value` and `unit` stay as printed (85 万人, not 850000).
 * `eq` = the text gives a plain number; `flow` = per year, `stock` = level reached, `periodTotal` = sum to the end.
 */
const otherTargetSchema = z
  .strictObject({
    id: z.string(),
    subject: z.string().min(1),
    operator: z.enum(['gte', 'gt', 'eq', 'range', 'approx']),
    value: z.number().gt(0),
    upperValue: z.number().gt(0).nullable(),
    unit: z.string().min(1),
    kind: z.enum(['flow', 'stock', 'periodTotal']),
    timing: z.string().min(1).nullable(),
    strength: z.string().min(1).nullable(),
    ambiguous: z.boolean(),
    ...evidence,
    note,
  })
  .refine(
    (target) => (target.operator === 'range') === (target.upperValue !== null),
    'a range needs two ends',
  )
  .refine((target) => !target.ambiguous || target.note !== null, 'an ambiguous target needs a note')
  .readonly();

const planObject = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  shortName: z.string().min(1),
  regionCode: regionCodeSchema,
  level: z.enum(['national', 'province', 'prefecture', 'countyCity', 'district']),
  issuer: z.string().min(1).nullable(),
  documentNumber: z.string().min(1).nullable(),
  issuedOn: isoDate.nullable(),
  issuedOnNote: note,
  status: z.enum(['inForce', 'draftForComment']),
  period: z.strictObject({ from: year, to: year }).readonly(),
  /** File `seeds/plans/texts/<sourceText>.txt`; null when no source text is kept. */
  sourceText: z.string().nullable(),
  headlineGoals: z.array(headlineGoalSchema).min(1).readonly(),
  qualitativeGoals: z.array(qualitativeGoalSchema).readonly(),
  rankingGoal: statement.nullable(),
  balanceGoal: statement.nullable(),
  missingBaseline: z.boolean(),
  baselines: z.array(baselineSchema).readonly(),
  keyGroups: z.array(keyGroupSchema).readonly(),
  subGroups: z.array(subGroupSchema).readonly(),
  weakGroups: z.array(statement).readonly(),
  boundSubAreas: boundSubAreasSchema.nullable(),
  duties: z.array(dutySchema).readonly(),
  otherTargets: z.array(otherTargetSchema).readonly(),
  note,
});

export interface PlanEvidence {
  readonly clause: string | null;
  readonly quotation: string | null;
}

type PlanObject = z.infer<typeof planObject>;

/** Every piece of evidence of a plan, in the order of its fields. */
export function evidenceOf(plan: Readonly<PlanObject>): readonly PlanEvidence[] {
  const single = [plan.rankingGoal, plan.balanceGoal, plan.boundSubAreas].filter((entry) => entry !== null);
  return [
    ...plan.headlineGoals,
    ...plan.qualitativeGoals,
    ...single,
    ...plan.baselines,
    ...plan.keyGroups,
    ...plan.subGroups,
    ...plan.weakGroups,
    ...plan.duties,
    ...plan.otherTargets,
  ];
}

function idsOf(plan: Readonly<PlanObject>): readonly string[] {
  return [
    ...plan.headlineGoals,
    ...plan.qualitativeGoals,
    ...plan.baselines,
    ...plan.duties,
    ...plan.otherTargets,
  ].map((entry) => entry.id);
}

export const planSchema = planObject
  .refine((plan) => plan.period.from <= plan.period.to, 'the period ends before it begins')
  .refine((plan) => new Set(idsOf(plan)).size === idsOf(plan).length, 'ids must be unique within the plan')
  .refine((plan) => idsOf(plan).every((id) => id.startsWith(`${plan.id}-`)), 'ids start with the plan id')
  .refine((plan) => !plan.missingBaseline || plan.baselines.length === 0, 'missingBaseline with a baseline')
  .refine(
    (plan) => evidenceOf(plan).every((entry) => (entry.quotation === null) === (plan.sourceText === null)),
    'every fact of a plan with a source text needs a quotation, and only of such a plan',
  )
  .readonly();

export type Plan = z.infer<typeof planSchema>;
export type HeadlineGoal = Plan['headlineGoals'][number];
export type PlanBaseline = Plan['baselines'][number];
export type PlanDuty = Plan['duties'][number];
export type OtherTarget = Plan['otherTargets'][number];

/** The goal set for `targetYear`, else null; a plan has at most one headline goal per year. */
export function headlineGoalFor(plan: Plan, targetYear: number): HeadlineGoal | null {
  return plan.headlineGoals.find((goal) => goal.year === targetYear) ?? null;
}

/**
 * Whether a share in percent fulfils the goal's wording: 超过 19 needs more than 19, 达到 23 needs at least 23.
 *
 * @example reachesGoal({ operator: 'gt', value: 19 }, 19) // false
 */
export function reachesGoal(goal: Pick<HeadlineGoal, 'operator' | 'value'>, sharePercent: number): boolean {
  return goal.operator === 'gt' ? sharePercent > goal.value : sharePercent >= goal.value;
}
