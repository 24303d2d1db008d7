/** Words of the list of interviews. */
import type { InterviewRow } from '@shared/contract/areas/interviews';
import { dispositionLabels } from '@shared/texts/labels';
import { missingMark } from '@shared/texts/format';

export const originLabels: Readonly<Record<InterviewRow['origin'], string>> = {
  live: '现场访问',
  import: '导入',
};

const modeLabels: Readonly<Record<string, string>> = {
  interviewer: '访问员',
  selfAdministered: '自填',
  paper: '纸质',
  import: missingMark,
};
export const modeLabel = (mode: string): string => modeLabels[mode] ?? missingMark;

export const stateLabels: Readonly<Record<InterviewRow['state'], string>> = {
  open: '进行中',
  closed: '已结束',
  voided: '作废',
};

/** Name of a count the host returns: a state, a disposition or an origin. */
export function countLabel(key: string): string {
  const known: Readonly<Record<string, string>> = { ...dispositionLabels, ...stateLabels, ...originLabels };
  return known[key] ?? key;
}

/** @example shortTime('2025-06-30T02:05:00.000Z') in Shanghai === '2025-06-30 10:05' */
export function shortTime(iso: string | null): string {
  if (iso === null) return missingMark;
  const time = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
