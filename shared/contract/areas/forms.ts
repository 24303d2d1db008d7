/**
 * 组卷 and the form library: assembly of parallel forms, what is promised of each, filing, statuses. Items of a form
 * travel with keys only to the roles that keep the bank.
 */
import { z } from 'zod';
import { formReport } from '../../assessment/formReport';
import { cognitiveLevels, itemDimensions, itemTypes } from '../../assessment/itemCodes';
import { formId, jobId, surveyId } from '../../domain/ids';
import { channel, noInput } from '../channel';

const itemId = z.string().min(1).max(40);
const person = z.string().trim().min(2).max(40);
const reason = z.string().trim().min(2).max(300);
const anchorSource = z.enum(['bank', 'proposed', 'none']);
const exposureLimit = z.enum(['useRate', 'waves', 'responses']);
export const formStatus = z.enum(['available', 'retired']);

/** Exposure of one item (`shared/assessment/exposure.ts`). */
export const exposureState = z.strictObject({
  formsWithItem: z.int(),
  waveCount: z.int(),
  responseCount: z.int(),
  anchorFormCount: z.int(),
  anchorResponseCount: z.int(),
  limits: z.array(exposureLimit),
});

export const assemblyRequest = z.strictObject({
  blueprintId: z.string().min(1).max(60),
  /** Parallel forms. */
  count: z.int().min(1).max(5),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  anchors: anchorSource,
  excluded: z.array(itemId).max(400),
  /** Items the first form must carry. */
  forced: z.array(itemId).max(20),
  /** Why items at an exposure limit may be used all the same; null: the rules hold. */
  waiver: reason.nullable(),
});
export type AssemblyRequest = z.infer<typeof assemblyRequest>;

export const formItem = z.strictObject({
  position: z.int(),
  itemId: z.string(),
  version: z.string(),
  stem: z.string(),
  dimension: z.enum(itemDimensions),
  benchmark: z.int(),
  type: z.enum(itemTypes),
  cognitive: z.enum(cognitiveLevels).nullable(),
  expectedShare: z.number(),
  isAnchor: z.boolean(),
  /** Null where this role, or a bank with closed keys, does not show it. */
  key: z.array(z.string()).nullable(),
});
export type FormItem = z.infer<typeof formItem>;

const reportedForm = z.strictObject({ formId, report: formReport, items: z.array(formItem) });

/** How a set of forms came about; kept with each form of it. */
export const formSet = z.strictObject({
  setId: z.string(),
  bankId: z.string(),
  bankTitle: z.string(),
  bankVersion: z.string(),
  isPublicBank: z.boolean(),
  blueprintId: z.string(),
  blueprintTitle: z.string(),
  instrumentId: z.string(),
  instrumentTitle: z.string(),
  request: assemblyRequest,
  anchorIds: z.array(z.string()),
  anchorSource,
  /** Items the exposure rules kept off the forms; with a waiver, those it let on. */
  restingItems: z.array(z.string()),
  /** A solve was cut by the clock: another machine may give other forms for the seed. */
  timedOut: z.boolean(),
  /** Violations between the forms; empty for a lawful set. */
  violations: formReport.shape.violations,
});
export type FormSet = z.infer<typeof formSet>;

export const assembly = z.strictObject({
  set: formSet,
  forms: z.array(reportedForm),
  /** Items shared by each pair of forms; the diagonal is a form's own length. */
  overlap: z.array(z.array(z.strictObject({ shared: z.int(), anchors: z.int() }))),
  /** Forms of the set that were filed already. */
  filed: z.array(formId),
});
export type Assembly = z.infer<typeof assembly>;

export const formRecord = z.strictObject({
  formId,
  title: z.string(),
  status: formStatus,
  statusReason: z.string().nullable(),
  set: formSet,
  report: formReport,
  filedBy: z.string(),
  filedAt: z.iso.datetime(),
  surveys: z.array(
    z.strictObject({
      surveyId,
      name: z.string(),
      year: z.int(),
      isDemo: z.boolean(),
      responseCount: z.int(),
    }),
  ),
  /** Items of the form at an exposure limit today, its anchors left out. */
  restingCount: z.int(),
});
export type FormRecord = z.infer<typeof formRecord>;

export const formDetail = z.strictObject({
  record: formRecord,
  items: z.array(formItem),
  /** Whether the stored items still give the form's fingerprint; closed keys leave it open. */
  fingerprint: z.enum(['matches', 'differs', 'keysClosed']),
  statuses: z.array(
    z.strictObject({
      status: formStatus,
      setBy: z.string(),
      reason: z.string(),
      recordedAt: z.iso.datetime(),
    }),
  ),
});
export type FormDetail = z.infer<typeof formDetail>;

const bankRoles = ['itemEditor', 'administrator'] as const;
const readers = [...bankRoles, 'statistician'] as const;

export const formChannels = {
  /** What the page starts from: blueprints of the bank in use and the exposure of its items. */
  'form/getSetup': channel(
    noInput,
    z.strictObject({
      bank: z.strictObject({
        id: z.string(),
        title: z.string(),
        isPublic: z.boolean(),
        keysClosed: z.boolean(),
      }),
      mayAssemble: z.boolean(),
      blueprints: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          itemCount: z.int(),
          instrumentTitle: z.string(),
          producesRate: z.boolean(),
          hasAnchors: z.boolean(),
        }),
      ),
      markedAnchorCount: z.int(),
      items: z.array(z.strictObject({ itemId: z.string(), stem: z.string() })),
      exposure: z.strictObject({
        year: z.int(),
        formCount: z.int(),
        /** Items at a limit for one more form. */
        resting: z.array(
          z.strictObject({ itemId: z.string(), stem: z.string(), texts: z.array(z.string()) }),
        ),
      }),
    }),
    { roles: readers },
  ),
  'form/runAssembly': channel(z.strictObject({ jobId, request: assemblyRequest }), assembly, {
    roles: bankRoles,
  }),
  /** The newest result of this session; null when there is none. */
  'form/getAssembly': channel(noInput, assembly.nullable(), { roles: readers }),
  'form/createRecords': channel(
    z.strictObject({
      setId: z.string().max(60),
      forms: z
        .array(z.strictObject({ formId, title: z.string().trim().min(2).max(60) }))
        .min(1)
        .max(5),
      by: person,
    }),
    z.array(formRecord),
    { roles: bankRoles },
  ),
  /** The library; the wizard of every role offers it. */
  'form/list': channel(noInput, z.array(formRecord)),
  'form/get': channel(z.strictObject({ formId }), formDetail, { roles: readers }),
  'form/updateStatus': channel(
    z.strictObject({ formId, status: formStatus, by: person, reason }),
    formDetail,
    { roles: bankRoles },
  ),
} as const;
