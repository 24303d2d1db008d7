/** A page that died comes back by itself, but one that keeps dying must not reload for ever. */
const reloadsAllowed = 3;
const windowMs = 5 * 60_000;

/** Says, given the current time in milliseconds, whether another reload is still within the limit, and counts it. */
export function limitReloads(): (nowMs: number) => boolean {
  let recent: readonly number[] = [];
  return (nowMs) => {
    recent = recent.filter((moment) => nowMs - moment < windowMs);
    if (recent.length >= reloadsAllowed) return false;
    recent = [...recent, nowMs];
    return true;
  };
}
