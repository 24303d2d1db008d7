/**
 * Anchors and information, counted again from the specification (§2.6, §3.3, §3.4) for `verifyForm`. Shares nothing
 * with the assembly: anchors are read from the bank, the information target is derived here a second time.
 */
import type { BankItem } from '../bank';
import type { FormCheck } from './contentChecks';

const markedAnchors = (items: readonly BankItem[]): readonly BankItem[] =>
  items.filter((item) => item.anchor !== undefined && item.anchor.is_anchor);

/** All anchors of the bank stand on the form, near their places, in the numbers of the specification. */
export const checkAnchors: FormCheck = ({ form, bank, blueprint }) => {
  const rule = blueprint.anchors;
  const anchors = [...markedAnchors(bank.items)].sort((first, second) =>
    first.id.localeCompare(second.id, 'en'),
  );
  if (rule === undefined || anchors.length === 0) return [];
  const counted = Object.entries(rule.dimensions).flatMap(([dimension, expected]) => {
    const value = anchors.filter((item) => item.dimension === dimension).length;
    return value === expected ? [] : [{ rule: 'anchors', params: { subject: dimension, value, expected } }];
  });
  const placed = anchors.flatMap((anchor, index) => {
    const place = rule.positions[index] ?? 0;
    const entry = form.entries.find(({ itemId }) => itemId === anchor.id);
    if (entry === undefined) return [{ rule: 'anchors', params: { itemId: anchor.id } }];
    const distance = Math.abs(entry.position - place);
    return distance <= rule.tolerance && entry.blockId === null
      ? []
      : [{ rule: 'anchorPositions', params: { itemId: anchor.id, position: entry.position, place } }];
  });
  return [...counted, ...placed];
};

/** Fisher information of a 3PL item at theta in Lord's form, P'² / (P·Q) (Lord 1980, eq. 5-2). */
function fisherInformation({ irt: { a, b, c } }: BankItem, theta: number): number {
  const star = 1 / (1 + Math.exp(a * (b - theta)));
  const probability = c + (1 - c) * star;
  const slope = (1 - c) * a * star * (1 - star);
  return slope ** 2 / (probability * (1 - probability));
}

export const checkInformation: FormCheck = ({ items, bank, blueprint }) => {
  const rule = blueprint.information;
  if (rule === undefined) return [];
  const usable = bank.items.filter(
    (item) =>
      blueprint.eligibleStatuses.includes(item.status) &&
      (item.exposure?.n_forms ?? 0) < blueprint.maximumFormsPerItem,
  );
  const bands =
    blueprint.difficultyBands.length > 0
      ? blueprint.difficultyBands
      : [{ from: 0, to: 1.01, min: 1, max: 1 }];
  const planned = bands.reduce((total, { min, max }) => total + (min + max) / 2, 0);
  return rule.points.flatMap(({ theta }) => {
    let target = 0;
    for (const { from, to, min, max } of bands) {
      const pool = usable.filter(({ difficulty: { p_prior: p } }) => p >= from && p < to);
      const total = pool.reduce((sum, item) => sum + fisherInformation(item, theta), 0);
      if (pool.length > 0)
        target += ((((min + max) / 2) * blueprint.itemCount) / planned) * (total / pool.length);
    }
    const value = items.reduce((sum, item) => sum + fisherInformation(item, theta), 0);
    if (Math.abs(value - target) <= rule.maximumDeviation + 1e-6) return [];
    return [{ rule: 'information', params: { theta, value, target, max: rule.maximumDeviation } }];
  });
};
