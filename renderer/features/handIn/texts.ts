/** Words of 收数. */
import type { MissingHandIns } from '@shared/contract/areas/handIn';

/** @example missingText({ station: '北站', signer, seqs: [3, 5], count: 2 }) === '“北站”的第 3、5 包未收到。' */
export function missingText({ station, seqs, count }: MissingHandIns): string {
  const more = count > seqs.length ? `等 ${count} 包` : '包';
  return `“${station}”的第 ${seqs.join('、')} ${more}未收到。`;
}
