/** Which published cells add up to a published total: the lines along which a hidden cell could be recovered. */
import type { ReportDomain } from './domains';

/** 重点人群 overlap, so their cells never add up to anything. */
const isAdditive = (domain: ReportDomain): boolean => domain.grouping !== 'keyGroup';

function collect(lines: Map<string, string[]>, key: string, id: string): void {
  const line = lines.get(key);
  if (line === undefined) lines.set(key, [id]);
  else line.push(id);
}

/**
 * Lines of cell ids: the units of the city; the categories of each grouping; in the crossing, the categories
 * within each unit and the units within each category.
 */
export function additiveLines(domains: readonly ReportDomain[]): readonly (readonly string[])[] {
  const lines = new Map<string, string[]>();
  for (const domain of domains.filter(isAdditive)) {
    const { id, regionCode, grouping, category } = domain;
    if (grouping === null) collect(lines, 'units', id);
    else if (regionCode === null) collect(lines, grouping, id);
    else {
      collect(lines, `unit:${regionCode}:${grouping}`, id);
      collect(lines, `category:${grouping}:${category ?? ''}`, id);
    }
  }
  for (const domain of domains)
    if (domain.grouping === 'keyGroup' && domain.regionCode !== null)
      collect(lines, `keyGroup:${domain.category ?? ''}`, domain.id);
  return [...lines.values()].filter((line) => line.length > 1);
}
