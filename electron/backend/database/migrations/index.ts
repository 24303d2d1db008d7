/** Every step of the schema in order. A new step: one file here, one line below. */
import type { Migration } from '../migrate';
import { createSurvey } from './0010-create-survey';
import { createInterview } from './0020-create-interview';
import { createImport } from './0030-create-import';
import { createResult } from './0040-create-result';
import { createItem } from './0050-create-item';
import { createPrivateBank } from './0060-create-private-bank';
import { createFormRecord } from './0070-create-form-record';
import { createPaper } from './0080-create-paper';
import { createCalibration } from './0090-create-calibration';
import { createHandIn } from './0100-create-hand-in';
import { createItemReference } from './0110-create-item-reference';

export const migrations: readonly Migration[] = [
  createSurvey,
  createInterview,
  createImport,
  createResult,
  createItem,
  createPrivateBank,
  createFormRecord,
  createPaper,
  createCalibration,
  createHandIn,
  createItemReference,
];

export const newestVersion = Math.max(...migrations.map((migration) => migration.version));
