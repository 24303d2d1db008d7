/** `report`: the Excel report of a table. */
import { extname } from 'node:path';
import { fail } from '@shared/domain/result';
import { createReport } from '../../backend/usecases/createReport';
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
    force: flag('允许覆盖已有文件'),
  },
  notes: [defaultSettingsNote, temporaryFolderNote],
  examples: [
    '--plan suzhou --data 答卷.xlsx --margins 边际总体.xlsx --out 报告.xlsx --audience statistician',
  ],
  async run(values, surroundings) {
    if (extname(values.out).toLowerCase() !== '.xlsx') return wrongUsage('--out 的文件名要以 .xlsx 结尾。');
    const writable = requireWritable([values.out], values.force);
    if (!writable.ok) return writable;
    const progress = createProgress(surroundings.terminal);
    return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
      const loaded = await loadSurvey(context, values, progress, true);
      if (!loaded.ok) return loaded;
      const { surveyId, isDemo } = loaded.value;
      const { audience } = values;
      const created = await createReport(context, { surveyId, audience, job: progress });
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
