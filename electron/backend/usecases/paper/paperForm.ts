/** The form of a survey as it goes on paper: what the print page and the keying screen are built from. */
import { questionOfItem } from '@shared/assessment/itemQuestion';
import { publicItem } from '@shared/assessment/publicItem';
import type { PaperFormView, PaperMode } from '@shared/contract/areas/paper';
import type { FormId, SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { coverFields } from '@shared/paper/coverFields';
import type { Script } from '@shared/questionnaire/script';
import type { Question } from '@shared/questions/kinds';
import { isPrivateBank } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';
import { getSurvey } from '../../database/repositories/surveys';
import { scriptOf } from '../interviewScript';
import { loadForm } from '../storedForm';
import type { StoredForm } from '../storedForm';

const markLength = 12;

/** Names exactly this paper: content of the form and version of the questionnaire around it. */
const versionMarkOf = (context: HostContext, { form }: StoredForm): string =>
  `${form.contentHash.slice(0, markLength)}-${context.registry.questionnaire.version}`;

export interface PaperOfSurvey {
  readonly survey: Survey;
  readonly stored: StoredForm;
  readonly versionMark: string;
  readonly cover: readonly Question[];
}

/** Failures: NOT_FOUND for the survey or its form. `formId`: of the print run; the survey's own when left out. */
export function paperOfSurvey(context: HostContext, id: SurveyId, formId?: FormId): Result<PaperOfSurvey> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const stored = loadForm(db, formId ?? survey.formId);
  if (!stored.ok) return stored;
  const names = new Map(context.registry.regions.regions.map((region) => [region.code, region.name]));
  return ok({
    survey,
    stored: stored.value,
    versionMark: versionMarkOf(context, stored.value),
    cover: coverFields(survey, (code) => names.get(code) ?? code),
  });
}

/** One script for every copy of the same wording: nothing on paper depends on the number. */
export const paperScript = (context: HostContext, paper: PaperOfSurvey, mode: PaperMode): Script =>
  scriptOf(context, paper.survey, paper.stored, { mode, seed: 0, onPaper: true });

export function paperFormView(context: HostContext, id: SurveyId, mode: PaperMode): Result<PaperFormView> {
  const paper = paperOfSurvey(context, id);
  if (!paper.ok) return paper;
  const { survey, stored, versionMark, cover } = paper.value;
  const byId = new Map(stored.items.map((item) => [item.id, item]));
  return ok({
    surveyId: survey.id,
    surveyName: survey.settings.name,
    isDemo: survey.isDemo,
    isTrial: !isPrivateBank(context, stored.form.bankId),
    header: survey.settings.header,
    mode,
    versionMark,
    definition: context.registry.questionnaire,
    modules: survey.settings.modules,
    formQuestions: stored.form.entries.flatMap((entry) => {
      const item = byId.get(entry.itemId);
      return item === undefined ? [] : [questionOfItem(publicItem(item), entry.blockId)];
    }),
    cover: [...cover],
  });
}
