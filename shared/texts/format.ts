/** How figures are printed everywhere: shares 22.1%, intervals 20.3%–24.0%, counts 1,234, missing —. */
import type { Figure, ShownFigure } from '../results/surveyResults';

export const missingMark = '—';
export const suppressedMark = '※';
export const notSurveyedText = '未调查';

const counts = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 });

/** @example formatShare(0.2213) === '22.1%' */
export const formatShare = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)}%`;

export const formatCount = (value: number): string => counts.format(Math.round(value));

/** @example formatNumber(1.6549, 2) === '1.65' */
export const formatNumber = (value: number | null, digits = 2): string =>
  value === null || !Number.isFinite(value) ? missingMark : value.toFixed(digits);

export const formatInterval = (lower: number, upper: number, digits = 1): string =>
  `${formatShare(lower, digits)}–${formatShare(upper, digits)}`;

/** Target in words as the plan puts it: 力争达到 23%, 超过 17.5%. */
export const formatPercentValue = (value: number): string => `${Number(value.toFixed(2))}%`;

export const isShown = (figure: Figure): figure is ShownFigure => figure.state === 'shown';

/** Share of a figure, ※ when suppressed, 未调查 when the unit was not surveyed. */
export function formatFigureShare(figure: Figure, digits = 1): string {
  if (figure.state === 'notSurveyed') return notSurveyedText;
  return figure.state === 'suppressed' ? suppressedMark : formatShare(figure.estimate, digits);
}

export function formatFigureInterval(figure: Figure, digits = 1): string {
  if (!isShown(figure) || figure.interval === null) return missingMark;
  return formatInterval(figure.interval.lower, figure.interval.upper, digits);
}
