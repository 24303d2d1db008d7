/** The bank a survey's form was taken from: what it is called, and whether anybody may read it. */
import type { Survey } from '@shared/domain/survey';
import { findPrivateBank } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';
import { bankOfForm } from '../../database/repositories/forms';

export interface SurveyBank {
  readonly id: string;
  readonly title: string;
  /** Public items may be printed in reports; figures from them carry the label of a trial bank. */
  readonly isPublic: boolean;
}

/** A bank by its id; an id that is not a private bank of this folder belongs to what the product ships. */
export function bankNamed(context: HostContext, bankId: string): SurveyBank {
  const own = findPrivateBank(context, bankId);
  if (own !== null) return { id: bankId, title: own.title, isPublic: false };
  const { title } = context.registry.bank.meta;
  return { id: bankId, title, isPublic: true };
}

/** The bank of the survey's form, whichever bank is in use; the shipped one for a survey without a form. */
export function surveyBank(context: HostContext, { formId }: Pick<Survey, 'formId'>): SurveyBank {
  const own = formId === null ? null : bankOfForm(context.vault.storage().db, formId);
  return bankNamed(context, own ?? context.registry.bank.meta.id);
}
