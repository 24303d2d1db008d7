/** One call at a time with its words on screen, and the failure it ended with. */
import { ref } from 'vue';
import type { Ref } from 'vue';
import type { Reply } from '@shared/contract/channel';
import type { Failure } from '@shared/domain/result';

export interface Busy {
  /** What is going on, in words; null when nothing is. */
  readonly busy: Ref<string | null>;
  readonly failure: Ref<Failure | null>;
  /** Value of the call; null when it failed, and then the failure is shown. */
  readonly during: <T>(words: string, work: () => Promise<Reply<T>>) => Promise<T | null>;
}

export function useBusy(): Busy {
  const busy = ref<string | null>(null);
  const failure = ref<Failure | null>(null);
  async function during<T>(words: string, work: () => Promise<Reply<T>>): Promise<T | null> {
    busy.value = words;
    failure.value = null;
    const reply = await work();
    busy.value = null;
    if (reply.ok) return reply.value;
    failure.value = reply.failure;
    return null;
  }
  return { busy, failure, during };
}
