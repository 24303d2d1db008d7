/** The form of a survey: one of the form library, or a quick draw of blueprint and seed from the public bank. */
import { isShortForm } from '@shared/assessment/blueprint';
import type { Instrument } from '@shared/assessment/instrument';
import type { FormId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { SurveySettings } from '@shared/domain/survey';
import type { HostContext } from '../../context';
import type { StoredFormRecord } from '../../database/repositories/formRecords';
import { getFormRecord } from '../../database/repositories/formRecords';
import { findBlueprint } from '../../registry/registry';
import { drawForm } from '../previewForm';
import { storeForm } from '../storedForm';
import { documentOf } from './formLibrary';

type FormSettings = Pick<
  SurveySettings,
  'formId' | 'formBlueprintId' | 'formSeed' | 'instrumentId' | 'trialBankConfirmed'
>;

const noForm = (): Result<never> => fail('SURVEY_INCOMPLETE', { field: '试卷' });

function checkFiled(record: StoredFormRecord, settings: FormSettings): Result<null> {
  const { set } = documentOf(record);
  const { title } = record;
  if (set.instrumentId !== settings.instrumentId)
    return fail('FORM_NOT_FITTING', { title, problem: `它是按“${set.instrumentTitle}”口径组的卷` });
  if (set.blueprintId !== settings.formBlueprintId)
    return fail('FORM_NOT_FITTING', { title, problem: `它的蓝图是“${set.blueprintTitle}”` });
  if (set.isPublicBank && !settings.trialBankConfirmed) return fail('TRIAL_BANK_NOT_CONFIRMED');
  return ok(null);
}

/** Whether the settings name a form that fits them. A retired form is no matter to a survey that has it already. */
export function checkForm(context: HostContext, settings: FormSettings): Result<null> {
  if (settings.formId !== null) {
    const record = getFormRecord(context.vault.storage().db, settings.formId);
    return record === null ? noForm() : checkFiled(record, settings);
  }
  const { registry } = context;
  const blueprint = findBlueprint(registry, settings.formBlueprintId);
  if (blueprint?.instrumentId !== settings.instrumentId) return noForm();
  return registry.bank.meta.isPublic && !settings.trialBankConfirmed
    ? fail('TRIAL_BANK_NOT_CONFIRMED')
    : ok(null);
}

/**
 * How the survey gets its form; the function returned stores it. Failures: SURVEY_INCOMPLETE, FORM_RETIRED
 * {title, reason}, FORM_INFEASIBLE.
 */
export function chosenForm(context: HostContext, settings: FormSettings): Result<() => Result<FormId>> {
  if (settings.formId !== null) {
    const record = getFormRecord(context.vault.storage().db, settings.formId);
    if (record === null) return noForm();
    const { title, status, statusReason } = record;
    return status === 'retired'
      ? fail('FORM_RETIRED', { title, reason: statusReason ?? '' })
      : ok(() => ok(record.formId));
  }
  const drawn = drawForm(context, settings.formBlueprintId, settings.formSeed);
  if (!drawn.ok) return drawn;
  const { form, items } = drawn.value;
  return ok(() => storeForm(context, { form, items }));
}

/** Whether answers to the survey's form give no 达标率; null when its form or blueprint is not known here. */
export function isShortSurvey(
  context: HostContext,
  settings: Pick<FormSettings, 'formId' | 'formBlueprintId'>,
  instrument: Instrument,
): boolean | null {
  if (settings.formId !== null) {
    const record = getFormRecord(context.vault.storage().db, settings.formId);
    return record === null ? null : !documentOf(record).report.producesRate;
  }
  const blueprint = findBlueprint(context.registry, settings.formBlueprintId);
  return blueprint === null ? null : isShortForm(blueprint, instrument);
}
