/** Versions of a bank: three numbers, and +n while n changes were recorded since. */
/**
 * Negative when the first version is older, 0 when both are the same.
 * @example compareVersions('1.10.0', '1.9.0') > 0
 */
export declare function compareVersions(first: string, second: string): number;
/**
 * The version a package carries: changes recorded since count as patches, so that a later package is always newer.
 * @example releaseVersion('1.2.0+3') === '1.2.3'
 */
export declare function releaseVersion(version: string): string;
