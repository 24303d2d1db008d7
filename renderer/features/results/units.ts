/** How shares and scores are printed on axes, in labels and in tables. */
import { formatShare } from '@shared/texts/format';
import type { ValueUnit } from '../../charts/chartTypes';

/** 0.2 → 20%, 0.225 → 22.5%: a tick never claims more decimals than it has. */
const tickShare = (value: number): string => `${Number((value * 100).toFixed(2))}%`;

export const shareUnit: ValueUnit = {
  axisTitle: '公民具备科学素质比例（%）',
  kind: 'share',
  format: (value) => formatShare(value),
  formatTick: tickShare,
};

export const tierUnit: ValueUnit = { ...shareUnit, axisTitle: '占 18–69 岁人口比例（%）' };

export const scoreUnit: ValueUnit = {
  axisTitle: '平均得分（分）',
  kind: 'points',
  format: (value) => value.toFixed(1),
  formatTick: (value) => String(Number(value.toFixed(2))),
};
