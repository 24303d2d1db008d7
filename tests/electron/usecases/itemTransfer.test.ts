/** Item files through the application: real workbooks written, opened, checked, imported, undone, exported again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { read, utils, write } from 'xlsx';
import type { BankItem } from '@shared/assessment/bank';
import { haveEqualContent } from '@shared/assessment/itemChange';
import { jobId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { readItemFileHere } from '@electron/backend/usecases/itemExchange';
import { exportItems, exportQtiPackage, exportWorkbook } from '@electron/backend/usecases/items/exportItems';
import type { ItemFile } from '@electron/backend/usecases/items/importItemFile';
import {
  checkItemFile,
  importItemFile,
  itemErrorList,
} from '@electron/backend/usecases/items/importItemFile';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { png } from '../../support/pictures';

type Cells = (string | number | boolean | null)[][];

describe('item files', () => {
  let app: TestHost;
  beforeEach(async () => {
    app = await openTestHost();
    await app.value('app/updateRole', { role: 'itemEditor' });
  });
  afterEach(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  const context = () => app.host.context;
  const must = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    return result.value;
  };
  const running = <T>(work: Parameters<typeof app.host.context.jobs.run<T>>[1]): Promise<T> =>
    context().jobs.run(jobId.parse('test'), work);
  const shelve = (name: string, bytes: Uint8Array): ItemFile => ({
    token: context().files.put(name, Buffer.from(bytes)).token,
    defaults: null,
  });
  const check = async (file: ItemFile) =>
    must(await running((job) => checkItemFile(context(), file, job, readItemFileHere)));
  const bringIn = (file: ItemFile) =>
    running((job) => importItemFile(context(), { ...file, by: '李编辑' }, job, readItemFileHere));
  const exported = (itemIds: readonly string[] | null = null): Uint8Array =>
    must(exportWorkbook(context(), { itemIds, viewer: '李编辑' })).bytes;
  const book = (sheets: Readonly<Record<string, Cells>>): Uint8Array => {
    const workbook = utils.book_new();
    for (const [name, rows] of Object.entries(sheets))
      utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows), name);
    return write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
  };
  /** The exported workbook with some cells changed, as a person would in an office program. */
  const edited = (bytes: Uint8Array, change: (rows: Cells, column: (header: string) => number) => void) => {
    const workbook = read(bytes);
    const sheet = workbook.Sheets['题目'];
    if (sheet === undefined) throw new Error('no sheet 题目');
    const rows = utils.sheet_to_json<Cells[number]>(sheet, { header: 1, defval: null });
    const column = (header: string): number =>
      (rows[0] ?? []).findIndex((cell) => String(cell).replace('*', '') === header);
    change(rows, column);
    workbook.Sheets['题目'] = utils.aoa_to_sheet(rows);
    return write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
  };
  const shipped = (): readonly BankItem[] => context().registry.bank.items;
  const twoPlainItems = (): readonly [BankItem, BankItem] => {
    const plain = shipped().filter(({ type, stimulus }) => type === 'single' && stimulus === undefined);
    const [first, second] = plain;
    if (first === undefined || second === undefined) throw new Error('the bank has such items');
    return [first, second];
  };
  const defaults = {
    dimension: 'K',
    benchmark: 17,
    area: 'LH',
    cognitive: '理解',
    topics: ['健康'],
    author: '张三',
  } as const;
  /** The same product with another, empty bank: what a private bank looks like on its first day. */
  const otherHost = async (): Promise<TestHost> => {
    const other = await openTestHost();
    const { registry } = other.host.context;
    Object.assign(registry, {
      bank: {
        ...registry.bank,
        meta: { ...registry.bank.meta, id: 'empty-bank' },
        items: [],
        references: {},
      },
    });
    await other.value('app/updateRole', { role: 'itemEditor' });
    return other;
  };

  it('all 300 items go out and into an empty bank elsewhere without losing a word', async () => {
    const bytes = exported();
    const before = app;
    const originals = shipped();
    const { references } = context().registry.bank;
    app = await otherHost();
    const file = shelve('题目.xlsx', bytes);
    expect(await check(file)).toMatchObject({ format: 'template', newCount: 300, errorCount: 0, errors: [] });
    expect(await bringIn(file)).toMatchObject({ ok: true, value: { newCount: 300 } });
    const arrived = must(exportItems(context(), { itemIds: null, viewer: '' }));
    expect(arrived.items).toHaveLength(300);
    for (const original of originals) {
      const item = arrived.items.find(({ id }) => id === original.id);
      if (item === undefined) throw new Error(original.id);
      expect(haveEqualContent(item, original), original.id).toBe(true);
      expect(item.authors).toEqual([...new Set([...original.authors, '李编辑'])]);
      expect(item).toMatchObject({ status: 'draft', version: '1.0.0' });
    }
    const cited = new Set(originals.flatMap((item) => item.references.map(({ ref }) => ref)));
    expect(new Set(Object.keys(arrived.references))).toEqual(cited);
    for (const id of cited) expect(arrived.references[id]).toEqual(references[id]);
    // And once more through a file: now everything is the same.
    const again = await check(shelve('再来.xlsx', exported()));
    expect(again).toMatchObject({
      sameCount: 300,
      newCount: 0,
      versionCount: 0,
      references: [],
      materials: [],
    });
    before.close();
    removeFolder(before.dataDir);
  });

  it('one bad cell is named by sheet, row, column and value, and nothing comes in', async () => {
    const [first = ''] = shipped().map(({ id }) => id);
    const bytes = edited(exported([first]), (rows, column) => {
      const row = rows[2] ?? [];
      row[column('预估正确率')] = '很难';
      row[column('题号')] = 'K-11-ME-9001';
    });
    const file = shelve('有错.xlsx', bytes);
    const checked = await check(file);
    const letter = utils.encode_col(
      (utils.sheet_to_json<string[]>(read(bytes).Sheets['题目'] ?? {}, { header: 1 })[0] ?? []).findIndex(
        (header) => header.startsWith('预估正确率'),
      ),
    );
    expect(checked.errors).toMatchObject([{ sheet: '题目', row: 3, column: letter, value: '很难' }]);
    expect(await bringIn(file)).toMatchObject({ ok: false, failure: { code: 'IMPORT_HAS_ERRORS' } });
    const list = must(await running((job) => itemErrorList(context(), file, job, readItemFileHere)));
    const rows = utils.sheet_to_json<Cells[number]>(read(list).Sheets['错误'] ?? {}, { header: 1 });
    expect(rows[1]?.slice(0, 5)).toEqual(['题目', 3, letter, checked.errors[0]?.header, '很难']);
    expect((await app.value('item/list', {})).items).toHaveLength(300);
  });

  it('an item the bank refuses stands in the error list with its row, e.g. a changed key', async () => {
    const known = shipped().find(({ type, key }) => type === 'single' && key[0] !== 'D');
    const bytes = edited(exported([known?.id ?? '']), (rows, column) => {
      const row = rows[2] ?? [];
      row[column('答案')] = 'D';
      row[column('D错因')] = null;
    });
    const checked = await check(shelve('改答案.xlsx', bytes));
    expect(checked).toMatchObject({ refusedCount: 1, errorCount: 1 });
    expect(checked.errors[0]).toMatchObject({ sheet: '题目', row: 3, value: known?.id });
    expect(checked.errors[0]?.problem).toContain('更正答案');
  });

  it('new sources and materials of a file are listed and come in with the items', async () => {
    const [plain] = shipped().filter(({ type, stimulus }) => type === 'single' && stimulus === undefined);
    const bytes = edited(exported([plain?.id ?? '']), (rows, column) => {
      const row = rows[2] ?? [];
      row[column('题号')] = String(row[column('题号')]).replace(/\d+$/, '9001');
      row[column('题干')] = '村口的井水要烧开了再喝，主要是因为什么？';
      row[column('依据1编号')] = null;
      row[column('依据1名称')] = '生活饮用水卫生标准';
      row[column('依据1发布单位')] = '国家卫生健康委';
      row[column('材料编号')] = 'ST-9001';
      row[column('互斥题号')] = null;
    });
    const workbook = read(bytes);
    workbook.Sheets['材料'] = utils.aoa_to_sheet([
      ['编号*', '类型*', '标题', '正文', '表格', '单位', '替代文字'],
      ['ST-9001', '图片', '一口井', null, null, null, '图上是一口井。'],
    ]);
    workbook.Sheets['图片'] = utils.aoa_to_sheet([
      ['材料编号*', '段号*', '格式*', '宽*', '高*', '内容*'],
      ['ST-9001', 2, png.mediaType, png.width, png.height, png.data.slice(50)],
      ['ST-9001', 1, png.mediaType, png.width, png.height, png.data.slice(0, 50)],
    ]);
    const file = shelve('新题.xlsx', write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array);
    const checked = await check(file);
    expect(checked.errors).toEqual([]);
    expect(checked).toMatchObject({
      newCount: 1,
      references: [{ title: '生活饮用水卫生标准', issuer: '国家卫生健康委', effect: 'new' }],
      materials: [{ materialId: 'ST-9001', kind: 'image', title: '一口井', effect: 'new', itemCount: 1 }],
    });
    expect(await bringIn(file)).toMatchObject({ ok: true, value: { newCount: 1, referenceCount: 1 } });
    const id = checked.items[0]?.itemId ?? '';
    const { item } = await app.value('item/get', { itemId: id });
    expect(item.stimulus?.picture).toEqual(png);
    const cited = await app.value('reference/get', { referenceId: item.references[0]?.ref ?? '' });
    expect(cited).toMatchObject({ title: '生活饮用水卫生标准', items: [{ itemId: id }] });
    expect(cited.versions[0]?.note).toBe('导入：新题.xlsx');
  });

  it('a messy table of another system is read once its place is given', async () => {
    const rows: Cells = [
      ['题库导出（内部）', null, null, null, null, null, null, null, null],
      ['序号', '题目类型', '题目内容', '选项Ａ', '选项B', '选项 C', '选项D', '正确答案', '解析'],
      [1, '单选题', '流感病毒主要怎样传播？', '飞沫', '饮水', '电话', '影子', 'Ａ', '飞沫传播为主。'],
      [2, '多选题', '下面哪些做法能预防流感？', '接种疫苗', '勤洗手', '熬夜', '戴口罩', 'A、B、D', ''],
      [3, '多选题', '下面哪些东西里含有维生素？', '青菜', '橘子', '石头', '玻璃', 'AB', ''],
      [4, '多选题', '下面哪些属于慢性病一类？', '高血压', '糖尿病', '感冒', '骨折', 'a，b', ''],
      [5, '判断题', '抗生素能治好病毒性感冒。', null, null, null, null, '×', ''],
      [6, '判断题', '饭前便后都应当洗手。', null, null, null, null, '√', ''],
      [7, '判断题', '发热时要注意多喝水。', null, null, null, null, 'T', ''],
      [8, '判断题', '感冒了一定要打吊针才会好。', '正确', '错误', null, null, '错误', ''],
      [9, '单选题', '成人正常的体温大约是多少度？', '37', '30', '45', '50', 'a', ''],
      [10, '判断题', '吸烟对身体没有坏处。', null, null, null, null, 'F', ''],
    ];
    const file = shelve('外来题库.xlsx', book({ Sheet1: rows }));
    expect(await check(file)).toMatchObject({ needsDefaults: true, errors: [], errorCount: 0 });
    const placed = { ...file, defaults };
    const checked = await check(placed);
    expect(checked.errors).toEqual([]);
    expect(checked).toMatchObject({ format: 'table', needsDefaults: false, newCount: 10 });
    expect(await bringIn(placed)).toMatchObject({ ok: true, value: { newCount: 10 } });
    const items = must(
      exportItems(context(), { itemIds: checked.items.map(({ itemId }) => itemId), viewer: '' }),
    ).items;
    expect(items.map(({ type, key }) => [type, key.join('')])).toEqual([
      ['single', 'A'],
      ['multi', 'ABD'],
      ['multi', 'AB'],
      ['multi', 'AB'],
      ['tf', '错'],
      ['tf', '对'],
      ['tf', '对'],
      ['tf', '错'],
      ['single', 'A'],
      ['tf', '错'],
    ]);
    for (const item of items)
      expect(item).toMatchObject({ dimension: 'K', cognitive: '理解', topics: ['健康'], status: 'draft' });
  });

  it('a GIFT file asks for its place, and a second one does not touch the stand-in source of the first', async () => {
    const gift = (stem: string): Uint8Array => Buffer.from(`${stem} {=空气 ~铁 ~水 ~土}`, 'utf8');
    const first = shelve('一.gift', gift('人呼吸需要什么东西？'));
    expect(await check(first)).toMatchObject({ format: 'gift', needsDefaults: true });
    expect(await bringIn({ ...first, defaults })).toMatchObject({
      ok: true,
      value: { newCount: 1, referenceCount: 1 },
    });
    const second = { ...shelve('二.txt', gift('鱼也需要的是什么东西？')), defaults };
    expect(await check(second)).toMatchObject({ newCount: 1, references: [] });
    expect(await bringIn(second)).toMatchObject({ ok: true, value: { newCount: 1, referenceCount: 0 } });
  });

  it('an import is undone as a record: new items retire, known ones get their words back, later work stays', async () => {
    const [known, worked] = twoPlainItems();
    const bytes = edited(exported([known.id, worked.id]), (rows, column) => {
      for (const row of rows.slice(2)) row[column('解析')] = `${String(row[column('解析')])}（导入改）`;
      const fresh = [...(rows[2] ?? [])];
      fresh[column('题号')] = String(fresh[column('题号')]).replace(/\d+$/, '9001');
      fresh[column('题干')] = '下面这道题是导入时新加的，是不是？';
      rows.push(fresh);
    });
    expect(await bringIn(shelve('改.xlsx', bytes))).toMatchObject({
      ok: true,
      value: { newCount: 1, versionCount: 2 },
    });
    const { item } = await app.value('item/get', { itemId: worked.id });
    await app.value('item/updateStatus', { itemId: item.id, status: 'review', by: '王审', reason: '送审' });
    const [row] = await app.value('itemTransfer/list', {});
    if (row === undefined) throw new Error('the import is listed');
    expect(row).toMatchObject({ fileName: '改.xlsx', importedBy: '李编辑', undoableCount: 2, keptCount: 1 });
    const undo = { importId: row.importId, by: '李编辑', reason: '导错文件' };
    const [after] = await app.value('itemTransfer/runUndo', undo);
    expect(after?.undo).toMatchObject({ keptIds: [worked.id], reason: '导错文件' });
    const freshId = known.id.replace(/\d+$/, '9001');
    expect((await app.value('item/get', { itemId: freshId })).item.status).toBe('retired');
    const back = await app.value('item/get', { itemId: known.id });
    expect(back.item.rationale).toBe(known.rationale);
    expect(back.versions).toHaveLength(3);
    expect((await app.value('item/get', { itemId: worked.id })).item.rationale).toContain('（导入改）');
    expect(await app.call('itemTransfer/runUndo', undo)).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
    const actions = listAudit(context().vault.storage().db, 50).map(({ action }) => action);
    for (const action of ['items.exported', 'items.imported', 'items.importUndone'])
      expect(actions).toContain(action);
  });

  it('a material all of whose items are in the file may change; one with items outside may not', async () => {
    const shared = shipped().filter(
      ({ stimulus }, _index, all) =>
        stimulus?.kind === 'text' && all.filter((each) => each.stimulus?.id === stimulus.id).length > 1,
    );
    const material = shared[0]?.stimulus?.id ?? '';
    const ids = shared.filter(({ stimulus }) => stimulus?.id === material).map(({ id }) => id);
    const withNewText = (itemIds: readonly string[]): Uint8Array => {
      const workbook = read(exported(itemIds));
      const sheet = workbook.Sheets['材料'];
      if (sheet === undefined) throw new Error('no sheet 材料');
      const rows = utils.sheet_to_json<Cells[number]>(sheet, { header: 1, defval: null });
      const row = rows.find(([id]) => id === material);
      if (row !== undefined) row[3] = '村里新修了一条路，路边种了树。';
      workbook.Sheets['材料'] = utils.aoa_to_sheet(rows);
      return write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
    };
    expect(await check(shelve('全.xlsx', withNewText(ids)))).toMatchObject({
      versionCount: ids.length,
      refusedCount: 0,
      materials: [{ materialId: material, effect: 'version', itemCount: ids.length }],
    });
    const partial = await check(shelve('缺.xlsx', withNewText(ids.slice(0, 1))));
    expect(partial).toMatchObject({ refusedCount: 1 });
    expect(partial.errors[0]?.problem).toContain('材料');
  });

  it('the QTI package opens as a zip with one document an item and names what it cannot hold', () => {
    const all = must(exportQtiPackage(context(), { itemIds: null, viewer: '李编辑' }));
    const ordering = shipped().filter(({ type }) => type === 'order' || type === 'match');
    expect(all.skippedIds).toEqual(ordering.map(({ id }) => id));
    expect(all.exportedCount).toBe(300 - ordering.length);
    // Central directory entries of a zip begin with PK 1 2 (APPNOTE 4.3.12).
    const entries = Buffer.from(all.bytes).toString('latin1').split('PK\u0001\u0002').length - 1;
    expect(entries).toBe(all.exportedCount + 1);
  });
});
