/**
 * The host's log: one line per event, codes and counts only. Never answers, names, keys or file contents –
 * callers pass a fixed event name and plain numbers or codes.
 */
type LogValue = string | number | boolean | null;

export interface Log {
  write(event: string, fields?: Readonly<Record<string, LogValue>>): void;
}

export function createLog(write: (line: string) => void, clock: () => Date): Log {
  return {
    write(event, fields = {}) {
      const text = Object.entries(fields)
        .map(([name, value]) => `${name}=${String(value).slice(0, 200)}`)
        .join(' ');
      write(`${clock().toISOString()} ${event}${text === '' ? '' : ` ${text}`}\n`);
    },
  };
}
