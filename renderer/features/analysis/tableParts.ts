/** Columns, cells and words that the tables of all answers share. */
import type { AnalysisAnswer } from '@shared/analysisSpec/result';
import type { Analysis } from '@shared/analysisSpec/schema/analyses';
import type { Interval } from '@shared/estimation/intervals';
import { intervalWord } from '@shared/texts/analysisTexts';
import { formatCount, formatNumber, formatShare, missingMark } from '@shared/texts/format';
import type { Mark, Publication } from './publication';
import type { AnswerWords } from './words';

export interface ResultColumn {
  readonly key: string;
  readonly title: string;
  readonly width?: number;
  readonly align?: 'end';
}

export interface ResultRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly mark: Mark | null;
}

export interface ResultTable {
  readonly id: string;
  readonly title: string;
  /** Method of the errors and what to know about this table. */
  readonly note: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
}

export interface TableContext {
  readonly words: AnswerWords;
  readonly publication: Publication;
  readonly isModelBased: boolean;
  /** The confidence level of the specification; an analysis may have its own. */
  readonly level: number;
}

export type Scale = 'share' | 'number' | 'count';
export type AnswerOf<K extends AnalysisAnswer['kind']> = Extract<AnalysisAnswer, { kind: K }>;

export const text = (key: string, title: string): ResultColumn => ({ key, title });
export const figure = (key: string, title: string, width = 96): ResultColumn => ({
  key,
  title,
  width,
  align: 'end',
});

export function valueText(value: number | null, scale: Scale): string {
  if (value === null || !Number.isFinite(value)) return missingMark;
  if (scale === 'share') return formatShare(value, 2);
  return scale === 'count' ? formatCount(value) : formatNumber(value, 3);
}

export const intervalText = (interval: Interval | null | undefined, scale: Scale): string =>
  interval === null || interval === undefined
    ? missingMark
    : `${valueText(interval.lower, scale)} – ${valueText(interval.upper, scale)}`;

/** @example pText(0.00001) === '<0.0001' */
export function pText(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missingMark;
  return value < 0.0001 ? '<0.0001' : value.toFixed(4);
}

export const scaleOf = (statistic: string): Scale =>
  statistic === 'proportion' ? 'share' : statistic === 'total' ? 'count' : 'number';

const intervalTitle = ({ level, isModelBased }: TableContext, analysis: Analysis): string => {
  const own = 'level' in analysis ? (analysis.level ?? level) : level;
  return `${Number((own * 100).toFixed(4))}% ${intervalWord(isModelBased)}`;
};

export const errorColumns = (context: TableContext, analysis: Analysis, estimate: string): ResultColumn[] => [
  figure('estimate', estimate),
  figure('standardError', '标准误', 84),
  figure('interval', intervalTitle(context, analysis), 170),
];
