/** Items in and out of the bank by files: check → import all or nothing → recorded undo; workbook, QTI package. */
import { z } from 'zod';
import { cognitiveLevels, contentAreas, itemDimensions } from '../../assessment/itemCodes';
import { fileToken, jobId } from '../../domain/ids';
import { channel, noInput } from '../channel';
import { cellError } from './imports';
import { itemFinding } from './items';

const person = z.string().trim().min(2).max(40);
/** Name of who takes keys out; '' when none was given. */
const viewer = z.string().trim().max(40);
const itemIds = z.array(z.string().min(1).max(40)).max(20_000).nullable();

/** Where items of a file belong that does not say it itself. */
export const itemDefaults = z.strictObject({
  dimension: z.enum(itemDimensions),
  benchmark: z.int().min(1).max(26),
  area: z.enum(contentAreas),
  cognitive: z.enum(cognitiveLevels),
  topics: z.array(z.string().trim().min(1).max(20)).max(10),
  author: person,
});
export type ItemDefaultsInput = z.infer<typeof itemDefaults>;

export const itemFileFormats = ['template', 'table', 'gift', 'moodleXml'] as const;

const effect = z.enum(['new', 'version', 'same', 'refused']);

export const transferredItem = z.strictObject({
  /** '' when the item has none that can be read. */
  itemId: z.string(),
  stem: z.string(),
  effect,
  /** Why it is refused; with one refused item nothing is imported. */
  problems: z.array(z.string()),
  /** What the checklist says; findings do not keep an item out. */
  findings: z.array(itemFinding),
});
export type TransferredItem = z.infer<typeof transferredItem>;

export const itemFileCheck = z.strictObject({
  fileName: z.string(),
  format: z.enum(itemFileFormats),
  /** The file does not say where its items belong: check it again with defaults. */
  needsDefaults: z.boolean(),
  itemCount: z.int(),
  newCount: z.int(),
  versionCount: z.int(),
  sameCount: z.int(),
  refusedCount: z.int(),
  errorCount: z.int(),
  warningCount: z.int(),
  /** The first thousand of each; the whole list is in the downloadable file. */
  errors: z.array(cellError),
  warnings: z.array(cellError),
  items: z.array(transferredItem),
  /** Sources of the file that the bank does not have, or has otherwise. */
  references: z.array(
    z.strictObject({
      referenceId: z.string(),
      title: z.string(),
      issuer: z.string(),
      effect: z.enum(['new', 'version']),
    }),
  ),
  /** Materials of the file that the bank does not have, or has otherwise. */
  materials: z.array(
    z.strictObject({
      materialId: z.string(),
      kind: z.enum(['text', 'table', 'image']),
      title: z.string(),
      effect: z.enum(['new', 'version']),
      itemCount: z.int(),
    }),
  ),
  /** Items of the file with a status or reviews: neither comes in. */
  reviewedCount: z.int(),
});
export type ItemFileCheck = z.infer<typeof itemFileCheck>;

export const itemImportRow = z.strictObject({
  importId: z.string(),
  fileName: z.string(),
  importedBy: z.string(),
  importedAt: z.iso.datetime(),
  newCount: z.int(),
  versionCount: z.int(),
  referenceCount: z.int(),
  itemIds: z.array(z.string()),
  /** Items an undo would take back, and those it would leave because somebody worked on them since. */
  undoableCount: z.int(),
  keptCount: z.int(),
  undo: z
    .strictObject({
      undoneBy: z.string(),
      reason: z.string(),
      undoneAt: z.iso.datetime(),
      keptIds: z.array(z.string()),
    })
    .nullable(),
});
export type ItemImportRow = z.infer<typeof itemImportRow>;

const bankRoles = ['itemEditor', 'administrator'] as const;
const file = z.strictObject({ token: fileToken, fileName: z.string() });
const request = { token: fileToken, defaults: itemDefaults.nullable() };

export const itemTransferChannels = {
  'itemTransfer/runCheck': channel(z.strictObject({ ...request, jobId }), itemFileCheck, {
    roles: bankRoles,
  }),
  'itemTransfer/run': channel(
    z.strictObject({ ...request, by: person, jobId }),
    z.strictObject({
      importId: z.string(),
      newCount: z.int(),
      versionCount: z.int(),
      sameCount: z.int(),
      referenceCount: z.int(),
    }),
    { roles: bankRoles },
  ),
  'itemTransfer/createErrorList': channel(z.strictObject({ ...request, jobId }), file, { roles: bankRoles }),
  'itemTransfer/createTemplate': channel(noInput, file, { roles: bankRoles }),
  /** Null: every item of the bank in use. */
  'itemTransfer/createWorkbook': channel(z.strictObject({ itemIds, viewer }), file, { roles: bankRoles }),
  'itemTransfer/createQtiPackage': channel(
    z.strictObject({ itemIds, viewer }),
    z.strictObject({ ...file.shape, exportedCount: z.int(), skippedIds: z.array(z.string()) }),
    { roles: bankRoles },
  ),
  'itemTransfer/list': channel(noInput, z.array(itemImportRow), { roles: bankRoles }),
  'itemTransfer/runUndo': channel(
    z.strictObject({
      importId: z.string().min(1).max(60),
      by: person,
      reason: z.string().trim().min(2).max(300),
    }),
    z.array(itemImportRow),
    { roles: bankRoles },
  ),
} as const;
