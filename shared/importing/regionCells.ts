/** Finds the reporting unit a cell names: by code, by a longer address code, by name, short name or alias. */
import type { ImportRegion } from './context';
import { fold } from './normalise';
import { read, refuse, type CellReading } from './problems';
import { cellText, type Cell } from './table';

export type RegionReader = (cell: Cell) => CellReading<string>;

/** `姑苏区` → `姑苏`; names of two characters stay whole. */
const withoutSuffix = (name: string): string =>
  name.length > 2 ? name.replace(/(自治县|市辖区|开发区|街道|区|县|市|镇|乡)$/u, '') : name;

/** Code by spelling; null where two regions share it. */
function uniqueNames(spellings: readonly (readonly [string, string])[]): ReadonlyMap<string, string | null> {
  const names = new Map<string, string | null>();
  for (const [spelling, code] of spellings) {
    const held = names.get(spelling);
    names.set(spelling, held === undefined || held === code ? code : null);
  }
  return names;
}

/** Region whose code the 9 or 12 digits of an address code begin with; the longest wins. */
function byAddressCode(digits: string, regions: readonly ImportRegion[]): string | null {
  if (!/^\d{6,12}$/.test(digits)) return null;
  const matches = regions.filter(({ code }) => /^\d{6,}$/.test(code) && digits.startsWith(code));
  return matches.reduce<string | null>(
    (best, { code }) => (code.length > (best?.length ?? 0) ? code : best),
    null,
  );
}

/** Reader for the regions of one survey. Anything else is refused with the names that are allowed. */
export function createRegionReader(regions: readonly ImportRegion[]): RegionReader {
  const names = uniqueNames(
    regions.flatMap(({ code, name, aliases }) =>
      [name, ...aliases].map((text) => [fold(text), code] as const),
    ),
  );
  const shortNames = uniqueNames(regions.map(({ code, name }) => [withoutSuffix(fold(name)), code] as const));
  const codes = new Map(regions.map(({ code }) => [fold(code), code]));
  const allowed = regions
    .map(({ name }) => name)
    .join('、')
    .slice(0, 200);
  return (cell) => {
    const folded = fold(cellText(cell));
    const code =
      codes.get(folded) ?? names.get(folded) ?? shortNames.get(folded) ?? byAddressCode(folded, regions);
    return code ? read(code) : refuse('UNKNOWN_REGION', { allowed });
  };
}
