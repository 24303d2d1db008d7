/**
 * Disclosure gate for published figures: primary suppression by n and PSU count, then complementary suppression
 * so that one hidden cell of a published total cannot be recovered by subtraction.
 */
import type { Figure, SuppressionReason } from '../results/surveyResults';

export interface DisclosureThresholds {
  readonly minimumRespondents: number;
  readonly minimumPsus: number;
}

/** Why a figure must not be published; empty = it may. PSU counts matter only where PSUs exist. */
export function primaryReasons(
  size: { readonly respondentCount: number; readonly psuCount: number | null },
  thresholds: DisclosureThresholds,
): readonly SuppressionReason[] {
  const reasons: SuppressionReason[] = [];
  if (size.respondentCount < thresholds.minimumRespondents) reasons.push('fewRespondents');
  if (size.psuCount !== null && size.psuCount < thresholds.minimumPsus) reasons.push('fewPsus');
  return reasons;
}

const isHidden = (figure: Figure): boolean => figure.state === 'suppressed';
const isVisible = (figure: Figure): boolean => figure.state === 'shown';
const sizeOf = (figure: Figure): number => (figure.state === 'shown' ? figure.respondentCount : Infinity);

/**
 * Cells of one additive line (the parts of a published total), by index. When exactly one cell is hidden, the
 * smallest visible cell is hidden with it; with no other visible cell the line gives nothing away.
 * @returns index of the cell to hide, or null
 */
export function complementOf(line: readonly Figure[]): number | null {
  if (line.filter(isHidden).length !== 1) return null;
  let smallest: number | null = null;
  line.forEach((figure, index) => {
    const best = smallest === null ? null : line[smallest];
    if (isVisible(figure) && (best === null || best === undefined || sizeOf(figure) < sizeOf(best)))
      smallest = index;
  });
  return smallest;
}

export const hideAsComplement = (): Figure => ({
  state: 'suppressed',
  reasons: ['complementary'],
  respondentCount: null,
});

/** Applies complementary suppression to lines of cell ids until no line gives a single hidden cell away. */
export function suppressComplements(
  figures: ReadonlyMap<string, Figure>,
  lines: readonly (readonly string[])[],
): ReadonlyMap<string, Figure> {
  const result = new Map(figures);
  let changed = true;
  while (changed) {
    changed = false;
    for (const line of lines) {
      const cells = line.flatMap((id) => {
        const figure = result.get(id);
        return figure === undefined ? [] : [{ id, figure }];
      });
      const index = complementOf(cells.map((cell) => cell.figure));
      const cell = index === null ? undefined : cells[index];
      if (cell === undefined) continue;
      result.set(cell.id, hideAsComplement());
      changed = true;
    }
  }
  return result;
}
