/** `import`: checks a table against a survey, or imports it into a data folder – all rows or none. */
import type { ImportCheck } from '@shared/contract/areas/imports';
import { surveyId } from '@shared/domain/ids';
import type { SurveyId } from '@shared/domain/ids';
import { fail } from '@shared/domain/result';
import type { HostContext } from '../../backend/context';
import { listSurveys } from '../../backend/database/repositories/surveys';
import { importProblems } from '../../backend/usecases/importAnswers';
import { errorListWorkbook } from '../../backend/workbooks/templates';
import type { MappedAnswers } from '../answers';
import { checkAnswers, mapAnswers, openAnswers, storeAnswers } from '../answers';
import { checkText } from '../checkText';
import type { Surroundings } from '../command';
import { defineCommand, temporaryFolderNote } from '../command';
import { requireWritable, writeOutputs } from '../files';
import type { Values } from '../options';
import { flag, optionalText } from '../options';
import type { Outcome, Refused, Step } from '../outcome';
import { done, refuse, refusedBy, step, wrongUsage } from '../outcome';
import { defaultSettingsNote } from '../settings';
import { prepareSurvey, surveyOptions } from '../surveyData';
import type { Progress } from '../terminal';
import { createProgress, heed } from '../terminal';
import { withDataFolder, withTemporaryHost } from '../withHost';

const options = {
  ...surveyOptions,
  errors: optionalText('OUT.xlsx', '把全部错误和提醒写成清单'),
  into: optionalText('DIR', '导入到这个知衡数据目录（知衡须已关闭）；不给则只检查'),
  survey: optionalText('ID', '数据目录中的调查编号，与 --into 同用'),
  force: flag('允许覆盖已有的错误清单文件'),
};

type Choice = Values<typeof options>;

interface Place {
  readonly context: HostContext;
  readonly id: SurveyId;
  readonly mapped: MappedAnswers;
}

async function writeErrors({ context, id, mapped }: Place, choice: Choice): Promise<Step<null>> {
  if (choice.errors === null) return step(null);
  const problems = await importProblems(context, id, mapped.token, mapped.mapping);
  if (!problems.ok) return refusedBy(problems.failure);
  const bytes = errorListWorkbook(problems.value.errors, problems.value.warnings);
  const written = writeOutputs([{ path: choice.errors, bytes }], choice.force);
  return written.ok ? step(null) : written;
}

interface Checked {
  readonly check: ImportCheck;
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Checks the table and writes the error list; errors end the command with exit code 1. */
async function check(place: Place, choice: Choice, isDemo: boolean): Promise<Step<Checked>> {
  const { context, id, mapped } = place;
  const checked = await checkAnswers(context, id, mapped);
  if (!checked.ok) return checked;
  const listed = await writeErrors(place, choice);
  if (!listed.ok) return listed;
  const { mapping, inspection, sheet } = mapped;
  const document = {
    isDemo,
    fileName: inspection.fileName,
    contentHash: inspection.contentHash,
    columns: sheet.columns,
    mapping,
    check: checked.value,
  };
  const text = checkText(mapped, checked.value);
  const { errorCount } = checked.value;
  if (errorCount === 0) return step({ check: checked.value, document, text });
  return { ...refusedBy(fail('IMPORT_HAS_ERRORS', { count: errorCount }).failure), document, text };
}

function dryRun(choice: Choice, surroundings: Surroundings, progress: Progress): Promise<Outcome> {
  return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
    progress.report('reading', 0.1);
    const prepared = await prepareSurvey(context, choice, false);
    if (!prepared.ok) return prepared;
    progress.report('checking', 0.5);
    const { surveyId: id, answers, isDemo } = prepared.value;
    const checked = await check({ context, id, mapped: answers }, choice, isDemo);
    if (!checked.ok) return checked;
    return done(
      { ...checked.value.document, imported: false },
      `${checked.value.text}检查通过，可以导入；没有写入任何数据。\n`,
    );
  });
}

interface Target {
  readonly folder: string;
  readonly survey: string;
}

function findSurvey(context: HostContext, wanted: string): Step<{ id: SurveyId; isDemo: boolean }> {
  const surveys = listSurveys(context.vault.storage().db).map(({ survey }) => survey);
  const id = surveyId.safeParse(wanted);
  const found = surveys.find((survey) => id.success && survey.id === id.data);
  if (found !== undefined) return step({ id: found.id, isDemo: found.isDemo });
  const known = surveys.map((survey) => `${survey.id}（${survey.settings.name}）`).join('、');
  return refuse('SURVEY_NOT_FOUND', { survey: wanted.slice(0, 80), surveys: known === '' ? '无' : known });
}

function importInto(
  choice: Choice,
  target: Target,
  surroundings: Surroundings,
  progress: Progress,
): Promise<Outcome> {
  return withDataFolder(target.folder, surroundings, async (context): Promise<Outcome> => {
    const survey = findSurvey(context, target.survey);
    if (!survey.ok) return survey;
    progress.report('reading', 0.1);
    const file = await openAnswers(context, choice.data);
    if (!file.ok) return file;
    const { id, isDemo } = survey.value;
    if (file.value.isDemo !== isDemo)
      return refuse('DEMO_AND_REAL', { wanted: isDemo ? '演示数据的答卷表' : '真实的答卷表' });
    const mapped = await mapAnswers(context, id, file.value, choice);
    if (!mapped.ok) return mapped;
    progress.report('checking', 0.4);
    const checked = await check({ context, id, mapped: mapped.value }, choice, isDemo);
    if (!checked.ok) return checked;
    const heeded = await heed(progress);
    if (!heeded.ok) return heeded;
    progress.report('importing', 0.6);
    const stored = await storeAnswers(context, id, mapped.value);
    if (!stored.ok) return stored;
    const { rowCount } = stored.value;
    return done(
      { ...checked.value.document, imported: true, rowCount },
      `${checked.value.text}已导入 ${rowCount} 行。\n`,
    );
  });
}

function usageProblem(choice: Choice): Refused | null {
  const isInto = choice.into !== null;
  if (isInto !== (choice.survey !== null)) return wrongUsage('--into DIR 和 --survey ID 要一起写。');
  if (isInto && (choice.plan !== null || choice.settings !== null))
    return wrongUsage('导入到数据目录时，调查由 --survey 指定，不要再写 --plan 或 --settings。');
  return null;
}

export const importCommand = defineCommand({
  name: 'import',
  summary: '检查答卷表：列的对应、份数、逐格错误；或整表导入数据目录',
  options,
  notes: [
    '不给 --into 时只检查，不保存任何数据。有一处错误就不导入任何一行，退出码为 1。',
    '用口令锁定的数据目录：把口令放在环境变量 ZHIHENG_PASSPHRASE 中。',
    defaultSettingsNote,
    temporaryFolderNote,
  ],
  examples: [
    '--plan suzhou --data 答卷.xlsx',
    '--plan suzhou --data 答卷.xlsx --errors 错误清单.xlsx',
    '--data 答卷.xlsx --into D:\\知衡数据 --survey 调查编号',
  ],
  async run(values, surroundings) {
    const problem = usageProblem(values);
    if (problem !== null) return problem;
    const writable = requireWritable(values.errors === null ? [] : [values.errors], values.force);
    if (!writable.ok) return writable;
    const progress = createProgress(surroundings.terminal);
    const { into, survey } = values;
    return into === null || survey === null
      ? dryRun(values, surroundings, progress)
      : importInto(values, { folder: into, survey }, surroundings, progress);
  },
});
