/** Response and case summary: every issued case counted once, with AAPOR RR1 over all and by unit. */
import type { Disposition } from '../domain/disposition';
import { isIneligible } from '../domain/disposition';
import type { ResponseSummary } from '../results/surveyResults';
import type { AnalysisRow } from './analysisInput';
import { isInRegion } from './domains';

function summarise(rows: readonly AnalysisRow[], regionCode: string | null): ResponseSummary {
  const count = (test: (disposition: Disposition) => boolean): number =>
    rows.reduce((sum, row) => sum + (test(row.respondent.disposition) ? 1 : 0), 0);
  const of = (wanted: Disposition): number => count((disposition) => disposition === wanted);
  const complete = of('complete');
  const eligible =
    complete +
    of('partial') +
    of('refusal') +
    of('breakOff') +
    of('nonContact') +
    of('unable') +
    of('unknownEligibility');
  return {
    regionCode,
    issued: rows.length,
    complete,
    partial: of('partial'),
    refusal: of('refusal'),
    breakOff: of('breakOff'),
    nonContact: of('nonContact'),
    unable: of('unable'),
    unknownEligibility: of('unknownEligibility'),
    ineligible: count(isIneligible),
    voided: of('voided'),
    responseRate: eligible === 0 ? null : complete / eligible,
  };
}

/**
 * Overall line first, then one per unit.
 * RR1 = complete / (complete + partial + refusal + break-off + non-contact + other + unknown eligibility),
 * AAPOR Standard Definitions.
 */
export const responseSummaries = (
  rows: readonly AnalysisRow[],
  unitCodes: readonly string[],
): readonly ResponseSummary[] => [
  summarise(rows, null),
  ...unitCodes.map((code) =>
    summarise(
      rows.filter((row) => isInRegion(row.respondent.regionCode, code)),
      code,
    ),
  ),
];
