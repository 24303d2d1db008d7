/** Counties that send sums and a city that calibrates: the numbers of the pooled file, for random designs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyDesign } from '@shared/estimation/design/surveyDesign';
import { createSurveyDesign } from '@shared/estimation/design/surveyDesign';
import type { DomainEstimate } from '@shared/estimation/estimate';
import { estimateByDomain } from '@shared/estimation/estimate';
import type { StatisticId } from '@shared/estimation/estimators/registry';
import { combineCounties } from '@shared/federation/combine';
import type { CountyExport } from '@shared/federation/countyExport';
import { exportCounty } from '@shared/federation/countyExport';
import { createRandom } from '@shared/numeric/seededRandom';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import type { MarginTable } from '@shared/weighting/margins';
import { failureOf, valueOf } from '../estimation/support';

interface Person {
  readonly county: string;
  readonly stratum: string;
  readonly psu: string;
  readonly frame: number;
  readonly sex: string;
  readonly age: string;
  readonly weight: number;
  readonly passed: number;
  readonly size: number;
}

interface World {
  readonly persons: readonly Person[];
  readonly isFinite: boolean;
}

/** Strata cross counties, PSU labels repeat, every county has every sex and age; some outcomes are missing. */
function worldOf(seed: number, isFinite: boolean): World {
  const random = createRandom(seed);
  const persons: Person[] = [];
  for (let county = 0; county < 2 + random.int(3); county++)
    for (let psu = 0; psu < 4 + random.int(3); psu++)
      for (let k = 0; k < 4 + random.int(8); k++)
        persons.push({
          county: `县${county}`,
          stratum: psu % 2 === 0 ? '城' : '乡',
          psu: `街${psu}`,
          frame: psu % 2 === 0 ? 90 : 140,
          sex: k % 2 === 0 ? '男' : '女',
          age: ['青', '中', '老'][(k + psu) % 3] ?? '青',
          weight: 20 + 80 * random.next(),
          passed: random.next() < 0.07 ? NaN : random.int(2),
          size: 1 + random.int(4),
        });
  return { persons, isFinite };
}

const numbers = (persons: readonly Person[], value: (person: Person) => number): Float64Array =>
  Float64Array.from(persons, value);

function marginsOf(
  persons: readonly Person[],
  variables: readonly (keyof Person)[],
  seed: number,
): MarginTable {
  const random = createRandom(`${seed}/${variables.join('/')}`);
  const totals = new Map<string, number>();
  for (const person of persons) {
    const key = JSON.stringify(variables.map((name) => String(person[name])));
    totals.set(key, (totals.get(key) ?? 0) + person.weight);
  }
  return {
    variables: [...variables],
    cells: [...totals].map(([key, total]) => ({
      categories: JSON.parse(key) as string[],
      total: total * (0.8 + 0.4 * random.next()),
    })),
  };
}

/** The second margin scaled so that both add up alike in every part given by the first letters. */
function agree(
  first: MarginTable,
  second: MarginTable,
  part: (categories: readonly string[]) => string,
): MarginTable {
  const sum = (table: MarginTable, of: string): number =>
    table.cells.reduce((all, cell) => all + (part(cell.categories) === of ? cell.total : 0), 0);
  return {
    ...second,
    cells: second.cells.map((cell) => {
      const own = part(cell.categories);
      return { ...cell, total: (cell.total * sum(first, own)) / sum(second, own) };
    }),
  };
}

const columnsOf = (persons: readonly Person[]): Record<string, string[]> => ({
  county: persons.map(({ county }) => county),
  sex: persons.map(({ sex }) => sex),
  age: persons.map(({ age }) => age),
});

function designOf(
  { isFinite }: World,
  persons: readonly Person[],
  margins: readonly MarginTable[],
): SurveyDesign {
  const base = numbers(persons, ({ weight }) => weight);
  const calibration =
    margins.length === 0
      ? null
      : valueOf(calibrateToMargins(base, margins, columnsOf(persons), { distance: 'raking' }));
  return valueOf(
    createSurveyDesign({
      stages: [
        {
          units: persons.map(({ county, psu }) => `${county}/${psu}`),
          strata: persons.map(({ stratum }) => stratum),
          finitePopulation: isFinite
            ? { kind: 'populationCount', values: numbers(persons, ({ frame }) => frame) }
            : null,
        },
      ],
      weights: calibration?.weights ?? base,
      calibration: calibration?.info ?? null,
    }),
  );
}

const domainsOf = (persons: readonly Person[]): { id: string; member: Uint8Array }[] =>
  (
    [
      ['全市', () => true],
      ['女', ({ sex }) => sex === '女'],
      ['老', ({ age }) => age === '老'],
      ['县1', ({ county }) => county === '县1'],
      ['无', () => false],
    ] satisfies [string, (person: Person) => boolean][]
  ).map(([id, test]) => ({ id, member: Uint8Array.from(persons, (person) => (test(person) ? 1 : 0)) }));

const requestOf = (persons: readonly Person[], statistic: StatisticId) => ({
  statistic,
  outcome: numbers(persons, ({ passed }) => passed),
  denominator: statistic === 'ratio' ? numbers(persons, ({ size }) => size) : null,
});

function exportsOf(
  world: World,
  statistic: StatisticId,
  county: { margins?: readonly MarginTable[]; hasCells?: boolean; minimum?: number },
): readonly CountyExport[] {
  return [...new Set(world.persons.map((person) => person.county))].map((name) => {
    const own = world.persons.filter((person) => person.county === name);
    const margins = (county.margins ?? []).map(({ variables, cells }) => ({
      variables: variables.slice(1),
      cells: cells
        .filter(({ categories }) => categories[0] === name)
        .map(({ categories, total }) => ({ categories: categories.slice(1), total })),
    }));
    const { sex, age } = columnsOf(own);
    const sent = exportCounty(designOf({ ...world, isFinite: false }, own, margins), {
      ...requestOf(own, statistic),
      county: name,
      domains: domainsOf(own),
      populationCount: world.isFinite ? numbers(own, ({ frame }) => frame) : null,
      cells: county.hasCells === true ? { sex: sex ?? [], age: age ?? [] } : null,
      minimumCellCount: county.minimum ?? 1,
    });
    return JSON.parse(JSON.stringify(valueOf(sent))) as CountyExport;
  });
}

function figures(found: DomainEstimate): Record<string, number | null> {
  if (found.status === 'empty') return {};
  const { estimate: e } = found;
  return {
    estimate: e.estimate,
    standardError: e.standardError,
    lower: e.interval?.lower ?? null,
    upper: e.interval?.upper ?? null,
    designEffect: e.designEffect,
    effectiveSampleSize: e.effectiveSampleSize,
    coefficientOfVariation: e.coefficientOfVariation,
    weightTotal: e.weightTotal,
    degreesOfFreedom: e.degreesOfFreedom,
    respondentCount: e.respondentCount,
    psuCount: e.psuCount,
  };
}

function expectSame(city: readonly DomainEstimate[], pooled: readonly DomainEstimate[]): void {
  expect(city.map(({ id, status }) => [id, status])).toEqual(pooled.map(({ id, status }) => [id, status]));
  pooled.forEach((expected, index) => {
    const found = city[index];
    if (found === undefined) throw new Error('a domain is missing');
    const ours = figures(found);
    for (const [name, value] of Object.entries(figures(expected))) {
      const actual = ours[name] ?? null;
      if (value === null || actual === null)
        expect([expected.id, name, actual]).toEqual([expected.id, name, value]);
      // A standard error of exactly zero comes out of sums as a rounding error.
      else
        expect(Math.abs(actual - value), `${expected.id} ${name}`).toBeLessThanOrEqual(
          1e-10 * (1 + Math.abs(value)),
        );
    }
  });
}

const statistics = ['mean', 'total', 'proportion', 'ratio'] as const;
const worlds = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), isFinite: fc.boolean() });

describe.each(statistics)('the %s of a city', (statistic) => {
  it('whose counties calibrated to their own margins is the pooled one', () => {
    fc.assert(
      fc.property(worlds, ({ seed, isFinite }) => {
        const world = worldOf(seed, isFinite);
        const sexes = marginsOf(world.persons, ['county', 'sex'], seed);
        const ages = agree(
          sexes,
          marginsOf(world.persons, ['county', 'age'], seed),
          ([county = '']) => county,
        );
        const pooled = designOf(world, world.persons, [sexes, ages]);
        expectSame(
          valueOf(combineCounties(exportsOf(world, statistic, { margins: [sexes, ages] }))),
          valueOf(estimateByDomain(pooled, requestOf(world.persons, statistic), domainsOf(world.persons))),
        );
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('that rakes all counties to its own margins is the pooled one, in whatever order they come', () => {
    fc.assert(
      fc.property(worlds, ({ seed, isFinite }) => {
        const world = worldOf(seed, isFinite);
        const sexes = marginsOf(world.persons, ['sex'], seed);
        const margins = [sexes, agree(sexes, marginsOf(world.persons, ['age'], seed), () => '')];
        const pooled = designOf(world, world.persons, margins);
        const sent = exportsOf(world, statistic, { hasCells: true });
        const city = valueOf(combineCounties(sent, { margins }));
        expectSame(
          city,
          valueOf(estimateByDomain(pooled, requestOf(world.persons, statistic), domainsOf(world.persons))),
        );
        expectSame(valueOf(combineCounties([...sent].reverse(), { margins })), city);
      }),
      { numRuns: 30, seed: 8 },
    );
  });
});

describe('a calibrated export is refused', () => {
  const world = worldOf(1, false);

  it('when its cells are too small to leave the county', () => {
    const own = world.persons.filter(({ county }) => county === '县0');
    const { sex = [], age = [] } = columnsOf(own);
    const refused = exportCounty(designOf(world, own, []), {
      ...requestOf(own, 'mean'),
      county: '县0',
      domains: domainsOf(own),
      cells: { sex, age },
      minimumCellCount: 3,
    });
    expect(failureOf(refused).code).toBe('FEDERATION_CELLS_SMALL');
  });

  it('when the rest of a PSU outside the domain is too small: it could be subtracted', () => {
    const design = valueOf(
      createSurveyDesign({
        stages: [{ units: [1, 1, 1, 1, 2, 2, 2, 2] }],
        weights: new Float64Array(8).fill(1),
      }),
    );
    const refused = exportCounty(design, {
      county: '甲县',
      statistic: 'mean',
      outcome: Float64Array.from([0, 1, 0, 1, 0, 1, 0, 1]),
      domains: [{ id: '女', member: Uint8Array.from([1, 1, 1, 0, 1, 1, 1, 1]) }],
      minimumCellCount: 3,
    });
    expect(failureOf(refused)).toEqual({
      code: 'FEDERATION_CELLS_SMALL',
      params: { domain: '女', psu: '1', count: 1 },
    });
  });

  it('when the city has no margins for cells, or margins without cells', () => {
    const margins = [marginsOf(world.persons, ['sex'], 1)];
    const cells = exportsOf(world, 'mean', { hasCells: true });
    const whole = exportsOf(world, 'mean', {});
    for (const [sent, request] of [
      [cells, {}],
      [whole, { margins }],
    ] as const)
      expect(failureOf(combineCounties(sent, request)).params).toMatchObject({ field: 'margins' });
    expect(failureOf(combineCounties([...whole.slice(0, 1), ...cells.slice(1)])).params).toMatchObject({
      field: 'calibration',
    });
  });
});
