/**
 * Direct standardisation: the mean a domain would have with the standard population's composition,
 * sum over cells of share x mean of the cell, so that a district is not praised for its age structure.
 * The sampling error treats the size of every domain x cell as known (R: svystandardize), so only the spread inside
 * cells counts. For designs with base weights; standardising calibrated weights is not covered by the reference set.
 */
import { fail, ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import type { SurveyDesign } from './design/surveyDesign';
import { domainRows, domainSize, pick } from './domainRows';
import { studentInterval, type Interval } from './intervals';
import { influenceTotals, linearisedVariance } from './variance/linearised';

export interface StandardPopulation {
  /** Category of every row. */
  readonly categories: readonly string[];
  /** Persons of the standard population by category; only the proportions count. */
  readonly totals: Readonly<Record<string, number>>;
}

export interface StandardisedEstimate {
  readonly estimate: number;
  readonly variance: number | null;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number;
  readonly interval: Interval | null;
  readonly respondentCount: number;
}

interface Cell {
  weight: number;
  product: number;
}

/**
 * Failures: EMPTY_DOMAIN {category} when the domain has nobody in a category of the standard population;
 * MARGIN_CATEGORY_MISSING {category} when a respondent's category has no standard total.
 */
export function estimateStandardised(
  design: SurveyDesign,
  request: {
    readonly outcome: Float64Array;
    readonly domain?: Uint8Array | null;
    readonly confidenceLevel?: number;
  },
  standard: StandardPopulation,
): Result<StandardisedEstimate> {
  const { rows } = domainRows(design, request, request.domain ?? null);
  const outcome = pick(request.outcome, rows);
  const weights = pick(design.weights, rows);
  const categories = Array.from(rows, (row) => standard.categories[row] ?? '');
  const unknown = categories.find((category) => standard.totals[category] === undefined);
  if (unknown !== undefined) return fail('MARGIN_CATEGORY_MISSING', { category: unknown });
  const cells = sumCells(outcome, weights, categories);
  const empty = Object.keys(standard.totals).find((category) => !cells.has(category));
  if (empty !== undefined) return fail('EMPTY_DOMAIN', { category: empty });

  const population = Object.values(standard.totals).reduce((sum, count) => sum + count, 0);
  const shareOf = (category: string): number => (standard.totals[category] ?? 0) / population;
  const meanOf = (category: string): number => {
    const cell = cells.get(category);
    return cell === undefined ? 0 : cell.product / cell.weight;
  };
  const estimate = [...cells.keys()].reduce((sum, category) => sum + shareOf(category) * meanOf(category), 0);
  const influence = outcome.map((value, i) => {
    const category = categories[i] ?? '';
    return (shareOf(category) * (value - meanOf(category))) / (cells.get(category)?.weight ?? 1);
  });
  const { psuCount, stratumCount } = domainSize(design, rows);
  const degreesOfFreedom = psuCount - stratumCount;
  const computed =
    degreesOfFreedom > 0 ? linearisedVariance(design, influenceTotals(design, rows, influence)) : null;
  const variance = computed !== null && computed < 0 ? null : computed;
  const confidenceLevel = request.confidenceLevel ?? 0.95;
  return ok({
    estimate,
    variance,
    standardError: variance === null ? null : Math.sqrt(variance),
    degreesOfFreedom,
    interval:
      variance === null ? null : studentInterval({ estimate, variance, degreesOfFreedom, confidenceLevel }),
    respondentCount: rows.length,
  });
}

function sumCells(
  outcome: Float64Array,
  weights: Float64Array,
  categories: readonly string[],
): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  categories.forEach((category, i) => {
    const cell = cells.get(category) ?? { weight: 0, product: 0 };
    cell.weight += at(weights, i);
    cell.product += at(weights, i) * at(outcome, i);
    cells.set(category, cell);
  });
  return cells;
}
