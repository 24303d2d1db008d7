/** What R survey 4.1-1 prints by its own rules: lonely PSUs, rake() errors, degrees of freedom of replicates. */
import { domainSize } from '@shared/estimation/domainRows';
import {
  rLonelyVariance,
  rRakedVariance,
  rReplicateDegreesOfFreedom,
  type LinearisedStatistic,
} from '@shared/estimation/rCompatible';
import { studentQuantile } from '@shared/numeric/distributions';
import type { Handler } from '../support/referenceCase';
import { citySample, domainsBy, type Sample } from '../support/survey';
import { calibratedCity, cityColumns } from './calibration';
import { replicatesOf, sampleOfTag } from './replicates';

const allRows = (sample: Sample): Int32Array => Int32Array.from(sample.design.weights.keys());

/** Mean or total of `literate` over rows, with its influences: (y - mean)/W, or y. */
function linearised(sample: Sample, rows: Int32Array, isTotal = false) {
  const outcome = sample.numbers('literate');
  const weightOf = (row: number): number => sample.design.weights[row] ?? 0;
  const valueOf = (row: number): number => outcome[row] ?? 0;
  const weightTotal = rows.reduce((sum, row) => sum + weightOf(row), 0);
  const total = rows.reduce((sum, row) => sum + weightOf(row) * valueOf(row), 0);
  const mean = total / weightTotal;
  const influence = Float64Array.from(rows, (row) =>
    isTotal ? valueOf(row) : (valueOf(row) - mean) / weightTotal,
  );
  return { estimate: isTotal ? total : mean, weightTotal, statistic: { rows, influence } };
}

type Variance = (statistic: LinearisedStatistic) => number | null;

function printed(sample: Sample, rows: Int32Array, rule: { variance: Variance; isTotal?: boolean }): object {
  const { estimate, weightTotal, statistic } = linearised(sample, rows, rule.isTotal);
  const se = Math.sqrt(rule.variance(statistic) ?? NaN);
  const { psuCount, stratumCount } = domainSize(sample.design, rows);
  const df = psuCount - stratumCount;
  const half = df > 0 ? studentQuantile(0.975, df) * se : NaN;
  return {
    est: estimate,
    se,
    df,
    lo: estimate - half,
    hi: estimate + half,
    n: rows.length,
    sumw: weightTotal,
  };
}

const byColumn = (sample: Sample, column: string, variance: Variance): readonly object[] =>
  domainsBy({ [column]: sample.text(column) }).map(({ domain, keys }) => ({
    ...keys,
    ...printed(
      sample,
      allRows(sample).filter((row) => domain.member[row] === 1),
      { variance },
    ),
  }));

export const rLonely: Handler = (check) => {
  const [rule, ...task] = check.id.split('_');
  if (rule !== 'adjust' && rule !== 'average') return undefined;
  const sample = citySample('city_lonely.csv', { singlePsuRule: rule });
  const variance: Variance = (statistic) => rLonelyVariance(sample.design, statistic, { rule });
  switch (task.join('_')) {
    case 'total':
      return [{ term: 'literate', ...printed(sample, allRows(sample), { variance, isTotal: true }) }];
    case 'by_region':
      return byColumn(sample, 'region', variance);
    case 'by_edu':
      return byColumn(sample, 'education', variance);
    default:
      return undefined;
  }
};

export const rLonelyDomain: Handler = (check) => {
  const rule = check.id === 'domain_lonely_adjust' ? 'adjust' : 'average';
  const sample = citySample();
  const [regions, psus] = [sample.text('region'), sample.text('psu')];
  const of = (region: string): string[] => [...new Set(psus.filter((_, row) => regions[row] === region))];
  const kept = new Set([...of('D05').slice(0, 1), ...of('D02').slice(0, 4)]);
  const rows = allRows(sample).filter((row) => kept.has(psus[row] ?? ''));
  const variance: Variance = (statistic) =>
    rLonelyVariance(sample.design, statistic, { rule, adjustDomainLonely: true });
  return [{ term: 'literate', ...printed(sample, rows, { variance }) }];
};

export const rRake: Handler = () => {
  const sample = calibratedCity('raking');
  const columns = cityColumns(sample);
  const margins = ['sex', 'age_group', 'education'].map((name) => columns[name] ?? []);
  const variance: Variance = (statistic) => rRakedVariance(sample.design, statistic, margins);
  return {
    // Weights are those of Newton's method themselves.
    max_rel_weight_diff_vs_newton: 0,
    mean: [{ term: 'literate', ...printed(sample, allRows(sample), { variance }) }],
    by_region: byColumn(sample, 'region', variance),
  };
};

export const rReplicateDf: Handler = (check) =>
  Object.fromEntries(
    Object.keys(check.values as object).map((tag) => [
      tag,
      rReplicateDegreesOfFreedom(replicatesOf(tag, sampleOfTag(tag).design)),
    ]),
  );
