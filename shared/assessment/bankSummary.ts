/**
 * Composition of a bank against its targets: allocation by dimension × 基准 and dimension × area, topics, types,
 * difficulty, levels, kinds of knowledge, key balance and anchors. Targets are data (`targets.json` of the bank).
 */
import { z } from 'zod';
import type { BankItem, ItemBank } from './bank';
import { blocksOf, formatOf, itemFormats } from './blueprint';
import { cognitiveLevels, contentAreas, itemDimensions, knowledgeKinds, trueKey } from './itemCodes';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const shareRange = z.strictObject({ min: share, max: share });
export const pisaCompetencies = ['explain', 'enquiry', 'information'] as const;

export const bankTargetsSchema = z.strictObject({
  note: z.string(),
  itemCount: count,
  /** Items by 基准 and dimension; exact. */
  dimensionByBenchmark: z.record(z.string(), z.record(z.enum(itemDimensions), count)),
  /** Items by dimension and area; exact. */
  dimensionByArea: z.record(z.enum(itemDimensions), z.record(z.enum(contentAreas), count)),
  /** Least number of items that carry the tag. */
  topics: z.record(z.string(), count),
  formats: z.record(z.enum(itemFormats), share),
  difficultyBands: z.array(z.strictObject({ id: z.string(), from: share, to: z.number(), share })),
  cognitive: z.record(z.enum(cognitiveLevels), share),
  knowledge: z.record(z.enum(knowledgeKinds), share),
  /** Shares among the items that carry the tag. */
  pisa: z.record(z.enum(pisaCompetencies), share),
  /** How far a share may be from its target. */
  shareTolerance: z.strictObject({
    formats: share,
    difficultyBands: share,
    cognitive: share,
    knowledge: share,
    pisa: share,
  }),
  keyPosition: shareRange,
  trueKeyShare: shareRange,
  anchors: z.record(z.enum(itemDimensions), count),
});
export type BankTargets = z.infer<typeof bankTargetsSchema>;

export const summarySections = [
  'items',
  'dimensionByBenchmark',
  'dimensionByArea',
  'topics',
  'formats',
  'difficultyBands',
  'cognitive',
  'knowledge',
  'pisa',
  'keyPosition',
  'trueKeyShare',
  'anchors',
] as const;
export type SummarySection = (typeof summarySections)[number];

export interface SummaryRow {
  readonly section: SummarySection;
  /** What is counted: a code, or `基准/维度` and `维度/领域` as two codes joined by a slash. */
  readonly subject: string;
  readonly actual: number;
  /** Null where only a range is asked for. */
  readonly target: number | null;
  /** Infinity where there is no upper bound. */
  readonly min: number;
  readonly max: number;
  /** `items` or a share of 1. */
  readonly unit: 'items' | 'share';
  readonly met: boolean;
}

type Subject = Pick<SummaryRow, 'section' | 'subject'>;

const row = (
  of: Subject,
  actual: number,
  { min, max, target, unit }: Pick<SummaryRow, 'min' | 'max' | 'target' | 'unit'>,
): SummaryRow => ({
  ...of,
  actual,
  target,
  min,
  max,
  unit,
  met: actual >= min - 1e-9 && actual <= max + 1e-9,
});

const exactly = (of: Subject, actual: number, target: number): SummaryRow =>
  row(of, actual, { min: target, max: target, target, unit: 'items' });

const within = (
  of: Subject,
  actual: number,
  range: { readonly min: number; readonly max: number },
): SummaryRow => row(of, actual, { ...range, target: null, unit: 'share' });

interface Shares {
  readonly section: SummarySection;
  readonly targets: Readonly<Record<string, number>>;
  readonly tolerance: number;
  readonly valueOf: (item: BankItem) => string;
}

function shareRows(
  items: readonly BankItem[],
  { section, targets, tolerance, valueOf }: Shares,
): SummaryRow[] {
  return Object.entries(targets).map(([subject, target]) => {
    const actual = items.filter((item) => valueOf(item) === subject).length / Math.max(1, items.length);
    const range = { min: target - tolerance, max: target + tolerance };
    return row({ section, subject }, actual, { ...range, target, unit: 'share' });
  });
}

function allocationRows(items: readonly BankItem[], targets: BankTargets): SummaryRow[] {
  const countOf = (holds: (item: BankItem) => boolean): number => items.filter(holds).length;
  const byBenchmark = Object.entries(targets.dimensionByBenchmark).flatMap(([benchmark, cells]) =>
    itemDimensions.map((dimension) =>
      exactly(
        { section: 'dimensionByBenchmark', subject: `${benchmark}/${dimension}` },
        countOf((item) => String(item.benchmark.no) === benchmark && item.dimension === dimension),
        cells[dimension],
      ),
    ),
  );
  const byArea = itemDimensions.flatMap((dimension) =>
    contentAreas.map((area) =>
      exactly(
        { section: 'dimensionByArea', subject: `${dimension}/${area}` },
        countOf((item) => item.dimension === dimension && item.area === area),
        targets.dimensionByArea[dimension][area],
      ),
    ),
  );
  return [...byBenchmark, ...byArea];
}

function mixRows(items: readonly BankItem[], targets: BankTargets): SummaryRow[] {
  const inBlock = new Set([...blocksOf(items).values()].flat().map((item) => item.id));
  const { shareTolerance: tolerance, difficultyBands: bands } = targets;
  const bandOf = ({ difficulty: { p_prior: p } }: BankItem): string =>
    bands.find(({ from, to }) => p >= from && p < to)?.id ?? '';
  const mixes: readonly Shares[] = [
    {
      section: 'formats',
      targets: targets.formats,
      tolerance: tolerance.formats,
      valueOf: (item) => formatOf(item, inBlock.has(item.id)),
    },
    {
      section: 'difficultyBands',
      targets: Object.fromEntries(bands.map((band) => [band.id, band.share])),
      tolerance: tolerance.difficultyBands,
      valueOf: bandOf,
    },
    {
      section: 'cognitive',
      targets: targets.cognitive,
      tolerance: tolerance.cognitive,
      valueOf: (item) => item.cognitive ?? '',
    },
    {
      section: 'knowledge',
      targets: targets.knowledge,
      tolerance: tolerance.knowledge,
      valueOf: (item) => item.knowledge ?? '',
    },
  ];
  return mixes.flatMap((mix) => shareRows(items, mix));
}

/** Shares among tagged items, and how many carry no tag. */
function pisaRows(items: readonly BankItem[], targets: BankTargets): SummaryRow[] {
  const tagged = items.filter((item) => item.pisa !== undefined);
  return [
    ...shareRows(tagged, {
      section: 'pisa',
      targets: targets.pisa,
      tolerance: targets.shareTolerance.pisa,
      valueOf: (item) => item.pisa?.competency ?? '',
    }),
    exactly({ section: 'pisa', subject: 'none' }, items.length - tagged.length, 0),
  ];
}

function keyRows(items: readonly BankItem[], targets: BankTargets): SummaryRow[] {
  const shareOf = (group: readonly BankItem[], key: string): number =>
    group.filter((item) => item.key[0] === key).length / Math.max(1, group.length);
  const lettered = items.filter((item) => item.type === 'single' || item.type === 'chart');
  const statements = items.filter((item) => item.type === 'tf');
  return [
    ...['A', 'B', 'C', 'D'].map((letter) =>
      within({ section: 'keyPosition', subject: letter }, shareOf(lettered, letter), targets.keyPosition),
    ),
    within({ section: 'trueKeyShare', subject: trueKey }, shareOf(statements, trueKey), targets.trueKeyShare),
  ];
}

/** Every row of the bank's composition; retired items are not counted. */
export function summariseBank(bank: ItemBank, targets: BankTargets): readonly SummaryRow[] {
  const items = bank.items.filter((item) => item.status !== 'retired');
  const topics = Object.entries(targets.topics).map(([subject, least]) =>
    row({ section: 'topics', subject }, items.filter((item) => item.topics?.includes(subject)).length, {
      min: least,
      max: Infinity,
      target: null,
      unit: 'items',
    }),
  );
  const anchors = itemDimensions.map((dimension) =>
    exactly(
      { section: 'anchors', subject: dimension },
      items.filter((item) => item.dimension === dimension && item.anchor?.is_anchor === true).length,
      targets.anchors[dimension],
    ),
  );
  return [
    exactly({ section: 'items', subject: 'all' }, items.length, targets.itemCount),
    ...allocationRows(items, targets),
    ...topics,
    ...mixRows(items, targets),
    ...pisaRows(items, targets),
    ...keyRows(items, targets),
    ...anchors,
  ];
}
