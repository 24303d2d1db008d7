/**
 * Test information of forms and the target parallel forms are built to. The target is taken from the bank: every
 * difficulty band of the blueprint contributes its planned number of items, each with the mean information of the
 * band's eligible items (van der Linden 2005, ch. 5: a target in the reach of the pool). The specification's planning
 * values (I = 8.5 / 10.5 / 10.0) rest on a simulated bank with discriminations around 1.05.
 */
import type { BankItem, ItemBank } from '../bank';
import { itemInformation, testInformation } from '../../psychometrics/irt/responseFunction';
import { isEligible } from '../blueprint';
import type { Blueprint } from '../blueprint';

export interface InformationTarget {
  readonly theta: number;
  /** Sum of the item informations a form should have. */
  readonly target: number;
  readonly specification: number;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Planned items of each group, scaled to the length of the form: middle of the range where there is one. */
function plannedShares(
  blueprint: Blueprint,
): readonly { readonly holds: (p: number) => boolean; readonly share: number }[] {
  const bands = blueprint.difficultyBands;
  if (bands.length === 0) return [{ holds: () => true, share: 1 }];
  const total = bands.reduce((sum, band) => sum + band.min + band.max, 0);
  return bands.map((band) => ({
    holds: (p) => p >= band.from && p < band.to,
    share: (band.min + band.max) / total,
  }));
}

/** Information a form of this blueprint should have at any ability, from the eligible items of the bank. */
export function targetInformation(bank: ItemBank, blueprint: Blueprint): (theta: number) => number {
  const eligible = bank.items.filter((item) => isEligible(item, blueprint));
  const groups = plannedShares(blueprint).map(({ holds, share }) => ({
    share,
    items: eligible.filter((item) => holds(item.difficulty.p_prior)),
  }));
  return (theta) =>
    blueprint.itemCount *
    groups.reduce(
      (sum, { share, items }) => sum + share * mean(items.map((item) => itemInformation(item.irt, theta))),
      0,
    );
}

/** Target of every ability point of the blueprint; empty when the blueprint does not control information. */
export function informationTargets(bank: ItemBank, blueprint: Blueprint): readonly InformationTarget[] {
  const target = targetInformation(bank, blueprint);
  return (blueprint.information?.points ?? []).map(({ theta, specification }) => ({
    theta,
    specification,
    target: target(theta),
  }));
}

/** Information of a form at `theta`. */
export const formInformation = (items: readonly BankItem[], theta: number): number =>
  testInformation(
    items.map(({ irt }) => irt),
    theta,
  );
