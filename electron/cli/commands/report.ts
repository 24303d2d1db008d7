/** `report`: the Excel report of a table. */
import { extname } from 'node:path';
import { fail } from '@shared/domain/result';
import type { HostContext } from '../../backend/context';
import { runItemAnalysis } from '../../backend/usecases/analyseSurveyItems';
import { createReport } from '../../backend/usecases/createReport';
import type { ReportRequest } from '../../backend/usecases/createReport';
import { storedResults } from '../../backend/usecases/resultStore';
import { defineCommand, temporaryFolderNote } from '../command';
import { requireWritable, writeOutputs } from '../files';
import { choice, flag, requiredText } from '../options';
import type { Outcome } from '../outcome';
import { done, refusedBy, wrongUsage } from '../outcome';
import { headlineOf } from '../resultText';
import { defaultSettingsNote, demoMark } from '../settings';
import { loadSurvey, marginOptions, surveyOptions } from '../surveyData';
import { createProgress } from '../terminal';
import { withTemporaryHost } from '../withHost';
import { resultFrame } from './estimate';

/** A survey loaded from a table has no stored item analysis: it is run first. */
async function reportWithItems(
  context: HostContext,
  request: ReportRequest,
): ReturnType<typeof createReport> {
  const analysed = await runItemAnalysis(context, request.surveyId, request.job);
  return analysed.ok ? createReport(context, request) : analysed;
}

export const reportCommand = defineCommand({
  name: 'report',
  summary: '由答卷表生成 Excel 报告',
  options: {
    ...surveyOptions,
    ...marginOptions,
    out: requiredText('FILE.xlsx', '写出的报告'),
    audience: choice('读者：evaluator 评估者，statistician 统计员（另附权数和误差明细）', [
      'evaluator',
      'statistician',
    ]),
    items: flag('先做试题分析再生成报告（统计员的报告才列；需要逐题作答，只供内部使用）'),
    force: flag('允许覆盖已有文件'),
  },
  notes: [defaultSettingsNote, temporaryFolderNote],
  examples: [
    '--plan suzhou --data 答卷.xlsx --margins 边际总体.xlsx --out 报告.xlsx --audience statistician',
  ],
  async run(values, surroundings) {
    if (extname(values.out).toLowerCase() !== '.xlsx') return wrongUsage('--out 的文件名要以 .xlsx 结尾。');
    if (values.items && values.audience !== 'statistician')
      return wrongUsage('--items 只用于 --audience statistician：试题分析涉及答案。');
    const writable = requireWritable([values.out], values.force);
    if (!writable.ok) return writable;
    const progress = createProgress(surroundings.terminal);
    return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
      const loaded = await loadSurvey(context, values, progress, true);
      if (!loaded.ok) return loaded;
      const { surveyId, isDemo } = loaded.value;
      const { audience } = values;
      const request = { surveyId, audience, job: progress };
      const created = await (values.items ? reportWithItems : createReport)(context, request);
      if (!created.ok) return refusedBy(created.failure);
      const file = context.files.get(created.value.token);
      const { results } = storedResults(context, surveyId);
      if (file === null || results === null) return refusedBy(fail('INTERNAL_ERROR').failure);
      const written = writeOutputs([{ path: values.out, bytes: file.bytes }], values.force);
      if (!written.ok) return written;
      const [path = ''] = written.value;
      const headline = headlineOf(resultFrame(context, results));
      return done(
        {
          isDemo,
          surveyName: results.surveyName,
          audience,
          file: path,
          contentHash: created.value.contentHash,
          headline: { text: headline, ...results.headline },
        },
        `${isDemo ? `【${demoMark}】` : ''}${headline}\n报告：${path}\n`,
      );
    });
  },
});
