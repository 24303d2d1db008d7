/**
 * Groups of districts that cannot be told apart: every group is as large as it can be without holding a pair that
 * differs (compact letter display by insert and absorb, Piepho 2004). A district may stand in several groups; two
 * districts differ exactly when they share none. Agrees with R: multcompView::multcompLetters before its sweep.
 */

/** Groups may grow exponentially in number for differences without any order; such a display tells nobody anything. */
const MOST_GROUPS_PER_MEMBER = 4;

/**
 * `order`: positions in the order in which groups and their members are listed. `differs` is symmetric.
 * Null when the groups would be more than four times the members.
 */
export function homogeneousGroups(
  order: readonly number[],
  differs: (i: number, j: number) => boolean,
): readonly (readonly number[])[] | null {
  let groups: ReadonlySet<number>[] = [new Set(order)];
  for (const [position, i] of order.entries())
    for (const j of order.slice(position + 1)) {
      if (!differs(i, j)) continue;
      groups = absorbed(groups.flatMap((group) => split(group, i, j)));
      if (groups.length > MOST_GROUPS_PER_MEMBER * order.length) return null;
    }
  const rank = new Map(order.map((member, position) => [member, position]));
  const place = (member: number): number => rank.get(member) ?? 0;
  return groups
    .map((group) => [...group].sort((a, b) => place(a) - place(b)))
    .sort((a, b) => compareLists(a.map(place), b.map(place)));
}

/** A group with both members of a differing pair becomes two, each without one of them. */
function split(group: ReadonlySet<number>, i: number, j: number): readonly ReadonlySet<number>[] {
  if (!group.has(i) || !group.has(j)) return [group];
  return [j, i].map((leaving) => new Set([...group].filter((member) => member !== leaving)));
}

/** Without groups that lie inside another. */
function absorbed(groups: readonly ReadonlySet<number>[]): ReadonlySet<number>[] {
  return groups.filter(
    (group, index) =>
      !groups.some(
        (other, k) =>
          k !== index &&
          [...group].every((member) => other.has(member)) &&
          (other.size > group.size || k < index),
      ),
  );
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (value !== other) return value - other;
  }
  return a.length - b.length;
}
