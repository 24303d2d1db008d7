/** Quantiles by domain: Woodruff intervals, or errors from replicates. */
import { studentInterval } from '../../../estimation/intervals';
import { domainSize, pick } from '../../../estimation/domainRows';
import { estimateQuantiles, weightedQuantile, type QuantileEstimate } from '../../../estimation/quantiles';
import { replicateVariance } from '../../../estimation/variance/replicates';
import type { AnalysisAnswer, EmptyLine, QuantileLine } from '../../result';
import type { AnalysisOf } from '../../schema/analyses';
import { domainsOf, type KeyedDomain } from '../domains';
import type { FinalReplicates } from '../errors';
import { finalWeights } from '../finalReplicates';
import { allOutcomes, type NamedOutcome } from '../outcomes';
import { need, refuse } from '../refusal';
import { filterOf, levelOf, type Asked, type Work } from '../work';

type Quantiles = AnalysisOf<'quantiles'>;
type Line = QuantileLine | EmptyLine;

interface Target {
  readonly outcome: NamedOutcome;
  readonly domain: KeyedDomain;
  /** Rows with a weight and a value. */
  readonly rows: Int32Array;
}

function emptyLine({ outcome, domain }: Omit<Target, 'rows'>, isMissing: boolean): EmptyLine {
  const reason = isMissing ? 'allMissing' : 'noRespondents';
  return { outcome: outcome.name, domain: domain.keys, status: 'empty', reason };
}

/** Errors of the quantiles of one domain, one per probability. */
function replicateErrorsOf(
  { errors }: Work,
  target: Target,
  replicates: FinalReplicates,
  analysis: Quantiles,
): readonly number[] {
  const { rows, outcome } = target;
  const order = rows.slice().sort((a, b) => (outcome.values[a] ?? 0) - (outcome.values[b] ?? 0) || a - b);
  const values = pick(outcome.values, order);
  const quantilesOf = (weights: Float64Array): number[] =>
    analysis.probabilities.map((p) => weightedQuantile(values, pick(weights, order), p, analysis.rule));
  const full = quantilesOf(errors.design.weights);
  const drawn = Array.from({ length: replicates.weights.replicateCount }, (_, index) =>
    quantilesOf(finalWeights(replicates, index)),
  );
  return full.map((value, k) => {
    const series = Float64Array.from(drawn, (each) => each[k] ?? NaN);
    return Math.sqrt(replicateVariance(series, value, replicates.weights, replicates.centre));
  });
}

function withReplicates(found: QuantileEstimate, standardError: number, level: number): QuantileEstimate {
  const { estimate, degreesOfFreedom } = found;
  const evidence = { estimate, variance: standardError ** 2, degreesOfFreedom, confidenceLevel: level };
  return { ...found, standardError, interval: studentInterval(evidence) };
}

function linesOf(work: Work, asked: Asked<Quantiles>, target: Target): readonly Line[] {
  const { analysis, path } = asked;
  const { errors } = work;
  const { outcome, domain } = target;
  const level = levelOf(work, analysis);
  const found = need(
    estimateQuantiles(errors.design, {
      outcome: outcome.values,
      domain: domain.member,
      probabilities: analysis.probabilities,
      rule: analysis.rule,
      interval: analysis.interval,
      confidenceLevel: level,
    }),
    path,
  );
  const drawn =
    errors.replicates === null ? null : replicateErrorsOf(work, target, errors.replicates, analysis);
  const { psuCount } = domainSize(errors.design, target.rows);
  return found.map((each, k) => ({
    outcome: outcome.name,
    domain: domain.keys,
    method: errors.method,
    psuCount,
    ...(drawn === null ? each : withReplicates(each, drawn[k] ?? NaN, level)),
  }));
}

/** Refused: SPEC_NOT_SUPPORTED for the model-based bootstrap. */
export function answerQuantiles(work: Work, asked: Asked<Quantiles>): AnalysisAnswer {
  const { analysis, path } = asked;
  const { columns, errors } = work;
  if (errors.method === 'model-based-bootstrap')
    refuse('SPEC_NOT_SUPPORTED', path, { with: 'modelBootstrap' });
  const domains = domainsOf(columns, { ...analysis, filter: filterOf(work, asked) }, path);
  const { weights } = errors.design;
  const lines = allOutcomes(columns, analysis.outcomes, `${path}.outcomes`).flatMap((outcome) =>
    domains.flatMap((domain) => {
      const weighted = Int32Array.from(weights.keys()).filter(
        (row) => domain.member[row] === 1 && weights[row] !== 0,
      );
      const rows = weighted.filter((row) => !Number.isNaN(outcome.values[row]));
      const target = { outcome, domain, rows };
      return rows.length === 0 ? [emptyLine(target, weighted.length > 0)] : linesOf(work, asked, target);
    }),
  );
  return { id: analysis.id, kind: 'quantiles', rule: analysis.rule, lines };
}
