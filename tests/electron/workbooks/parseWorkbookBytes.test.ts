import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CFB, utils, write, type BookType } from 'xlsx';
import { parseWorkbookBytes } from '@electron/backend/workbooks/parseWorkbookBytes';
import { writeWorkbook } from '@electron/backend/workbooks/writeTable';
import type { Table } from '@shared/importing/table';
import { contentTypes, oneCell, parts, sheetXml, textCell, zip, type ZipEntry } from './hostileFiles';

const parse = (bytes: Uint8Array, fileName: string): ReturnType<typeof parseWorkbookBytes> =>
  parseWorkbookBytes({ bytes, fileName });

async function refusal(bytes: Uint8Array, fileName = '答卷.xlsx'): Promise<string> {
  const result = await parse(bytes, fileName);
  if (result.ok) return 'READ';
  expect(result.failure.params['fileName']).toBe(fileName);
  const { reasonCode, found } = result.failure.params;
  return [result.failure.code, ...[reasonCode, found].filter((part) => part !== undefined)].join(' ');
}

async function sheet(bytes: Uint8Array, fileName = '答卷.xlsx'): Promise<Table> {
  const result = await parse(bytes, fileName);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  const [first] = result.value.sheets;
  if (!first) throw new Error('no sheet');
  return first;
}

const bookOf = (rows: unknown[][], bookType: BookType): Buffer => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '答卷');
  return write(book, { type: 'buffer', bookType, compression: true }) as Buffer;
};

const withExtra = (extra: ZipEntry): Buffer => zip([...parts(sheetXml(oneCell('A1', '编号'))), extra]);

describe('reading an .xlsx', () => {
  it('keeps text as typed, numbers as numbers and blanks as null', async () => {
    const bytes = writeWorkbook([
      {
        name: '答卷',
        rows: [
          ['007', 7.5, null, '1-2'],
          [' ', '=1+1', '３', 1e-7],
        ],
      },
    ]);
    expect(await sheet(bytes)).toEqual({
      name: '答卷',
      rowCount: 2,
      columnCount: 4,
      rows: [
        ['007', 7.5, null, '1-2'],
        [null, '=1+1', '３', 1e-7],
      ],
    });
  });

  it('gives dates as ISO text and formulas as formulas, never their cached result', async () => {
    const cells = utils.aoa_to_sheet([['日期', '公式']]);
    cells['A2'] = { t: 'n', v: 45717, z: 'yyyy/m/d' };
    cells['A3'] = { t: 'n', v: 45717.4375, z: 'yyyy-mm-dd hh:mm' };
    cells['B2'] = { t: 'n', v: 3, f: '1+2' };
    cells['B3'] = { t: 'b', v: true };
    cells['!ref'] = 'A1:B3';
    const book = utils.book_new();
    utils.book_append_sheet(book, cells, '答卷');
    const { rows } = await sheet(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    expect(rows.slice(1)).toEqual([
      ['2025-03-01', { formula: true }],
      ['2025-03-01 10:30:00', true],
    ]);
  });

  it('reads rows and cells without addresses and shared text with markup', async () => {
    const { rows } = await sheet(
      zip(
        parts(
          sheetXml(
            '<sheetData><row><c t="inlineStr"><is><t>编号</t></is></c><c><v>5</v></c></row></sheetData>',
          ),
        ),
      ),
    );
    expect(rows).toEqual([['编号', 5]]);
  });

  it('reads a header named __proto__ as text and pollutes nothing', async () => {
    const { rows } = await sheet(zip(parts(sheetXml(oneCell('A1', '__proto__')))));
    expect(rows).toEqual([['__proto__']]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps every sheet under its name', async () => {
    const result = await parse(
      writeWorkbook([
        { name: '说明', rows: [] },
        { name: '答卷', rows: [['编号']] },
      ]),
      'a.xlsx',
    );
    expect(result.ok && result.value.sheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['说明', 0],
      ['答卷', 1],
    ]);
  });

  it('reads 4,000 respondents × 70 columns completely', async () => {
    const rows = Array.from({ length: 4001 }, (_, row) =>
      Array.from({ length: 70 }, (_, column) =>
        column % 3 === 0 ? row * 70 + column : `选项${String(column)}`,
      ),
    );
    const table = await sheet(writeWorkbook([{ name: '答卷', rows }]));
    expect([table.rowCount, table.columnCount]).toEqual([4001, 70]);
    expect(table.rows[4000]?.[69]).toBe(4000 * 70 + 69);
    expect(table.rows[4000]?.[68]).toBe('选项68');
  });
});

describe('refusing a file before any parser sees it', () => {
  it('refuses nothing at all, and a workbook with nothing in it', async () => {
    expect(await refusal(new Uint8Array(0))).toBe('FILE_EMPTY');
    expect(await refusal(writeWorkbook([{ name: '答卷', rows: [] }]))).toBe('FILE_EMPTY');
    expect(await refusal(Buffer.from('\ufeff\r\n , ,\r\n'), 'a.csv')).toBe('FILE_EMPTY');
  });

  it('refuses a file of 50 MB and names size and limit', async () => {
    const result = await parse(Buffer.alloc(50 * 1_048_576, 'PK'), '大.xlsx');
    expect(result).toEqual({
      ok: false,
      failure: { code: 'FILE_TOO_LARGE', params: { fileName: '大.xlsx', sizeMb: 50, limitMb: 30 } },
    });
  });

  it('refuses other types by their bytes, whatever their name', async () => {
    expect(await refusal(Buffer.from('%PDF-1.7 …'))).toBe('FILE_TYPE_NOT_SUPPORTED other');
    expect(await refusal(Buffer.from('<html><table></table></html>'), 'a.xls')).toBe(
      'FILE_TYPE_NOT_SUPPORTED other',
    );
    expect(await refusal(Buffer.from([1, 0, 2, 0, 3]), 'a.csv')).toBe('FILE_TYPE_NOT_SUPPORTED other');
    expect(await refusal(zip([{ name: 'readme.txt', content: '…' }]))).toBe(
      'FILE_TYPE_NOT_SUPPORTED package',
    );
    const word = contentTypes(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    );
    expect(await refusal(zip([word, { name: 'word/document.xml', content: '<a/>' }]))).toBe(
      'FILE_TYPE_NOT_SUPPORTED package',
    );
    expect(await refusal(bookOf([['编号']], 'ods'))).toBe('FILE_TYPE_NOT_SUPPORTED package');
    expect(await refusal(bookOf([['编号']], 'xlsb'))).toBe('FILE_TYPE_NOT_SUPPORTED package');
  });

  it('tells a legacy .xls from a password-protected .xlsx', async () => {
    expect(await refusal(bookOf([['编号']], 'biff8'))).toBe('FILE_TYPE_NOT_SUPPORTED xls');
    const library = CFB as {
      utils: { cfb_new(): object; cfb_add(container: object, path: string, content: Buffer): void };
      write(container: object, options: { type: 'buffer' }): Buffer;
    };
    const container = library.utils.cfb_new();
    library.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(64, 4));
    library.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5000, 7));
    expect(await refusal(library.write(container, { type: 'buffer' }))).toBe('FILE_PASSWORD_PROTECTED');
    const encryptedEntry = { name: 'xl/sharedStrings.xml', content: 'x', flags: 1 };
    expect(await refusal(withExtra(encryptedEntry))).toBe('FILE_PASSWORD_PROTECTED');
  });

  it('refuses macros, external links and embedded objects', async () => {
    expect(await refusal(withExtra({ name: 'xl/vbaProject.bin', content: 'x' }))).toBe('FILE_HOSTILE macro');
    expect(await refusal(withExtra({ name: 'xl/externalLinks/externalLink1.xml', content: '<a/>' }))).toBe(
      'FILE_HOSTILE externalLink',
    );
    expect(await refusal(withExtra({ name: 'xl/embeddings/oleObject1.bin', content: 'x' }))).toBe(
      'FILE_HOSTILE embeddedObject',
    );
    const macroBook = [
      contentTypes('application/vnd.ms-excel.sheet.macroEnabled.main+xml'),
      ...parts(sheetXml('')).slice(1),
    ];
    expect(await refusal(zip(macroBook))).toBe('FILE_HOSTILE macro');
  });

  it('refuses a bomb by its ratio and one whose declared size lies', async () => {
    const bomb = sheetXml(`<sheetData>${' '.repeat(40 * 1_048_576)}</sheetData>`);
    expect(await refusal(zip(parts(bomb)))).toBe('FILE_HOSTILE compressionRatio');
    const lying = parts(bomb).map((entry) =>
      entry.name.includes('sheet1') ? { ...entry, declaredSize: 1000 } : entry,
    );
    expect(await refusal(zip(lying))).toBe('FILE_HOSTILE lyingSize');
    const larger = parts(sheetXml('')).map((entry) =>
      entry.name.includes('sheet1') ? { ...entry, declaredSize: 100_000 } : entry,
    );
    expect(await refusal(zip(larger))).toBe('FILE_HOSTILE lyingSize');
    const huge = { name: 'xl/media/image1.png', content: 'x', declaredSize: 49 * 1_048_576 };
    expect(await refusal(withExtra(huge))).toBe('FILE_HOSTILE entrySize');
  });

  it('refuses entity declarations, bottomless nesting, too many entries, repeated and escaping names', async () => {
    const entities = sheetXml(oneCell('A1', '&a;'), '<!DOCTYPE w [<!ENTITY a "aaaa">]>');
    expect(await refusal(zip(parts(entities)))).toBe('FILE_HOSTILE documentType');
    const deep = sheetXml(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`);
    expect(await refusal(zip(parts(deep)))).toBe('FILE_HOSTILE nesting');
    const many = Array.from({ length: 600 }, (_, index) => ({
      name: `xl/media/${String(index)}.png`,
      content: '',
    }));
    expect(await refusal(zip([...parts(sheetXml('')), ...many]))).toBe('FILE_HOSTILE entryCount');
    expect(await refusal(withExtra({ name: 'XL/workbook.xml', content: '<a/>' }))).toBe(
      'FILE_HOSTILE duplicateName',
    );
    expect(await refusal(withExtra({ name: '../evil.xml', content: '<a/>' }))).toBe('FILE_HOSTILE entryName');
    expect(await refusal(withExtra({ name: 'xl\\evil.xml', content: '<a/>' }))).toBe(
      'FILE_HOSTILE entryName',
    );
  });

  it('refuses a torn or garbled workbook as damaged', async () => {
    const lawful = zip(parts(sheetXml(oneCell('A1', '编号'))));
    expect(await refusal(lawful.subarray(0, lawful.length - 40))).toBe('FILE_DAMAGED');
    expect(await refusal(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 1)]))).toBe(
      'FILE_DAMAGED',
    );
    const garbled = Buffer.from(lawful);
    garbled.fill(0xff, 60, 90);
    expect(await refusal(garbled)).toMatch(/^FILE_(DAMAGED|HOSTILE)/);
  });

  it('refuses a sheet whose last cell is XFD1048576 without walking to it', async () => {
    const far = `<sheetData><row r="1">${textCell('A1', '编号')}</row><row r="1048576">${textCell('XFD1048576', 'x')}</row></sheetData>`;
    const result = await parse(zip(parts(sheetXml(far))), 'a.xlsx');
    expect(result).toMatchObject({
      failure: {
        code: 'SHEET_TOO_LARGE',
        params: { sheet: '答卷', rows: 1_048_576, columns: 16_384, lastCell: 'XFD1048576' },
      },
    });
  });

  it('reads a small table whose sheet only claims to be huge', async () => {
    const claims = `<dimension ref="A1:XFD1048576"/>${oneCell('A1', '编号')}<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>`;
    expect((await sheet(zip(parts(sheetXml(claims))))).rows).toEqual([['编号']]);
  });
});

describe('reading a CSV', () => {
  const rowsOf = async (text: string | Buffer): Promise<Table['rows']> =>
    (await sheet(Buffer.from(text), 'a.csv')).rows;

  it('keeps every field as text', async () => {
    expect(await rowsOf('编号,权重\r\n007,1-2\r\n=1+1, 3 \r\n')).toEqual([
      ['编号', '权重'],
      ['007', '1-2'],
      ['=1+1', ' 3 '],
    ]);
  });

  it('reads GB18030, UTF-8 with mark and UTF-16', async () => {
    const fixture = fileURLToPath(new URL('../../fixtures/imports/answers-gb18030.csv', import.meta.url));
    const expected = [
      ['样本编号', '性别', '第1题'],
      ['007', '女', '氧气'],
      ['008', '男', '二氧化碳'],
    ];
    expect(await rowsOf(readFileSync(fixture))).toEqual(expected);
    const text = expected.map((row) => row.join(',')).join('\n');
    expect(await rowsOf(`\ufeff${text}`)).toEqual(expected);
    expect(await rowsOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(expected);
  });

  it('finds semicolons and tabs and obeys a sep= line', async () => {
    expect(await rowsOf('编号;"a;b";c,d\n1;2;3')).toEqual([
      ['编号', 'a;b', 'c,d'],
      ['1', '2', '3'],
    ]);
    expect(await rowsOf('编号\t权重\n1\t2,5')).toEqual([
      ['编号', '权重'],
      ['1', '2,5'],
    ]);
    expect(await rowsOf('sep=;\r\na,b,c;d\r\n')).toEqual([['a,b,c', 'd']]);
  });

  it('follows RFC 4180: quotes, doubled quotes, line breaks in fields, short and blank lines', async () => {
    expect(await rowsOf('a,"b ""q"" b","line1\r\nline2"\r1\n\n,,"x"')).toEqual([
      ['a', 'b "q" b', 'line1\r\nline2'],
      ['1', null, null],
      [null, null, null],
      [null, null, 'x'],
    ]);
  });

  it('refuses an open quote and bytes of no encoding', async () => {
    expect(await refusal(Buffer.from('a,"b\n1,2\n'), 'a.csv')).toBe('FILE_DAMAGED');
    expect(await refusal(Buffer.from([0x61, 0xff, 0xff, 0x2c, 0xff]), 'a.csv')).toBe('FILE_DAMAGED');
  });
});
