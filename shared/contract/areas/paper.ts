/**
 * Paper questionnaires: print runs, two blind entries, comparison, rulings, filing. What the first person keyed never
 * travels to the second: only `paper/getReview` carries both, and only once both have ended.
 */
import { z } from 'zod';
import { disposition } from '../../domain/disposition';
import { interviewId, surveyId } from '../../domain/ids';
import type { Role } from '../../domain/role';
import { formHeader, moduleId } from '../../domain/survey';
import { definitionSchema } from '../../questionnaire/definition';
import { questionSchema } from '../../questions/kinds';
import { paperStatuses } from '../../texts/paperEntryTexts';
import { channel } from '../channel';

const paperRoles: readonly Role[] = ['enumerator', 'supervisor', 'statistician', 'administrator'];
const rulingRoles: readonly Role[] = ['supervisor', 'statistician', 'administrator'];
const keyRoles: readonly Role[] = ['itemEditor', 'administrator'];

export const paperMode = z.enum(['interviewer', 'selfAdministered']);
export type PaperMode = z.infer<typeof paperMode>;

const person = z.string().trim().min(2).max(40);
const paperNumber = z.int().min(1).max(999_999);
const keyed = z.string().max(2000);
const fieldId = z.string().min(1).max(60);
const reason = z.string().trim().min(2).max(200);

/** Everything a printed form or a keying screen is built from; no keys. */
export const paperFormView = z.strictObject({
  surveyId,
  surveyName: z.string(),
  isDemo: z.boolean(),
  isTrial: z.boolean(),
  header: formHeader,
  mode: paperMode,
  versionMark: z.string(),
  definition: definitionSchema,
  modules: z.array(moduleId),
  formQuestions: z.array(questionSchema),
  cover: z.array(questionSchema),
});
export type PaperFormView = z.infer<typeof paperFormView>;

const entryMark = z.strictObject({
  typist: z.string(),
  at: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  samePersonReason: z.string().nullable(),
});

export const paperRow = z.strictObject({
  paperNumber,
  label: z.string(),
  status: z.enum(paperStatuses),
  openDifferences: z.int(),
  first: entryMark.nullable(),
  second: entryMark.nullable(),
  interviewId: interviewId.nullable(),
  voidReason: z.string().nullable(),
});
export type PaperRow = z.infer<typeof paperRow>;

const typistWork = z.strictObject({
  typist: z.string(),
  papers: z.int(),
  fields: z.int(),
  errors: z.int(),
  strokes: z.int(),
  errorsPer10000Fields: z.number().nullable(),
  errorsPer10000Strokes: z.number().nullable(),
});

const printRun = z.strictObject({
  firstNumber: paperNumber,
  copies: z.int(),
  mode: paperMode,
  versionMark: z.string(),
  printedBy: z.string(),
  at: z.iso.datetime(),
});
export type PrintRun = z.infer<typeof printRun>;

export const paperList = z.strictObject({
  rows: z.array(paperRow),
  runs: z.array(printRun),
  printed: z.int(),
  agreement: z.strictObject({ fields: z.int(), differences: z.int(), agreement: z.number().nullable() }),
  typists: z.array(typistWork),
});
export type PaperList = z.infer<typeof paperList>;

export const paperEntryView = z.strictObject({
  entryId: z.string(),
  paperNumber,
  label: z.string(),
  round: z.union([z.literal(1), z.literal(2)]),
  typist: z.string(),
  mode: paperMode,
  keyed: z.record(z.string(), z.string()),
});
export type PaperEntryView = z.infer<typeof paperEntryView>;

const ruling = z.strictObject({
  choice: z.enum(['first', 'second', 'other']),
  keyed: z.string(),
  ruledBy: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
});

export const paperReviewView = z.strictObject({
  row: paperRow,
  mode: paperMode,
  /** Fields that differ or were ruled on, in the order of the paper. */
  fields: z.array(
    z.strictObject({ fieldId: z.string(), first: z.string(), second: z.string(), ruling: ruling.nullable() }),
  ),
  violations: z.array(
    z.strictObject({
      fieldId: z.string(),
      problem: z.string(),
      text: z.string(),
      /** What stands now. */
      keyed: z.string(),
    }),
  ),
  warnings: z.array(z.strictObject({ fieldId: z.string(), text: z.string() })),
  keyedFields: z.int(),
  /** What it would be filed as; null while something is open. */
  disposition: disposition.nullable(),
});
export type PaperReviewView = z.infer<typeof paperReviewView>;

export const paperChannels = {
  'paper/list': channel(z.strictObject({ surveyId }), paperList, { roles: paperRoles }),
  'paper/getForm': channel(z.strictObject({ surveyId, mode: paperMode }), paperFormView, {
    roles: paperRoles,
  }),
  'paper/getKeySheet': channel(
    z.strictObject({ surveyId }),
    z.strictObject({
      versionMark: z.string(),
      rows: z.array(
        z.strictObject({
          position: z.int(),
          itemId: z.string(),
          version: z.string(),
          type: z.string(),
          key: z.string(),
          points: z.number(),
        }),
      ),
    }),
    { roles: keyRoles },
  ),
  'paper/createRun': channel(
    z.strictObject({ surveyId, mode: paperMode, copies: z.int().min(1).max(200), printedBy: person }),
    printRun,
    { roles: paperRoles },
  ),
  'paper/createEntry': channel(
    z.strictObject({
      surveyId,
      /** As it stands on the paper, with its check digit. */
      paperNumber: z.string().max(20),
      typist: person,
      samePersonReason: reason.nullable(),
    }),
    paperEntryView,
    { roles: paperRoles },
  ),
  'paper/updateField': channel(
    z.strictObject({ entryId: z.string().max(60), fieldId, keyed, strokes: z.int().min(0).max(10_000) }),
    z.strictObject({ keyed: z.string(), savedAt: z.iso.datetime() }),
    { roles: paperRoles },
  ),
  'paper/runEndEntry': channel(z.strictObject({ entryId: z.string().max(60) }), paperRow, {
    roles: paperRoles,
  }),
  'paper/getReview': channel(z.strictObject({ paperNumber }), paperReviewView, { roles: rulingRoles }),
  'paper/updateRuling': channel(
    z.strictObject({
      paperNumber,
      fieldId,
      choice: z.enum(['first', 'second', 'other']),
      /** What the paper says; used with `other`. */
      keyed,
      ruledBy: person,
      reason,
    }),
    paperReviewView,
    { roles: rulingRoles },
  ),
  'paper/runFile': channel(
    z.strictObject({ paperNumber, filedBy: person }),
    z.strictObject({ interviewId, disposition }),
    { roles: rulingRoles },
  ),
  'paper/runVoid': channel(z.strictObject({ paperNumber, voidedBy: person, reason }), paperRow, {
    roles: rulingRoles,
  }),
} as const;
