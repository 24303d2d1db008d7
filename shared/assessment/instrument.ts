/**
 * Instrument (测评口径): a versioned scoring rule. Dimensions, maxima, tiers and cut-offs are data read from
 * `seeds/instruments/<id>.json`; a new instrument is a new file, no code. Every cut-off is read as `>=`
 * (domain-facts §1.2: the sources say both "及以上" and "超过", and put "低于55分（不含）" in the lowest tier).
 */
import { z } from 'zod';
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import { describeIssues } from './issues';
import { itemDimensions } from './itemCodes';

const points = z.number().min(0).max(1000);
const label = z.string().min(1).max(60);

/** A official or national media, B one secondary source, C derived, M general knowledge, N not published (ours). */
const confidence = z.enum(['A', 'B', 'C', 'M', 'N']);

const instrumentDimension = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  label,
  /** Points a respondent reaches with every item of the dimension right. */
  maximum: points.positive(),
  /** Item dimensions that feed it; an item dimension in no list is asked but not scored. */
  itemDimensions: z.array(z.enum(itemDimensions)).min(1),
  /** Own cut of the dimension in points, `>=`; null in a compensatory instrument. */
  passAtLeast: points.nullable(),
});

const tier = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  label,
  /** Smallest total of the tier, `>=`; null where the tier does not depend on the total. */
  atLeast: points.nullable(),
  /** Whether a person in the tier counts as 具备科学素质 under the instrument. */
  passes: z.boolean(),
});
export type InstrumentTier = z.infer<typeof tier>;

const instrumentShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string().min(1).max(80),
  shortTitle: z.string().min(1).max(30),
  source: z.string().min(1),
  confidence,
  /** Where the cut-offs come from, when weaker than the rule itself. */
  cutOffSource: z.string().min(1),
  cutOffConfidence: confidence,
  cutOffSemantics: z.literal('>='),
  /** compensatory: the total decides; conjunctive: every dimension must reach its own cut. */
  rule: z.enum(['compensatory', 'conjunctive']),
  maximum: points.positive(),
  dimensions: z.array(instrumentDimension).min(1),
  /** From best to worst. */
  tiers: z.array(tier).min(2),
  formRule: z.strictObject({
    itemCount: z.int().positive().nullable(),
    pointsPerItem: z.number().positive().nullable(),
    coversAllBenchmarks: z.boolean(),
  }),
  localInstrumentNote: z.string().min(1),
  /** Other instruments whose results may share a trend line; empty means none. */
  comparableWith: z.array(z.string()),
  notes: z.array(z.string()),
});
export type Instrument = z.infer<typeof instrumentShape>;
type Report = (path: readonly string[], message: string) => void;

function checkDimensions(instrument: Instrument, report: Report): void {
  const sum = instrument.dimensions.reduce((total, dimension) => total + dimension.maximum, 0);
  if (sum !== instrument.maximum) report(['dimensions'], 'maxima do not add up to the instrument maximum');
  const fed = instrument.dimensions.flatMap((dimension) => dimension.itemDimensions);
  if (new Set(fed).size !== fed.length) report(['dimensions'], 'an item dimension is scored twice');
  const conjunctive = instrument.rule === 'conjunctive';
  for (const dimension of instrument.dimensions) {
    const cut = dimension.passAtLeast;
    if (conjunctive !== (cut !== null)) report(['dimensions', dimension.id], 'cut does not fit the rule');
    if (cut !== null && cut > dimension.maximum) report(['dimensions', dimension.id], 'cut above maximum');
  }
}

function checkTierOrder(tiers: Instrument['tiers'], report: Report): void {
  if (new Set(tiers.map((each) => each.id)).size !== tiers.length) report(['tiers'], 'duplicate tier id');
  if (tiers.some((each, index) => index > 0 && each.passes && tiers[index - 1]?.passes === false))
    report(['tiers'], 'a failing tier stands above a passing one');
}

function checkTierCuts(tiers: Instrument['tiers'], report: Report): void {
  const cuts = tiers.map((each) => each.atLeast ?? Number.NaN);
  if (cuts.some(Number.isNaN)) report(['tiers'], 'a compensatory tier needs atLeast');
  if (cuts.some((cut, index) => index > 0 && !(cut < (cuts[index - 1] ?? 0))))
    report(['tiers'], 'cut-offs must fall from tier to tier');
  if (cuts.at(-1) !== 0) report(['tiers'], 'the last tier must start at 0');
}

function checkTiers(instrument: Instrument, report: Report): void {
  const { tiers, rule } = instrument;
  checkTierOrder(tiers, report);
  if (rule === 'compensatory') return checkTierCuts(tiers, report);
  const isPair = tiers.length === 2 && tiers[0]?.passes === true && tiers[1]?.passes === false;
  if (!isPair || tiers.some((each) => each.atLeast !== null))
    report(['tiers'], 'a conjunctive instrument has one passing and one failing tier without totals');
}

/** Shape and inner consistency of one instrument file. */
export const instrumentSchema = instrumentShape.superRefine((instrument, context) => {
  const report: Report = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
  checkDimensions(instrument, report);
  checkTiers(instrument, report);
});

/** Reads an instrument from parsed JSON; SEED_INVALID says where it is wrong. */
export function parseInstrument(json: unknown): Result<Instrument> {
  const parsed = instrumentSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return fail('SEED_INVALID', { seed: 'instrument', where: describeIssues(parsed.error).join('; ') });
}

/**
 * Removes binary noise before a comparison with a cut-off: 69.99999999996 from sums of thirds is 70.
 * Differences larger than 1e-9 survive.
 */
export const roundToNanoPoint = (value: number): number => Math.round(value * 1e9) / 1e9;

const reaches = (value: number, cut: number): boolean => roundToNanoPoint(value) >= cut;

/**
 * Tier of one person. Compensatory: best tier whose cut the total reaches. Conjunctive: the passing tier when
 * every dimension reaches its own cut (Miller 1983; no compensation), the total is ignored.
 * `total` and `dimensionScores` are points; a missing dimension counts as 0.
 * @example tierOf(cast2024, 69.99, {}).id === 'basic'; tierOf(cast2024, 70, {}).id === 'literate'
 */
export function tierOf(
  instrument: Instrument,
  total: number,
  dimensionScores: Readonly<Record<string, number>>,
): InstrumentTier {
  const best =
    instrument.rule === 'compensatory'
      ? instrument.tiers.find((each) => reaches(total, each.atLeast ?? 0))
      : instrument.tiers.find(
          (each) =>
            each.passes ===
            instrument.dimensions.every((dimension) =>
              reaches(dimensionScores[dimension.id] ?? 0, dimension.passAtLeast ?? 0),
            ),
        );
  const found = best ?? instrument.tiers.at(-1);
  if (found === undefined) throw new Error(`instrument ${instrument.id} has no tiers`);
  return found;
}

/** Total from which a person counts as 具备科学素质; null when the rule is conjunctive. */
export function passCutOf(instrument: Instrument): number | null {
  if (instrument.rule === 'conjunctive') return null;
  return instrument.tiers.filter((each) => each.passes).at(-1)?.atLeast ?? null;
}

/** Whether results of two instruments may stand on one trend line. */
export const areComparable = (first: Instrument, second: Instrument): boolean =>
  first.id === second.id ||
  (first.comparableWith.includes(second.id) && second.comparableWith.includes(first.id));
