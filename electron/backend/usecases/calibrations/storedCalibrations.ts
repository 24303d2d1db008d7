/** Which stored calibration speaks for a survey's form or for an item. */
import { itemsOnScale } from '@shared/psychometrics/calibrationRecord';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import type { ItemParametersView } from '@shared/contract/areas/calibrations';
import type { KeyChange } from '@shared/assessment/keyChange';
import type { AbilityInput } from '@shared/analysis/analysisInput';
import type { Survey } from '@shared/domain/survey';
import type { HostContext } from '../../context';
import { listCalibrations } from '../../database/repositories/calibrations';
import { listKeyChanges } from '../../database/repositories/keyChanges';
import { loadForm, scoringForm } from '../storedForm';

/** Items of the survey's form that count today, with their versions; null without a form. */
export function formVersions(context: HostContext, survey: Survey): ReadonlyMap<string, string> | null {
  const scored = scoringForm(context, survey.formId);
  // While the keys of its bank are closed, withdrawn items are not known and the whole form is asked for.
  const stored = scored.ok ? scored : loadForm(context.vault.storage().db, survey.formId);
  if (!stored.ok) return null;
  return new Map(stored.value.form.entries.map(({ itemId, itemVersion }) => [itemId, itemVersion]));
}

const holds = (record: CalibrationRecord, versions: ReadonlyMap<string, string>): boolean => {
  const known = new Map(record.items.map(({ itemId, version }) => [itemId, version]));
  return [...versions].every(([itemId, version]) => known.get(itemId) === version);
};

/** Whether a key of the record's items was replaced since: what was fitted to the wrong key says nothing about them. */
const isRekeyed = ({ at, items }: CalibrationRecord, corrections: readonly KeyChange[]): boolean =>
  corrections.some((each) => each.at >= at && items.some(({ itemId }) => itemId === each.itemId));

/**
 * The calibration a survey's model-based shares rest on: of those that hold its whole form in the same versions and with
 * the keys in force the newest of the survey itself, else the newest. Demo surveys use demo calibrations only, and others
 * never do.
 */
export function calibrationFor(context: HostContext, survey: Survey): CalibrationRecord | null {
  const { db } = context.vault.storage();
  const stored = listCalibrations(db).filter(({ isDemo }) => isDemo === survey.isDemo);
  // Asked for every survey of the home page: a folder without calibrations never reads a form for it.
  const versions = stored.length === 0 ? null : formVersions(context, survey);
  if (versions === null) return null;
  const corrections = listKeyChanges(db).filter(({ change }) => change.kind === 'corrected');
  const fitting = stored.filter((record) => holds(record, versions) && !isRekeyed(record, corrections));
  const own = fitting.filter(({ surveyIds }) => surveyIds.includes(survey.id));
  return own.at(-1) ?? fitting.at(-1) ?? null;
}

/** What the analysis needs for model-based shares, or why there is nothing. */
export function abilityInput(context: HostContext, survey: Survey): AbilityInput {
  const calibration = calibrationFor(context, survey);
  if (calibration === null) return { state: 'unavailable', reason: 'notCalibrated' };
  const stored = scoringForm(context, survey.formId);
  if (!stored.ok) return { state: 'unavailable', reason: 'keysClosed' };
  const { form, items } = stored.value;
  const asked = new Set(form.entries.map(({ itemId }) => itemId));
  return {
    state: 'available',
    calibration,
    items: items.filter(({ id }) => asked.has(id)),
  };
}

function viewsOf(record: CalibrationRecord): readonly ItemParametersView[] {
  const { calibrationId, surveyName, at, model, scaleId, scale } = record;
  const personCount = record.fit.personCount;
  return itemsOnScale(record).map(({ itemId, version, a, b, errorA, errorB }) => ({
    itemId,
    version,
    calibrationId,
    surveyName,
    at,
    model,
    personCount,
    scaleId,
    a,
    b,
    errorA: errorA === null ? null : errorA / scale.slope,
    errorB: errorB === null ? null : errorB * scale.slope,
  }));
}

/** Stored parameters of one item, newest calibration first; demo calibrations are left out. */
export const parametersOfItem = (context: HostContext, itemId: string): readonly ItemParametersView[] =>
  listCalibrations(context.vault.storage().db)
    .filter(({ isDemo }) => !isDemo)
    .flatMap(viewsOf)
    .filter((view) => view.itemId === itemId)
    .toReversed();
