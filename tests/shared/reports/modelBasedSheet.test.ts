import { describe, expect, it } from 'vitest';
import { modelBasedSheet } from '@shared/reports/sheets/modelBased';
import { reportFixture } from '../../support/reportFixture';
import { demoResults } from '../../support/resultsFixture';

describe('the sheet 模型估计', () => {
  it('prints both shares with their intervals and n, hidden places without numbers', () => {
    const input = { ...reportFixture(), results: demoResults() };
    const sheet = modelBasedSheet(input);
    const [whole] = sheet.rows;
    const numbers = whole?.cells.flatMap((cell) => (cell.kind === 'number' ? [cell.value] : [])) ?? [];
    const { headline, modelBased } = input.results;
    if (headline.literate.state !== 'shown' || modelBased.state !== 'estimated') throw new Error('shown');
    expect(numbers[0]).toBe(headline.literate.respondentCount);
    expect(numbers[1]).toBe(headline.literate.estimate);
    const { figure } = modelBased.headline;
    expect(numbers[4]).toBe(figure.state === 'shown' ? figure.estimate : null);
    expect(sheet.notes.some((note) => note.includes('不混用'))).toBe(true);
    const hidden = sheet.rows.filter(({ cells }) => cells.some(({ kind }) => kind === 'suppressed'));
    expect(hidden.length).toBeGreaterThan(0);
    for (const { cells } of hidden) expect(cells.slice(2).every(({ kind }) => kind !== 'number')).toBe(true);
  });

  it('is one line while there is no calibration', () => {
    const input = reportFixture();
    const modelBased = { state: 'unavailable', reason: 'notCalibrated' } as const;
    const sheet = modelBasedSheet({ ...input, results: { ...input.results, modelBased } });
    expect(sheet.rows).toHaveLength(1);
  });
});
