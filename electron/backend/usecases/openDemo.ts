/** `--demo`: the plan's demo survey, made on first use and reused afterwards. */
import type { SurveyId } from '@shared/domain/ids';
import type { HostContext } from '../context';
import { listSurveys } from '../database/repositories/surveys';
import { createDemoSurvey } from './createDemoSurvey';

const demoRespondents = 4000;
const demoSeed = 20251;

/** Null when the plan has no demo; the product then opens its home page. */
export async function openDemo(context: HostContext, planId: string): Promise<SurveyId | null> {
  const existing = listSurveys(context.vault.storage().db).find(
    ({ survey, counts }) => survey.isDemo && survey.settings.planId === planId && counts.imported > 0,
  );
  if (existing !== undefined) return existing.survey.id;
  const created = await createDemoSurvey(context, {
    planId,
    respondents: demoRespondents,
    seed: demoSeed,
    job: null,
  });
  return created.ok ? created.value : null;
}
