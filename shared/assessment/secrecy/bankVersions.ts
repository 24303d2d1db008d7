/** Versions of a bank: three numbers, and +n while n changes were recorded since. */

const numbersOf = (version: string): readonly number[] => version.split(/[.+]/).map(Number);

/**
 * Negative when the first version is older, 0 when both are the same.
 * @example compareVersions('1.10.0', '1.9.0') > 0
 */
export function compareVersions(first: string, second: string): number {
  const [left, right] = [numbersOf(first), numbersOf(second)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The version a package carries: changes recorded since count as patches, so that a later package is always newer.
 * @example releaseVersion('1.2.0+3') === '1.2.3'
 */
export function releaseVersion(version: string): string {
  const [major = 0, minor = 0, patch = 0, changes = 0] = numbersOf(version);
  return `${major}.${minor}.${patch + changes}`;
}
