/** Creates a demo survey as a job: progress by polling, cancellable, the new survey's id at the end. */
import { onScopeDispose, ref } from 'vue';
import type { Ref } from 'vue';
import type { Failure } from '@shared/domain/result';
import { jobId } from '@shared/domain/ids';
import type { JobId } from '@shared/domain/ids';
import { call } from '../../api/client';

const pollMs = 500;

export interface DemoRun {
  /** Plan the running job is for; null when nothing runs. */
  readonly planId: Ref<string | null>;
  readonly fraction: Ref<number>;
  readonly failure: Ref<Failure | null>;
  readonly isCancelling: Ref<boolean>;
  create(planId: string): Promise<string | null>;
  cancel(): Promise<void>;
}

export function useDemo(): DemoRun {
  const planId = ref<string | null>(null);
  const fraction = ref(0);
  const failure = ref<Failure | null>(null);
  const isCancelling = ref(false);
  let running: JobId | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop(): void {
    clearInterval(timer);
    running = null;
    planId.value = null;
    isCancelling.value = false;
  }

  async function poll(id: JobId): Promise<void> {
    const reply = await call('job/getProgress', { jobId: id });
    if (reply.ok && reply.value !== null && running === id) fraction.value = reply.value.fraction;
  }

  async function create(plan: string): Promise<string | null> {
    if (running !== null) return null;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    planId.value = plan;
    fraction.value = 0;
    failure.value = null;
    timer = setInterval(() => void poll(id), pollMs);
    const reply = await call('demo/create', { planId: plan, jobId: id });
    stop();
    if (reply.ok) return reply.value.surveyId;
    failure.value = reply.failure.code === 'CANCELLED' ? null : reply.failure;
    return null;
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }

  onScopeDispose(() => clearInterval(timer));
  return { planId, fraction, failure, isCancelling, create, cancel };
}
