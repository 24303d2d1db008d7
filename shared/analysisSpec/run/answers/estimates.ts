/** Totals, means, proportions and ratios by domain. */
import type { DomainEstimate } from '../../../estimation/estimate';
import type { Estimate } from '../../../estimation/estimateRecord';
import {
  proportionInterval,
  studentInterval,
  type Interval,
  type ProportionIntervalMethod,
} from '../../../estimation/intervals';
import type { AnalysisAnswer, EmptyLine, NumberLine } from '../../result';
import type { AnalysisOf } from '../../schema/analyses';
import type { Columns } from '../columns';
import { domainsOf, type KeyedDomain } from '../domains';
import { allOutcomes } from '../outcomes';
import { need, refuse } from '../refusal';
import { filterOf, levelOf, type Asked, type Work } from '../work';

type Estimates = AnalysisOf<'estimates'>;

interface IntervalChoice {
  readonly statistic: Estimates['statistic'];
  readonly intervals: readonly ProportionIntervalMethod[];
  readonly level: number;
}

/** The intervals that were asked for; `own` is the only one of a model-based bootstrap. */
function intervalsOf(
  numbers: Omit<Estimate, 'interval'>,
  own: Interval | null,
  choice: IntervalChoice,
): readonly Interval[] {
  const { variance } = numbers;
  if (variance === null) return [];
  if (numbers.method === 'model-based-bootstrap') return own === null ? [] : [own];
  const evidence = { ...numbers, variance, confidenceLevel: choice.level };
  const found =
    choice.statistic === 'proportion'
      ? choice.intervals.map((method) => proportionInterval(method, evidence))
      : [studentInterval(evidence)];
  return found.filter((interval) => interval !== null);
}

/** The denominator of a ratio; refused where one is missing or makes no sense. */
export function denominatorOf(
  columns: Columns,
  analysis: { readonly statistic: Estimates['statistic']; readonly denominator: string | null },
  path: string,
): Float64Array | null {
  const { statistic, denominator } = analysis;
  if ((statistic === 'ratio') !== (denominator !== null)) {
    return refuse('SPEC_NOT_SUPPORTED', `${path}.denominator`, { with: statistic });
  }
  return denominator === null ? null : columns.numbers(denominator, `${path}.denominator`);
}

function lineOf(
  outcome: string,
  found: DomainEstimate | undefined,
  domain: KeyedDomain,
  choice: IntervalChoice,
): NumberLine | EmptyLine {
  const place = { outcome, domain: domain.keys };
  if (found === undefined) return { ...place, status: 'empty', reason: 'noRespondents' };
  if (found.status === 'empty') return { ...place, status: 'empty', reason: found.reason };
  const { interval, ...numbers } = found.estimate;
  return { ...place, status: 'estimated', ...numbers, intervals: intervalsOf(numbers, interval, choice) };
}

export function answerEstimates(work: Work, asked: Asked<Estimates>): AnalysisAnswer {
  const { analysis, path } = asked;
  const { columns, errors } = work;
  const level = levelOf(work, analysis);
  const { statistic, intervals } = analysis;
  const domains = domainsOf(columns, { ...analysis, filter: filterOf(work, asked) }, path);
  const denominator = denominatorOf(columns, analysis, path);
  const outcomes = allOutcomes(columns, analysis.outcomes, `${path}.outcomes`);
  const lines = outcomes.flatMap(({ name, values }) => {
    const request = {
      statistic,
      outcome: values,
      denominator,
      designEffectReference: analysis.designEffect,
      interval: { method: intervals[0] ?? 'logit', confidenceLevel: level },
    };
    const found = need(errors.byDomain(request, domains), path);
    return domains.map((domain, index) =>
      lineOf(name, found[index], domain, { statistic, intervals, level }),
    );
  });
  return { id: analysis.id, kind: 'estimates', statistic, lines };
}
