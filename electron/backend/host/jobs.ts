/** Long work a screen can watch and cancel, by an id the screen chose. */
import type { JobId } from '@shared/domain/ids';

export interface JobHandle {
  readonly signal: AbortSignal;
  report(stage: string, fraction: number): void;
}

export interface Jobs {
  run<T>(id: JobId, work: (job: JobHandle) => Promise<T>): Promise<T>;
  progress(id: JobId): { stage: string; fraction: number } | null;
  cancel(id: JobId): boolean;
  cancelAll(): void;
}

export function createJobs(): Jobs {
  const running = new Map<JobId, { controller: AbortController; stage: string; fraction: number }>();
  return {
    async run(id, work) {
      const entry = { controller: new AbortController(), stage: 'started', fraction: 0 };
      running.set(id, entry);
      try {
        return await work({
          signal: entry.controller.signal,
          report(stage, fraction) {
            entry.stage = stage;
            entry.fraction = Math.min(1, Math.max(0, fraction));
          },
        });
      } finally {
        running.delete(id);
      }
    },
    progress(id) {
      const entry = running.get(id);
      return entry === undefined ? null : { stage: entry.stage, fraction: entry.fraction };
    },
    cancel(id) {
      const entry = running.get(id);
      entry?.controller.abort();
      return entry !== undefined;
    },
    cancelAll() {
      for (const { controller } of running.values()) controller.abort();
    },
  };
}
