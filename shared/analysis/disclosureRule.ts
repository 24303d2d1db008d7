/** Primary suppression: which figures rest on too few people or places to be printed. */
import type { SuppressionReason } from '../results/surveyResults';

export interface DisclosureThresholds {
  readonly minimumRespondents: number;
  readonly minimumPsus: number;
}

/** Why a figure must not be published; empty = it may. PSU counts matter only where PSUs exist. */
export function primaryReasons(
  size: { readonly respondentCount: number; readonly psuCount: number | null },
  thresholds: DisclosureThresholds,
): readonly SuppressionReason[] {
  const reasons: SuppressionReason[] = [];
  if (size.respondentCount < thresholds.minimumRespondents) reasons.push('fewRespondents');
  if (size.psuCount !== null && size.psuCount < thresholds.minimumPsus) reasons.push('fewPsus');
  return reasons;
}
