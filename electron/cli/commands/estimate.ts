/** `estimate`: the results document of a table, whole with `--json`, as readable tables otherwise. */
import { join } from 'node:path';
import type { SurveyId } from '@shared/domain/ids';
import type { SurveyResults } from '@shared/results/surveyResults';
import type { HostContext } from '../../backend/context';
import { findPlan } from '../../backend/registry/registry';
import { estimateSurvey } from '../../backend/usecases/estimateSurvey';
import { specDataName, specFileName } from '../../backend/usecases/customAnalysis';
import { getAnalysisSpec } from '../../backend/usecases/getAnalysisSpec';
import type { Command } from '../command';
import { defineCommand, temporaryFolderNote } from '../command';
import { csvText, tableRows } from '../../backend/workbooks/csvText';
import type { OutputFile } from '../files';
import { requireWritable, writeOutputs } from '../files';
import { flag, optionalText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refusedBy, step } from '../outcome';
import type { ResultFrame } from '../resultText';
import { resultText } from '../resultText';
import { defaultSettingsNote } from '../settings';
import { loadSurvey, marginOptions, surveyOptions } from '../surveyData';
import { createProgress } from '../terminal';
import { withTemporaryHost } from '../withHost';
import { estimateSpecCommand } from './estimateSpec';

/** Results with what is needed to put them into words. */
export function resultFrame(context: HostContext, results: SurveyResults): ResultFrame {
  const plan = findPlan(context.registry, results.planId);
  if (plan === null) throw new Error('results belong to a known plan');
  return { results, plan, regions: context.registry.regions };
}

/** The survey's analysis as a specification, and its data beside it. */
function specFilesOf(context: HostContext, id: SurveyId, folder: string): Step<readonly OutputFile[]> {
  const found = getAnalysisSpec(context, id, specDataName);
  if (!found.ok) return refusedBy(found.failure);
  const { spec, table } = found.value;
  return step([
    { path: join(folder, specFileName), bytes: Buffer.from(`${JSON.stringify(spec, null, 2)}\n`, 'utf8') },
    { path: join(folder, specDataName), bytes: Buffer.from(csvText(tableRows(table)), 'utf8') },
  ]);
}

const estimateSurveyCommand = defineCommand({
  name: 'estimate',
  summary: '由答卷表估计公民具备科学素质比例：总体与判定、分地区、分人群',
  options: {
    ...surveyOptions,
    ...marginOptions,
    'spec-out': optionalText('DIR', `另把本次分析写成分析规格（${specFileName}）和数据（${specDataName}）`),
    force: flag('允许覆盖该文件夹里已有的同名文件'),
  },
  notes: [
    '--json 输出全部估计值（双精度全值），比例以 0–1 表示；文字输出只是其中一部分，按显示位数舍入。',
    defaultSettingsNote,
    temporaryFolderNote,
  ],
  examples: ['--plan suzhou --data 答卷.xlsx --margins 边际总体.xlsx --json'],
  async run(values, surroundings) {
    const progress = createProgress(surroundings.terminal);
    const folder = values['spec-out'];
    const outputs = folder === null ? [] : [specFileName, specDataName].map((name) => join(folder, name));
    const writable = requireWritable(outputs, values.force);
    if (!writable.ok) return writable;
    return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
      const loaded = await loadSurvey(context, values, progress, true);
      if (!loaded.ok) return loaded;
      const results = await estimateSurvey(context, loaded.value.surveyId, progress);
      if (!results.ok) return refusedBy(results.failure);
      const files = folder === null ? step([]) : specFilesOf(context, loaded.value.surveyId, folder);
      if (!files.ok) return files;
      const written = writeOutputs(files.value, values.force);
      if (!written.ok) return written;
      return done(results.value, resultText(resultFrame(context, results.value)));
    });
  },
});

const switches = ['--json', '--force'];

/** Words with the specification in front; null when no word is one. */
function specWordsOf(words: readonly string[]): readonly string[] | null {
  if (words.some((word) => word === '--schema' || /^--spec(=|$)/.test(word))) return words;
  const at = words.findIndex(
    (word, index) => /\.json$/i.test(word) && (index === 0 || switches.includes(words[index - 1] ?? '')),
  );
  const found = words[at];
  return found === undefined ? null : [found, ...words.slice(0, at), ...words.slice(at + 1)];
}

/** Two ways to say what is estimated: a survey under a plan, or an analysis specification. */
export const estimateCommand: Command = {
  name: 'estimate',
  summary: estimateSurveyCommand.summary,
  help: `${estimateSurveyCommand.help}\n或者：\n\n${estimateSpecCommand.help}`,
  execute(words, surroundings) {
    const spec = specWordsOf(words);
    return spec === null
      ? estimateSurveyCommand.execute(words, surroundings)
      : estimateSpecCommand.execute(spec, surroundings);
  },
};
