/**
 * 标定: item parameters of a survey's form, calibrated, linked to an earlier calibration, stored. A fresh calibration is
 * the host's draft until it is saved; nothing stored is ever changed.
 */
import { z } from 'zod';
import { jobId, surveyId } from '../../domain/ids';
import { calibrationRecord } from '../../psychometrics/calibrationRecord';
import { channel } from '../channel';

const writers = ['statistician', 'administrator'] as const;
const readers = [...writers, 'itemEditor'] as const;
const calibrationId = z.string().min(1).max(80);

export const calibrationSummary = z.strictObject({
  calibrationId: z.string(),
  surveyName: z.string(),
  year: z.int(),
  model: z.enum(['Rasch', '2PL']),
  personCount: z.int(),
  itemCount: z.int(),
  at: z.iso.datetime(),
  by: z.string(),
  scaleId: z.string(),
  /** Null: founds its scale without a link. */
  link: z
    .strictObject({
      baseName: z.string(),
      status: z.enum(['sound', 'broken']),
      linkingError: z.number(),
    })
    .nullable(),
  /** Items of the survey's form in the same version that can serve as anchors. */
  commonCount: z.int(),
  /** Holds every item of the survey's form: the one its model-based shares would use first is marked `isUsed`. */
  isUsed: z.boolean(),
});
export type CalibrationSummary = z.infer<typeof calibrationSummary>;

/** Parameters of one item version on the common scale. */
export const itemParameters = z.strictObject({
  itemId: z.string(),
  version: z.string(),
  calibrationId: z.string(),
  surveyName: z.string(),
  at: z.iso.datetime(),
  model: z.enum(['Rasch', '2PL']),
  personCount: z.int(),
  scaleId: z.string(),
  a: z.number(),
  b: z.number(),
  errorA: z.number().nullable(),
  errorB: z.number().nullable(),
});
export type ItemParametersView = z.infer<typeof itemParameters>;

export const calibrationChannels = {
  'calibration/run': channel(
    z.strictObject({ surveyId, jobId, model: z.enum(['auto', 'Rasch', '2PL']) }),
    calibrationRecord,
    { roles: writers },
  ),
  /** The draft joined to the scale of a stored calibration, or (null) on its own again. */
  'calibration/updateLink': channel(
    z.strictObject({ calibrationId, baseId: calibrationId.nullable() }),
    calibrationRecord,
    { roles: writers },
  ),
  'calibration/create': channel(
    z.strictObject({ calibrationId, by: z.string().trim().min(2).max(40) }),
    z.strictObject({ calibrationId: z.string() }),
    { roles: writers },
  ),
  /** Newest first. */
  'calibration/list': channel(z.strictObject({ surveyId }), z.array(calibrationSummary), { roles: readers }),
  'calibration/get': channel(z.strictObject({ calibrationId }), calibrationRecord, { roles: readers }),
  /** Newest stored parameters of an item first; empty when it was never calibrated. */
  'calibration/getItem': channel(z.strictObject({ itemId: z.string().max(40) }), z.array(itemParameters), {
    roles: readers,
  }),
} as const;
