/** A material several items share: changed for all of them in one step, or not at all. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BankItem } from '@shared/assessment/bank';
import type { CallInput } from '@shared/contract/contract';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { png } from '../../support/pictures';

describe('a shared material', () => {
  let app: TestHost;
  beforeEach(async () => {
    app = await openTestHost();
    await app.value('app/updateRole', { role: 'itemEditor' });
  });
  afterEach(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  /** The items of the first shipped material that several items share. */
  const sharing = (): readonly BankItem[] => {
    const { items } = app.host.context.registry.bank;
    const groups = items.map(({ stimulus }) =>
      items.filter((item) => stimulus !== undefined && item.stimulus?.id === stimulus.id),
    );
    const found = groups.find(({ length }) => length > 1);
    if (found === undefined) throw new Error('the bank has shared materials');
    return found;
  };
  const save = (item: BankItem, stimulus: object, changesShared: boolean) =>
    app.call('item/update', {
      item: JSON.parse(JSON.stringify({ ...item, stimulus })) as CallInput<'item/update'>['item'],
      basedOn: item.version,
      by: '李编辑',
      note: '改材料',
      changesShared,
    });
  const materialOf = async (itemId: string) => (await app.value('item/get', { itemId })).item.stimulus;

  it('is not changed in one item alone', async () => {
    const [first] = sharing();
    if (first?.stimulus === undefined) throw new Error('it has a material');
    const changed = { ...first.stimulus, title: '改过的标题' };
    expect(await save(first, changed, false)).toMatchObject({
      ok: false,
      failure: { code: 'ITEM_STIMULUS_SHARED', params: { count: sharing().length } },
    });
    expect(await materialOf(first.id)).toEqual(first.stimulus);
  });

  it('becomes a picture for all of them: one new version each, back to 草稿', async () => {
    const items = sharing();
    const [first, ...others] = items;
    if (first?.stimulus === undefined) throw new Error('it has a material');
    const changed = { id: first.stimulus.id, kind: 'image', alt: '图上是一块田。', picture: png };
    expect(await save(first, changed, true)).toMatchObject({
      ok: true,
      value: { itemId: first.id, alsoChanged: others.map(({ id }) => id) },
    });
    for (const { id, version } of items) {
      const [major, minor] = version.split('.');
      const view = await app.value('item/get', { itemId: id });
      expect(view.item).toMatchObject({
        version: `${major}.${Number(minor) + 1}.0`,
        status: 'draft',
        stimulus: changed,
      });
      expect(view.versions.map(({ note }) => note)).toEqual(['', '改材料']);
    }
    const { materials } = await app.value('item/getChoices', {});
    expect(materials.find(({ id }) => id === first.stimulus?.id)).toEqual(changed);
  });
});
