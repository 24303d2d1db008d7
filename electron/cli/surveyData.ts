/** A survey made for one command: settings, answers and margins, on a temporary host. */
import { basename } from 'node:path';
import type { SurveyId } from '@shared/domain/ids';
import type { HostContext } from '../backend/context';
import { createSurvey } from '../backend/usecases/createSurvey';
import { importMargins } from '../backend/usecases/importMargins';
import type { AnswerChoice, AnswerFile, MappedAnswers } from './answers';
import { answerOptions, mapAnswers, openAnswers, storeAnswers } from './answers';
import { cellErrorLines } from './checkText';
import { readTableFile } from './files';
import { optionalText } from './options';
import type { Step } from './outcome';
import { refuse, refusedBy, step } from './outcome';
import { chooseSettings, demoMark, markedName } from './settings';
import type { Progress } from './terminal';
import { heed } from './terminal';

export const surveyOptions = {
  ...answerOptions,
  plan: optionalText('ID', '规划：suzhou、yangzhou、kunshan、huaiyin、liaocheng、national'),
  settings: optionalText('FILE', '调查设置（JSON，如 demo 命令生成的调查设置）'),
};

export const marginOptions = {
  margins: optionalText('FILE', '边际总体表（变量、类别、人数三列），用于校准权数'),
  'margins-source': optionalText('TEXT', '边际总体的出处，写入方法说明（默认文件名）'),
};

export interface SurveyChoice extends AnswerChoice {
  readonly plan: string | null;
  readonly settings: string | null;
  readonly margins?: string | null;
  readonly 'margins-source'?: string | null;
}

export interface PreparedSurvey {
  readonly surveyId: SurveyId;
  readonly isDemo: boolean;
  readonly answers: MappedAnswers;
}

function createFor(
  context: HostContext,
  choice: SurveyChoice,
  file: AnswerFile,
  needsWeights: boolean,
): Step<{ surveyId: SurveyId; isDemo: boolean }> {
  const hasMargins = (choice.margins ?? null) !== null;
  const settings = chooseSettings(context.registry, { ...choice, hasMargins, needsWeights });
  if (!settings.ok) return settings;
  const isDemo = file.isDemo || settings.value.name.includes(demoMark);
  const named = { ...settings.value, name: markedName(settings.value.name, isDemo) };
  const created = createSurvey(context, named, { isDemo });
  return created.ok ? step({ surveyId: created.value, isDemo }) : refusedBy(created.failure);
}

/** The survey with its table mapped but not imported. */
export async function prepareSurvey(
  context: HostContext,
  choice: SurveyChoice,
  needsWeights: boolean,
): Promise<Step<PreparedSurvey>> {
  const usable = chooseSettings(context.registry, {
    ...choice,
    hasMargins: (choice.margins ?? null) !== null,
    needsWeights,
  });
  if (!usable.ok) return usable;
  const file = await openAnswers(context, choice.data);
  if (!file.ok) return file;
  const created = createFor(context, choice, file.value, needsWeights);
  if (!created.ok) return created;
  const answers = await mapAnswers(context, created.value.surveyId, file.value, choice);
  return answers.ok ? step({ ...created.value, answers: answers.value }) : answers;
}

type MarginChoice = Pick<SurveyChoice, 'margins' | 'margins-source'>;

/** Marks a source of generated totals, so that the method page says so. */
const sourceOf = (choice: MarginChoice, path: string): string =>
  choice['margins-source']?.trim() ?? basename(path);

async function storeMargins(context: HostContext, id: SurveyId, choice: MarginChoice): Promise<Step<null>> {
  const path = choice.margins ?? null;
  if (path === null) return step(null);
  const bytes = readTableFile(path);
  if (!bytes.ok) return bytes;
  const { token } = context.files.put(basename(path), bytes.value);
  const imported = await importMargins(context, id, token, sourceOf(choice, path));
  if (!imported.ok) return refusedBy(imported.failure);
  const { errors } = imported.value;
  if (errors.length === 0) return step(null);
  const refused = refuse('MARGINS_HAVE_ERRORS', { count: errors.length });
  return { ...refused, document: { errors }, text: cellErrorLines('边际总体表的错误', errors) };
}

/** The survey with answers imported and scored, and margins stored when there are any. */
export async function loadSurvey(
  context: HostContext,
  choice: SurveyChoice,
  progress: Progress,
  needsWeights: boolean,
): Promise<Step<PreparedSurvey>> {
  progress.report('reading', 0.05);
  const prepared = await prepareSurvey(context, choice, needsWeights);
  if (!prepared.ok) return prepared;
  const { surveyId, answers } = prepared.value;
  const margins = await storeMargins(context, surveyId, choice);
  if (!margins.ok) return margins;
  progress.report('importing', 0.15);
  const stored = await storeAnswers(context, surveyId, answers);
  if (!stored.ok) return stored;
  const heeded = await heed(progress);
  return heeded.ok ? prepared : heeded;
}

/** A survey of the plan that holds only margins, e.g. those of a city that answers never reach. */
export async function createMarginSurvey(
  context: HostContext,
  plan: string,
  margins: string,
): Promise<Step<SurveyId>> {
  const settings = chooseSettings(context.registry, {
    plan,
    settings: null,
    hasMargins: true,
    needsWeights: false,
  });
  if (!settings.ok) return settings;
  const created = createSurvey(context, settings.value, { isDemo: false });
  if (!created.ok) return refusedBy(created.failure);
  const stored = await storeMargins(context, created.value, { margins });
  return stored.ok ? step(created.value) : stored;
}
