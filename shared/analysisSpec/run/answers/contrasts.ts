/** Comparisons of domains with their covariances, and the t test. */
import { unreachable } from '../../../domain/result';
import type { ComparedEstimates } from '../../../estimation/comparisons';
import { contrast, deviationFromMean, differenceOf, ratioOf } from '../../../estimation/jointEstimates';
import { adjustPValues, type Adjustment } from '../../../estimation/multiplicity';
import type { AnalysisAnswer, ContrastLine, DomainKeys } from '../../result';
import type { AnalysisOf } from '../../schema/analyses';
import { domainId, domainsOf, type KeyedDomain } from '../domains';
import { outcomeOf } from '../outcomes';
import { need, refuse } from '../refusal';
import { filterOf, levelOf, squareRows, type Asked, type Work } from '../work';
import { denominatorOf } from './estimates';

type Contrasts = AnalysisOf<'contrasts'>;

interface Compared {
  readonly joint: ComparedEstimates;
  readonly domains: readonly KeyedDomain[];
  readonly level: number;
  readonly path: string;
}

interface Pair {
  readonly first: number;
  readonly second: number;
}

/** Position of the domain with these categories. Refused: SPEC_CATEGORY_UNKNOWN. */
function positionOf({ domains }: Compared, categories: readonly string[], path: string): number {
  const position = domains.findIndex(({ id }) => id === domainId(categories));
  return position >= 0
    ? position
    : refuse('SPEC_CATEGORY_UNKNOWN', path, { column: 'by', category: categories.join('、') });
}

const keysAt = ({ domains }: Compared, position: number): DomainKeys | null =>
  domains[position]?.keys ?? null;

const nameOf = (keys: DomainKeys | null): string => Object.values(keys ?? {}).join(' × ');

function lineOf(compared: Compared, coefficients: ArrayLike<number>, name: string): ContrastLine {
  const found = contrast(compared.joint, coefficients, compared.level);
  return {
    name,
    first: null,
    second: null,
    estimate: found.estimate,
    standardError: found.standardError,
    t: found.t,
    degreesOfFreedom: found.degreesOfFreedom,
    pValue: found.pValue,
    adjustedPValue: null,
    interval: found.interval,
  };
}

function differenceLine(compared: Compared, { first, second }: Pair): ContrastLine {
  const ends = { first: keysAt(compared, first), second: keysAt(compared, second) };
  const name = `${nameOf(ends.second)} − ${nameOf(ends.first)}`;
  return { ...lineOf(compared, differenceOf(compared.joint, first, second), name), ...ends };
}

function ratioLine(compared: Compared, pair: Pair, path: string): ContrastLine {
  const found = need(ratioOf(compared.joint, pair, compared.level), path);
  const ends = { first: keysAt(compared, pair.first), second: keysAt(compared, pair.second) };
  return {
    ...ends,
    name: `${nameOf(ends.second)} / ${nameOf(ends.first)}`,
    estimate: found.estimate,
    standardError: found.standardError,
    t: null,
    degreesOfFreedom: compared.joint.degreesOfFreedom,
    pValue: null,
    adjustedPValue: null,
    interval: found.interval,
  };
}

/** P-values adjusted over the lines that have one. */
function adjusted(lines: readonly ContrastLine[], adjustment: Adjustment): readonly ContrastLine[] {
  const known = lines.filter(({ pValue }) => pValue !== null);
  const values = adjustPValues(
    known.map(({ pValue }) => pValue ?? 1),
    adjustment,
  );
  const byLine = new Map(known.map((line, index) => [line, values[index] ?? null]));
  return lines.map((line) => ({ ...line, adjustedPValue: byLine.get(line) ?? null }));
}

type PairList = Extract<Contrasts['contrast'], { kind: 'pairs' | 'ratios' }>['pairs'];

const pairsOf = (compared: Compared, pairs: PairList): readonly Pair[] =>
  pairs.map(({ first, second }, index) => ({
    first: positionOf(compared, first, `${compared.path}.pairs[${index}].first`),
    second: positionOf(compared, second, `${compared.path}.pairs[${index}].second`),
  }));

type Weighted = Extract<Contrasts['contrast'], { kind: 'coefficients' }>['contrasts'][number];

function coefficientLine(compared: Compared, spec: Weighted, path: string): ContrastLine {
  const coefficients = new Float64Array(compared.domains.length);
  spec.coefficients.forEach(({ domain, coefficient }, index) => {
    coefficients[positionOf(compared, domain, `${path}.coefficients[${index}].domain`)] = coefficient;
  });
  return lineOf(compared, coefficients, spec.name);
}

/** The last domain of `from: 'overall'` is everyone. */
function deviationLines(compared: Compared, from: 'overall' | 'meanOfDomains'): readonly ContrastLine[] {
  const last = compared.domains.length - 1;
  const places = compared.domains.map((domain, index) => ({ domain, index }));
  return (from === 'overall' ? places.slice(0, last) : places).map(({ domain, index }) => {
    const coefficients =
      from === 'overall'
        ? differenceOf(compared.joint, last, index)
        : deviationFromMean(compared.joint, index);
    return { ...lineOf(compared, coefficients, nameOf(domain.keys)), second: domain.keys };
  });
}

function linesOf(compared: Compared, spec: Contrasts['contrast']): readonly ContrastLine[] {
  const { domains, path } = compared;
  switch (spec.kind) {
    case 'allPairs': {
      const pairs = domains.flatMap((_, second) =>
        domains.slice(0, second).map((__, first) => ({ first, second })),
      );
      return adjusted(
        pairs.map((pair) => differenceLine(compared, pair)),
        spec.adjustment,
      );
    }
    case 'pairs':
      return adjusted(
        pairsOf(compared, spec.pairs).map((pair) => differenceLine(compared, pair)),
        spec.adjustment,
      );
    case 'ratios':
      return pairsOf(compared, spec.pairs).map((pair, k) => ratioLine(compared, pair, `${path}.pairs[${k}]`));
    case 'coefficients':
      return spec.contrasts.map((each, k) => coefficientLine(compared, each, `${path}.contrasts[${k}]`));
    case 'deviations':
      return deviationLines(compared, spec.from);
    default:
      return unreachable(spec);
  }
}

/** Refused: EMPTY_DOMAIN for a domain without respondents; failures of `SamplingErrors.joint`. */
export function answerContrasts(work: Work, asked: Asked<Contrasts>): AnalysisAnswer {
  const { analysis, path } = asked;
  const { columns, errors } = work;
  const filter = filterOf(work, asked);
  const withEveryone = analysis.contrast.kind === 'deviations' && analysis.contrast.from === 'overall';
  const crossed = domainsOf(columns, { by: analysis.by, overall: false, filter }, path);
  const everyone = withEveryone ? domainsOf(columns, { by: [], overall: true, filter }, path) : [];
  const domains = [...crossed, ...everyone];
  const outcome = outcomeOf(columns, analysis.outcome, `${path}.outcome`);
  const request = {
    statistic: analysis.statistic,
    outcome: outcome.values,
    denominator: denominatorOf(columns, analysis, path),
  };
  const joint = need(errors.joint(request, domains), path);
  const compared = { joint, domains, level: levelOf(work, analysis), path: `${path}.contrast` };
  return {
    id: analysis.id,
    kind: 'contrasts',
    statistic: analysis.statistic,
    outcome: outcome.name,
    method: errors.method,
    adjustment: 'adjustment' in analysis.contrast ? analysis.contrast.adjustment : 'none',
    domains: domains.map(({ keys }, index) => ({ domain: keys, estimate: joint.estimates[index] ?? NaN })),
    covariance: squareRows(joint.covariance, domains.length),
    lines: linesOf(compared, analysis.contrast),
  };
}
