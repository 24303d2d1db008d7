/**
 * The region tree: country, provinces, prefectures, counties, townships and functional areas with the years in
 * which each code was in use. Read by plans, surveys, import and published figures.
 */
import { z } from 'zod';

/** Our code of the whole country; GB/T 2260 has none. */
export const nationalRegionCode = '000000';

/** Six digits (GB/T 2260), nine for townships, or `321000-F1` for an area without any national code. */
export const regionCodeSchema = z.string().regex(/^\d{6}(\d{3}|-F\d)?$/);

export const regionLevels = ['country', 'province', 'prefecture', 'county', 'township'] as const;

export const regionSchema = z
  .strictObject({
    code: regionCodeSchema,
    /** `gbt2260` = national standard; `nbs` = statistical code of 国家统计局; `own` = ours, no national code found. */
    codeKind: z.enum(['gbt2260', 'nbs', 'own']),
    level: z.enum(regionLevels),
    /** `functional` = 开发区, 度假区 and the like: a statistical area, not an administrative division. */
    kind: z.enum(['administrative', 'functional']),
    parent: regionCodeSchema.nullable(),
    /** Sibling that contains this area, so that both must not be counted together; null when none does. */
    locatedIn: regionCodeSchema.nullable(),
    name: z.string().min(1),
    shortName: z.string().min(1),
    /** Lower-case pinyin initials of the name, for search. */
    pinyin: z.string().regex(/^[a-z]+$/),
    /** First and last year in use, inclusive; null = not bounded within the years this register covers. */
    validFrom: z.int().nullable(),
    validTo: z.int().nullable(),
    aliases: z.array(z.string().min(1)).readonly(),
    /** Codes that took over when this one ended. */
    successors: z.array(regionCodeSchema).readonly(),
    source: z.string().min(1),
    confidence: z.enum(['A', 'B', 'C']),
    note: z.string().min(1).nullable(),
  })
  .readonly();

export const regionTreeSchema = z
  .strictObject({ version: z.string(), regions: z.array(regionSchema).readonly() })
  .readonly();

export type Region = z.infer<typeof regionSchema>;
export type RegionTree = z.infer<typeof regionTreeSchema>;
export type RegionLevel = (typeof regionLevels)[number];

export type RegionMatch =
  | { readonly kind: 'one'; readonly region: Region }
  | { readonly kind: 'many'; readonly candidates: readonly Region[] }
  | { readonly kind: 'none' };

/**
 * Narrows a match to descendants of `within` (that region included), to one level, and to what the places have
 * become by `year`; without a year, to what they are in the newest edition of the register.
 */
export interface RegionMatchScope {
  readonly within?: string;
  readonly level?: RegionLevel;
  readonly year?: number;
}

/** Whether the code was in use in that year. */
export function isRegionValidIn(region: Region, year: number): boolean {
  return (region.validFrom ?? -Infinity) <= year && year <= (region.validTo ?? Infinity);
}

/** The region of that code, retired ones included; null when unknown. */
export function findRegion(tree: RegionTree, code: string): Region | null {
  return tree.regions.find((region) => region.code === code) ?? null;
}

/** Direct children in use in that year, in the order of the register; overlapping areas included. */
export function childrenOf(tree: RegionTree, code: string, year: number): readonly Region[] {
  return tree.regions.filter((region) => region.parent === code && isRegionValidIn(region, year));
}

/** The list without areas that lie inside another area of the same list, so that sums count nobody twice. */
export function withoutOverlaps(regions: readonly Region[]): readonly Region[] {
  const codes = new Set(regions.map((region) => region.code));
  return regions.filter((region) => region.locatedIn === null || !codes.has(region.locatedIn));
}

/** From the region up to the country, the region itself first; stops at an unknown code. */
export function ancestryOf(tree: RegionTree, code: string): readonly Region[] {
  const ancestry: Region[] = [];
  let current = findRegion(tree, code);
  while (current !== null && !ancestry.includes(current)) {
    ancestry.push(current);
    current = current.parent === null ? null : findRegion(tree, current.parent);
  }
  return ancestry;
}

/** What a region has become by `year`: itself while valid, else its successors, possibly none. */
export function successorsIn(tree: RegionTree, region: Region, year: number): readonly Region[] {
  if (isRegionValidIn(region, year)) return [region];
  return region.successors.flatMap((code) => {
    const successor = findRegion(tree, code);
    return successor === null ? [] : successorsIn(tree, successor, year);
  });
}

function normalise(text: string): string {
  return text.normalize('NFKC').replace(/[\s—–-]/gu, '');
}

/** `320583000000` (twelve digits, NBS) and `320583` are the same place; nine digits stay a township. */
function normaliseCode(text: string): string {
  const digits = text.normalize('NFKC').trim();
  if (!/^\d{12}$/.test(digits)) return digits;
  return digits.endsWith('000000') ? digits.slice(0, 6) : digits.slice(0, 9);
}

function namesOf(region: Region): readonly string[] {
  return [region.name, region.shortName, ...region.aliases].map(normalise);
}

function toMatch(candidates: readonly Region[]): RegionMatch {
  const [first] = candidates;
  if (first === undefined) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'one', region: first } : { kind: 'many', candidates };
}

function candidatesFor(tree: RegionTree, text: string): readonly Region[] {
  const wanted = normalise(text);
  const byCode = tree.regions.filter((region) => region.code === normaliseCode(text));
  const byName = tree.regions.filter((region) => normalise(region.name) === wanted);
  const byAnyName = tree.regions.filter((region) => namesOf(region).includes(wanted));
  return byCode.length > 0 ? byCode : [...new Set([...byName, ...byAnyName])];
}

/**
 * The region meant by a cell of a workbook or a typed word: code, or else name, short name or alias, in scope.
 * Spaces, dashes and full-width forms do not matter. A retired name or code leads to its successor. A full name wins
 * over a short name or alias; several places left give `many`, never a guess.
 */
export function matchRegion(tree: RegionTree, text: string, scope: RegionMatchScope = {}): RegionMatch {
  const { within, level, year = Infinity } = scope;
  const wanted = normalise(text);
  if (wanted === '') return { kind: 'none' };
  const current = candidatesFor(tree, text).flatMap((region) => successorsIn(tree, region, year));
  const inScope = [...new Set(current)].filter(
    (region) =>
      (level === undefined || region.level === level) &&
      (within === undefined || ancestryOf(tree, region.code).some((ancestor) => ancestor.code === within)),
  );
  const fullName = inScope.filter((region) => normalise(region.name) === wanted);
  return toMatch(fullName.length > 0 ? fullName : inScope);
}
