/** BRR and Fay factors we construct ourselves are those of R's files in case P09. */
import { describe, expect, it } from 'vitest';
import { balancedReplicates } from '@shared/estimation/variance/balancedReplicates';
import { readTable } from './support/referenceCase';
import { citySample, valueOf } from './support/survey';

describe('balanced half-samples of ten districts with two streets each', () => {
  it.each([
    { file: 'rep_brr.csv', rho: 0, scale: 1 / 12 },
    { file: 'rep_fay30.csv', rho: 0.3, scale: 0.170068027210884 },
    { file: 'rep_fay50.csv', rho: 0.5, scale: 1 / 3 },
  ])('have R’s factors of $file', ({ file, rho, scale }) => {
    const { design } = citySample('city_pairs.csv');
    const ours = valueOf(balancedReplicates(design, rho));
    const table = readTable(file);
    const rowOfPsu = new Map(table.text('psu').map((psu, row) => [psu, row]));
    const units = design.stages[0]?.unitLabels ?? [];
    expect(ours.replicateCount).toBe(12);
    expect(ours.overallScale).toBeCloseTo(scale, 13);
    for (let replicate = 0; replicate < 12; replicate++) {
      const column = table.numbers(`r${replicate + 1}`);
      units.forEach((psu, unit) => {
        const factor = column[rowOfPsu.get(psu) ?? -1] ?? NaN;
        expect(ours.factors[replicate * units.length + unit]).toBeCloseTo(factor, 12);
      });
    }
  });
});
