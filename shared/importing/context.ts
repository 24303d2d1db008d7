/** What the import must know about the survey. The host fills it from form, regions and questionnaire. */
import type { AnswerKind } from '../questions/answer';
import type { Basis, SurveySettings } from '../domain/survey';

export interface ImportOption {
  /** Stored code, e.g. `A` for items or `1` for questions. */
  readonly id: string;
  readonly text: string;
}

/** Question kinds one cell can carry. */
export type CellKind = Exclude<AnswerKind, 'scale' | 'missing'>;

/** Anything a cell can answer: a test item or a question of the questionnaire. */
export interface ImportQuestion {
  readonly type: CellKind;
  readonly options: readonly ImportOption[];
  /** Right-hand side of a matching question. */
  readonly targets?: readonly ImportOption[];
}

export interface ImportItem extends ImportQuestion {
  readonly itemId: string;
  /** 1-based place in the form. */
  readonly position: number;
  /** Wording, used only to recognise a column whose header repeats it. */
  readonly stem?: string;
}

/** A background or attitude question stored under its code (B7, T1 …). */
export interface ImportCodedQuestion extends ImportQuestion {
  readonly code: string;
  readonly label: string;
}

export interface ImportRegion {
  readonly code: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

export interface ImportContext {
  readonly form: { readonly items: readonly ImportItem[] };
  /** Reporting units of the survey, the only regions a row may name. */
  readonly regions: readonly ImportRegion[];
  readonly instrumentId: string;
  readonly basis: Basis;
  /** Decides which design columns are required; the weight always is for a probability basis. */
  readonly samplingDesign?: SurveySettings['samplingDesign'];
  /** Case codes of the survey in force, from interviews and earlier imports; a table must not repeat them. */
  readonly existingCaseCodes: ReadonlySet<string>;
  readonly questions?: readonly ImportCodedQuestion[];
  /** `YYYY-MM` of the fieldwork: turns a birth month into an age when the table has no interview date. */
  readonly fieldworkMonth?: string;
}
