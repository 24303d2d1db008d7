/**
 * Order of two versions of a bank, as 1.2.0 and 1.2.0+3 (three changes recorded since): negative, zero or positive.
 * @example compareVersions('1.10.0', '1.9.0') > 0
 */
export function compareVersions(first: string, second: string): number {
  const numbers = (version: string): readonly number[] => version.split(/[.+]/).map(Number);
  const [left, right] = [numbers(first), numbers(second)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
