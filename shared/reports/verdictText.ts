/** Findings in words for the report, in the one wording of shared/texts/sentences. */
import {
  detectableSentence,
  headlineSentence,
  plainStatement,
  regionFinding,
  settleSentence,
  testSentence,
} from '../texts/sentences';
import { undecidableLabels, verdictLabels } from '../texts/labels';
import type { Verdict } from '../results/surveyResults';
import type { ReportInput } from './reportInput';
import { regionName } from './reportInput';

const headlineFinding = (input: ReportInput): ReturnType<typeof regionFinding> =>
  regionFinding(
    input.results,
    input.plan,
    regionName(input, input.results.headline.regionCode),
    input.results.headline,
  );

export const headlineText = (input: ReportInput): string => headlineSentence(headlineFinding(input));

/** What else to know about the headline: the point-estimate reading, what would settle it, what it could show. */
export function headlineDetails(input: ReportInput): readonly string[] {
  const finding = headlineFinding(input);
  const sentences = [
    plainStatement(finding),
    testSentence(finding),
    settleSentence(finding),
    detectableSentence(finding.verdict),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

/** @example '不可判定：样本量不足，不予公布' */
export const verdictText = (verdict: Verdict): string =>
  verdict.undecidableReason === null
    ? verdictLabels[verdict.value]
    : `${verdictLabels[verdict.value]}：${undecidableLabels[verdict.undecidableReason]}`;
