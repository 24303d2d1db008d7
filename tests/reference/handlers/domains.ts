/** P08: empty, tiny and one-PSU domains. */
import { estimateByDomain } from '@shared/estimation/estimate';
import type { Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { citySample, domainTable, estimated, toRow, valueOf } from '../support/survey';

export const domains: Handler = (check) => {
  const sample = citySample();
  const outcome = sample.numbers('literate');
  const cells = readTable('city_cells.csv').text('cell');
  const psus = sample.text('psu');
  const inPsus = (ids: readonly unknown[]): Uint8Array =>
    Uint8Array.from(psus, (psu) => (ids.map(String).includes(psu) ? 1 : 0));
  switch (check.id) {
    case 'by_region_cell': {
      const withCells = { ...sample, text: (name: string) => (name === 'cell' ? cells : sample.text(name)) };
      return domainTable(withCells, { statistic: 'mean', outcome }, ['region', 'cell']);
    }
    case 'empty': {
      const regions = sample.text('region');
      const member = Uint8Array.from(regions, (region, row) =>
        region === 'D04' && cells[row] === 'college' ? 1 : 0,
      );
      const [found] = valueOf(
        estimateByDomain(sample.design, { statistic: 'mean', outcome }, [{ id: 'D04', member }]),
      );
      if (found?.status !== 'empty') throw new Error('the domain must be reported as empty');
      return { region: found.id, cell: 'college', n: found.respondentCount, est: NaN, se: NaN };
    }
    case 'one_psu': {
      const domain = inPsus([(check.args as { psu: number }).psu]);
      const found = estimated(sample.design, { statistic: 'mean', outcome, domain });
      const unknownVariance = found.variance === null && found.interval === null;
      return { ...toRow(found), se_R: unknownVariance ? 0 : NaN };
    }
    case 'domain_default': {
      const domain = inPsus((check.args as { psus: unknown[] }).psus.flat());
      const found = estimated(sample.design, { statistic: 'mean', outcome, domain });
      return [{ term: 'literate', ...toRow(found) }];
    }
    default:
      return undefined;
  }
};
