/**
 * One test item as stored in a bank file: question-bank-spec §6.1 (schema csl-item-1) plus the fields named
 * below it. Unknown fields are refused, so a misspelt field is an error and not a silent loss.
 * An item carries its key and never leaves the host: see `publicItem`.
 */
import { z } from 'zod';
import {
  cognitiveLevels,
  contentAreas,
  falseKey,
  itemDimensions,
  itemStatuses,
  itemTypes,
  knowledgeKinds,
  optionIds,
  trueKey,
} from './itemCodes';
import { pictureSchema } from './picture';

const isoDate = z.iso.date();

/** What a respondent's page can show of a table: headings and twenty rows, eight columns. */
export const mostTableRows = 21;
export const mostTableColumns = 8;

const stimulus = z.union([
  z.strictObject({ ref: z.string().min(1) }),
  z
    .strictObject({
      id: z.string().min(1),
      kind: z.enum(['text', 'table', 'image']),
      title: z.string().max(120).optional(),
      text: z.string().max(600).optional(),
      /** Rows of cells; the first row holds the headings of the columns, the first cell of a row is its heading. */
      table: z
        .array(z.array(z.string().max(60)).min(1).max(mostTableColumns))
        .min(1)
        .max(mostTableRows)
        .optional(),
      unit: z.string().max(20).optional(),
      /** Spoken alternative, compulsory for everything that is not plain text. */
      alt: z.string().min(1).max(400).optional(),
      picture: pictureSchema.optional(),
    })
    .refine((value) => value.picture === undefined || value.kind === 'image', {
      path: ['picture'],
      message: 'only an image stimulus has a picture',
    })
    .refine((value) => value.kind === 'text' || value.alt !== undefined, {
      path: ['alt'],
      message: 'a table or image needs alternative text',
    })
    .refine((value) => value.kind !== 'text' || value.text !== undefined, {
      path: ['text'],
      message: 'a text stimulus needs text',
    })
    .refine((value) => value.kind !== 'table' || value.table !== undefined, {
      path: ['table'],
      message: 'a table stimulus needs a table',
    }),
]);

const option = z.strictObject({
  id: z.enum(optionIds),
  text: z.string().min(1).max(40),
  misconception: z.string().optional(),
});

const review = z.strictObject({
  by: z.string().min(1),
  role: z.string().min(1),
  at: isoDate.optional(),
  verdict: z.string().min(1),
  note: z.string().optional(),
});

const difficulty = z.strictObject({
  /** Expected share of all adults 18–69 answering right. */
  p_prior: z.number().gt(0).lt(1),
  se: z.number().min(0.02).max(0.3),
  basis: z.string(),
});

const irt = z.strictObject({
  model: z.enum(['Rasch', '2PL', '3PL', 'GPCM']),
  a: z.number().positive(),
  b: z.number().min(-6).max(6),
  c: z.number().min(0).max(0.5),
  se_b: z.number().positive().optional(),
  scale: z.string().optional(),
  source: z.enum(['prior', 'pilot', 'operational']),
});

const exposure = z.strictObject({
  public: z.boolean(),
  n_forms: z.int().min(0),
  n_resp: z.int().min(0),
  last_used: isoDate.nullable(),
  cap_rate: z.number().gt(0).max(1),
});

const itemShape = z.strictObject({
  id: z.string().regex(/^(K|M|S1|S2|A1|A2)-(0[1-9]|1[0-9]|2[0-6])-(ME|LH|EE|MI|ET|SS)-[A-Z]?[0-9]{3,4}$/),
  version: z.string().regex(/^[0-9]+\.[0-9]+\.[0-9]+$/),
  lang: z.literal('zh-CN').optional(),
  status: z.enum(itemStatuses),
  status_note: z.string().optional(),
  dimension: z.enum(itemDimensions),
  benchmark: z.strictObject({
    doc: z.literal('2016'),
    no: z.int().min(1).max(26),
    point: z.int().min(1).max(132).nullable().optional(),
  }),
  area: z.enum(contentAreas),
  topics: z.array(z.string().min(1)).min(1).optional(),
  cognitive: z.enum(cognitiveLevels).optional(),
  knowledge: z.enum(knowledgeKinds).optional(),
  type: z.enum(itemTypes),
  stimulus: stimulus.optional(),
  stem: z.string().min(6).max(120),
  options: z.array(option).min(3).max(6).optional(),
  /** Right-hand side of a matching item. */
  targets: z
    .array(z.strictObject({ id: z.string().regex(/^[1-9]$/), text: z.string().min(1).max(40) }))
    .min(3)
    .max(6)
    .optional(),
  /** Option letters; 对/错 for tf; the right order for order; pairs such as "A1" for match. */
  key: z.array(z.string()).min(1),
  dk: z.boolean().optional(),
  shuffle: z.boolean().optional(),
  scoring: z.strictObject({ points: z.number().positive(), rule: z.enum(['all_or_none', 'partial']) }),
  rationale: z.string().optional(),
  references: z
    .array(
      z.strictObject({
        ref: z.string().min(1),
        fact: z.string().min(1),
        clause: z.string().optional(),
      }),
    )
    .min(1),
  difficulty,
  irt,
  time_sec: z.int().min(5).max(180),
  access: z.string().optional(),
  sensitivity: z.string().optional(),
  /** Items that must not stand on the same form. */
  enemies: z.array(z.string()).optional(),
  anchor: z.strictObject({ is_anchor: z.boolean(), years: z.array(z.int()) }).optional(),
  exposure: exposure.optional(),
  stats: z.array(z.record(z.string(), z.unknown())).optional(),
  authors: z.array(z.string().min(1)),
  reviews: z.array(review).optional(),
  review_due: isoDate.optional(),
  history: z
    .array(
      z.strictObject({
        at: isoDate,
        by: z.string(),
        what: z.string(),
        from: z.string().optional(),
        to: z.string().optional(),
      }),
    )
    .optional(),
  pisa: z.strictObject({ competency: z.string(), context: z.string() }).optional(),
  hash: z.string().optional(),
});
export type Item = z.infer<typeof itemShape>;
export type StimulusContent = Exclude<NonNullable<Item['stimulus']>, { ref: string }>;

type Report = (path: string, message: string) => void;

const isPermutation = (values: readonly string[], of: readonly string[]): boolean =>
  values.length === of.length && [...values].sort().join('|') === [...of].sort().join('|');

function checkMatching(item: Item, letters: readonly string[], report: Report): void {
  const targets = (item.targets ?? []).map((each) => each.id);
  if (targets.length === 0) report('targets', 'a match item needs targets');
  const pairs = item.key.map((pair) => ({ letter: pair.slice(0, 1), target: pair.slice(1) }));
  if (
    !isPermutation(
      pairs.map((pair) => pair.letter),
      letters,
    )
  )
    report('key', 'the key must pair every option once');
  if (pairs.some((pair) => !targets.includes(pair.target))) report('key', 'the key names an unknown target');
}

function checkTrueFalse(item: Item, report: Report): void {
  if (item.options !== undefined) report('options', 'a tf item has no options');
  const isVerdict = item.key.length === 1 && [trueKey, falseKey].includes(item.key[0] ?? '');
  if (!isVerdict) report('key', 'a tf key is one of 对 and 错');
}

function checkSingle(item: Item, letters: readonly string[], report: Report): void {
  if (item.key.length !== 1) report('key', 'one key expected');
  if (letters.length !== 4) report('options', 'four options expected');
}

function checkMulti(item: Item, _letters: readonly string[], report: Report): void {
  if (item.key.length < 2) report('key', 'a multi item has at least two keys');
}

function checkOrder(item: Item, letters: readonly string[], report: Report): void {
  if (!isPermutation(item.key, letters)) report('key', 'an order key lists every option once');
}

const choiceChecks = {
  single: checkSingle,
  chart: checkSingle,
  multi: checkMulti,
  order: checkOrder,
} as const;

function checkByType(item: Item, report: Report): void {
  if (item.type !== 'match' && item.targets !== undefined) report('targets', 'only a match item has targets');
  if (item.type === 'tf') return checkTrueFalse(item, report);
  const letters: string[] = (item.options ?? []).map((each) => each.id);
  if (letters.length === 0) return report('options', 'options are missing');
  if (new Set(letters).size !== letters.length) report('options', 'duplicate option id');
  if (item.type === 'match') return checkMatching(item, letters, report);
  if (item.key.some((each) => !letters.includes(each))) report('key', 'the key names an unknown option');
  choiceChecks[item.type](item, letters, report);
}

/** One item with every rule that can be judged without the rest of the bank. */
export const itemSchema = itemShape.superRefine((item, context) => {
  const report: Report = (path, message) => context.addIssue({ code: 'custom', path: [path], message });
  checkByType(item, report);
  if (new Set(item.key).size !== item.key.length) report('key', 'a key is listed twice');
  if (item.status === 'active' && (item.reviews?.length ?? 0) < 3)
    report('reviews', 'an active item needs at least three recorded reviews');
  const [dimension, benchmark, area] = item.id.split('-');
  if (dimension !== item.dimension) report('id', 'id and dimension differ');
  if (Number(benchmark) !== item.benchmark.no) report('id', 'id and 基准 differ');
  if (area !== item.area) report('id', 'id and area differ');
});
