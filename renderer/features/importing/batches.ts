/** Imported batches as the page lists them. */
import type { Output } from '@shared/contract/contract';

export type BatchRow = Output<'import/list'>[number];

/** Enough of a SHA-256 to tell two files apart by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/** Latest of the batches that count. */
export const latestBatch = (batches: readonly BatchRow[]): BatchRow | null =>
  batches
    .filter(({ voidedAt }) => voidedAt === null)
    .reduce<BatchRow | null>(
      (latest, batch) => (latest === null || batch.importedAt > latest.importedAt ? batch : latest),
      null,
    );
