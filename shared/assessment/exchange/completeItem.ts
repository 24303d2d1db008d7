/** Fills in what a file of another system does not hold. Everything filled in is provisional and says so. */
import { normalQuantile } from '../../numeric/distributions';
import { completionTexts } from '../../texts/itemTableTexts';
import type { Reference } from '../bank';
import { firstVersion } from '../itemChange';
import type { CognitiveLevel, ContentArea, ItemDimension, ItemType } from '../itemCodes';
import { itemTypes } from '../itemCodes';

/** Where items of a file without our columns belong. */
export interface ItemDefaults {
  readonly dimension: ItemDimension;
  /** 基准, 1–26. */
  readonly benchmark: number;
  readonly area: ContentArea;
  readonly author: string;
  /** Of items whose file does not say it; left out when not given. */
  readonly cognitive?: CognitiveLevel | undefined;
  readonly topics?: readonly string[] | undefined;
}

type Raw = Readonly<Record<string, unknown>>;

/** Seconds by kind, the middle of question-bank-spec §2.2. */
const usualSeconds: Readonly<Record<ItemType, number>> = {
  tf: 14,
  single: 23,
  multi: 31,
  order: 46,
  match: 46,
  chart: 40,
};

const unknownShare = 0.5;
const widestError = 0.3;
const angoffError = 0.12;

/** Slope of b on the normal quantile of p for a = σ = 1, c = 0 (question-bank-spec §3.1 (4); Lord 1980). */
const slope = -1.97;

/** Provisional difficulty of an expected share right; two decimals, within the schema's bounds. */
export function provisionalDifficulty(share: number): number {
  const bounded = Math.min(Math.max(share, 0.01), 0.99);
  return Math.round(slope * normalQuantile(bounded) * 100) / 100 + 0;
}

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null;
const recordOf = (value: unknown): Raw => (isRecord(value) ? value : {});

const idPattern = /^(K|M|S1|S2|A1|A2)-(\d{2})-(ME|LH|EE|MI|ET|SS)-[A-Z]?\d{3,4}$/;

/** Place of an item in the framework: its own cells, else its id, else the defaults. */
function frameworkOf(raw: Raw, defaults: ItemDefaults | null): Raw {
  const id = raw['id'];
  const [, dimension, number, area] = idPattern.exec(typeof id === 'string' ? id : '') ?? [];
  const assumed =
    number === undefined
      ? { dimension: defaults?.dimension, area: defaults?.area, no: defaults?.benchmark }
      : { dimension, area, no: Number(number) };
  return {
    dimension: raw['dimension'] ?? assumed.dimension,
    area: raw['area'] ?? assumed.area,
    benchmark: { doc: '2016', point: null, no: assumed.no, ...recordOf(raw['benchmark']) },
  };
}

function measurementOf(raw: Raw, isForeign: boolean): Raw {
  const given = recordOf(raw['difficulty']);
  const difficulty = isForeign
    ? { p_prior: unknownShare, se: widestError, basis: completionTexts.difficulty, ...given }
    : { se: angoffError, ...given };
  const { p_prior: share } = difficulty as Raw;
  const b = provisionalDifficulty(typeof share === 'number' ? share : unknownShare);
  const seconds = itemTypes.find((type) => type === raw['type']);
  return {
    difficulty,
    irt: { model: '2PL', a: 1, b, c: 0, source: 'prior', ...recordOf(raw['irt']) },
    time_sec: raw['time_sec'] ?? (seconds === undefined || !isForeign ? undefined : usualSeconds[seconds]),
  };
}

/** Level and topics of items whose file has none. */
function describedBy(raw: Raw, defaults: ItemDefaults | null): Raw {
  const { cognitive, topics = [] } = defaults ?? {};
  return {
    ...(cognitive === undefined || raw['cognitive'] !== undefined ? {} : { cognitive }),
    ...(topics.length === 0 || raw['topics'] !== undefined ? {} : { topics: [...topics] }),
  };
}

/** Id of the reference that stands for a missing one. */
export const missingReferenceId = 'REF-IMPORT';

export const missingReference = (fileName: string): Reference => ({
  title: fileName,
  issuer: completionTexts.issuer,
  type: completionTexts.referenceType,
});

/** Gives new ids of one framework place: K-17-LH-X001, X002, … leaving out those taken. */
export function createIdGiver(taken: ReadonlySet<string>): (framework: Raw) => string {
  const next = new Map<string, number>();
  return (framework) => {
    const number = String(recordOf(framework['benchmark'])['no']).padStart(2, '0');
    const place = `${String(framework['dimension'])}-${number}-${String(framework['area'])}`;
    for (let count = (next.get(place) ?? 0) + 1; ; count += 1) {
      const id = `${place}-X${String(count).padStart(3, '0')}`;
      if (taken.has(id)) continue;
      next.set(place, count);
      return id;
    }
  };
}

export interface Completion {
  /** Null: the file states everything itself. */
  readonly defaults: ItemDefaults | null;
  readonly giveId: (framework: Raw) => string;
}

/**
 * A raw item with what it lacks. With defaults also place, id, author, expected share, time and a reference that
 * says it is missing; the item is then a 草稿 the checklist will not pass.
 */
export function completeItem(raw: Raw, { defaults, giveId }: Completion): Raw {
  const isForeign = defaults !== null;
  const framework = frameworkOf(raw, defaults);
  const references = Array.isArray(raw['references']) ? (raw['references'] as unknown[]) : [];
  const missing = [{ ref: missingReferenceId, fact: completionTexts.fact }];
  return {
    version: firstVersion,
    status: 'draft',
    reviews: [],
    history: [],
    ...raw,
    ...describedBy(raw, defaults),
    ...framework,
    ...measurementOf(raw, isForeign),
    id: raw['id'] ?? (isForeign ? giveId(framework) : undefined),
    scoring: { points: 2, rule: 'all_or_none', ...recordOf(raw['scoring']) },
    authors: raw['authors'] ?? (isForeign ? [defaults.author] : []),
    references: references.length === 0 && isForeign ? missing : references,
  };
}
