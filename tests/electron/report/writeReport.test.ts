import { read } from 'xlsx';
import type { CellObject, WorkBook } from 'xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import { numberFormats } from '@electron/backend/workbooks/report/reportWorkbook';
import { layoutOf } from '@electron/backend/workbooks/report/sheetLayout';
import { reportContentHash, writeReportWorkbook } from '@electron/backend/workbooks/report/writeReport';
import { buildReport, reportMeta } from '@shared/reports/registry';
import type { SheetModel } from '@shared/reports/sheetModel';
import { isFullWidth } from '@shared/reports/sheetModel';
import { reportFixture } from '../../support/reportFixture';

const input = reportFixture({ isDemo: true });
const models = buildReport(input);
const meta = reportMeta(input);
let bytes: Buffer;
let book: WorkBook;
let files: Record<string, string>;

/** Parts of the package as text, by path. */
function partsOf(workbook: WorkBook): Record<string, string> {
  const { files: raw } = workbook as WorkBook & { files: Record<string, { content?: Uint8Array }> };
  return Object.fromEntries(
    Object.entries(raw).map(([path, part]) => [path, Buffer.from(part.content ?? []).toString('utf8')]),
  );
}
const open = (content: Buffer): WorkBook => read(content, { dense: true, cellNF: true, bookFiles: true });
const xmlOf = (index: number): string => files[`xl/worksheets/sheet${index + 1}.xml`] ?? '';

beforeAll(async () => {
  bytes = await writeReportWorkbook(models, meta);
  book = open(bytes);
  files = partsOf(book);
});

function cellsOf(model: SheetModel): (CellObject | undefined)[][] {
  const sheet = book.Sheets[model.name] as unknown as { '!data': (CellObject | undefined)[][] };
  return sheet['!data'];
}

describe('The written report', () => {
  it('keeps every number exactly, with its number format', () => {
    let numbers = 0;
    for (const model of models) {
      const rows = cellsOf(model);
      const { firstBodyRow } = layoutOf(model);
      model.rows.forEach((row, index) => {
        row.cells.forEach((cell, column) => {
          if (cell.kind !== 'number') return;
          const written = rows[firstBodyRow - 1 + index]?.[column];
          expect(written?.t).toBe('n');
          expect(written?.v).toBe(cell.value);
          const format = cell.format ?? model.columns[column]?.format ?? 'text';
          expect(written?.z).toBe(numberFormats[format]);
          numbers += 1;
        });
      });
    }
    expect(numbers).toBeGreaterThan(2000);
  });

  it('holds the headline share of the results on the overall sheet', () => {
    const { literate } = input.results.headline;
    if (literate.state !== 'shown') throw new Error('the headline is shown');
    const model = models.find((each) => each.id === 'overall');
    const written = model === undefined ? [] : cellsOf(model).flat();
    expect(written.some((cell) => cell?.v === literate.estimate)).toBe(true);
    expect(written.some((cell) => cell?.v === literate.interval?.lower)).toBe(true);
  });

  it('gives every number a column wide enough for it', () => {
    for (const model of models) {
      const { firstBodyRow } = layoutOf(model);
      model.rows.forEach((row, index) => {
        if (isFullWidth(row.style)) return;
        row.cells.forEach((cell, column) => {
          if (cell.kind !== 'number') return;
          const shown = cellsOf(model)[firstBodyRow - 1 + index]?.[column]?.w ?? '';
          expect(shown.length, `${model.name} ${shown}`).toBeLessThan(model.columns[column]?.width ?? 0);
        });
      });
    }
  });

  it('freezes the header, repeats it in print and fits the width of a page', () => {
    models.forEach((model, index) => {
      const xml = xmlOf(index);
      expect(xml, model.name).toMatch(/<pane [^>]*state="frozen"/);
      expect(xml, model.name).toContain('fitToPage="1"');
      expect(xml, model.name).toMatch(/fitToWidth="1"|<pageSetup(?![^>]*fitToWidth)/);
      expect(xml, model.name).toContain(`orientation="${model.print.orientation}"`);
      expect(xml, model.name).toContain('paperSize="9"');
      if (model.headerRows.length === 0) return;
      expect(xml).toContain(`ySplit="${layoutOf(model).firstBodyRow - 1}"`);
    });
    const titles = [...(files['xl/workbook.xml'] ?? '').matchAll(/_xlnm\.Print_Titles/g)];
    expect(titles).toHaveLength(models.filter((model) => model.print.repeatHeader).length);
  });

  it('carries form number, demo mark, page x of y and properties', () => {
    models.forEach((_model, index) => {
      expect(xmlOf(index)).toContain('苏科协调〔2025〕1号表');
      expect(xmlOf(index)).toMatch(/<oddHeader>[^<]*演示数据/);
      expect(xmlOf(index)).toContain('第 &amp;P 页 / 共 &amp;N 页');
    });
    expect(files['docProps/core.xml']).toContain('演示数据');
    expect(files['docProps/core.xml']).toContain('2025-06-30T02:00:00');
  });

  it('draws the units as points with custom error bars and their n in the labels', () => {
    const chart = Object.entries(files).find(([path]) => /charts\/chart\d+\.xml$/.test(path))?.[1] ?? '';
    expect(chart).toContain('errValType val="cust"');
    expect(chart).toMatch(/n=\d+/);
    expect(chart).toContain('目标 23%');
  });

  it('is the same file for the same input', async () => {
    const again = await writeReportWorkbook(buildReport(reportFixture({ isDemo: true })), meta);
    expect(again.equals(bytes)).toBe(true);
  });
});

describe('Text that looks like code', () => {
  const hostile = '=HYPERLINK("http://x.example","点我")&A1';

  it('stays text in cells and page headers: no formula, no link', async () => {
    const attacked = reportFixture({ name: hostile });
    attacked.survey.settings.header.formNumber = '+1&P';
    attacked.survey.settings.header.issuingBody = '@SUM(A1:A9)';
    const written = open(await writeReportWorkbook(buildReport(attacked), reportMeta(attacked)));
    const parts = partsOf(written);
    const sheets = Object.entries(parts).filter(([path]) => path.startsWith('xl/worksheets/sheet'));
    for (const [path, xml] of sheets) {
      expect(xml, path).not.toMatch(/<f[ >]/);
      expect(xml, path).not.toContain('<hyperlink');
    }
    expect(parts['xl/worksheets/sheet1.xml']).toContain('+1&amp;&amp;P');
    const cover = written.Sheets['封面'] as unknown as { '!data': (CellObject | undefined)[][] };
    const values = cover['!data'].flat().map((cell) => cell?.v);
    expect(values).toContain(hostile);
    expect(values).toContain('@SUM(A1:A9)');
  });
});

describe('The content hash', () => {
  it('is a SHA-256 that any change of a figure changes', () => {
    const hash = reportContentHash(models);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(reportContentHash(buildReport(input))).toBe(hash);
    const changed = structuredClone(input.results);
    if (changed.headline.literate.state === 'shown') changed.headline.literate.estimate += 1e-12;
    expect(reportContentHash(buildReport({ ...input, results: changed }))).not.toBe(hash);
  });
});
