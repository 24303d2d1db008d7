/** The import screen with a filled table: its mapping, and a table with mistakes in it. */
import { value, visit } from './hosts';
import { suzhouUnits } from './settings';
import type { Walk } from './walk';
import { settle } from './walk';
import type { FilledTemplate } from './workbooks';
import { fillTemplate, writeBook } from './workbooks';

const respondents = 60;

async function filled({ session, demoId }: Walk): Promise<FilledTemplate> {
  const { page } = session;
  await visit(session, '/');
  await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
  await visit(session, `/surveys/${demoId}/import`);
  const download = page.getByRole('button', { name: '下载答卷模板' });
  await download.waitFor();
  const template = await session.saveFile(() => download.click());
  const { regionNames } = await value(session, 'plan/get', { planId: 'suzhou' });
  const units = suzhouUnits.map((code) => regionNames[code] ?? code);
  return fillTemplate(template.bytes, respondents, units);
}

async function choose({ session }: Walk, path: string): Promise<void> {
  const button = session.page.getByRole('button', { name: '选择文件' });
  await session.chooseFile(path, () => button.click());
  await session.page.getByRole('button', { name: '检查全部数据' }).waitFor();
  await settle(session.page);
}

export async function openImportMapping(walk: Walk): Promise<void> {
  const { headers, rows } = await filled(walk);
  await choose(walk, writeBook('苏州答卷.xlsx', '答卷', [[...headers], ...rows]));
}

export async function openImportCheck(walk: Walk): Promise<void> {
  const { headers, rows, column } = await filled(walk);
  const mistakes: readonly (readonly [number, RegExp, string | number])[] = [
    [0, /权/, 0],
    [1, /权/, '很大'],
    [2, /样本编号/, 'T0001'],
    [3, /区县|镇街|地区/, '鼓楼区'],
    [4, /性别/, '未知'],
  ];
  for (const [row, pattern, cell] of mistakes) {
    const target = rows[row];
    if (target !== undefined) target[column(pattern)] = cell;
  }
  await choose(walk, writeBook('苏州答卷-有错.xlsx', '答卷', [[...headers], ...rows]));
  await walk.session.page.getByRole('button', { name: '检查全部数据' }).click();
  await walk.session.page.getByText('还不能导入').waitFor();
}
