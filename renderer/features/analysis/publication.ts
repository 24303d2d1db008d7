/** Which rows of an answer must not be published: too few people or places behind them. Nothing is hidden. */
import { primaryReasons } from '@shared/analysis/disclosureRule';
import type { DisclosureThresholds } from '@shared/analysis/disclosureRule';
import type { DomainKeys } from '@shared/analysisSpec/result';
import type { Analysis } from '@shared/analysisSpec/schema/analyses';
import { customMarkTexts } from '@shared/texts/analysisTexts';
import { suppressionLabels } from '@shared/texts/labels';
import type { Answered } from './useAnalysisRun';

export interface Mark {
  /** True: below a threshold; false: the size is not known. */
  readonly isBarred: boolean;
  readonly text: string;
}

export interface Publication {
  readonly ofSize: (size: { readonly respondentCount: number; readonly psuCount: number }) => Mark | null;
  /** Of a domain whose own row says no size: looked up in the figures with the same filter. */
  readonly ofDomain: (analysis: Analysis | undefined, domain: DomainKeys) => Mark | null;
}

const keyOf = (analysis: Analysis | undefined, domain: DomainKeys): string =>
  JSON.stringify([analysis?.filter ?? null, Object.entries(domain).sort()]);

export function publicationOf({ spec, result }: Answered, thresholds: DisclosureThresholds): Publication {
  const hasPsus = spec.design.stages.some(({ units }) => units !== null);
  const ofSize: Publication['ofSize'] = ({ respondentCount, psuCount }) => {
    const reasons = primaryReasons({ respondentCount, psuCount: hasPsus ? psuCount : null }, thresholds);
    return reasons.length === 0
      ? null
      : { isBarred: true, text: reasons.map((reason) => suppressionLabels[reason]).join('；') };
  };
  const known = new Map<string, Mark | null>();
  result.analyses.forEach((answer, index) => {
    if (answer.kind !== 'estimates') return;
    for (const line of answer.lines) {
      if (line.status === 'empty') continue;
      const key = keyOf(spec.analyses[index], line.domain);
      // Several outcomes of one domain: the one with the fewest answers decides.
      known.set(key, ofSize(line) ?? known.get(key) ?? null);
    }
  });
  return {
    ofSize,
    ofDomain: (analysis, domain) => {
      const found = known.get(keyOf(analysis, domain));
      return found === undefined ? { isBarred: false, text: customMarkTexts.sizeUnknown } : found;
    },
  };
}
