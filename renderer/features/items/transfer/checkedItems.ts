/** Words and order of what an import would do with each item. */
import type { TransferredItem } from '@shared/contract/areas/itemTransfer';

export const effectLabels: Readonly<Record<TransferredItem['effect'], string>> = {
  new: '新题',
  version: '新版本',
  same: '相同',
  refused: '拒收',
};

export type EffectFilter = TransferredItem['effect'] | 'blocked' | '';

export const isBlocked = ({ findings }: TransferredItem): boolean =>
  findings.some(({ level }) => level === 'error');

export const fitsEffect = (item: TransferredItem, filter: EffectFilter): boolean =>
  filter === '' || (filter === 'blocked' ? isBlocked(item) : item.effect === filter);

/** What stands beside an item: why it is refused, else what the checklist says. */
export const remarksOf = ({ problems, findings }: TransferredItem): readonly string[] =>
  problems.length > 0 ? problems : findings.map(({ rule, text }) => `${rule} ${text}`);
