/** Creates or revises a survey: checks that its parts exist, takes or draws and stores its form, records the event. */
import { randomUUID } from 'node:crypto';
import type { SurveyId } from '@shared/domain/ids';
import { surveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey, SurveySettings } from '@shared/domain/survey';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import {
  createSurvey as insertSurvey,
  getSurvey,
  saveSurveyRevision,
} from '../database/repositories/surveys';
import { findInstrument, findPlan } from '../registry/registry';
import { chosenForm, checkForm } from './forms/surveyForm';

function checkSettings(settings: SurveySettings, context: HostContext): Result<null> {
  const { registry } = context;
  const missing = (field: string): Result<null> => fail('SURVEY_INCOMPLETE', { field });
  if (findPlan(registry, settings.planId) === null) return missing('规划');
  if (settings.unitCodes.length === 0) return missing('区域');
  if (findInstrument(registry, settings.instrumentId) === null) return missing('测评口径');
  const form = checkForm(context, settings);
  if (!form.ok) return form;
  const mayBeEqual = settings.basis === 'nonprobability' || settings.weighting.kind !== 'equal';
  return mayBeEqual ? ok(null) : missing('加权方法（概率样本必须有权数）');
}

/**
 * Creates a survey with its form: the one chosen from the library, or a quick draw of blueprint and seed.
 * Failures: SURVEY_INCOMPLETE {field}, TRIAL_BANK_NOT_CONFIRMED, FORM_RETIRED {title, reason},
 * FORM_NOT_FITTING {title, problem}, FORM_INFEASIBLE, and those of the storage.
 */
export function createSurvey(
  context: HostContext,
  settings: SurveySettings,
  options: { readonly isDemo: boolean },
): Result<SurveyId> {
  const checked = checkSettings(settings, context);
  if (!checked.ok) return checked;
  const form = chosenForm(context, settings);
  if (!form.ok) return form;
  const { db } = context.vault.storage();
  const id = surveyId.parse(randomUUID());
  return db.transact(() => {
    const stored = form.value();
    if (!stored.ok) return stored;
    const { isDemo } = options;
    const created = insertSurvey(db, { id, status: 'fielding', isDemo, settings, formId: stored.value });
    if (!created.ok) return created;
    const detail = { planId: settings.planId, formId: stored.value, isDemo };
    const audited = appendAudit(db, { action: 'survey.created', subject: id, detail });
    return audited.ok ? ok(id) : audited;
  });
}

/** Settings that decide what was asked cannot change once a survey exists. */
const fixedFields = [
  'planId',
  'regionCode',
  'instrumentId',
  'formBlueprintId',
  'formSeed',
  'formId',
  'basis',
] as const;

/** Stores changed settings as the next revision. Failures: NOT_FOUND, FORBIDDEN {field} for a fixed field. */
export function reviseSurvey(context: HostContext, id: SurveyId, settings: SurveySettings): Result<Survey> {
  const { db } = context.vault.storage();
  const current = getSurvey(db, id);
  if (current === null) return fail('NOT_FOUND', { what: 'survey' });
  const changed = fixedFields.find((field) => current.settings[field] !== settings[field]);
  if (changed !== undefined) return fail('FORBIDDEN', { role: context.session.role, field: changed });
  const checked = checkSettings(settings, context);
  if (!checked.ok) return checked;
  return db.transact(() => {
    const saved = saveSurveyRevision(db, id, { settings });
    if (!saved.ok) return saved;
    const detail = { revision: saved.value.revision };
    const audited = appendAudit(db, { action: 'survey.revised', subject: id, detail });
    return audited.ok ? saved : audited;
  });
}
