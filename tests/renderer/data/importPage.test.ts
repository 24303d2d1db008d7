import { ElSelect, ElSelectV2 } from 'element-plus';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ImportPage from '@renderer/features/importing/ImportPage.vue';
import { badCheck, batch, createFakeHost, goodCheck, inspection } from './fakeHost';
import type { FakeHost } from './fakeHost';
import { answerFileDialog, button, dropFile, mountPage, press, settle } from './mountPage';

const host = (answers: FakeHost['answers'] = {}): FakeHost =>
  createFakeHost({
    'import/list': () => [],
    'margin/get': () => null,
    'import/getInspection': () => inspection,
    'import/getCheck': () => goodCheck,
    'import/run': () => ({ batchId: 'batch-1', rowCount: 120 }),
    ...answers,
  });

const rows = (wrapper: VueWrapper): readonly string[] => wrapper.findAll('tbody tr').map((row) => row.text());
const lastInput = (fake: FakeHost, name: string): Record<string, unknown> =>
  fake.calls.findLast((each) => each.name === name)?.input ?? {};

afterEach(() => vi.restoreAllMocks());

describe('the mapping of an import', () => {
  it('shows doubtful columns first, with how sure the guess is and why', async () => {
    host();
    const page = await mountPage(ImportPage);
    await dropFile(page);
    expect(rows(page)).toHaveLength(2);
    expect(rows(page)[0]).toContain('请核对');
    expect(rows(page)[0]).toContain('表头名称相近');
    expect(page.text()).not.toContain('表头名称一致');
  });

  it('moves the focus to the heading of the new step', async () => {
    host();
    const page = await mountPage(ImportPage);
    await dropFile(page);
    expect(document.activeElement?.textContent).toBe('列的对应：答卷.xlsx');
  });

  it('sends what the person chose instead of the guess', async () => {
    const fake = host();
    const page = await mountPage(ImportPage);
    await dropFile(page);
    page.findAllComponents(ElSelectV2)[1]?.vm.$emit('update:modelValue', 'weight|');
    await settle();
    expect(rows(page)[1]).toContain('您已指定');
    await press('检查全部数据');
    expect(lastInput(fake, 'import/getCheck')['mapping']).toEqual({
      sheet: '答卷',
      headerRow: 1,
      columns: [
        { column: 0, role: 'caseCode', target: null },
        { column: 1, role: 'region', target: null },
        { column: 2, role: 'weight', target: null },
      ],
    });
  });

  it('names the other column when two mean the same', async () => {
    host();
    const page = await mountPage(ImportPage);
    await dropFile(page);
    page.findAllComponents(ElSelectV2)[1]?.vm.$emit('update:modelValue', 'caseCode|');
    await settle();
    expect(rows(page)[0]).toContain('与 C 列重复');
    expect(rows(page)[1]).toContain('与 A 列重复');
  });

  it('stops at a file that was imported before', async () => {
    const alreadyImportedAt = '2025-06-30T06:05:00.000Z';
    const sheets = inspection.sheets.map((sheet) => ({ ...sheet, alreadyImportedAt }));
    host({ 'import/getInspection': () => ({ ...inspection, sheets }) });
    const page = await mountPage(ImportPage);
    await dropFile(page);
    expect(page.text()).toContain('已在 2025-06-30 14:05 导入过');
    expect(page.text()).not.toContain('检查全部数据');
  });
});

describe('a workbook with a sheet imported before', () => {
  it('still lets the other sheet be mapped', async () => {
    const [sheet] = inspection.sheets;
    if (sheet === undefined) throw new Error('fixture');
    const done = { ...sheet, alreadyImportedAt: '2025-06-30T06:05:00.000Z' };
    host({ 'import/getInspection': () => ({ ...inspection, sheets: [done, { ...sheet, name: '第二批' }] }) });
    const page = await mountPage(ImportPage);
    await dropFile(page);
    expect(page.text()).toContain('导入过（工作表“答卷”）');
    page.findComponent(ElSelect).vm.$emit('update:modelValue', '第二批');
    await settle();
    expect(button('检查全部数据').disabled).toBe(false);
  });
});

describe('the check of an import', () => {
  it('lists each error with its place and remedy and keeps the import closed', async () => {
    host({ 'import/getCheck': () => badCheck });
    const page = await mountPage(ImportPage);
    await dropFile(page);
    await press('检查全部数据');
    const cells = page
      .findAll('tbody tr')[0]
      ?.findAll('td')
      .map((cell) => cell.text());
    expect(cells).toEqual([
      '答卷',
      '9',
      'C',
      '系数',
      'abc',
      '权重不是数字。',
      '请填大于 0 的数字，不带单位和文字。',
    ]);
    expect(page.text()).toContain('只要有一处错误，就一行也不导入');
    expect(button('导入 120 行').disabled).toBe(true);
  });

  it('says what will be imported before it is', async () => {
    host();
    const page = await mountPage(ImportPage);
    await dropFile(page);
    await press('检查全部数据');
    expect(page.text()).toContain('完成 100 份');
    expect(page.text()).toContain('未完成 20 份');
    expect(page.text()).toContain('误差按分层多阶段设计估计');
    expect(button('导入 120 行').disabled).toBe(false);
  });

  it('keeps the mapping for a corrected file with the same headers and checks it at once', async () => {
    const checks = [badCheck, goodCheck];
    const fake = host({ 'import/getCheck': () => checks.shift() });
    const page = await mountPage(ImportPage);
    await dropFile(page);
    page.findAllComponents(ElSelectV2)[1]?.vm.$emit('update:modelValue', 'weight|');
    await press('检查全部数据');
    answerFileDialog('答卷2.xlsx');
    await press('选择改好的文件');
    await settle();
    expect(page.text()).toContain('列的对应已保留');
    expect(page.text()).toContain('可以导入');
    const { columns } = lastInput(fake, 'import/getCheck')['mapping'] as { columns: unknown[] };
    expect(columns[2]).toEqual({ column: 2, role: 'weight', target: null });
  });

  it('ends with the number of rows and where to go on', async () => {
    host();
    const page = await mountPage(ImportPage);
    await dropFile(page);
    await press('检查全部数据');
    await press('导入 120 行');
    expect(page.text()).toContain('已导入 120 行');
    expect(button('去估计')).toBeTruthy();
  });
});

describe('taking an import back', () => {
  it('needs a reason, then shows the batch as 已作废 with it', async () => {
    const reason = '文件选错了';
    const voided = { ...batch, voidedAt: '2025-07-01T02:00:00.000Z', voidReason: reason };
    const fake = host({ 'import/list': () => [batch], 'import/runVoid': () => [voided] });
    const page = await mountPage(ImportPage);
    await press('作废');
    expect(button('作废这批导入').disabled).toBe(true);
    const field = document.querySelector<HTMLTextAreaElement>('#void-reason');
    if (field === null) throw new Error('no field for the reason');
    field.value = reason;
    field.dispatchEvent(new Event('input'));
    await settle();
    await press('作废这批导入');
    expect(lastInput(fake, 'import/runVoid')).toEqual({ batchId: 'batch-1', reason });
    expect(page.text()).toContain('已作废');
    expect(page.text()).toContain(reason);
  });
});
