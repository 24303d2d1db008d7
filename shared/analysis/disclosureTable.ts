/**
 * The survey's tables as an additive table (shared/disclosure). What counts as public: the headline, completed
 * interviews per unit (response table) and per group (calibration margins), and the population of every cell.
 * What is protected: who passed and how many points, everywhere; the number of respondents, in the crossing.
 */
import type { AdditiveCell, AdditiveLine, AdditiveTable, CellMeasure } from '../disclosure/additiveTable';
import type { DomainSums } from './domainSums';
import { everyCategory, totalId } from './domainSums';
import type { SurveyLine } from './disclosureLines';
import { crossId, disclosureLines } from './disclosureLines';

/** An attacker must not know a hidden share, or mean score as a share of the maximum, to within this width. */
export const requiredShareWidth = 0.1;
/** Where the figures one level up leave less than that open, this part of what they leave. */
const requiredPartOfOpenWidth = 0.5;

export interface DisclosureTableInput {
  /** Every cell with respondents, by id, the total among them. */
  readonly sums: ReadonlyMap<string, DomainSums>;
  readonly unitCodes: readonly string[];
  /** Pairs of group ids with the same members. */
  readonly same: readonly (readonly [string, string])[];
  readonly isPrimary: (sums: DomainSums) => boolean;
  readonly minimumRespondents: number;
  readonly maximumScore: number;
}

type Sums = Pick<DomainSums, 'respondents' | 'weight' | 'passed' | 'points'>;
type Quantity = (sums: Sums) => { readonly value: number; readonly capacity: number };

const passers: Quantity = ({ passed, weight }) => ({ value: passed, capacity: weight });

/** Width of the interval that totals containing the cell leave open by themselves (Frechet bounds). */
function openWidth(cell: Sums, containers: readonly Sums[], quantity: Quantity): number {
  const own = quantity(cell);
  let [lower, upper] = [0, own.capacity];
  for (const container of containers) {
    const whole = quantity(container);
    upper = Math.min(upper, whole.value);
    if (Number.isFinite(whole.capacity))
      lower = Math.max(lower, whole.value - (whole.capacity - own.capacity));
  }
  return Math.max(0, upper - lower);
}

const required = (wanted: number, open: number): number => Math.min(wanted, requiredPartOfOpenWidth * open);

interface Place {
  /** The published totals that contain the cell: the headline, or its unit and its group as well. */
  readonly containers: readonly Sums[];
  readonly isCrossing: boolean;
  /** Width of the respondents' interval that the public totals leave open. */
  readonly openRespondents: number;
}

function measuresOf(cell: Sums, place: Place, input: DisclosureTableInput): Record<string, CellMeasure> {
  const { containers, isCrossing, openRespondents } = place;
  const score: Quantity = ({ points, weight }) => ({ value: points, capacity: weight * input.maximumScore });
  const bounded = (quantity: Quantity): CellMeasure => {
    const { value, capacity } = quantity(cell);
    const open = openWidth(cell, containers, quantity);
    const requiredWidth = required(requiredShareWidth * capacity, open);
    return { value, lower: 0, upper: capacity, isPublic: false, requiredWidth };
  };
  const respondents: CellMeasure = {
    value: cell.respondents,
    lower: 1,
    upper: Infinity,
    isPublic: !isCrossing,
    requiredWidth: required(input.minimumRespondents, openRespondents),
  };
  return { passed: bounded(passers), respondents, ...(isCrossing ? {} : { points: bounded(score) }) };
}

/** Sum without its cells: how far one of them may grow when every other keeps one respondent. */
function slack(input: DisclosureTableInput, total: string, parts: readonly string[]): number {
  const filled = parts.filter((part) => input.sums.has(part));
  return (input.sums.get(total)?.respondents ?? 0) - filled.length;
}

function openRespondentsOf(
  input: DisclosureTableInput,
  { regionCode, grouping, category }: DomainSums,
): number {
  const group = `${grouping ?? ''}:${category ?? ''}`;
  const units = input.unitCodes.map((unit) => crossId(unit, group));
  const siblings = everyCategory.filter((each) => each.grouping === grouping && grouping !== 'keyGroup');
  const categories = siblings.map(({ id }) => crossId(regionCode, id));
  return Math.min(slack(input, regionCode ?? totalId, categories), slack(input, group, units));
}

function containersOf(input: DisclosureTableInput, cell: DomainSums): readonly DomainSums[] {
  const { regionCode, grouping, category } = cell;
  const isCrossing = regionCode !== null && grouping !== null;
  const ids = isCrossing ? [totalId, regionCode, `${grouping}:${category ?? ''}`] : [totalId];
  return ids.flatMap((id) => input.sums.get(id) ?? []);
}

function domainCell(input: DisclosureTableInput, sums: DomainSums): AdditiveCell {
  const isCrossing = sums.regionCode !== null && sums.grouping !== null;
  const isTotal = sums.id === totalId;
  const place = {
    containers: containersOf(input, sums),
    isCrossing,
    openRespondents: isCrossing ? openRespondentsOf(input, sums) : 0,
  };
  return {
    id: sums.id,
    printing: isTotal ? 'always' : 'published',
    isPrimary: !isTotal && input.isPrimary(sums),
    level: isCrossing ? 2 : 1,
    cost: sums.respondents,
    measures: measuresOf(sums, place, input),
  };
}

function difference(whole: Sums, parts: readonly Sums[]): Sums {
  const less = (value: (sums: Sums) => number): number =>
    parts.reduce((left, part) => left - value(part), value(whole));
  return {
    respondents: less(({ respondents }) => respondents),
    weight: Math.max(
      0,
      less(({ weight }) => weight),
    ),
    passed: Math.max(
      0,
      less(({ passed }) => passed),
    ),
    points: Math.max(
      0,
      less(({ points }) => points),
    ),
  };
}

interface ClosedLine {
  readonly line: AdditiveLine;
  readonly rest: readonly AdditiveCell[];
}

/** A line with its rest: nobody prints the rest, subtraction does. Lines without a filled part say nothing. */
function closeLine(input: DisclosureTableInput, line: SurveyLine, index: number): readonly ClosedLine[] {
  const whole = input.sums.get(line.total);
  const parts = line.parts.flatMap((part) => input.sums.get(part) ?? []);
  if (whole === undefined || parts.length === 0) return [];
  const rest = difference(whole, parts);
  if (rest.respondents <= 0) return [{ line, rest: [] }];
  const isCrossing = parts.some(({ regionCode, grouping }) => regionCode !== null && grouping !== null);
  const openRespondents = isCrossing ? whole.respondents - parts.length - 1 : 0;
  const cell: AdditiveCell = {
    id: `rest of line ${index}`,
    printing: 'never',
    isPrimary: line.hasGuardedRest === true && rest.respondents < input.minimumRespondents,
    level: isCrossing ? 2 : 1,
    cost: rest.respondents,
    measures: measuresOf(rest, { containers: [whole], isCrossing, openRespondents }, input),
  };
  return [{ line: { ...line, parts: [...line.parts, cell.id] }, rest: [cell] }];
}

export function disclosureTable(input: DisclosureTableInput): AdditiveTable {
  const closed = disclosureLines(input.unitCodes, input.same).flatMap((line, index) =>
    closeLine(input, line, index),
  );
  const cells = [...input.sums.values()].map((sums) => domainCell(input, sums));
  return {
    cells: [...cells, ...closed.flatMap(({ rest }) => rest)],
    lines: closed.map(({ line }) => line),
    measures: ['passed', 'points', 'respondents'],
  };
}
