/**
 * Every fact the database can take in, as the journal keeps it. An entry is complete: applied in order to an empty
 * database, the entries rebuild everything but derived results. Kinds are only ever added, never changed.
 */
import { z } from 'zod';
import { itemEntries } from './entries/itemEntries';
import { paperEntries } from './entries/paperEntries';
import type { importedRow } from './entries/surveyEntries';
import { surveyEntries } from './entries/surveyEntries';

export const journalEntry = z.discriminatedUnion('kind', [...surveyEntries, ...itemEntries, ...paperEntries]);
export type JournalEntry = z.infer<typeof journalEntry>;
export type EntryOf<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>;
export type ImportedRow = z.infer<typeof importedRow>;
