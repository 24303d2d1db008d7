/** Giving back what was taken, also when something throws in between. */
import type { Result } from '@shared/domain/result';

/** The result of `open`; when it fails or throws, `undo` gives back what it would have needed. */
export function openedOrUndone<T>(open: () => Result<T>, undo: () => void): Result<T> {
  let isOpen = false;
  try {
    const opened = open();
    isOpen = opened.ok;
    return opened;
  } finally {
    if (!isOpen) undo();
  }
}

/** Runs every step, whatever the ones before it throw; the last error goes on. */
export function runAll([first, ...rest]: readonly (() => void)[]): void {
  if (first === undefined) return;
  try {
    first();
  } finally {
    runAll(rest);
  }
}
