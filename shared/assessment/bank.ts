/**
 * Item bank: the files of one `question-banks/<id>/` folder, read as a whole. One error anywhere refuses the
 * whole bank, with a list of where; nothing is loaded half.
 */
import { z } from 'zod';
import { fail, ok } from '../domain/result';
import type { Failure, Result } from '../domain/result';
import { describeIssues } from './issues';
import { itemSchema } from './item';
import type { Item, StimulusContent } from './item';

export const bankSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  licence: z.string().min(1),
  source: z.string().min(1),
  /** A public bank can be read by anyone: good for trials and training, never for an official survey. */
  isPublic: z.boolean(),
  statusNote: z.string().min(1),
  /** File names below `items/` and `refs/`. */
  files: z.strictObject({ items: z.array(z.string()).min(1), refs: z.array(z.string()).min(1) }),
});
export type BankMeta = z.infer<typeof bankSchema>;

/** A source items rest on. Further fields are kept as they are. */
export const referenceSchema = z.looseObject({
  title: z.string().min(1),
  issuer: z.string().min(1),
  type: z.string().min(1),
  /** 'superseded' or 'withdrawn' moves its items to hold. */
  status: z.string().optional(),
});
export type Reference = z.infer<typeof referenceSchema>;

const itemFileSchema = z.union([
  z.array(z.unknown()),
  z.looseObject({
    defaults: z.record(z.string(), z.unknown()).optional(),
    refs: z.record(z.string(), z.unknown()).optional(),
    items: z.array(z.unknown()),
  }),
]);
const refFileSchema = z.record(z.string(), z.unknown());

/** An item whose stimulus reference has been replaced by the stimulus itself. */
export type BankItem = Omit<Item, 'stimulus'> & { readonly stimulus?: StimulusContent };

export interface ItemBank {
  readonly meta: BankMeta;
  readonly items: readonly BankItem[];
  readonly references: Readonly<Record<string, Reference>>;
}

export interface BankFile {
  readonly name: string;
  readonly content: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Item fields win over the file's defaults; `irt` and other objects are merged one level deep. */
export function mergeDefaults(defaults: Readonly<Record<string, unknown>>, item: unknown): unknown {
  if (!isRecord(item)) return item;
  const merged: Record<string, unknown> = { ...defaults, ...item };
  for (const [field, value] of Object.entries(defaults)) {
    const own = item[field];
    if (isRecord(value) && isRecord(own)) merged[field] = { ...value, ...own };
  }
  return merged;
}

interface Collected<T> {
  readonly entries: Map<string, T>;
  readonly problems: string[];
}

function addReference(refs: Collected<Reference>, where: string, id: string, content: unknown): void {
  const parsed = referenceSchema.safeParse(content);
  if (!parsed.success) {
    refs.problems.push(...describeIssues(parsed.error).map((issue) => `${where}: ${id}: ${issue}`));
    return;
  }
  const known = refs.entries.get(id);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(parsed.data))
    refs.problems.push(`${where}: ${id}: reference id used for two different references`);
  refs.entries.set(id, parsed.data);
}

function collectReferences(files: readonly BankFile[]): Collected<Reference> {
  const refs: Collected<Reference> = { entries: new Map(), problems: [] };
  for (const file of files) {
    const parsed = refFileSchema.safeParse(file.content);
    if (!parsed.success) {
      refs.problems.push(...describeIssues(parsed.error).map((issue) => `${file.name}: ${issue}`));
      continue;
    }
    const inner = isRecord(parsed.data['refs']) ? parsed.data['refs'] : parsed.data;
    for (const [id, content] of Object.entries(inner)) addReference(refs, file.name, id, content);
  }
  return refs;
}

/** Raw items of one file with the file's defaults merged in; null when the file has another shape. */
function rawItemsOf(content: unknown): unknown[] | null {
  const parsed = itemFileSchema.safeParse(content);
  if (!parsed.success) return null;
  const file = parsed.data;
  if (Array.isArray(file)) return file;
  const defaults = file.defaults ?? {};
  return file.items.map((item) => mergeDefaults(defaults, item));
}

function addItem(items: Collected<Item>, fileName: string, content: unknown, index: number): void {
  const id = isRecord(content) && typeof content['id'] === 'string' ? content['id'] : `#${index + 1}`;
  const parsed = itemSchema.safeParse(content);
  if (!parsed.success)
    items.problems.push(...describeIssues(parsed.error).map((issue) => `${fileName}: ${id}: ${issue}`));
  else if (items.entries.has(id)) items.problems.push(`${fileName}: ${id}: item id used twice`);
  else items.entries.set(id, parsed.data);
}

function collectItems(files: readonly BankFile[]): Collected<Item> {
  const items: Collected<Item> = { entries: new Map(), problems: [] };
  for (const file of files) {
    const raw = rawItemsOf(file.content);
    if (raw === null) items.problems.push(`${file.name}: neither a list of items nor { defaults, items }`);
    raw?.forEach((content, index) => addItem(items, file.name, content, index));
  }
  return items;
}

function collectStimuli(items: ReadonlyMap<string, Item>): Collected<StimulusContent> {
  const stimuli: Collected<StimulusContent> = { entries: new Map(), problems: [] };
  for (const item of items.values()) {
    const own = item.stimulus;
    if (own === undefined || 'ref' in own) continue;
    if (stimuli.entries.has(own.id)) stimuli.problems.push(`${item.id}: stimulus ${own.id} defined twice`);
    stimuli.entries.set(own.id, own);
  }
  return stimuli;
}

interface Known {
  readonly items: ReadonlyMap<string, Item>;
  readonly references: ReadonlyMap<string, Reference>;
  readonly stimuli: ReadonlyMap<string, StimulusContent>;
}

function findBrokenLinks(item: Item, known: Known): string[] {
  const unknownReferences = item.references.filter(({ ref }) => !known.references.has(ref));
  const unknownEnemies = (item.enemies ?? []).filter((enemy) => !known.items.has(enemy));
  const problems = [
    ...unknownReferences.map(({ ref }) => `${item.id}: unknown reference ${ref}`),
    ...unknownEnemies.map((enemy) => `${item.id}: unknown enemy ${enemy}`),
  ];
  if (item.stimulus !== undefined && 'ref' in item.stimulus && !known.stimuli.has(item.stimulus.ref))
    problems.push(`${item.id}: unknown stimulus ${item.stimulus.ref}`);
  if (item.scoring.rule === 'partial')
    problems.push(`${item.id}: partial scoring is not supported by any instrument`);
  return problems;
}

function resolveStimulus(item: Item, stimuli: ReadonlyMap<string, StimulusContent>): BankItem {
  const { stimulus, ...rest } = item;
  if (stimulus === undefined) return rest;
  const content = 'ref' in stimulus ? stimuli.get(stimulus.ref) : stimulus;
  return content === undefined ? rest : { ...rest, stimulus: content };
}

const listedProblems = 60;

function refuse(problems: readonly string[]): { readonly ok: false; readonly failure: Failure } {
  return fail('SEED_INVALID', {
    seed: 'bank',
    count: problems.length,
    where: problems.slice(0, listedProblems).join('\n'),
  });
}

/**
 * Reads a bank from the parsed JSON of its files. SEED_INVALID carries `count` problems and the first sixty in
 * `where`, one a line as "file: item: field: what".
 */
export function parseBank(
  bankJson: unknown,
  itemFiles: readonly BankFile[],
  refFiles: readonly BankFile[],
): Result<ItemBank> {
  const meta = bankSchema.safeParse(bankJson);
  if (!meta.success) return refuse(describeIssues(meta.error).map((issue) => `bank.json: ${issue}`));
  const references = collectReferences(refFiles);
  const items = collectItems(itemFiles);
  const stimuli = collectStimuli(items.entries);
  const problems = [...references.problems, ...items.problems, ...stimuli.problems];
  const known = { items: items.entries, references: references.entries, stimuli: stimuli.entries };
  if (problems.length === 0)
    problems.push(...[...items.entries.values()].flatMap((item) => findBrokenLinks(item, known)));
  if (problems.length > 0) return refuse(problems);
  return ok({
    meta: meta.data,
    items: [...items.entries.values()].map((item) => resolveStimulus(item, stimuli.entries)),
    references: Object.fromEntries(references.entries),
  });
}
