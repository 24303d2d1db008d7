/** Words of the comparison of items with earlier surveys. */
import type { ItemWave, ItemWaveRow } from '../results/itemWaveResults';
import { formatCount, formatNumber } from './format';

/** @example '共同题 30 道，连接可用：由 29 道题连接，连接误差 0.03。' */
export function waveLinkText({ commonCount, link, respondentCount, isSameRegion }: ItemWave): string {
  const region = isSameRegion ? '' : '地区不同，答对率的变化不作判断；';
  const common = `以往答卷 ${formatCount(respondentCount)} 份，共同题 ${commonCount} 道；${region}`;
  if (link === null) return `${common}共同题太少，不连接量表，只列答对率。`;
  const error = `由 ${link.anchorCount} 道题连接，连接误差 ${formatNumber(link.linkingError)}`;
  const dropped = link.dropped.length === 0 ? '' : `，剔除漂移的 ${link.dropped.join('、')}`;
  return link.status === 'sound'
    ? `${common}${error}${dropped}。`
    : `${common}连接不成立（漂移的题太多），难度变化只作线索：${error}${dropped}。`;
}

/** @example '疑似泄题：暂停使用' */
export function waveJudgement(
  { isSuspectedLeak, isDrifted }: ItemWaveRow,
  { link }: Pick<ItemWave, 'link'>,
): string {
  if (isSuspectedLeak) return '疑似泄题：暂停使用';
  if (isDrifted) return '难度漂移：复核锚题';
  return link === null ? '未作漂移检查' : '未见异常';
}
