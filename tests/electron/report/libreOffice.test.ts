/** The report as an office program sees it. LibreOffice refuses or repairs what is not a sound workbook. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeReportWorkbook } from '@electron/backend/workbooks/report/writeReport';
import { buildReport, reportMeta } from '@shared/reports/registry';
import { reportFixture } from '../../support/reportFixture';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
if (!hasOffice)
  process.stdout.write('skipped: soffice is not installed, the report is not opened in an office program\n');

const folder = mkdtempSync(join(tmpdir(), 'zhiheng-report-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const allSheetsAsShown = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

function convert(format: string): void {
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const args = [
    '--headless',
    profile,
    '--convert-to',
    format,
    '--outdir',
    folder,
    join(folder, 'report.xlsx'),
  ];
  execFileSync('soffice', args, { stdio: 'ignore', timeout: 120_000 });
}

describe.skipIf(!hasOffice)('LibreOffice', () => {
  it(
    'opens the report, prints it, and shows the headline share and every sheet',
    { timeout: 240_000 },
    async () => {
      const input = reportFixture();
      const models = buildReport(input);
      writeFileSync(join(folder, 'report.xlsx'), await writeReportWorkbook(models, reportMeta(input)));
      convert('pdf');
      expect(readFileSync(join(folder, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
      convert(allSheetsAsShown);
      const tables = readdirSync(folder).filter((name) => name.endsWith('.csv'));
      expect(tables).toHaveLength(models.length);
      const overall = readFileSync(join(folder, 'report-总体结果.csv'), 'utf8');
      const { literate } = input.results.headline;
      if (literate.state !== 'shown') throw new Error('the headline is shown');
      const line = overall.split('\n').find((each) => each.startsWith('公民具备科学素质比例,')) ?? '';
      // Some versions write the share as shown, others in full: either is within the shown decimal.
      const shares = [...line.matchAll(/([\d.]+)%/g)].map((match) => Number(match[1]));
      expect(shares[0]).toBeCloseTo(literate.estimate * 100, 1);
      expect(shares[2]).toBeCloseTo((literate.interval?.upper ?? 0) * 100, 1);
      for (const name of tables)
        expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/#REF|#VALUE|###/);
    },
  );
});
