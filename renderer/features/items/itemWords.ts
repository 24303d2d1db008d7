/** Words and marks the item pages share. */
import type { ItemFinding, ItemView } from '@shared/contract/areas/items';

export const levelTexts: Readonly<Record<ItemFinding['level'], string>> = {
  error: '必须改',
  warning: '要说明',
};

export const originTexts: Readonly<Record<ItemView['versions'][number]['origin'], string>> = {
  shipped: '随程序提供',
  edit: '编辑',
  import: '导入',
  correction: '更正答案',
};

/** In the filters '' is a choice of its own (全部…), not an empty field. */
export const noEmptyValues: readonly unknown[] = [null, undefined];
