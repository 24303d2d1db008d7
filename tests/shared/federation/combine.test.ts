/** What the city computes from the counties' sums is what it would compute from everybody's answers. */
import { describe, expect, it } from 'vitest';
import type { SurveyDesignSpec } from '@shared/estimation/design/surveyDesign';
import { estimateByDomain, type Domain, type DomainEstimate } from '@shared/estimation/estimate';
import type { StatisticId } from '@shared/estimation/estimators/registry';
import { combineCounties } from '@shared/federation/combine';
import { exportCounty, type CountyExport } from '@shared/federation/countyExport';
import { createRandom } from '@shared/numeric/seededRandom';
import { designOf, failureOf, flags, floats, valueOf } from '../estimation/support';

interface Rows {
  readonly county: string[];
  readonly stratum: string[];
  readonly psu: string[];
  readonly frame: Float64Array;
  readonly weight: Float64Array;
  readonly outcome: Float64Array;
  readonly size: Float64Array;
  readonly domains: readonly Domain[];
}

const RARE = 2;

/** Three counties; strata cross counties, PSU labels repeat between them; some outcomes are missing. */
function survey(seed: number, binary: boolean): Rows {
  const random = createRandom(seed);
  const rows: { county: string; stratum: string; psu: string; frame: number }[] = [];
  for (let county = 0; county < 3; county++) {
    const psuCount = 4 + random.int(4);
    for (let psu = 0; psu < psuCount; psu++) {
      const stratum = psu % 2 === 0 ? '城' : '乡';
      const persons = 2 + random.int(7);
      for (let k = 0; k < persons; k++) {
        rows.push({ county: `县${county}`, stratum, psu: `街${psu}`, frame: psu % 2 === 0 ? 90 : 140 });
      }
    }
  }
  const column = (value: (row: number) => number): Float64Array =>
    Float64Array.from(rows, (_, i) => value(i));
  const domain = (id: string, isIn: (row: number) => boolean): Domain => ({
    id,
    member: Uint8Array.from(rows, (_, row) => (isIn(row) ? 1 : 0)),
  });
  return {
    county: rows.map(({ county }) => county),
    stratum: rows.map(({ stratum }) => stratum),
    psu: rows.map(({ psu }) => psu),
    frame: Float64Array.from(rows, ({ frame }) => frame),
    weight: column(() => 20 + 300 * random.next()),
    outcome: column(() => (random.next() < 0.08 ? NaN : binary ? random.int(2) : 60 + 9 * random.normal())),
    size: column(() => 1 + random.int(4)),
    domains: [
      domain('全市', () => true),
      domain('女', () => random.int(2) === 0),
      domain('少数', (row) => row === RARE || random.int(15) === 0),
      domain('县1', (row) => rows[row]?.county === '县1'),
      domain('无', () => false),
    ],
  };
}

function countyExports(rows: Rows, statistic: StatisticId, finite: boolean): CountyExport[] {
  return [...new Set(rows.county)].map((county) => {
    const own = Int32Array.from(rows.county.keys()).filter((row) => rows.county[row] === county);
    const numbers = (column: Float64Array): Float64Array =>
      Float64Array.from(own, (row) => column[row] ?? NaN);
    const texts = (column: readonly string[]): string[] => Array.from(own, (row) => column[row] ?? '');
    const design = designOf({
      stages: [{ units: texts(rows.psu), strata: texts(rows.stratum) }],
      weights: numbers(rows.weight),
    });
    const sent = valueOf(
      exportCounty(design, {
        county,
        statistic,
        minimumCellCount: 1,
        outcome: numbers(rows.outcome),
        denominator: statistic === 'ratio' ? numbers(rows.size) : null,
        populationCount: finite ? numbers(rows.frame) : null,
        domains: rows.domains.map(({ id, member }) => ({
          id,
          member: Uint8Array.from(own, (row) => member[row] ?? 0),
        })),
      }),
    );
    return JSON.parse(JSON.stringify(sent)) as CountyExport;
  });
}

function pooled(rows: Rows, statistic: StatisticId, finite: boolean): readonly DomainEstimate[] {
  const spec: SurveyDesignSpec = {
    stages: [
      {
        units: rows.psu.map((psu, row) => `${rows.county[row]}/${psu}`),
        strata: rows.stratum,
        finitePopulation: finite ? { kind: 'populationCount', values: rows.frame } : null,
      },
    ],
    weights: rows.weight,
  };
  const denominator = statistic === 'ratio' ? rows.size : null;
  return valueOf(
    estimateByDomain(designOf(spec), { statistic, outcome: rows.outcome, denominator }, rows.domains),
  );
}

/** Numbers of an estimate, named, and everything that must be equal exactly. */
function facts(found: DomainEstimate): { numbers: Record<string, number | null>; exact: unknown } {
  if (found.status === 'empty') return { numbers: {}, exact: found };
  const e = found.estimate;
  return {
    numbers: {
      estimate: e.estimate,
      variance: e.variance,
      lower: e.interval?.lower ?? null,
      upper: e.interval?.upper ?? null,
      designEffect: e.designEffect,
      effectiveSampleSize: e.effectiveSampleSize,
      coefficientOfVariation: e.coefficientOfVariation,
      weightTotal: e.weightTotal,
    },
    exact: [
      found.id,
      e.degreesOfFreedom,
      e.respondentCount,
      e.psuCount,
      e.stratumCount,
      e.interval?.method,
      e.diagnostics.map(({ code }) => code),
    ],
  };
}

describe('counties that send sums per PSU instead of answers', () => {
  const cases = (['mean', 'total', 'proportion', 'ratio'] as const).flatMap((statistic) =>
    [false, true].map((finite) => ({ statistic, finite })),
  );

  it.each(cases)(
    'give the pooled $statistic to 1e-10 (finite population: $finite)',
    ({ statistic, finite }) => {
      for (let seed = 1; seed <= 25; seed++) {
        const rows = survey(seed, statistic === 'proportion');
        const city = valueOf(combineCounties(countyExports(rows, statistic, finite)));
        const whole = pooled(rows, statistic, finite);
        expect(city).toHaveLength(whole.length);
        whole.forEach((expected, index) => {
          const found = city[index];
          if (found === undefined) throw new Error('a domain is missing');
          const [ours, theirs] = [facts(found), facts(expected)];
          expect(ours.exact).toEqual(theirs.exact);
          for (const [name, value] of Object.entries(theirs.numbers)) {
            const actual = ours.numbers[name] ?? null;
            if (value === null || actual === null) expect([name, actual]).toEqual([name, value]);
            else expect(Math.abs(actual - value), name).toBeLessThanOrEqual(1e-10 * (1e-3 + Math.abs(value)));
          }
        });
      }
    },
  );

  it('send one line per PSU and domain, never one per person', () => {
    const rows = survey(7, true);
    for (const { psus, domains } of countyExports(rows, 'proportion', false)) {
      for (const { sums } of domains) expect(sums.length).toBeLessThanOrEqual(psus.length);
    }
  });
});

describe('an export or a combination is refused', () => {
  const design = designOf({ stages: [{ units: [1, 1, 2, 2, 2] }], weights: floats(1, 1, 1, 1, 1) });
  const request = {
    county: '甲县',
    statistic: 'mean',
    minimumCellCount: 1,
    outcome: floats(1, 2, 3, 4, 5),
    domains: [{ id: '女', member: flags(1, 0, 1, 1, 1) }],
  } as const;

  it('when a PSU has too few persons of a domain to be sent', () => {
    expect(failureOf(exportCounty(design, { ...request, minimumCellCount: 3 })).params).toEqual({
      domain: '女',
      psu: '1',
      count: 1,
    });
  });

  it('when a county comes twice, sends another statistic, or nobody sends anything', () => {
    const sent = valueOf(exportCounty(design, request));
    expect(failureOf(combineCounties([sent, sent])).params).toEqual({ field: 'county', county: '甲县' });
    const other = { ...sent, county: '乙县', statistic: 'total' } as const;
    expect(failureOf(combineCounties([sent, other])).params).toEqual({ field: 'statistic', county: '乙县' });
    expect(failureOf(combineCounties([])).code).toBe('NO_RESPONDENTS');
  });

  it('when the city has one PSU in a stratum', () => {
    const lone = designOf({ stages: [{ units: [1, 1] }], weights: floats(1, 1), singlePsuRule: 'certainty' });
    const sent = valueOf(
      exportCounty(lone, { ...request, outcome: floats(1, 2), domains: [{ id: '女', member: flags(1, 1) }] }),
    );
    expect(failureOf(combineCounties([sent])).code).toBe('SINGLE_PSU_STRATUM');
  });
});
