/** Bringing an answer table in: inspect → map → check → import all or nothing → 作废 as a recorded undo. */
import { z } from 'zod';
import { batchId, fileToken, surveyId } from '../../domain/ids';
import { channel } from '../channel';

export const columnMapping = z.strictObject({
  /** Zero-based column of the sheet. */
  column: z.int().min(0),
  /** Role id, e.g. 'caseCode', 'item', 'ignore'. */
  role: z.string().max(40),
  /** Item id, questionnaire code or key group, when the role needs one. */
  target: z.string().max(60).nullable(),
});

export const importMapping = z.strictObject({
  sheet: z.string().max(80),
  headerRow: z.int().min(1),
  columns: z.array(columnMapping).max(2000),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const inspectedColumn = z.strictObject({
  column: z.int(),
  letter: z.string(),
  header: z.string(),
  role: z.string(),
  target: z.string().nullable(),
  confidence: z.number(),
  reason: z.string(),
  samples: z.array(z.string()),
});

export const inspectedSheet = z.strictObject({
  name: z.string(),
  headerRow: z.int(),
  rowCount: z.int(),
  /** Set when this sheet of the same bytes was imported before and not voided. */
  alreadyImportedAt: z.iso.datetime().nullable(),
  columns: z.array(inspectedColumn),
  preview: z.array(z.array(z.string())),
});

export const inspection = z.strictObject({
  fileName: z.string(),
  /** SHA-256 of the file, hex. */
  contentHash: z.string(),
  sheets: z.array(inspectedSheet),
  targets: z.array(z.strictObject({ role: z.string(), target: z.string().nullable(), label: z.string() })),
});
export type Inspection = z.infer<typeof inspection>;

/** One cell problem with everything needed to find and repair it. Texts are Chinese and complete. */
export const cellError = z.strictObject({
  sheet: z.string(),
  row: z.int(),
  column: z.string(),
  header: z.string(),
  value: z.string(),
  code: z.string(),
  problem: z.string(),
  remedy: z.string(),
});
export type CellErrorView = z.infer<typeof cellError>;

export const importCheck = z.strictObject({
  rowCount: z.int(),
  completeCount: z.int(),
  nonresponseCount: z.int(),
  errorCount: z.int(),
  warningCount: z.int(),
  /** The first thousand of each; the whole list is in the downloadable file. */
  errors: z.array(cellError),
  warnings: z.array(cellError),
  hasDesign: z.strictObject({ stratum: z.boolean(), psu: z.boolean(), weight: z.boolean() }),
});
export type ImportCheck = z.infer<typeof importCheck>;

export const batchRow = z.strictObject({
  batchId,
  fileName: z.string(),
  contentHash: z.string(),
  rowCount: z.int(),
  importedAt: z.iso.datetime(),
  voidedAt: z.iso.datetime().nullable(),
  voidReason: z.string().nullable(),
});

const request = z.strictObject({ surveyId, token: fileToken, mapping: importMapping });
const dataRoles = ['statistician', 'supervisor', 'administrator'] as const;
const file = z.strictObject({ token: fileToken, fileName: z.string() });

export const importChannels = {
  'import/getInspection': channel(z.strictObject({ surveyId, token: fileToken }), inspection, {
    roles: dataRoles,
  }),
  'import/getCheck': channel(request, importCheck, { roles: dataRoles }),
  'import/run': channel(request, z.strictObject({ batchId, rowCount: z.int() }), { roles: dataRoles }),
  'import/createErrorList': channel(request, file, { roles: dataRoles }),
  'import/createTemplate': channel(z.strictObject({ surveyId }), file),
  'import/list': channel(z.strictObject({ surveyId }), z.array(batchRow)),
  'import/runVoid': channel(
    z.strictObject({ batchId, reason: z.string().trim().min(2).max(200) }),
    z.array(batchRow),
    { roles: dataRoles },
  ),
} as const;
