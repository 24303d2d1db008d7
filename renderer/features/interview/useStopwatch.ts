/** Time spent on the question that is shown, rests left out, and on the whole sitting for the timer in the corner. */
import { onScopeDispose, ref } from 'vue';
import type { Ref } from 'vue';

const tickMs = 1000;

export interface Stopwatch {
  /** Whole seconds of this sitting without rests. */
  readonly seconds: Ref<number>;
  /** Starts a new sitting. */
  readonly begin: () => void;
  /** Starts timing the next question. */
  readonly restart: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Milliseconds on the question since `restart`. */
  readonly elapsedMs: () => number;
}

export function useStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const seconds = ref(0);
  let shownAt = now();
  let sittingFrom = shownAt;
  let pausedAt: number | null = null;

  const tick = (): void => {
    if (pausedAt === null) seconds.value = Math.floor((now() - sittingFrom) / tickMs);
  };
  const timer = setInterval(tick, tickMs);
  onScopeDispose(() => clearInterval(timer));

  return {
    seconds,
    begin() {
      sittingFrom = shownAt = now();
      pausedAt = null;
      seconds.value = 0;
    },
    restart: () => (shownAt = now()),
    pause: () => (pausedAt ??= now()),
    resume() {
      if (pausedAt === null) return;
      const rested = now() - pausedAt;
      shownAt += rested;
      sittingFrom += rested;
      pausedAt = null;
    },
    elapsedMs: () => Math.min(Math.max(Math.round((pausedAt ?? now()) - shownAt), 0), 86_400_000),
  };
}
