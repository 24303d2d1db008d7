/** Columns of figure tables: heading, its meaning in everyday words, and how a figure fills it. */
import type { Basis } from '@shared/domain/survey';
import type { Figure, ShownFigure } from '@shared/results/surveyResults';
import {
  formatCount,
  formatNumber,
  formatShare,
  isShown,
  missingMark,
  notSurveyedText,
  suppressedMark,
} from '@shared/texts/format';
import { cautionLabels, suppressionLabels } from '@shared/texts/labels';
import { respondentCountText } from '@shared/texts/smallCounts';
import { modelHelp } from './basisTexts';
import { digitsOf } from './figureRows';
import type { FigureRow } from './figureRows';
import { scoreUnit, shareUnit } from './units';

export type ColumnId =
  | 'estimate'
  | 'interval'
  | 'standardError'
  | 'n'
  | 'weightTotal'
  | 'designEffect'
  | 'effectiveSampleSize'
  | 'degreesOfFreedom'
  | 'coefficientOfVariation'
  | 'quality';

export interface FigureColumn {
  readonly id: ColumnId;
  readonly label: string;
  readonly help: string;
  readonly text: (row: FigureRow) => string;
}

const unitOf = (row: FigureRow) => (row.statistic === 'share' ? shareUnit : scoreUnit);

/** The figure's value, — where there is none. */
const shown =
  (text: (figure: ShownFigure, row: FigureRow) => string) =>
  (row: FigureRow): string =>
    isShown(row.figure) ? text(row.figure, row) : missingMark;

function estimateText(row: FigureRow): string {
  if (row.figure.state === 'notSurveyed') return notSurveyedText;
  return isShown(row.figure) ? unitOf(row).format(row.figure.estimate, digitsOf(row)) : suppressedMark;
}

const optional = (value: number | null, text: (value: number) => string): string =>
  value === null ? missingMark : text(value);

export function qualityText(figure: Figure): string {
  if (figure.state === 'notSurveyed') return notSurveyedText;
  if (figure.state === 'suppressed')
    return figure.reasons.map((reason) => suppressionLabels[reason]).join('；');
  return figure.cautions.length === 0
    ? '可用'
    : figure.cautions.map((each) => cautionLabels[each]).join('；');
}

const columns: Readonly<Record<ColumnId, Omit<FigureColumn, 'id'>>> = {
  estimate: { label: '估计值', help: '由样本加权推算的总体数值。', text: estimateText },
  interval: {
    label: '95% 区间',
    help: '换一批人重做同样的调查，一百次里约有九十五次区间会包含真实值。',
    text: shown((figure, row) => {
      const { format } = unitOf(row);
      return optional(
        figure.interval?.lower ?? null,
        (lower) => `${format(lower)}–${format(figure.interval?.upper ?? lower)}`,
      );
    }),
  },
  standardError: {
    label: '标准误',
    help: '抽样带来的典型误差；比例的标准误以百分点计。',
    text: shown((figure, row) =>
      formatNumber(row.statistic === 'share' ? figure.standardError * 100 : figure.standardError),
    ),
  },
  n: { label: 'n', help: '实际受访人数。', text: ({ figure }) => respondentCountText(figure) },
  weightTotal: {
    label: '加权 n',
    help: '这些受访者代表的人口数。',
    text: shown((figure) => optional(figure.weightTotal, formatCount)),
  },
  designEffect: {
    label: '设计效应',
    help: '与同样人数的简单随机抽样相比，误差方差放大了多少倍。',
    text: shown((figure) => formatNumber(figure.designEffect)),
  },
  effectiveSampleSize: {
    label: '有效样本量',
    help: '精度相当于多少人的简单随机抽样。',
    text: shown((figure) => optional(figure.effectiveSampleSize, formatCount)),
  },
  degreesOfFreedom: {
    label: '自由度',
    help: '估计误差时可用的独立信息个数，少于 8 时误差本身不稳。',
    text: shown((figure) => formatNumber(figure.degreesOfFreedom, 0)),
  },
  coefficientOfVariation: {
    label: '变异系数',
    help: '标准误占估计值的百分比，越大越不准。',
    text: shown((figure) => optional(figure.coefficientOfVariation, (value) => formatShare(value))),
  },
  quality: { label: '质量标记', help: '能否直接引用，以及原因。', text: ({ figure }) => qualityText(figure) },
};

/** Explanations that only a non-probability sample needs. */
const modelHelps: Partial<Readonly<Record<ColumnId, string>>> = modelHelp;

export function figureColumns(ids: readonly ColumnId[], basis: Basis): readonly FigureColumn[] {
  const special = basis === 'nonprobability' ? modelHelps : {};
  return ids.map((id) => ({ id, ...columns[id], help: special[id] ?? columns[id].help }));
}

export const shortColumns: readonly ColumnId[] = ['estimate', 'interval', 'n'];
export const unitColumns: readonly ColumnId[] = [
  'estimate',
  'interval',
  'standardError',
  'n',
  'weightTotal',
  'designEffect',
  'degreesOfFreedom',
];
export const fullColumns: readonly ColumnId[] = [
  'n',
  'weightTotal',
  'estimate',
  'standardError',
  'interval',
  'designEffect',
  'coefficientOfVariation',
  'quality',
];
