/** How shares and scores are printed on axes, in labels and in tables. */
import { formatShare } from '@shared/texts/format';
import type { Basis } from '@shared/domain/survey';
import type { ValueUnit } from '../../charts/chartTypes';

/** 0.2 → 20%, 0.225 → 22.5%: a tick never claims more decimals than it has. */
const tickShare = (value: number): string => `${Number((value * 100).toFixed(2))}%`;

export const shareUnit: ValueUnit = {
  axisTitle: '公民具备科学素质比例（%）',
  kind: 'share',
  format: (value, digits = 1) => formatShare(value, digits),
  formatTick: tickShare,
};

const tierUnit: ValueUnit = { ...shareUnit, axisTitle: '占 18–69 岁人口比例（%）' };

/** Shares of a non-probability sample speak of its respondents only. */
const respondentAxis = '占受访者（加权）比例（%）';
const among = (unit: ValueUnit, basis: Basis): ValueUnit =>
  basis === 'nonprobability' ? { ...unit, axisTitle: respondentAxis } : unit;

export const shareUnitFor = (basis: Basis): ValueUnit => among(shareUnit, basis);
export const tierUnitFor = (basis: Basis): ValueUnit => among(tierUnit, basis);

export const scoreUnit: ValueUnit = {
  axisTitle: '平均得分（分）',
  kind: 'points',
  format: (value) => value.toFixed(1),
  formatTick: (value) => String(Number(value.toFixed(2))),
};
