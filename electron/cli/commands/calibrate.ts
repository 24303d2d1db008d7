/** `calibrate`: item analysis and IRT calibration of scored answers (persons x items). */
import { basename } from 'node:path';
import { fail } from '@shared/domain/result';
import { readResponseTable, type ResponseTable } from '@shared/psychometrics/responseTable';
import { calibrateItems } from '../../backend/usecases/calibrateItems';
import { parseInWorker } from '../../backend/workbooks/parseInWorker';
import { calibrationText } from '../calibrationText';
import { defineCommand } from '../command';
import { readTableFile } from '../files';
import { choice, optionalText, requiredText } from '../options';
import type { Outcome, Step } from '../outcome';
import { done, refusedBy, stepOf } from '../outcome';
import type { Progress } from '../terminal';
import { createProgress } from '../terminal';

interface Choice {
  readonly responses: string;
  readonly weight: string | null;
  readonly stratum: string | null;
  readonly psu: string | null;
  readonly groups: string | null;
}

const namesIn = (list: string | null): readonly string[] =>
  (list ?? '')
    .split(/[,，]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');

async function readResponses(choices: Choice, progress: Progress): Promise<Step<ResponseTable>> {
  const bytes = readTableFile(choices.responses);
  if (!bytes.ok) return bytes;
  progress.report('reading', 0);
  const workbook = await parseInWorker(bytes.value, basename(choices.responses), progress.signal);
  if (!workbook.ok) return refusedBy(workbook.failure);
  const sheet = workbook.value.sheets[0];
  if (sheet === undefined) return refusedBy(fail('FILE_EMPTY').failure);
  const { weight, stratum, psu } = choices;
  return stepOf(readResponseTable(sheet, { weight, stratum, psu, groups: namesIn(choices.groups) }));
}

export const calibrateCommand = defineCommand({
  name: 'calibrate',
  summary: '题目分析与标定：难度、区分度、拟合、项目功能差异、标记 F1–F11 和处理建议',
  options: {
    responses: requiredText(
      'FILE',
      '作答表：一人一行，一题一列，1 答对、0 未答对、空白为未施测（.csv 或 .xlsx）',
    ),
    model: choice('模型；auto 在两者 BIC 相差不到 10 时取 Rasch', ['auto', '2PL', 'Rasch']),
    weight: optionalText('NAME', '权数列'),
    stratum: optionalText('NAME', '层列，用于难度的抽样误差'),
    psu: optionalText('NAME', '初级单元列，用于难度的抽样误差'),
    groups: optionalText('NAMES', '检查项目功能差异的分组列，多列用逗号隔开，如 性别,城乡'),
  },
  notes: [
    '“不知道”、拒答和空着不答计 0；没有发给这个人的题留空。只含 0、1 和空白的列才当作题目，其余列列出但不用。',
    '参数的标准误来自观测信息，不含抽样设计；难度 p 的标准误按层和初级单元计算。',
    '--json 输出全部参数、标准误、拟合和标记（双精度全值）。数据只读，不留存，不联网。',
  ],
  examples: [
    '--responses 作答.csv --groups 性别,城乡',
    '--responses 作答.csv --weight 权数 --psu 村居 --json',
  ],
  async run(values, { terminal }): Promise<Outcome> {
    const progress = createProgress(terminal);
    const table = await readResponses(values, progress);
    if (!table.ok) return table;
    const { matrix, groups, strata, psus, ignoredColumns } = table.value;
    const analysis = await calibrateItems({ matrix, groups, strata, psus, model: values.model }, progress);
    progress.end();
    if (!analysis.ok) return refusedBy(analysis.failure);
    return done({ ...analysis.value, ignoredColumns }, calibrationText(analysis.value, ignoredColumns));
  },
});
