/** Progress of one running job, asked for again and again while it runs. */
import { onScopeDispose, ref } from 'vue';
import type { Ref } from 'vue';
import type { JobId } from '@shared/domain/ids';
import { call } from './client';

const pollMs = 400;

export interface JobProgress {
  readonly percent: Ref<number>;
  /** What is being done, in words; '' when the stage has none. */
  readonly stage: Ref<string>;
  readonly follow: (id: JobId) => void;
  readonly stop: () => void;
}

/** @param stageTexts words by stage; `started` is shown before the first answer. */
export function useJobProgress(stageTexts: Readonly<Record<string, string>>): JobProgress {
  const percent = ref(0);
  const stage = ref('');
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => clearInterval(timer);
  async function poll(id: JobId): Promise<void> {
    const reply = await call('job/getProgress', { jobId: id });
    if (!reply.ok || reply.value === null) return;
    percent.value = Math.round(reply.value.fraction * 100);
    stage.value = stageTexts[reply.value.stage] ?? '';
  }
  function follow(id: JobId): void {
    percent.value = 0;
    stage.value = stageTexts['started'] ?? '';
    timer = setInterval(() => void poll(id), pollMs);
  }
  onScopeDispose(stop);
  return { percent, stage, follow, stop };
}
