/** Columns of the analysed rows under the names that margins and analysis specifications use. */
import type { DesignVariables } from '../domain/respondent';
import { marginTotal, scaleMargin, type CategoryColumns, type MarginTable } from '../weighting/margins';
import type { AnalysedRow } from './analysisInput';

export type Rows = readonly AnalysedRow[];
export type DesignField = Exclude<keyof DesignVariables, 'baseWeight'>;

export const designFields = ['stratum', 'psu', 'ssu', 'populationPsuCount', 'populationSsuCount'] as const;

/** All, none or some rows have the variable; some is a hole in the data, not a design. */
export function presence(rows: Rows, field: DesignField): 'all' | 'none' | 'some' {
  const count = rows.reduce((sum, row) => sum + (row.respondent.design[field] === null ? 0 : 1), 0);
  if (count === 0) return 'none';
  return count === rows.length ? 'all' : 'some';
}

/** Category columns under the variable names margins use; '' where missing. */
export function categoryColumns(rows: Rows): CategoryColumns {
  const column = (value: (row: AnalysedRow) => string | null): readonly string[] =>
    rows.map((row) => value(row) ?? '');
  return {
    sex: column((row) => row.respondent.background.sex),
    ageBand: column((row) => row.respondent.background.ageBand),
    education: column((row) => row.respondent.background.education),
    residence: column((row) => row.respondent.background.residence),
    region: column((row) => row.respondent.regionCode),
  };
}

/** Totals of one population published in blocks differ by rounding at most this much. */
const roundingTolerance = 1e-3;

/** Margins that differ by rounding only, scaled to the first one's total; any other difference stays and is refused. */
export function settledMargins(margins: readonly MarginTable[]): readonly MarginTable[] {
  const [first] = margins;
  if (first === undefined) return margins;
  const total = marginTotal(first);
  return margins.map((margin) => {
    const gap = Math.abs(marginTotal(margin) - total) / total;
    return gap > 0 && gap <= roundingTolerance ? scaleMargin(margin, total) : margin;
  });
}
