/** The calibration on the page: run as a cancellable job, linked, saved, or one that is stored. */
import { computed, ref, shallowRef } from 'vue';
import type { CalibrationSummary } from '@shared/contract/areas/calibrations';
import type { JobId, SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { calibrationStageTexts } from '@shared/texts/calibrationTexts';
import { call } from '../../api/client';
import { useJobProgress } from '../../api/jobProgress';

export type AskedModel = CalibrationRecord['choice']['asked'];

export function useCalibration() {
  const { percent, stage, follow, stop } = useJobProgress(calibrationStageTexts);
  const isRunning = ref(false);
  const isCancelling = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const stored = shallowRef<readonly CalibrationSummary[] | null>(null);
  const record = shallowRef<CalibrationRecord | null>(null);
  const isDraft = computed(() => record.value !== null && record.value.by === '');
  let running: JobId | null = null;

  async function list(surveyId: SurveyId): Promise<void> {
    const reply = await call('calibration/list', { surveyId });
    if (reply.ok) stored.value = reply.value;
    else failure.value = reply.failure;
  }

  function take(reply: Awaited<ReturnType<typeof readRecord>>): boolean {
    if (reply.ok) record.value = reply.value;
    failure.value = reply.ok ? null : reply.failure;
    return reply.ok;
  }

  const readRecord = (calibrationId: string) => call('calibration/get', { calibrationId });

  async function open(calibrationId: string): Promise<void> {
    take(await readRecord(calibrationId));
  }

  async function run(surveyId: SurveyId, model: AskedModel): Promise<void> {
    if (running !== null) return;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    isRunning.value = true;
    failure.value = null;
    follow(id);
    const reply = await call('calibration/run', { surveyId, jobId: id, model });
    stop();
    running = null;
    isRunning.value = false;
    isCancelling.value = false;
    take(reply);
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }

  async function link(baseId: string | null): Promise<void> {
    if (record.value === null) return;
    take(await call('calibration/updateLink', { calibrationId: record.value.calibrationId, baseId }));
  }

  /** True when it was stored; the page then shows the stored one. */
  async function save(surveyId: SurveyId, by: string): Promise<boolean> {
    if (record.value === null) return false;
    const { calibrationId } = record.value;
    const reply = await call('calibration/create', { calibrationId, by });
    failure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) return false;
    await Promise.all([list(surveyId), open(calibrationId)]);
    return true;
  }

  const job = { percent, stage, isRunning, isCancelling };
  return { ...job, failure, stored, record, isDraft, list, open, run, cancel, link, save };
}
