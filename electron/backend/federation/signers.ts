/**
 * Whose signature the city takes for a county: on first use a person compares the fingerprint and confirms, from then
 * on another key is refused.
 */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { z } from 'zod';
import type { OpenedPackage } from './signedPackage';

/** Fingerprint by county code. */
export const signers = z.record(z.string().max(20), z.string().max(80));
export type Signers = z.infer<typeof signers>;

/**
 * The signers with newly confirmed ones. Failures: PACKAGE_SIGNER_CHANGED {county, known, fingerprint};
 * PACKAGE_SIGNER_UNKNOWN {county, fingerprint} unless the fingerprint is among the `confirmed`.
 */
export function checkSigners(
  known: Signers,
  packages: readonly OpenedPackage[],
  confirmed: readonly string[],
): Result<Signers> {
  const added: Record<string, string> = {};
  for (const { content, fingerprint } of packages) {
    const { code, name } = content.county;
    const pinned = known[code];
    if (pinned !== undefined && pinned !== fingerprint)
      return fail('PACKAGE_SIGNER_CHANGED', { county: name, known: pinned, fingerprint });
    if (pinned === undefined && !confirmed.includes(fingerprint))
      return fail('PACKAGE_SIGNER_UNKNOWN', { county: name, fingerprint });
    added[code] = fingerprint;
  }
  return ok({ ...known, ...added });
}
