/** What the import must know about a survey, gathered from its form, regions and questionnaire. */
import type { BankItem } from '@shared/assessment/bank';
import type { ItemType } from '@shared/assessment/itemCodes';
import { falseKey, trueKey } from '@shared/assessment/itemCodes';
import type { SurveyId } from '@shared/domain/ids';
import { findRegion } from '@shared/domain/region';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import type {
  CellKind,
  ImportCodedQuestion,
  ImportContext,
  ImportItem,
  ImportRegion,
} from '@shared/importing/context';
import { questionsOf, toQuestion } from '@shared/questionnaire/definition';
import type { Question } from '@shared/questions/kinds';
import type { HostContext } from '../context';
import { listCaseCodes } from '../database/repositories/interviewQueries';
import { getSurvey } from '../database/repositories/surveys';
import type { StoredForm } from './storedForm';
import { loadForm, markingBasisOf, scoringBasisOf } from './storedForm';

const kindOfItem: Readonly<Record<ItemType, CellKind>> = {
  tf: 'trueFalse',
  single: 'single',
  chart: 'single',
  multi: 'multi',
  order: 'ordering',
  match: 'matching',
};

const trueFalseOptions = [
  { id: trueKey, text: trueKey },
  { id: falseKey, text: falseKey },
];

function toImportItem(item: BankItem, position: number): ImportItem {
  const options = (item.options ?? []).map(({ id, text }) => ({ id, text }));
  return {
    itemId: item.id,
    position,
    stem: item.stem,
    type: kindOfItem[item.type],
    options: item.type === 'tf' ? trueFalseOptions : options,
    ...(item.targets === undefined ? {} : { targets: item.targets.map(({ id, text }) => ({ id, text })) }),
  };
}

export function importItems({ form, items }: StoredForm): readonly ImportItem[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return form.entries.flatMap(({ itemId, position }) => {
    const item = byId.get(itemId);
    return item === undefined ? [] : [toImportItem(item, position)];
  });
}

/** Questions one column can hold; a scale is several statements and has no column of its own. */
function toCodedQuestion(question: Question): readonly ImportCodedQuestion[] {
  if (question.kind === 'scale') return [];
  const options = 'options' in question ? question.options.map(({ code, text }) => ({ id: code, text })) : [];
  return [{ code: question.code, label: question.text, type: question.kind, options }];
}

export function importRegions(context: HostContext, survey: Survey): readonly ImportRegion[] {
  return survey.settings.unitCodes.map((code) => {
    const region = findRegion(context.registry.regions, code);
    const aliases = region === null ? [] : [region.shortName, ...region.aliases];
    return { code, name: region?.name ?? code, aliases: [...new Set(aliases)] };
  });
}

export interface ImportPlace {
  readonly survey: Survey;
  readonly stored: StoredForm;
  /** What the answers are scored by; its keys closed, it can score 0/1 marks only. */
  readonly scoring: StoredForm;
  readonly importContext: ImportContext;
}

/** Failures: NOT_FOUND (survey or form). */
export function importPlace(context: HostContext, id: SurveyId): Result<ImportPlace> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, id);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const stored = loadForm(db, survey.formId);
  if (!stored.ok) return stored;
  const { settings } = survey;
  const basis = scoringBasisOf(context, stored.value);
  return ok({
    survey,
    stored: stored.value,
    scoring: basis.ok ? basis.value : markingBasisOf(context, stored.value),
    importContext: {
      form: { items: importItems(stored.value) },
      regions: importRegions(context, survey),
      instrumentId: settings.instrumentId,
      basis: settings.basis,
      samplingDesign: settings.samplingDesign,
      existingCaseCodes: listCaseCodes(db, id),
      questions: questionsOf(context.registry.questionnaire).flatMap(({ question }) =>
        toCodedQuestion(toQuestion(question)),
      ),
    },
  });
}
