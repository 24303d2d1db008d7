/** Words every sheet shares: names of intervals and units, times, marks, and the frame of a sheet. */
import { isShown, notSurveyedText, suppressedMark } from '../texts/format';
import { cautionLabels, suppressionLabels } from '../texts/labels';
import { hasSmallCount, smallCountNote } from '../texts/smallCounts';
import { unitWordOf } from '../texts/unitWord';
import type { UnitWord } from '../texts/unitWord';
import type { Figure, SurveyResults } from '../results/surveyResults';
import type { ReportInput } from './reportInput';
import type { SheetModel } from './sheetModel';

export const demoBanner = '演示数据：由程序生成，不是真实调查结果，不得引用';
export const demoPrefix = '【演示数据】';

const percent = (level: number): string => `${Number((level * 100).toFixed(2))}%`;

/** 置信区间 is said of a probability sample only. */
export const intervalTitle = ({ results }: Pick<ReportInput, 'results'>): string =>
  `${percent(results.confidenceLevel)} ${results.basis === 'probability' ? '置信区间' : '模型区间'}`;

/** 区县 or 镇街, by the unit codes of the survey. */
export const unitWord = ({ survey }: Pick<ReportInput, 'survey'>): UnitWord =>
  unitWordOf(survey.settings.unitCodes);

/** Title of the plan; a draft says so wherever it is named. */
export const planName = ({ plan }: Pick<ReportInput, 'plan'>): string =>
  `《${plan.title}》${draftMark(plan.status === 'draftForComment')}`;

export const draftMark = (isDraft: boolean): string => (isDraft ? '（征求意见稿）' : '');

const beijingOffsetMs = 8 * 3_600_000;

/** @example beijingTime('2025-06-30T01:05:00.000Z') === '2025-06-30 09:05（北京时间）' */
export const beijingTime = (iso: string): string =>
  `${new Date(Date.parse(iso) + beijingOffsetMs).toISOString().slice(0, 16).replace('T', ' ')}（北京时间）`;

/** Day serial number of an ISO date, as spreadsheets count days. */
export const daySerial = (isoDate: string): number => Date.parse(isoDate) / 86_400_000 + 25_569;

/** What a reader must know about one figure: why it is hidden, or how careful to be with it. */
export function figureRemark(figure: Figure): string {
  if (figure.state === 'notSurveyed') return notSurveyedText;
  if (figure.state === 'suppressed')
    return figure.reasons.map((reason) => suppressionLabels[reason]).join('；');
  if (figure.interval === null) return '无法计算区间，不列示';
  return figure.cautions.map((caution) => cautionLabels[caution]).join('；');
}

/** Footnotes for the marks that occur among the figures of a sheet. */
export function markNotes(figures: readonly Figure[], input: ReportInput): readonly string[] {
  const { minimumRespondents, minimumPsus } = input.survey.settings.disclosure;
  const notes: string[] = [];
  if (figures.some((figure) => figure.state === 'suppressed'))
    notes.push(
      `${suppressedMark} 不予公布：答卷少于 ${minimumRespondents} 份或初级单元少于 ${minimumPsus} 个，` +
        '或者公布后可由合计反推出被隐去的数。',
    );
  if (figures.some(hasSmallCount)) notes.push(smallCountNote);
  if (figures.some((figure) => figure.state === 'notSurveyed'))
    notes.push(`${notSurveyedText}：没有该范围的答卷，不等于 0。`);
  if (figures.some((figure) => !isShown(figure) || figure.coefficientOfVariation === null))
    notes.push('— 表示无法计算或不适用。');
  return notes;
}

/** What every sheet says of its survey, whatever it prints. */
export interface SheetSetting {
  readonly results: Pick<SurveyResults, 'surveyName' | 'year' | 'basis' | 'isDemo'>;
  readonly instrument: Pick<ReportInput['instrument'], 'shortTitle'>;
}

/** The line under every table title: survey, basis, instrument. */
export const standardSubtitle = ({ results, instrument }: SheetSetting): string =>
  `${results.surveyName} · ${results.year} 年 · ${results.basis === 'probability' ? '概率样本' : '非概率样本'}` +
  ` · 本地测评口径（${instrument.shortTitle}）`;

type Frame = Omit<SheetModel, 'banner' | 'chart' | 'hasFilter' | 'frozenColumns' | 'subtitles'> &
  Partial<Pick<SheetModel, 'chart' | 'hasFilter' | 'frozenColumns' | 'subtitles'>>;

/** Completes a sheet: demo mark in title and banner, subtitle, and the defaults of a plain table. */
export function framed(input: SheetSetting, frame: Frame): SheetModel {
  const { isDemo } = input.results;
  return {
    chart: null,
    hasFilter: false,
    frozenColumns: 0,
    ...frame,
    title: `${isDemo ? demoPrefix : ''}${frame.title}`,
    banner: isDemo ? demoBanner : null,
    subtitles: [standardSubtitle(input), ...(frame.subtitles ?? [])],
  };
}
