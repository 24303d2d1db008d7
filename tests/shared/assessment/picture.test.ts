/** Pictures of materials, against files made by other programs and against Node's own base64. */
import { describe, expect, it } from 'vitest';
import { emptyKnownBank } from '@shared/assessment/exchange/importedItems';
import { paperForm } from '@shared/assessment/exchange/paperForm';
import { exportQti } from '@shared/assessment/exchange/qti3';
import { readItemTable } from '@shared/assessment/exchange/readItemTable';
import { itemSheets } from '@shared/assessment/exchange/writeItemTable';
import { itemSchema } from '@shared/assessment/item';
import { questionOfItem } from '@shared/assessment/itemQuestion';
import {
  decodeBase64,
  encodeBase64,
  maximumPictureBytes,
  pictureHead,
  pictureSchema,
} from '@shared/assessment/picture';
import { cellText } from '@shared/importing/table';
import { publicItem } from '@shared/assessment/publicItem';
import { questionSchema } from '@shared/questions/kinds';
import { loadTrialBank } from '../../question-banks/trialBank';
import { jpeg, png } from '../../support/pictures';
import { itemsOf, toWorkbook } from './exchange/support';

const bank = loadTrialBank();
const base = bank.items.find(({ type, stimulus }) => type === 'single' && stimulus === undefined);
if (base === undefined) throw new Error('the bank has a single-choice item without material');
const withPicture = (picture: typeof png | typeof jpeg, id = 'ST-900') => ({
  ...base,
  enemies: [],
  stimulus: {
    id,
    kind: 'image' as const,
    title: '一块表',
    text: '看图回答。',
    alt: '表的指针指着 3 点。',
    picture,
  },
});

describe('base64', () => {
  it.each([0, 1, 2, 3, 4, 255, 256, 257])('%i bytes read and write as Node does', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 11) % 256);
    const text = Buffer.from(bytes).toString('base64');
    expect(encodeBase64(bytes)).toBe(text);
    expect([...(decodeBase64(text) ?? [])]).toEqual([...bytes]);
  });

  it.each(['A', 'AB', 'A===', 'AB=C', 'A B=', 'ü===', 'AAAA\n'])('“%s” is not base64', (text) => {
    expect(decodeBase64(text)).toBeNull();
  });
});

describe('a picture', () => {
  it('is what its bytes say, whatever wrote them', () => {
    for (const picture of [png, jpeg]) {
      const bytes = decodeBase64(picture.data) ?? new Uint8Array();
      expect(pictureHead(bytes)).toEqual({
        mediaType: picture.mediaType,
        width: picture.width,
        height: picture.height,
      });
      expect(pictureSchema.safeParse(picture).success).toBe(true);
    }
  });

  it.each([
    ['another type', { ...png, mediaType: 'image/jpeg' }],
    ['another size', { ...png, width: 7 }],
    ['drawn as SVG', { ...png, data: Buffer.from('<svg onload="alert(1)"/>').toString('base64') }],
    ['a type nobody allowed', { ...png, mediaType: 'image/svg+xml' }],
    ['cut off', { ...png, data: png.data.slice(0, 24) }],
    ['too large', { ...png, data: Buffer.alloc(maximumPictureBytes + 3).toString('base64') }],
  ])('is refused when it is %s', (_what, picture) => {
    expect(pictureSchema.safeParse(picture).success).toBe(false);
  });

  it('belongs to an image material, which needs words for those who cannot see it', () => {
    const item = withPicture(png);
    expect(itemSchema.safeParse(item).success).toBe(true);
    expect(itemSchema.safeParse({ ...item, stimulus: { ...item.stimulus, kind: 'text' } }).success).toBe(
      false,
    );
    const silent = { id: 'ST-900', kind: 'image', picture: png };
    expect(itemSchema.safeParse({ ...item, stimulus: silent }).success).toBe(false);
  });

  it('reaches the respondent with its words, and the question passes the schema of questions', () => {
    const asked = questionOfItem(publicItem(withPicture(jpeg)), null);
    expect(asked.stimulus).toEqual({
      kind: 'picture',
      id: 'ST-900',
      title: '一块表',
      text: '看图回答。',
      alt: '表的指针指着 3 点。',
      ...jpeg,
    });
    expect(questionSchema.safeParse(asked).success).toBe(true);
  });

  it('stands on the printed form and, as a file of its own, in the QTI package', () => {
    const item = withPicture(png);
    const entries = [{ itemId: item.id, itemVersion: item.version, position: 1, blockId: null }];
    const form = {
      id: 'f',
      blueprintId: 'b',
      blueprintVersion: '1',
      bankId: 'x',
      bankVersion: '1',
      instrumentId: 'i',
      seed: 1,
      entries,
      contentHash: '00',
    };
    const { formHtml } = paperForm({ form, items: [item], copies: 1, firstCopy: 1, watermark: '' });
    expect(formHtml).toContain(`<img src="data:image/png;base64,${png.data}" alt="表的指针指着 3 点。">`);
    const { files } = exportQti([item, { ...item, id: 'K-01-ME-9999' }]);
    expect(files.map(({ name }) => name)).toEqual([
      'imsmanifest.xml',
      `${item.id}.xml`,
      'K-01-ME-9999.xml',
      'images/1.png',
    ]);
    expect(Buffer.from(files[3]?.content ?? '').toString('base64')).toBe(png.data);
    expect(files[1]?.content).toContain('<img src="images/1.png" alt="表的指针指着 3 点。"/>');
  });

  it('comes back from a workbook byte for byte, even when it takes several cells', () => {
    const filler = Buffer.alloc(70_000, 7);
    // Bytes after the end of a PNG are ignored by every reader: a long file with a true header.
    const long = {
      ...png,
      data: Buffer.concat([Buffer.from(png.data, 'base64'), filler]).toString('base64'),
    };
    const items = [
      withPicture(long as typeof png),
      { ...withPicture(jpeg, 'ST-901'), id: base.id.replace(/\d+$/, '9001') },
    ];
    const workbook = toWorkbook(itemSheets({ items, references: bank.references }));
    const pieces = workbook.sheets.find(({ name }) => name === '图片')?.rows.slice(2) ?? [];
    expect(pieces.length).toBe(5);
    for (const cell of pieces.flat()) expect(cellText(cell).length).toBeLessThan(32_767);
    const read = readItemTable(workbook, { fileName: '题目.xlsx', bank: emptyKnownBank, defaults: null });
    expect(itemsOf(read).map(({ stimulus }) => stimulus)).toEqual(items.map(({ stimulus }) => stimulus));
  });

  it('of which a piece was lost is refused, with the place of its material', () => {
    const sheets = itemSheets({ items: [withPicture(png)], references: bank.references }).map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) => row.map((cell) => (cell === png.data ? png.data.slice(0, 20) : cell))),
    }));
    const read = readItemTable(toWorkbook(sheets), { fileName: 'x', bank: emptyKnownBank, defaults: null });
    expect(read.items).toEqual([]);
    expect(read.errors[0]).toMatchObject({ sheet: '材料', row: 3 });
    expect(read.errors[0]?.params['problem']).toContain('图片内容已损坏');
  });
});
