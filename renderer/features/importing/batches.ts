/** Imported batches as the page lists them. */
import type { Output } from '@shared/contract/contract';

export type BatchRow = Output<'import/list'>[number];

/** Enough of a SHA-256 to tell two files apart by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 12);
