/**
 * Everything that is judged about a form before it goes into the field: what it covers, how long it takes, and what
 * its scores promise in the design population (`shared/psychometrics/formOutlook`).
 */
import type { Result } from '../domain/result';
import { ok } from '../domain/result';
import { judgeForm } from '../psychometrics/formOutlook';
import type { FormOutlook, OutlookItem, ScoreCut } from '../psychometrics/formOutlook';
import { outlookItem } from '../psychometrics/outlookItem';
import type { BankItem } from './bank';
import type { Form } from './form';
import { coverForm, itemsOfForm } from './formCoverage';
import type { FormCoverage, FormJudgingContext } from './formCoverage';
import type { Instrument } from './instrument';
import { instrumentPoints } from './instrumentPoints';

/** Ability of the adult population the 2024 figures fit (question-bank-spec §3.7): theta ~ N(-0.05, 0.8²). */
export const designPopulation = { mean: -0.05, standardDeviation: 0.8 } as const;

export interface FormJudgement {
  readonly coverage: FormCoverage;
  readonly outlook: FormOutlook;
}

/** Items with the points they are worth on the instrument's scale. */
const scaledItems = (items: readonly BankItem[], instrument: Instrument): readonly OutlookItem[] =>
  instrumentPoints(items, instrument).map(({ item, points }) => ({ ...outlookItem(item), points }));

/** Levels that begin above zero; none under a conjunctive rule, which has no cut on the total. */
const cutsOf = ({ tiers }: Instrument): readonly ScoreCut[] =>
  tiers.flatMap(({ id, atLeast }) => (atLeast === null || atLeast === 0 ? [] : [{ id, score: atLeast }]));

/** Judges one form. Fails with INVALID_INPUT where the items' points have no common unit. */
export function judgeFormBeforeUse(form: Form, context: FormJudgingContext): Result<FormJudgement> {
  const { bank, instrument, blueprint } = context;
  const thetas = blueprint.information?.points.map(({ theta }) => theta);
  const items = scaledItems(itemsOfForm(form, bank), instrument);
  const outlook = judgeForm(items, cutsOf(instrument), designPopulation, thetas);
  return outlook.ok ? ok({ coverage: coverForm(form, context), outlook: outlook.value }) : outlook;
}
