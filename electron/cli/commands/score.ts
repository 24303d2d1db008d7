/** `score`: one row per completed case with total, dimensions, tier and pass. */
import { extname } from 'node:path';
import type { InterviewScore } from '@shared/assessment/score';
import type { Instrument } from '@shared/assessment/instrument';
import type { SurveyId } from '@shared/domain/ids';
import { findRegion } from '@shared/domain/region';
import type { SheetRows } from '@shared/importing/table';
import { textTable } from '../textTable';
import type { HostContext } from '../../backend/context';
import { loadRespondents } from '../../backend/database/repositories/respondents';
import { getSurvey } from '../../backend/database/repositories/surveys';
import { findInstrument } from '../../backend/registry/registry';
import { writeWorkbook } from '../../backend/workbooks/writeTable';
import { defineCommand, temporaryFolderNote } from '../command';
import { csvText } from '../../backend/workbooks/csvText';
import { requireWritable, writeOutputs } from '../files';
import { flag, optionalText } from '../options';
import type { Outcome, Refused, Step } from '../outcome';
import { done, step, wrongUsage } from '../outcome';
import { defaultSettingsNote, demoMark } from '../settings';
import type { PreparedSurvey } from '../surveyData';
import { loadSurvey, surveyOptions } from '../surveyData';
import { createProgress } from '../terminal';
import { withTemporaryHost } from '../withHost';

const writers = {
  '.csv': (sheet: SheetRows): Uint8Array => Buffer.from(csvText(sheet.rows)),
  '.xlsx': (sheet: SheetRows): Uint8Array => writeWorkbook([sheet]),
} as const;

const writerFor = (path: string): ((sheet: SheetRows) => Uint8Array) | undefined =>
  new Map<string, (sheet: SheetRows) => Uint8Array>(Object.entries(writers)).get(extname(path).toLowerCase());

interface ScoredCase {
  readonly caseCode: string;
  readonly regionCode: string | null;
  readonly regionName: string;
  readonly score: InterviewScore;
}

function scoredCases(context: HostContext, id: SurveyId): readonly ScoredCase[] {
  return loadRespondents(context.vault.storage().db, id).flatMap(({ respondent, score }) => {
    if (score === null) return [];
    const { caseCode, regionCode } = respondent;
    const region = regionCode === null ? null : findRegion(context.registry.regions, regionCode);
    return [{ caseCode, regionCode, regionName: region?.name ?? '', score }];
  });
}

type ScoreRow = SheetRows['rows'][number];

function scoreSheet(cases: readonly ScoredCase[], instrument: Instrument, isDemo: boolean): SheetRows {
  const tierLabel = new Map(instrument.tiers.map(({ id, label }) => [id, label]));
  const header: ScoreRow = [
    '样本编号',
    '区县代码',
    '区县',
    '总分',
    ...instrument.dimensions.map(({ label }) => label),
    '等级',
    '是否具备科学素质',
    '作答题数',
    '不知道',
    '拒答',
    '未答',
    ...(isDemo ? ['数据性质'] : []),
  ];
  const rows = cases.map(({ caseCode, regionCode, regionName, score }): ScoreRow => [
    caseCode,
    regionCode,
    regionName,
    score.total,
    ...instrument.dimensions.map(({ id }) => score.dimensions[id] ?? null),
    tierLabel.get(score.tier) ?? score.tier,
    score.passed ? '是' : '否',
    score.answeredItems,
    score.dontKnowItems,
    score.refusedItems,
    score.blankItems,
    ...(isDemo ? [demoMark] : []),
  ]);
  return { name: isDemo ? `得分（${demoMark}）` : '得分', rows: [header, ...rows] };
}

function usageProblem(out: string | null, json: boolean): Refused | null {
  if (out === null) return json ? null : wrongUsage('缺少 --out FILE（或用 --json 把得分写到标准输出）。');
  return writerFor(out) === undefined ? wrongUsage('--out 的文件名要以 .csv 或 .xlsx 结尾。') : null;
}

const summaryText = (cases: readonly ScoredCase[], instrument: Instrument): string =>
  textTable(
    [
      { header: '等级', align: 'left' },
      { header: '答卷份数（未加权）', align: 'right' },
    ],
    instrument.tiers.map(({ id, label }) => [
      label,
      String(cases.filter(({ score }) => score.tier === id).length),
    ]),
  );

interface Scored {
  readonly surveyName: string;
  readonly instrument: Instrument;
  readonly isDemo: boolean;
  readonly cases: readonly ScoredCase[];
}

function scoredSurvey(context: HostContext, { surveyId, isDemo }: PreparedSurvey): Scored {
  const survey = getSurvey(context.vault.storage().db, surveyId);
  const instrument = findInstrument(context.registry, survey?.settings.instrumentId ?? '');
  if (survey === null || instrument === null) throw new Error('the survey was just created');
  return { surveyName: survey.settings.name, instrument, isDemo, cases: scoredCases(context, surveyId) };
}

function writeScores(
  { cases, instrument, isDemo }: Scored,
  out: string,
  force: boolean,
): Step<string | null> {
  const write = writerFor(out);
  if (write === undefined) return step(null);
  const written = writeOutputs([{ path: out, bytes: write(scoreSheet(cases, instrument, isDemo)) }], force);
  return written.ok ? step(written.value[0] ?? null) : written;
}

function scoreOutcome({ surveyName, instrument, isDemo, cases }: Scored, file: string | null): Outcome {
  const head = `${isDemo ? `【${demoMark}】` : ''}已给 ${cases.length} 份完成的答卷评分：${file ?? ''}\n`;
  return done(
    {
      isDemo,
      surveyName,
      instrumentId: instrument.id,
      instrumentVersion: instrument.version,
      file,
      count: cases.length,
      scores: cases,
    },
    head + summaryText(cases, instrument),
  );
}

export const scoreCommand = defineCommand({
  name: 'score',
  summary: '给答卷表评分：每份完成的答卷一行，含总分、各维度分、等级、是否具备',
  options: {
    ...surveyOptions,
    out: optionalText('FILE', '写出的得分表（.csv 或 .xlsx）；与 --json 同用时可不给'),
    json: flag('结果以 JSON 写到标准输出，供程序读取'),
    force: flag('允许覆盖已有文件'),
  },
  notes: [
    'CSV 为带标记的 UTF-8；以 =、+、-、@ 开头的文字前加撇号，防止被电子表格当作公式。',
    defaultSettingsNote,
    temporaryFolderNote,
  ],
  examples: ['--plan suzhou --data 答卷.xlsx --out 得分.csv'],
  async run(values, surroundings) {
    const problem = usageProblem(values.out, values.json);
    if (problem !== null) return problem;
    const writable = requireWritable(values.out === null ? [] : [values.out], values.force);
    if (!writable.ok) return writable;
    const progress = createProgress(surroundings.terminal);
    return withTemporaryHost(surroundings, async (context): Promise<Outcome> => {
      const loaded = await loadSurvey(context, values, progress, false);
      if (!loaded.ok) return loaded;
      const scored = scoredSurvey(context, loaded.value);
      const file = values.out === null ? step(null) : writeScores(scored, values.out, values.force);
      return file.ok ? scoreOutcome(scored, file.value) : file;
    });
  },
});
