/** Status, unlocking, role, background jobs and files. */
import { z } from 'zod';
import { fileToken, jobId, surveyId } from '../../domain/ids';
import { role } from '../../domain/role';
import { filePurposeNames } from '../../texts/filePurposes';
import { channel, noInput } from '../channel';

export const appStatus = z.strictObject({
  version: z.string(),
  host: z.enum(['desktop', 'browser']),
  storage: z.strictObject({
    state: z.enum(['ready', 'locked', 'failed']),
    /** 本机密钥文件 or 口令: what opens the data key. */
    keyKind: z.enum(['localKeyFile', 'passphrase']),
    failureCode: z.string().nullable(),
    /** Answers brought back from the journal at this start; null when nothing had to be. */
    restoredAnswers: z.int().nullable(),
  }),
  role,
  /** Survey to open at start (`--demo`), once. */
  openSurveyId: surveyId.nullable(),
});

export const fileHandle = z.strictObject({ token: fileToken, name: z.string(), size: z.int() });
export type FileHandle = z.infer<typeof fileHandle>;

export const appChannels = {
  'app/getStatus': channel(noInput, appStatus, { beforeUnlock: true }),
  'app/runUnlock': channel(z.strictObject({ passphrase: z.string().max(200) }), appStatus, {
    beforeUnlock: true,
  }),
  'app/updatePassphrase': channel(
    z.strictObject({ current: z.string().max(200), next: z.string().min(12).max(200) }),
    appStatus,
    { roles: ['administrator', 'statistician'] },
  ),
  'app/runLock': channel(noInput, appStatus),
  'app/updateRole': channel(z.strictObject({ role }), appStatus),

  'job/getProgress': channel(
    z.strictObject({ jobId }),
    z.strictObject({ stage: z.string(), fraction: z.number().min(0).max(1) }).nullable(),
  ),
  'job/runCancel': channel(z.strictObject({ jobId }), z.strictObject({ cancelled: z.boolean() })),

  /** Desktop only: the host shows the dialog. Browser mode uploads over HTTP instead. */
  'file/runOpenDialog': channel(z.strictObject({ purpose: z.enum(filePurposeNames) }), fileHandle.nullable()),
  'file/runSaveDialog': channel(z.strictObject({ token: fileToken }), z.strictObject({ saved: z.boolean() })),
} as const;
